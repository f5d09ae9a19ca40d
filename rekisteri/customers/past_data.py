"""Every value the register has held of a customer, read for showing: plain tuples, as a long history has hundreds of them."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.kernel.db import db
from rekisteri.staff.models import User


class Origin(NamedTuple):
    """A source by its name."""

    name: str


class Person(NamedTuple):
    """A user by the name."""

    full_name: str


class Fact(NamedTuple):
    """A datum as it is shown, with the names of its source and of those who entered and ended it."""

    id: int
    field: str
    value: str
    source_id: int
    obtained_on: date
    entered_by_id: int | None
    entered_at: datetime
    ended_at: datetime | None
    ended_reason: str
    use: str
    valid_from: date | None
    valid_until: date | None
    replaces_id: int | None
    source: Origin
    entered_by: Person | None
    ended_by: Person | None


_COLUMNS = [Datum.__table__.c[name] for name in Fact._fields[:-3]]
_ENTERER, _ENDER = (User.__table__.alias(name) for name in ("enterer", "ender"))
_QUERY = (
    select(*_COLUMNS, Source.__table__.c.name, _ENTERER.c.full_name, _ENDER.c.full_name)
    .join_from(Datum.__table__, Source.__table__)
    .outerjoin(_ENTERER, _ENTERER.c.id == Datum.__table__.c.entered_by_id)
    .outerjoin(_ENDER, _ENDER.c.id == Datum.__table__.c.ended_by_id)
    .where(Datum.__table__.c.customer_id == bindparam("customer"))
    .order_by(Datum.__table__.c.entered_at, Datum.__table__.c.id)
)


def facts(customer: Customer) -> list[Fact]:
    """All that has been held, oldest first."""
    rows = db.session.connection().execute(_QUERY, {"customer": customer.id})
    return [Fact._make((*row, Origin(source), _person(by), _person(ender))) for *row, source, by, ender in rows]


def _person(name: str | None) -> Person | None:
    return Person(name) if name is not None else None
