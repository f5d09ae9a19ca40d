"""Orders entered by the thousand leave the rows that the forms leave one by one."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.customers import service as customers
from rekisteri.kernel.db import db, transaction
from rekisteri.orders import bulk, service
from rekisteri.orders.models import Order, OrderEvent, OrderLine
from tests.customers.factories import make_clerk, make_person
from tests.orders.factories import CHAIRS, HOURS, TODAY, make_order


def columns(row) -> dict:
    """What a row says, apart from whose it is and when it was written."""
    own = {"id", "number", "order_id", "at", "changed_at", "version"}
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in own}


def test_a_row_is_what_the_form_leaves(app):
    clerk, maija = make_clerk(), make_person()
    by_form = make_order(maija, state="delivered", archived=True)
    days = dict.fromkeys(("ordered", "confirmed", "delivered"), TODAY)
    with transaction():
        row = bulk.Row(maija.id, TODAY, [CHAIRS, HOURS], days, archived_on=TODAY)
        assert bulk.enter_many([row], by_id=clerk.id) == 1

    entered = service.find_number("T 2026/0002")
    assert columns(entered) == columns(by_form)
    assert [columns(line) for line in entered.lines] == [columns(line) for line in by_form.lines]
    assert [columns(event) for event in service.history(entered)] == [
        columns(event) for event in service.history(by_form)
    ]


@pytest.mark.parametrize("state", ["quote", "cancelled"])
def test_quotes_and_cancelled_ones_are_entered_as_well(app, state):
    days = {"quote": TODAY} | ({"cancelled": TODAY} if state == "cancelled" else {})
    reason = "expired" if state == "cancelled" else ""
    with transaction():
        bulk.enter_many([bulk.Row(make_id(), TODAY, [CHAIRS], days, cancel_reason=reason)], by_id=None)
    order = service.find_number("T 2026/0001")
    assert (order.state, order.ordered_on, order.cancel_reason) == (state, None, reason)


def make_id() -> int:
    """A customer made inside the caller's transaction."""
    values = {"last_name": "Aalto"}
    source = customers.self_source()
    return customers.create(kind="person", values=values, source=source, obtained_on=TODAY, by=None).id


def test_numbers_run_on_from_the_forms_in_each_year_and_the_forms_run_on_from_them(app):
    maija = make_person()
    make_order(maija)
    years = [2025, 2026, 2025, 2026, 2026]
    rows = [bulk.Row(maija.id, date(year, 2, 1), [CHAIRS], {"ordered": date(year, 2, 1)}) for year in years]
    with transaction():
        assert bulk.enter_many(rows, by_id=None, batch=2) == 5
    make_order(maija)

    found = list(db.session.scalars(select(Order.number).order_by(Order.id)))
    assert found == [
        "T 2026/0001",
        "T 2025/0001",
        "T 2026/0002",
        "T 2025/0002",
        "T 2026/0003",
        "T 2026/0004",
        "T 2026/0005",
    ]


def test_customers_come_alive_by_their_latest_order_only_forwards(app, freeze):
    freeze("2024-01-05")
    maija = make_person(obtained_on=date(2024, 1, 2))
    freeze("2026-11-23")
    old, new = date(2020, 1, 1), date(2026, 5, 1)
    rows = [bulk.Row(maija.id, day, [CHAIRS], {"ordered": day}) for day in (new, old)]
    with transaction():
        bulk.enter_many(rows, by_id=None, batch=1)
    assert customers.find(maija.id).active_on == new


def test_all_or_nothing_is_entered(app):
    maija = make_person()
    rows = [bulk.Row(maija.id, TODAY, [CHAIRS], {"ordered": TODAY}) for _ in range(5)]

    def breaking():
        yield from rows
        raise ValueError("the file ends here")

    with pytest.raises(ValueError, match="the file ends here"), transaction():
        bulk.enter_many(breaking(), by_id=None, batch=2)

    for table in (Order, OrderLine, OrderEvent):
        assert db.session.scalars(select(table)).all() == []
    assert make_order(maija).number == "T 2026/0001"


def test_orders_are_entered_inside_a_transaction_only(app):
    with pytest.raises(RuntimeError, match="transaction"):
        bulk.enter_many([], by_id=None)
