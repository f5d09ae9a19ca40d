"""Orders that come in by the interface: once each, whatever the network does."""

import pytest
from sqlalchemy import func, select

from rekisteri.customers import service as customers
from rekisteri.disclosures.models import Outgoing, OutgoingPerson
from rekisteri.interfaces.models import Call, Write
from rekisteri.kernel.db import db
from rekisteri.orders.models import Order
from tests.customers.factories import make_clerk, make_person
from tests.interfaces.factories import ORDER, kind
from tests.prohibitions.factories import forbid
from tests.restrictions.factories import make_desk, restrict


@pytest.fixture
def maija(program):
    make_clerk()
    return make_person(first_name="Maija", last_name="Virtanen").id


def orders():
    return db.session.scalar(select(func.count()).select_from(Order))


def test_an_order_comes_among_the_others(program, maija):
    answer = program.order(maija, ordered_on="2026-11-23")
    assert answer.status_code == 201
    assert answer.json == {"number": "T 2026/0001", "customer": maija, "ordered_on": "2026-11-23", "total": "25.00"}
    order = db.session.scalars(select(Order)).one()
    assert (order.state, order.total, order.lines[0].product) == ("ordered", 25_00, "Pöytälamppu")


def test_the_same_order_sent_twice_is_entered_once(program, maija):
    first, second = program.order(maija), program.order(maija)
    assert (first.status_code, first.json) == (second.status_code, second.json)
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert orders() == 1
    assert program.order(maija, once="kauppa-0002").json["number"] == "T 2026/0002"


@pytest.mark.promise("kaytto.kumppanit")
def test_each_answer_about_an_order_stands_in_the_ledger(program, maija):
    program.order(maija)
    program.order(maija)
    went = db.session.scalars(select(Outgoing).order_by(Outgoing.id)).all()
    assert [(one.kind, one.fields, one.count, one.way) for one in went] == [("order", ["order"], 1, "interface")] * 2
    calls = db.session.scalars(select(Call.outgoing_id).order_by(Call.id)).all()
    assert calls == [one.id for one in went]
    assert set(db.session.scalars(select(OutgoingPerson.customer_id))) == {maija}


def test_who_has_forbidden_targeting_can_still_order(program, maija):
    forbid(customers.find(maija), "profiling", "disclosure")
    assert program.order(maija).status_code == 201


def test_another_order_under_the_same_key_is_refused(program, maija):
    program.order(maija)
    other = [ORDER["lines"][0] | {"quantity": "3"}]
    answer = program.order(maija, lines=other)
    assert (answer.status_code, kind(answer), orders()) == (409, "another-content", 1)


def test_without_a_key_of_its_own_an_order_is_not_taken(program, maija):
    for once, code in (("", "missing"), ("lyhyt", "pattern")):
        answer = program.order(maija, once=once)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/Idempotency-Key"), code
    assert orders() == 0


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"lines": []}, "/lines"),
        ({"lines": [ORDER["lines"][0] | {"quantity": 2}]}, "/lines/0/quantity"),
        ({"lines": [ORDER["lines"][0] | {"unit_price": "12,50"}]}, "/lines/0/unit_price"),
        ({"lines": [ORDER["lines"][0] | {"unit": "laatikko"}]}, "/lines/0/unit"),
        ({"lines": [ORDER["lines"][0] | {"discount": "1"}]}, "/lines/0/discount"),
        ({"ordered_on": "24.11.2026"}, "/ordered_on"),
    ],
)
def test_what_does_not_fit_is_shown_by_its_place(program, maija, changes, pointer):
    answer = program.order(maija, **changes)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert orders() == 0


def test_the_rules_of_orders_hold_here_too(program, maija):
    tomorrow = program.order(maija, ordered_on="2026-11-25")
    assert (tomorrow.status_code, kind(tomorrow)) == (422, "rule")
    assert tomorrow.json["detail"] == "Päivä on tulevaisuudessa."
    code = program.order(maija, lines=[ORDER["lines"][0] | {"product": "Lahja 131052-308T"}])
    assert (code.status_code, kind(code)) == (422, "rule"), "a personal identity code does not come in as a product"
    assert orders() == 0
    assert program.order(4711).status_code == 404


def test_no_order_is_entered_for_one_whose_data_are_only_kept(program, app):
    desk = make_desk(make_clerk())
    restrict(desk)
    answer = program.order(desk.customer.id)
    assert (answer.status_code, kind(answer), orders()) == (422, "rule", 0)


def test_an_order_that_goes_takes_its_answer_along(program, maija):
    program.order(maija)
    db.session.delete(db.session.scalars(select(Order)).one())
    db.session.commit()
    assert db.session.scalar(select(Write.id)) is None
    assert customers.find(maija) is not None
