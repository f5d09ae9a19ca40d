"""What is done with orders, below the pages: numbers, states, lines, history, the archive, signs of life."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import service as customers
from rekisteri.customers.archiving import obstacles
from rekisteri.customers.links import all_links
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders import rules, service
from rekisteri.orders.models import Order, OrderEvent, OrderLine
from tests.customers.factories import make_clerk, make_person
from tests.orders.factories import CHAIRS, HOURS, TODAY, make_order

YESTERDAY = date(2026, 11, 22)


def events(order: Order) -> list[str]:
    return [event.what for event in service.history(order)]


@pytest.mark.promise("kaytto.tilaukset")
def test_an_order_is_taken_from_quote_to_delivery_and_into_the_archive(app):
    clerk, order = make_clerk(), make_order(state="quote")

    for act in (service.accept, service.confirm, service.deliver, service.archive):
        with transaction():
            act(order=order, on=TODAY, by=clerk)

    assert (order.state, order.delivered_on, order.archived_on) == ("delivered", TODAY, TODAY)
    assert events(order) == ["quote", "ordered", "confirmed", "delivered", "archived"]
    assert {event.by.full_name for event in service.history(order)} == {"Kaisa Kirjaaja"}


def test_numbers_run_without_gaps_and_each_year_has_its_own(app):
    maija = make_person()
    this_year = [make_order(maija).number for _ in range(3)]
    last_year = make_order(maija, on=date(2025, 12, 30)).number
    with pytest.raises(RuleViolation), transaction():
        service.create(customer=maija, state="ordered", lines=[], on=TODAY, by=None)

    assert this_year == ["T 2026/0001", "T 2026/0002", "T 2026/0003"]
    assert last_year == "T 2025/0001"
    assert make_order(maija).number == "T 2026/0004"


def test_an_order_knows_its_sum_and_its_lines_in_their_order(app):
    order = make_order()
    assert order.total == 516_00 + 72_00
    assert [line.content for line in order.lines] == [CHAIRS, HOURS]


def test_changed_lines_take_the_place_of_the_old_and_the_sum_follows(app):
    clerk, order = make_clerk(), make_order()
    version = order.version

    with transaction():
        assert service.change_lines(order=order, lines=[HOURS], by=clerk)

    assert (order.total, [line.content for line in order.lines]) == (72_00, [HOURS])
    assert order.version == version + 1
    assert events(order) == ["ordered", "lines"]


def test_saving_the_same_lines_again_is_no_change(app):
    clerk, order = make_clerk(), make_order()
    with transaction():
        assert not service.change_lines(order=order, lines=[CHAIRS, HOURS], by=clerk)
    assert events(order) == ["ordered"]


@pytest.mark.parametrize("state", ["confirmed", "delivered", "cancelled"])
def test_lines_stay_as_they_were_confirmed(app, state):
    clerk, order = make_clerk(), make_order(state=state)
    with pytest.raises(RuleViolation, match="kunnes tilaus vahvistetaan"), transaction():
        service.change_lines(order=order, lines=[HOURS], by=clerk)
    assert order.total == 588_00


@pytest.mark.parametrize("state", ["quote", "ordered", "confirmed"])
def test_an_open_order_may_be_cancelled_with_a_reason(app, state):
    clerk, order = make_clerk(), make_order(state=state)
    with transaction():
        service.cancel(order=order, reason="unavailable", on=TODAY, by=clerk)
    assert (order.state, order.cancelled_on, order.cancel_reason) == ("cancelled", TODAY, "unavailable")


def test_what_has_been_delivered_cannot_be_cancelled(app):
    clerk, order = make_clerk(), make_order(state="delivered")
    with pytest.raises(RuleViolation, match="Toimitettua tilausta ei voi perua"), transaction():
        service.cancel(order=order, reason="customer", on=TODAY, by=clerk)
    assert order.state == "delivered"


def test_a_step_is_not_dated_before_the_one_it_follows(app):
    clerk, order = make_clerk(), make_order(on=YESTERDAY)
    with pytest.raises(RuleViolation, match=r"ennen päivää 22\.11\.2026"), transaction():
        service.confirm(order=order, on=date(2026, 11, 21), by=clerk)
    with pytest.raises(RuleViolation, match="tulevaisuudessa"), transaction():
        service.confirm(order=order, on=date(2026, 11, 24), by=clerk)
    with transaction():
        service.change_lines(order=order, lines=[CHAIRS], by=clerk)
    with transaction():
        service.confirm(order=order, on=YESTERDAY, by=clerk)
    assert order.state == "confirmed"


def test_an_order_goes_to_the_archive_and_comes_back(app):
    clerk, order = make_clerk(), make_order(state="cancelled")
    with transaction():
        service.archive(order=order, on=TODAY, by=clerk)
    with pytest.raises(RuleViolation, match="jo arkistossa"), transaction():
        service.archive(order=order, on=TODAY, by=clerk)
    with transaction():
        service.unarchive(order=order, on=TODAY, by=clerk)
    with pytest.raises(RuleViolation, match="ei ole arkistossa"), transaction():
        service.unarchive(order=order, on=TODAY, by=clerk)
    assert events(order) == ["ordered", "cancelled", "archived", "restored"]


@pytest.mark.parametrize("state", rules.OPEN)
def test_an_open_order_stays_out_of_the_archive(app, state):
    clerk, order = make_clerk(), make_order(state=state)
    with pytest.raises(RuleViolation, match="Keskeneräistä"), transaction():
        service.archive(order=order, on=TODAY, by=clerk)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("archived", "Asiakas on arkistossa. Palauta asiakas ensin arkistosta."),
        ("incoming", "Asiakkaalle ei voi kirjata tilausta."),
        ("merged", "Asiakkaalle ei voi kirjata tilausta."),
    ],
)
def test_only_a_customer_of_the_live_register_orders(app, state, sentence):
    maija = make_person()
    with transaction():
        customer = db.session.get(Customer, maija.id)
        customer.state = state
    with pytest.raises(RuleViolation) as refusal, transaction():
        service.create(customer=customer, state="ordered", lines=[CHAIRS], on=TODAY, by=None)
    assert refusal.value.sentence == sentence


def test_each_event_is_a_sign_of_life_in_the_relationship_but_filing_is_none(app, freeze):
    freeze("2024-01-05")
    maija = make_person(obtained_on=date(2024, 1, 2))
    order = make_order(maija, on=date(2024, 1, 5))
    clerk = make_clerk()
    freeze("2026-11-23")
    for act, on in ((service.confirm, date(2024, 2, 1)), (service.deliver, date(2024, 3, 1)), (service.archive, TODAY)):
        with transaction():
            act(order=order, on=on, by=clerk)
    assert customers.find(maija.id).active_on == date(2024, 3, 1)


@pytest.mark.promise("kaytto.tilaukset")
def test_open_orders_tell_why_a_customer_stays(app):
    maija = make_person()
    kept = [make_order(maija, state=state) for state in rules.OPEN]
    for state in ("delivered", "cancelled"):
        make_order(maija, state=state)
    other = make_person(first_name="Matti")

    assert [order.id for order in service.open_orders(maija.id)] == [order.id for order in kept]
    assert service.open_orders(other.id) == []
    assert obstacles([maija.id, other.id]) == {maija.id: ["3 keskeneräistä tilausta"]}
    make_order(other)
    assert obstacles([other.id]) == {other.id: ["keskeneräinen tilaus"]}


def test_merging_customers_moves_their_orders(app):
    assert [link.name for link in all_links() if link.column is Order.customer_id] == ["tilaukset"]


def test_the_log_tells_what_was_done_to_whose_order_and_by_whom_and_nothing_else(app):
    clerk, order = make_clerk(), make_order(state="quote")
    with transaction():
        service.accept(order=order, on=TODAY, by=clerk)
    with transaction():
        service.cancel(order=order, reason="customer", on=TODAY, by=clerk)
    query = select(AuditEvent).where(AuditEvent.event.like("order.%")).order_by(AuditEvent.seq)
    rows = list(db.session.scalars(query))
    assert [(row.event, row.facts) for row in rows] == [
        ("order.created", {"order": order.id, "state": "quote"}),
        ("order.moved", {"order": order.id, "state": "ordered"}),
        ("order.cancelled", {"order": order.id, "reason": "customer"}),
    ]
    assert {(row.subject, row.actor_id) for row in rows} == {(f"customer:{order.customer_id}", clerk.id)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "delivered"},
        {"state": "cancelled", "cancelled_on": TODAY},
        {"state": "cancelled", "cancel_reason": "other"},
        {"delivered_on": TODAY},
        {"archived_on": TODAY},
        {"total": -1},
        {"ordered_on": None},
        {"number": "T 2026/0001"},
    ],
)
def test_the_database_itself_refuses_an_order_that_contradicts_itself(app, wrong):
    order = make_order()
    plain = {
        "number": "T 2026/0002",
        "customer_id": order.customer_id,
        "state": "ordered",
        "opened_on": TODAY,
        "ordered_on": TODAY,
        "total": 0,
    }
    with pytest.raises(IntegrityError), transaction():
        db.session.add(Order(**plain | wrong))


def test_an_order_that_is_destroyed_takes_its_lines_and_history_along(app):
    order = make_order(state="delivered")
    with transaction():
        db.session.delete(db.session.get(Order, order.id))
    assert db.session.scalars(select(OrderLine)).all() == []
    assert db.session.scalars(select(OrderEvent)).all() == []
