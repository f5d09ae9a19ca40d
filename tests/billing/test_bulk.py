"""Entering invoices by the thousand leaves what the forms would leave one by one."""

from datetime import date

import pytest
from sqlalchemy import event, inspect, select

from rekisteri.billing import bulk, service
from rekisteri.billing.models import Invoice
from rekisteri.customers import service as customers
from rekisteri.kernel.db import db, transaction
from tests.billing.factories import DUE, INVOICED, TODAY, make_invoice, pay
from tests.customers.factories import make_person
from tests.orders.factories import make_order

OWN = {"id", "number", "created_at", "version"}


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def values(invoice: Invoice) -> dict:
    return {column.key: getattr(invoice, column.key) for column in inspect(Invoice).columns if column.key not in OWN}


def enter(*rows: bulk.Row, **rest) -> int:
    with transaction():
        return bulk.enter_many(rows, **rest)


def test_a_row_is_what_the_form_would_have_left(maija):
    order = make_order(maija)
    by_form = make_invoice(maija, number="1", order_number=order.number)
    enter(bulk.Row(maija.id, "2", INVOICED, DUE, 120_00, order_id=order.id))

    assert values(service.find_number("2")) == values(by_form)


def test_a_paid_row_is_what_a_payment_would_have_left(maija):
    by_form = pay(make_invoice(maija, number="1"), paid_on=TODAY)
    enter(bulk.Row(maija.id, "2", INVOICED, DUE, 120_00, paid=120_00, paid_on=TODAY))

    assert values(service.find_number("2")) == values(by_form)


@pytest.mark.parametrize(
    ("settled", "state"),
    [
        ({}, "open"),
        ({"paid": 119_99, "paid_on": TODAY}, "open"),
        ({"paid": 120_00, "paid_on": TODAY}, "paid"),
        ({"paid": 130_00, "paid_on": TODAY}, "paid"),
        ({"credited_on": TODAY}, "credited"),
        ({"credited_on": TODAY, "paid": 120_00, "paid_on": TODAY}, "credited"),
    ],
)
def test_the_state_follows_from_what_was_paid_and_credited(maija, settled, state):
    enter(bulk.Row(maija.id, "1", INVOICED, DUE, 120_00, **settled))

    assert service.find_number("1").state == state


def test_each_customer_is_touched_by_its_latest_day(maija):
    other = make_person(last_name="Korhonen")
    with transaction():
        for customer in (maija, other):
            customers.find(customer.id).active_on = date(2020, 1, 1)

    enter(
        bulk.Row(maija.id, "1", INVOICED, DUE, 1),
        bulk.Row(maija.id, "2", date(2026, 8, 1), DUE, 1),
        bulk.Row(other.id, "3", INVOICED, DUE, 1, paid=1, paid_on=date(2026, 10, 2)),
    )

    assert customers.find(maija.id).active_on == INVOICED
    assert customers.find(other.id).active_on == date(2026, 10, 2)


def test_a_customer_is_never_touched_backwards(maija):
    enter(bulk.Row(maija.id, "1", date(2001, 1, 1), date(2001, 1, 15), 1))

    assert customers.find(maija.id).active_on >= INVOICED


def test_batches_of_any_size_enter_the_same_rows(maija):
    rows = [bulk.Row(maija.id, str(number), INVOICED, DUE, number) for number in range(1, 26)]

    assert enter(*rows, batch=10) == 25
    assert db.session.scalars(select(Invoice.amount).order_by(Invoice.id)).all() == list(range(1, 26))


def test_nothing_to_enter_is_no_fault(app):
    assert enter() == 0


def test_an_invoice_entered_by_form_afterwards_gets_an_id_of_its_own(maija):
    enter(*(bulk.Row(maija.id, str(number), INVOICED, DUE, 1) for number in range(5)))

    last = max(db.session.scalars(select(Invoice.id)))

    assert make_invoice(maija).id > last


def test_a_thousand_invoices_take_a_few_statements(maija):
    rows = [bulk.Row(maija.id, str(number), INVOICED, DUE, 1) for number in range(1000)]
    sent: list[str] = []
    note = lambda *given: sent.append(given[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    enter(*rows)
    event.remove(db.engine, "before_cursor_execute", note)

    assert len(sent) < 12


def test_outside_a_transaction_nothing_is_entered(maija):
    with pytest.raises(RuntimeError, match="transaction"):
        bulk.enter_many([bulk.Row(maija.id, "1", INVOICED, DUE, 1)])
