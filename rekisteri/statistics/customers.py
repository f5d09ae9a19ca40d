"""What is counted of the customers: who is in the register, since when, from where; people and organisations apart.

The two kinds are never added together, so that no sum tells a small one. Customers that are not seen anywhere else, merged
or not yet accepted from an import, are not counted here either.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, and_, cast, func, select
from sqlalchemy.orm import aliased

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import archiving, uses
from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.customers.rules import SOURCE_KINDS
from rekisteri.kernel.db import db
from rekisteri.statistics.counting import SEEN, Fact, by_first, count, counted, month_of_moment
from rekisteri.statistics.periods import grow
from rekisteri.statistics.rules import Group, published

KINDS = {"person": "Henkilöt", "organisation": "Yhteisöt"}
ABROAD, UNKNOWN = "abroad", "unknown"
AREAS = [*(f"{number:02}" for number in range(100)), ABROAD]
Parts = dict[str, dict[str, Group]]


def collect() -> dict[str, Any]:
    """The published figures of the customers: each kind by time, source and area; archivings by time; who is left out and why."""
    months, sources, areas = _new(), _sources(), _areas()
    figures = {}
    for kind in KINDS:
        whole = grow({"month": months[kind]})
        whole.splits["source"] = _filled(sources[kind], SOURCE_KINDS)
        whole.splits["area"] = _with_rest(_filled(areas[kind], AREAS), whole.people)
        figures[kind] = published(whole)
    left_out = uses.left_out(select(Customer.id).where(SEEN), "statistics")
    return figures | {"archived": published(count(_archivings()), certain=max), "left_out": left_out}


def _group(people: int) -> Group:
    return Group(people, {"count": people})


def _filled(parts: dict[str, Group], codes: Iterable[str]) -> dict[str, Group]:
    """A place for every code there may be, so that those which are hidden do not show that they hold somebody."""
    return {code: parts.get(code) or _group(0) for code in codes}


def _by_kind(query: Any) -> Parts:
    found: Parts = defaultdict(dict)
    for kind, part, people in db.session.execute(by_first(query, 2)):
        found[kind][part] = _group(people)
    return found


def _new() -> Parts:
    month = month_of_moment(Customer.created_at)
    return _by_kind(select(Customer.kind, month, func.count()).where(counted()))


def _sources() -> Parts:
    """By the kind of source that the customer's first datum came from; a source's name is text that anybody may write."""
    own = aliased(Datum)
    first = select(func.min(own.id)).where(own.customer_id == Customer.id).correlate(Customer).scalar_subquery()
    query = select(Customer.kind, Source.kind, func.count()).select_from(Customer).where(counted())
    query = query.join(Datum, Datum.id == first).join(Source, Source.id == Datum.source_id)
    return _by_kind(query)


def _areas() -> Parts:
    """By the first two digits of the postcode; what is abroad is one area, as the codes of other lands mean other places."""
    area = func.substr(Datum.value, 1, 2)
    query = select(Customer.kind, area, func.count()).select_from(Customer)
    query = query.join(Datum, Datum.customer_id == Customer.id)
    query = query.where(counted(), Datum.field == "postcode", Datum.ended_at.is_(None))
    found = _by_kind(query)
    country = aliased(Datum)
    named = and_(country.customer_id == Customer.id, country.field == "country", country.ended_at.is_(None))
    for kind, code, people in db.session.execute(by_first(query.join(country, named), 2)):
        found[kind][code].people -= people
        found[kind][ABROAD] = _group(people + found[kind].get(ABROAD, Group()).people)
    for parts in found.values():
        for part in parts.values():
            part.figures = {"count": part.people}
    return found


def _with_rest(areas: dict[str, Group], whole: int) -> dict[str, Group]:
    """The areas, and those whose area is not known."""
    return areas | {UNKNOWN: _group(whole - sum(area.people for area in areas.values()))}


def _archivings() -> Fact:
    """What the processing log tells of archivings; of those customers only who are still in the register."""
    number = cast(func.substr(AuditEvent.subject, len("customer:") + 1), Integer)
    return Fact(
        person=AuditEvent.subject,
        month=month_of_moment(AuditEvent.at),
        where=(AuditEvent.event == archiving.ARCHIVED, counted()),
        joins=((Customer, Customer.id == number),),
    )
