"""What holds a part: each obstacle is named with its ground and end, the rest goes now, and what was held goes in its turn."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from rekisteri.billing.models import Invoice
from rekisteri.customers import service as customers
from rekisteri.customers.models import ContactNote, Customer, Datum
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.erasure import finishing, planning, queue, service
from rekisteri.erasure.models import ErasureRound
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders import service as orders
from rekisteri.orders.models import Order
from rekisteri.restrictions import service as restrictions
from tests.billing.factories import make_collection, make_invoice, pay
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk
from tests.erasure.factories import (
    EMAIL,
    STREET,
    Desk,
    again,
    approve,
    close,
    erase,
    make_desk,
    post_everything,
    propose,
)
from tests.notice.factories import published
from tests.orders.factories import make_order
from tests.support.paper import words_of

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def a_day(freeze: object) -> None:
    freeze("2026-11-23")  # type: ignore[operator]


def the_customer(desk: Desk) -> Customer:
    return db.session.get_one(Customer, desk.customer_id)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def papers(desk: Desk, kind: str) -> list[Document]:
    return [paper for paper in documents.for_subject(f"case:{again(desk).case_id}") if paper.kind == kind]


def paid(desk: Desk, invoiced: date) -> Invoice:
    return pay(
        make_invoice(the_customer(desk), invoiced_on=invoiced, due_on=invoiced + timedelta(14)), paid_on=invoiced
    )


@pytest.mark.promise("poisto.esteet")
def test_every_obstacle_is_named_at_once_with_its_ground_and_its_end() -> None:
    desk = make_desk()
    make_order(the_customer(desk))
    make_collection(make_invoice(the_customer(desk)))
    paid(desk, date(2024, 5, 2))
    found = planning.plan(again(desk), today()).holds
    assert [(hold.ground, hold.until) for hold in found] == [
        ("legal_claim", None),
        ("legal_claim", None),
        ("bookkeeping", date(2032, 12, 31)),
        ("open_order", None),
    ]
    assert all(hold.text.endswith(".") and "artikla" in hold.provision for hold in found)


def test_the_vouchers_stay_with_name_and_address_and_everything_else_goes_now() -> None:
    desk = make_desk()
    paid(desk, date(2024, 5, 2))
    done = erase(desk)
    assert (done.whole, done.state) == (False, "answered")
    assert sorted(customers.current(the_customer(desk))) == ["city", "first_name", "last_name", "postcode", "street"]
    assert (count(ContactNote), count(Invoice), count(Customer)) == (0, 1, 1)
    assert again(desk).next_on == date(2031, 1, 1)


def test_the_history_of_what_stays_goes_as_well() -> None:
    desk = make_desk()
    paid(desk, date(2024, 5, 2))
    with transaction():
        customers.change(
            customer=customers.find(desk.customer_id), values={"street": "Uusitie 1"}, by=desk.clerk,
            source=customers.self_source(), obtained_on=today(), reason="Tieto on muuttunut",
        )  # fmt: skip
    erase(desk)
    assert list(db.session.scalars(select(Datum.value).where(Datum.field == "street"))) == ["Uusitie 1"]


def test_what_stays_may_only_be_kept() -> None:
    desk = make_desk()
    paid(desk, date(2024, 5, 2))
    erase(desk)
    (restriction,) = restrictions.in_force(desk.customer_id)
    assert restriction.ground == "held"
    (letter,) = papers(desk, "restriction_notice")
    words = words_of(documents.content(letter))
    assert "Säilytämme niitä vain, kunnes poistamisen este päättyy" in words
    assert "Sukunimi" in words
    assert "sähköposti" not in words.lower().split("lisätietoja antaa")[0]


def test_the_person_is_told_what_stays_why_until_when_and_where_to_take_it() -> None:
    desk = make_desk()
    paid(desk, date(2024, 5, 2))
    erase(desk)
    words = words_of(documents.content(papers(desk, "erasure_certificate")[0]))
    assert "Mitä jää toistaiseksi ja miksi" in words
    assert "31.12.2030" in words
    assert "kirjanpitolain" in words.lower()
    refusal = words_of(documents.content(papers(desk, "refusal_certificate")[0]))
    assert "31.12.2030" in refusal
    assert "Oikeussuojakeinot" in refusal
    assert EMAIL not in words


def test_an_open_order_keeps_what_is_needed_to_deliver_it() -> None:
    desk = make_desk()
    make_order(the_customer(desk))
    make_order(the_customer(desk), state="delivered", archived=True)
    erase(desk)
    assert {"email", "phone", "street"} <= set(customers.current(the_customer(desk)))
    assert count(Order) == 1


def test_an_order_stays_as_long_as_the_voucher_of_its_invoice() -> None:
    desk = make_desk()
    order = make_order(the_customer(desk), state="delivered")
    pay(make_invoice(the_customer(desk), order_number=order.number))
    erase(desk)
    assert count(Order) == 1


def test_while_another_request_of_the_person_is_open_nothing_goes() -> None:
    desk = make_desk()
    make_case(customer=the_customer(desk))
    with pytest.raises(RuleViolation, match="este koskee kaikkia tietoja"):
        propose(desk)


def test_when_the_years_are_over_the_rest_comes_back_by_itself_and_goes_with_a_second_letter(freeze: object) -> None:
    desk = make_desk()
    paid(desk, date(2024, 5, 2))
    first = erase(desk)
    close(desk)
    finishing.carry_on(first.id)
    assert queue.waiting(today()) == []
    freeze("2031-01-01")  # type: ignore[operator]
    assert [(erasure.id, what) for erasure, what in queue.waiting(today())] == [(desk.erasure.id, "again")]
    second = erase(desk)
    assert (second.number, second.whole, second.state) == (2, True, "answered")
    assert (count(Customer), count(Invoice), count(Datum)) == (0, 0, 0)
    letter = papers(desk, "erasure_certificate")[-1]
    assert letter.addressee_lines[:2] == ["Äijä Örsfelt", STREET]
    words = words_of(documents.content(letter))
    assert "Este on nyt päättynyt" in words
    assert "Kaikki tiedot on poistettu." in words


def test_an_obstacle_without_a_known_end_frees_the_rest_when_it_ends() -> None:
    desk = make_desk()
    order = make_order(the_customer(desk))
    erase(desk)
    close(desk)
    assert again(desk).next_on is None
    assert queue.waiting(today()) == []
    with transaction():
        clerk = make_clerk()
        orders.cancel(order=orders.find(order.id), reason="customer", on=today(), by=clerk)
    assert [what for _erasure, what in queue.waiting(today())] == ["again"]
    assert erase(desk).whole


def test_after_the_last_round_not_even_the_numbers_of_invoices_stay() -> None:
    desk = make_desk()
    invoice = make_invoice(the_customer(desk))
    number = invoice.number
    first = erase(desk)
    assert any(number in hold["text"] for hold in first.holds)
    close(desk)
    finishing.carry_on(first.id)
    pay(db.session.get_one(Invoice, invoice.id))
    with transaction():
        db.session.get_one(Invoice, invoice.id).invoiced_on = date(2010, 1, 1)
        db.session.get_one(Invoice, invoice.id).paid_on = date(2010, 2, 1)
    last = erase(desk)
    assert last.whole
    post_everything(again(desk).case_id, desk.clerk)
    finishing.carry_on(last.id)
    rounds = list(db.session.scalars(select(ErasureRound).order_by(ErasureRound.id)))
    assert [one.state for one in rounds] == ["finished", "finished"]
    assert {hold["text"] for one in rounds for hold in one.holds} == {""}


def test_letters_to_others_are_destroyed_once_they_have_left_for_they_repeat_what_was_erased() -> None:
    desk = make_desk()
    paid(desk, date(2024, 5, 2))
    done = erase(desk)
    close(desk)
    finishing.carry_on(done.id)
    assert {paper.addressee for paper in papers(desk, "erasure_notice")} == {""}
    assert papers(desk, "erasure_certificate")[0].addressee_name == "Äijä Örsfelt"


def test_a_plan_shows_how_much_of_each_kind_goes_and_stays() -> None:
    desk = make_desk()
    paid(desk, date(2024, 5, 2))
    lines = {line.title: (line.going, line.staying) for line in planning.plan(again(desk), today()).lines}
    assert lines["Yhteydenotot"] == (1, 0)
    assert lines["Laskut ja perinnät"] == (0, 1)
    assert lines["Yhteystiedot ja muut tiedot historioineen"] == (2, 5)
    assert lines["Asiakkaan kortti"] == (0, 1)


def test_what_the_plan_says_is_what_happens() -> None:
    desk = make_desk()
    paid(desk, date(2024, 5, 2))
    make_order(the_customer(desk), state="cancelled")
    going = planning.plan(again(desk), today()).going
    assert erase(desk).gone == going


def test_nobody_is_proposed_twice_at_once() -> None:
    desk = make_desk()
    propose(desk)
    with pytest.raises(RuleViolation, match="jo ehdotettu"):
        propose(desk)
    approve(desk)
    assert service.find(desk.erasure.id) is not None


def test_the_order_that_kept_somebody_is_confirmed_delivered_and_billed_and_nothing_else_is() -> None:
    desk = make_desk()
    order = make_order(the_customer(desk), state="confirmed")
    erase(desk)
    with transaction():
        orders.deliver(order=db.session.get_one(Order, order.id), on=today(), by=desk.clerk)
    assert make_invoice(the_customer(desk), order_number=order.number).order_id == order.id
    with pytest.raises(RuleViolation, match="rajoitettu"):
        make_invoice(the_customer(desk), number="L-77")


def test_delivered_goods_are_owed_and_kept_until_they_are_billed() -> None:
    desk = make_desk()
    order = make_order(the_customer(desk), state="delivered")
    plan = planning.plan(again(desk), today())
    assert [hold.until for hold in plan.holds] == [date(2026, 12, 23)]
    assert plan.holds[0].text == (
        f"Tilaus {order.number} on toimitettu 23.11.2026, mutta laskuttamatta. "
        "Este päättyy, kun tilaus on laskutettu tai siirretty arkistoon, viimeistään 23.12.2026."
    )
    erase(desk)
    close(desk)
    assert (count(Order), {"street", "email"} <= set(customers.current(the_customer(desk)))) == (1, True)
    assert [code for _, code in queue.waiting(date(2026, 12, 23))] == []
    assert [code for _, code in queue.waiting(date(2026, 12, 24))] == ["again"]


@pytest.mark.parametrize(
    "details", [{"archived": True}, {"on": date(2026, 10, 23)}], ids=["in the archive", "a month ago"]
)
def test_an_order_for_which_nobody_makes_an_invoice_any_more_keeps_nobody(details: dict[str, object]) -> None:
    desk = make_desk()
    make_order(the_customer(desk), state="delivered", **details)
    assert erase(desk).whole


def test_a_delivered_order_keeps_nobody_where_the_register_holds_no_invoices() -> None:
    published(content="Tallennamme nimen, yhteystiedot, yhteydenotot ja aikaisemmat tilaukset.")
    desk = make_desk()
    make_order(the_customer(desk), state="delivered")
    assert planning.plan(again(desk), today()).holds == []


def test_the_order_that_was_kept_stays_owed_when_it_has_been_delivered() -> None:
    desk = make_desk()
    order = make_order(the_customer(desk), state="confirmed")
    erase(desk)
    close(desk)
    with transaction():
        orders.deliver(order=db.session.get_one(Order, order.id), on=today(), by=desk.clerk)
    assert queue.waiting(today()) == []
    with transaction():
        service.reckon(today())
    assert again(desk).next_on == date(2026, 12, 24)
    assert [code for _, code in queue.waiting(date(2026, 12, 24))] == ["again"]


def test_what_waits_to_be_erased_is_not_let_free_by_hand_while_its_obstacle_stands() -> None:
    desk = make_desk()
    order = make_order(the_customer(desk))
    erase(desk)
    (held,) = restrictions.in_force(desk.customer_id)
    with pytest.raises(RuleViolation, match="Este on vielä voimassa"), transaction():
        restrictions.lift(restriction=held, reason="Tietoja tarvitaan taas.", by=desk.owner, on=today())
    with transaction():
        orders.cancel(order=db.session.get_one(Order, order.id), reason="customer", on=today(), by=desk.clerk)
    (held,) = restrictions.in_force(desk.customer_id)
    with transaction():
        restrictions.lift(restriction=held, reason="Poistamisesta on luovuttu pyynnöstänne.", by=desk.owner, on=today())
