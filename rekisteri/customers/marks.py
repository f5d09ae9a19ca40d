"""Tags beside a customer's name wherever customers are listed: told by the higher rooms, shown on lists, search and card.

A room registers once, when its views are imported, what is to be read of a customer and what mark it makes. It is read along
with the customers themselves, so that a page of fifty costs no question more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, select

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db


@dataclass(frozen=True)
class Mark:
    """A few words that must be seen before anything is done with the customer, and how strongly they warn."""

    text: str
    tone: str = "warn"


_columns: tuple[ColumnElement[Any], ...] = ()
_makers: tuple[Callable[[Any], Mark], ...] = ()


def add_mark(column: ColumnElement[Any], make: Callable[[Any], Mark]) -> None:
    """Show what `make` makes of a value of `column`, which tells something of the customer `Customer.id`; of 0 or false nothing."""
    global _columns, _makers
    _columns, _makers = (*_columns, column), (*_makers, make)


def columns() -> tuple[ColumnElement[Any], ...]:
    """What a query of customers reads for the marks."""
    return _columns


def told(values: Sequence[Any]) -> list[Mark]:
    """The marks of one customer, by the values of `columns`."""
    if not any(values):
        return []
    return [make(value) for make, value in zip(_makers, values, strict=True) if value]


def marks(customers: Iterable[Any]) -> dict[int, list[Mark]]:
    """The marks of each of these customers, by id; an empty list for who has none."""
    found: dict[int, list[Mark]] = {customer.id: [] for customer in customers}
    if not found or not _columns:
        return found
    one = len(found) == 1
    query = _of_one(_columns) if one else select(Customer.id, *_columns).where(Customer.id.in_(found))
    for customer_id, *values in db.session.connection().execute(query, {"id": min(found)} if one else {}):
        found[customer_id] = told(values)
    return found


@cache
def _of_one(columns: tuple[ColumnElement[Any], ...]) -> Executable:
    """The question that every card asks, put together once."""
    return select(Customer.id, *columns).where(Customer.id == bindparam("id"))
