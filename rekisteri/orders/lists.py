"""Reading orders page by page: the live register, the archive, one customer's; found by number or year."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select, tuple_

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.orders import rules
from rekisteri.orders.models import Order

PAGE_SIZE = 50


class Row(NamedTuple):
    """What a list tells of an order."""

    id: int
    number: str
    opened_on: date
    customer_id: int
    customer: str
    state: str
    archived_on: date | None
    total: int


@dataclass(frozen=True)
class Page:
    """Some rows, the latest first; the ids from which the neighbouring pages go on, None at either end."""

    rows: list[Row]
    before: int | None
    after: int | None


COLUMNS = (
    Order.id,
    Order.number,
    Order.opened_on,
    Order.customer_id,
    Customer.display_name,
    Order.state,
    Order.archived_on,
    Order.total,
)


def page(
    *,
    wanted: rules.Wanted | None = None,
    state: str | None = None,
    archived: bool | None = False,
    customer_id: int | None = None,
    after: int | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of orders, found by its neighbour's id: page 1,000 costs as page 1.

    :param wanted: the number or the year that is looked for; numbers come in their own order, all else by day.
    :param archived: the archive, the live register, or (None) both.
    """
    query = select(*COLUMNS).join(Customer, Customer.id == Order.customer_id)
    if archived is not None:
        query = query.where(Order.archived_on.is_not(None) if archived else Order.archived_on.is_(None))
    if state:
        query = query.where(Order.state == state)
    if customer_id:
        query = query.where(Order.customer_id == customer_id)
    if wanted:
        query = _found_by(query, wanted)
    backwards = before is not None
    place = (Order.number,) if wanted and wanted.start else (Order.opened_on, Order.id)
    query = _continued(query, place, before if backwards else after, backwards=backwards)
    rows = [Row(*row) for row in db.session.execute(query.limit(size + 1))]
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    first, last = (rows[0].id, rows[-1].id) if rows else (None, None)
    return Page(
        rows=rows,
        before=first if (more if backwards else after is not None) else None,
        after=last if (more or backwards) else None,
    )


def _found_by(query: Select[*tuple[Any, ...]], wanted: rules.Wanted) -> Select[*tuple[Any, ...]]:
    if not wanted.start:
        return query.where(Order.opened_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    beyond = wanted.start[:-1] + chr(ord(wanted.start[-1]) + 1)
    return query.where(Order.number >= wanted.start, Order.number < beyond)


def _continued(
    query: Select[*tuple[Any, ...]], place: tuple[Any, ...], cursor: int | None, *, backwards: bool
) -> Select[*tuple[Any, ...]]:
    start = db.session.execute(select(*place).where(Order.id == cursor)).first() if cursor else None
    if start:
        query = query.where(tuple_(*place) > tuple_(*start) if backwards else tuple_(*place) < tuple_(*start))
    return query.order_by(*(column if backwards else column.desc() for column in place))
