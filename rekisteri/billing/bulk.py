"""Entering invoices by the hundred thousand: a file of the accounting system, the example register, the benchmarks.

The rows are those that the forms would leave one by one; nothing is judged again here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, update

from rekisteri.billing.models import Invoice
from rekisteri.billing.rules import state_of
from rekisteri.customers.bulk import Insert, in_batches
from rekisteri.customers.ids import new_ids
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, require_transaction


@dataclass(slots=True)
class Row:
    """An invoice to be entered; its state follows from what has been paid and credited."""

    customer_id: int
    number: str
    invoiced_on: date
    due_on: date
    amount: int
    paid: int = 0
    paid_on: date | None = None
    credited_on: date | None = None
    order_id: int | None = None


def enter_many(rows: Iterable[Row], *, import_id: int | None = None, batch: int = 2000) -> int:
    """Enter invoices inside the caller's transaction, and return how many. The log of processing is the caller's."""
    require_transaction("entering invoices")
    connection, count, moment = db.session.connection(), 0, now()
    insert = Insert(connection, Invoice.__table__)
    for part in in_batches(rows, batch):
        ids = new_ids(connection, Invoice.__table__, len(part))
        insert.many([_columns(*known, import_id, moment) for known in zip(ids, part, strict=True)])
        touch_many((row.customer_id, row.paid_on or row.invoiced_on) for row in part)
        count += len(part)
    return count


def _columns(invoice_id: int, row: Row, import_id: int | None, moment: datetime) -> dict[str, Any]:
    return {
        "id": invoice_id,
        "number": row.number,
        "customer_id": row.customer_id,
        "order_id": row.order_id,
        "invoiced_on": row.invoiced_on,
        "due_on": row.due_on,
        "amount": row.amount,
        "paid": row.paid,
        "paid_on": row.paid_on,
        "credited_on": row.credited_on,
        "written_off_on": None,
        "state": state_of(amount=row.amount, paid=row.paid, credited_on=row.credited_on),
        "collection_id": None,
        "import_id": import_id,
        "created_at": moment,
        "version": 1,
    }


def touch_many(days: Iterable[tuple[int, date]]) -> None:
    """Tell of each customer the last day on which something happened, as `customers.service.touch` does of one."""
    latest: dict[int, date] = {}
    for customer_id, day in days:
        latest[customer_id] = max(latest.get(customer_id, day), day)
    told = update(Customer.__table__).where(Customer.id == bindparam("customer"), Customer.active_on < bindparam("day"))
    rows: Sequence[dict[str, Any]] = [{"customer": customer_id, "day": day} for customer_id, day in latest.items()]
    if rows:
        db.session.connection().execute(told.values(active_on=bindparam("day")), rows)
