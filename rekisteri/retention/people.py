"""Customers with whom nothing has been done for years, and contacts that never became customers: proposed one by one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select, tuple_

from rekisteri.billing.models import Invoice
from rekisteri.customers import holdings
from rekisteri.customers.holdings import Hold
from rekisteri.customers.models import ContactNote, Customer, Datum, Source
from rekisteri.erasure.letting_go import let_go
from rekisteri.erasure.planning import identity, paper_blockers
from rekisteri.erasure.wishes import has_forbidden_marketing
from rekisteri.informing.rules import OUTSIDE
from rekisteri.kernel.db import db
from rekisteri.orders.models import Order
from rekisteri.retention.keeping import whoever_is_answered

PAGE_SIZE = 20
TOGETHER = 64
SHOWN = Customer.state.in_(("active", "archived"))


@dataclass(frozen=True)
class Row:
    """One person proposed, the day from which the time has run, and what stands in the way."""

    customer: Customer
    since: date
    holds: list[Hold]


@dataclass(frozen=True)
class Page:
    """Some of those proposed, and the customer from whose id the next page goes on."""

    rows: list[Row]
    after: int | None


def _latest_datum() -> Any:
    return select(func.max(Datum.obtained_on)).where(Datum.customer_id == Customer.id).scalar_subquery()


def _due(kind: str, last_day: date) -> Select[Any]:
    """Those kept long enough, with the day from which their time has run; not who is being answered."""
    if kind == "customers":
        silent: Any = select(Customer.id, Customer.active_on.label("since"))
        found: Select[Any] = silent.where(SHOWN, Customer.active_on <= last_day, ~whoever_is_answered())
        return found
    datum = exists().where(Datum.customer_id == Customer.id)
    own = datum.where(Datum.source_id == Source.id, Source.kind.not_in(OUTSIDE))
    dealt = (
        exists().where(owner == Customer.id)
        for owner in (Order.customer_id, Invoice.customer_id, ContactNote.customer_id)
    )
    query: Select[Any] = select(Customer.id, _latest_datum().label("since")).where(
        SHOWN, Customer.kind == "person", datum, ~own, ~whoever_is_answered()
    )
    return query.where(~datum.where(Datum.obtained_on > last_day), *(~dealing for dealing in dealt))


def count(kind: str, last_day: date) -> int:
    """How many have been kept long enough."""
    return db.session.scalar(select(func.count()).select_from(_due(kind, last_day).subquery())) or 0


def oldest(kind: str, last_day: date) -> date | None:
    """From which day the time of the first of them has run."""
    found: date | None = db.session.scalar(select(func.min(_due(kind, last_day).subquery().c.since)))
    return found


def page(kind: str, last_day: date, *, on: date, after: int | None = None, size: int = PAGE_SIZE) -> Page:
    """A page of those proposed, those silent for longest first, each with all that holds it."""
    due = _due(kind, last_day).subquery()
    query = select(Customer, due.c.since).join(due, due.c.id == Customer.id)
    if after and (since := db.session.scalar(select(due.c.since).where(due.c.id == after))):
        query = query.where(tuple_(due.c.since, due.c.id) > (since, after))
    read = db.session.execute(query.order_by(due.c.since, due.c.id).limit(size + 1)).all()
    held = held_among([row.Customer.id for row in read[:size]], on)
    rows = [
        Row(row.Customer, row.since, _holds(row.Customer.id, on) if row.Customer.id in held else [])
        for row in read[:size]
    ]
    return Page(rows, read[size - 1].Customer.id if len(read) > size else None)


def count_held(kind: str, last_day: date, *, on: date) -> int:
    """How many of those kept long enough something still holds."""
    ids = list(db.session.scalars(_due(kind, last_day)))
    return sum(len(held_among(ids[at : at + TOGETHER], on)) for at in range(0, len(ids), TOGETHER))


def held_among(ids: Sequence[int], on: date) -> set[int]:
    """Which of these customers something holds. All are asked at once, and only where somebody is held in halves again."""
    still = holdings.still_held(ids)
    return still | set(_halved([number for number in ids if number not in still], on))


def _halved(ids: Sequence[int], on: date) -> Iterator[int]:
    if not ids or not holdings.holds(ids, on):
        return
    if len(ids) == 1:
        yield ids[0]
        return
    middle = len(ids) // 2
    yield from _halved(ids[:middle], on)
    yield from _halved(ids[middle:], on)


def _holds(customer_id: int, on: date) -> list[Hold]:
    return holdings.holds(identity(customer_id), on)


def free(kind: str, last_day: date, ids: Collection[int], *, on: date) -> list[int]:
    """Those of the chosen who are still to go: time has passed, nothing holds them, no letter to them waits for the post."""
    due = _due(kind, last_day).where(Customer.id.in_(ids))
    return [number for number in db.session.scalars(due.order_by(Customer.id)) if not _stays(number, on)]


def _stays(customer_id: int, on: date) -> bool:
    return bool(_holds(customer_id, on) or paper_blockers(identity(customer_id), on))


def destroy(customer_id: int, *, on: date) -> list[str]:
    """Let go of one person wholly; of what was sold and done only figures remain. The texts that went."""
    forbidden = has_forbidden_marketing(customer_id)
    return let_go(customer_id=customer_id, kind="anonymisation", forbidden=forbidden, on=on).values
