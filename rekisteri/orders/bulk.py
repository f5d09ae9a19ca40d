"""Entering orders by the hundred thousand, with their lines and history: the example register and the benchmarks.

The rows are those that the forms would leave one by one; nothing is judged again here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, update

from rekisteri.customers.bulk import Insert, in_batches
from rekisteri.customers.ids import new_ids
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import HELSINKI, now
from rekisteri.kernel.db import db, next_numbers, require_transaction
from rekisteri.orders import rules
from rekisteri.orders.models import Order, OrderEvent, OrderLine


@dataclass(slots=True)
class Row:
    """An order to be entered: the days of the states it has come to, in `rules.STATES`' own words."""

    customer_id: int
    opened_on: date
    lines: Sequence[rules.Line]
    days: dict[str, date]
    cancel_reason: str = ""
    archived_on: date | None = None

    @property
    def state(self) -> str:
        """The state it came to last."""
        return next(reversed(self.days))


def enter_many(rows: Iterable[Row], *, by_id: int | None, batch: int = 2000) -> int:
    """Enter orders inside the caller's transaction, and return how many.

    Each gets the next number of its year, in the order of the rows. The log of processing is the caller's.
    """
    require_transaction("entering orders")
    writer, count = _Writer(by_id), 0
    for part in in_batches(rows, batch):
        writer.write(part)
        count += len(part)
    return count


class _Writer:
    """Writes batches over one connection; what a statement needs is worked out once."""

    def __init__(self, by_id: int | None) -> None:
        self.by_id, self.connection, self.moment = by_id, db.session.connection(), now()
        self.orders = Insert(self.connection, Order.__table__)
        self.lines = Insert(self.connection, OrderLine.__table__)
        self.events = Insert(self.connection, OrderEvent.__table__)

    def write(self, rows: Sequence[Row]) -> None:
        """Put a batch into the tables."""
        ids = new_ids(self.connection, Order.__table__, len(rows))
        self.orders.many([self._order(*known) for known in zip(ids, _numbers(rows), rows, strict=True)])
        self.lines.many([line for number, row in zip(ids, rows, strict=True) for line in _lines(number, row)])
        self.events.many([event for number, row in zip(ids, rows, strict=True) for event in self._events(number, row)])
        self._touch(rows)

    def _touch(self, rows: Sequence[Row]) -> None:
        """Tell of each customer the last day on which something happened."""
        latest: dict[int, date] = {}
        for row in rows:
            latest[row.customer_id] = max(latest.get(row.customer_id, row.opened_on), *row.days.values())
        told = update(Customer.__table__).where(
            Customer.id == bindparam("customer"), Customer.active_on < bindparam("day")
        )
        rows_told = [{"customer": customer_id, "day": day} for customer_id, day in latest.items()]
        self.connection.execute(told.values(active_on=bindparam("day")), rows_told)

    def _order(self, order_id: int, number: str, row: Row) -> dict[str, Any]:
        return {
            "id": order_id,
            "number": number,
            "customer_id": row.customer_id,
            "state": row.state,
            "opened_on": row.opened_on,
            "ordered_on": row.days.get("ordered"),
            "delivered_on": row.days.get("delivered"),
            "cancelled_on": row.days.get("cancelled"),
            "cancel_reason": row.cancel_reason,
            "archived_on": row.archived_on,
            "total": rules.total(row.lines),
            "changed_at": self.moment,
            "version": 1,
        }

    def _events(self, order_id: int, row: Row) -> Iterator[dict[str, Any]]:
        archived = {"archived": row.archived_on} if row.archived_on else {}
        for what, day in {**row.days, **archived}.items():
            yield {
                "order_id": order_id,
                "what": what,
                "happened_on": day,
                "at": min(_noon(day), self.moment),
                "by_id": self.by_id,
            }


def _lines(order_id: int, row: Row) -> Iterator[dict[str, Any]]:
    for position, line in enumerate(row.lines, start=1):
        yield {
            "order_id": order_id,
            "position": position,
            "product": line.product,
            "quantity": line.quantity,
            "unit": line.unit,
            "unit_price": line.unit_price,
        }


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), HELSINKI)


def _numbers(rows: Sequence[Row]) -> list[str]:
    """The rows' numbers, each from its own year's series."""
    years = [row.opened_on.year for row in rows]
    series = {year: iter(next_numbers("order", year, years.count(year))) for year in set(years)}
    return [rules.number(year, next(series[year])) for year in years]
