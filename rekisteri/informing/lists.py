"""Who must still be told, by source: the page of sources, the page of one source, the card of one person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from rekisteri.customers.addresses import postal_place
from rekisteri.customers.models import ContactNote, Customer, Datum, Source
from rekisteri.disclosures.models import Disclosure
from rekisteri.documents.models import Document
from rekisteri.informing import rules
from rekisteri.informing.models import Duty, Round
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date

PAGE_SIZE = 50
_UNDELIVERED = exists().where(Document.id == Duty.document_id, Document.state == "impossible")
UNTOLD: ColumnElement[bool] = or_(Duty.state == "waiting", and_(Duty.state == "letter", _UNDELIVERED))
"""Nobody has told: no letter and no mark, or the letter could not be delivered."""
SEEN = (
    exists()
    .where(Customer.id == Duty.customer_id, Customer.state.in_(("active", "archived")))
    .correlate(Duty.__table__)
)
"""The person is shown in the register: neither merged nor still coming in."""


@dataclass(frozen=True)
class OfSource:
    """A source, how many of those it gave must still be told, how many are late, and the first day that binds."""

    source: Source
    count: int
    late: int
    due_on: date


@dataclass(frozen=True)
class Row:
    """One person to be told: by when, how they can be reached, and what has already been done with the data."""

    duty: Duty
    by: date
    address: str
    used: list[str]


@dataclass(frozen=True)
class Page:
    """Some rows of one source, and the duty from whose id the next page goes on."""

    rows: list[Row]
    after: int | None


def by_source(on: date) -> list[OfSource]:
    """The sources with somebody to be told, the most urgent first."""
    late = func.sum(case((_is_late(on), 1), else_=0))
    query = (
        select(Duty.source_id, func.count(Duty.customer_id.distinct()), late, func.min(Duty.due_on))
        .where(UNTOLD, SEEN)
        .group_by(Duty.source_id)
    )
    found = db.session.execute(query.order_by(func.min(Duty.due_on), Duty.source_id)).all()
    sources = {
        row.id: row for row in db.session.scalars(select(Source).where(Source.id.in_([row[0] for row in found])))
    }
    return [OfSource(sources[number], count, late_ones, due) for number, count, late_ones, due in found]


def count_untold(on: date | None = None) -> int:
    """How many people must still be told; with a day, how many of them should have been told before it."""
    query = select(func.count(Duty.customer_id.distinct())).where(UNTOLD, SEEN)
    return db.session.scalar(query.where(_is_late(on)) if on else query) or 0


def _is_late(on: date) -> ColumnElement[bool]:
    """The month has passed, or the data have been used before their time: a disclosure or a contact binds sooner."""
    used = (
        exists().where(owner == Duty.customer_id, day >= Duty.obtained_on, day < on)
        for owner, day in ((Disclosure.customer_id, Disclosure.disclosed_on), (ContactNote.customer_id, ContactNote.happened_on))
    )  # fmt: skip
    return or_(Duty.due_on < on, *used)


def count_of(source: Source) -> int:
    """How many people of one source must still be told."""
    query = select(func.count(Duty.customer_id.distinct())).where(Duty.source_id == source.id, UNTOLD, SEEN)
    return db.session.scalar(query) or 0


def page(source: Source, *, after: int | None = None, size: int = PAGE_SIZE) -> Page:
    """Those of one source who must still be told, the most urgent first."""
    query = select(Duty).where(Duty.source_id == source.id, UNTOLD, SEEN).options(joinedload(Duty.customer))
    start = db.session.get(Duty, after) if after else None
    if start:
        query = query.where(tuple_(Duty.due_on, Duty.id) > (start.due_on, start.id))
    read = list(db.session.scalars(query.order_by(Duty.due_on, Duty.id).limit(size + 1)))
    shown = read[:size]
    return Page(_rows(shown), shown[-1].id if len(read) > size else None)


def chosen(source: Source, ids: Collection[int]) -> list[Duty]:
    """Those of the given duties that belong to the source and have not been told meanwhile."""
    query = select(Duty).where(Duty.id.in_(ids), Duty.source_id == source.id, UNTOLD, SEEN)
    query = query.options(joinedload(Duty.customer))
    return list(db.session.scalars(query.order_by(Duty.due_on, Duty.id)))


def of_customer(customer_id: int) -> list[Duty]:
    """Everything on record of telling one person, the latest first."""
    query = select(Duty).filter_by(customer_id=customer_id).options(joinedload(Duty.source), joinedload(Duty.document))
    return list(db.session.scalars(query.order_by(Duty.obtained_on.desc(), Duty.id.desc())))


def rounds_under_way() -> list[Round]:
    """Letters in bulk that were left half way."""
    query = select(Round).where(Round.finished_at.is_(None)).options(joinedload(Round.source))
    return list(db.session.scalars(query.order_by(Round.id)))


def _rows(duties: list[Duty]) -> list[Row]:
    ids = [duty.customer_id for duty in duties]
    disclosed = _first_days(Disclosure.customer_id, Disclosure.disclosed_on, ids)
    met = _first_days(ContactNote.customer_id, ContactNote.happened_on, ids)
    reached = reach_all([duty.customer for duty in duties])
    found = []
    for duty in duties:
        used = {
            "Luovutettu": [day for day in disclosed.get(duty.customer_id, []) if day >= duty.obtained_on],
            "Oltu yhteydessä": [day for day in met.get(duty.customer_id, []) if day >= duty.obtained_on],
        }
        firsts = {what: min(days) for what, days in used.items() if days}
        by = rules.tell_by(duty.due_on, firsts.values())
        words = [f"{what} {fi_date(day)}" for what, day in firsts.items()]
        found.append(Row(duty, by, reached[duty.customer_id], words))
    return found


def _first_days(owner: Any, day: Any, ids: Collection[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for number, on in db.session.execute(select(owner, day).where(owner.in_(ids))) if ids else []:
        found.setdefault(number, []).append(on)
    return found


def reach_all(people: Collection[Customer]) -> dict[int, str]:
    """How a letter would reach each person: by post, by e-mail, or not at all (an empty text). One question for all."""
    holders = {number for person in people for number in (person.id, person.organisation_id) if number}
    held: dict[int, dict[str, Datum]] = {number: {} for number in holders}
    for datum in db.session.scalars(select(Datum).where(Datum.customer_id.in_(holders), Datum.ended_at.is_(None))):
        held[datum.customer_id][datum.field] = datum
    return {person.id: _reach(held[person.id], held.get(person.organisation_id or 0, {})) for person in people}


def _reach(own: dict[str, Datum], organisations: dict[str, Datum]) -> str:
    if postal_place(own, today()) or postal_place(organisations, today()):
        return "post"
    return "email" if "email" in own else ""
