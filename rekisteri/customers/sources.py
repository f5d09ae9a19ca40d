"""The sources data come from: keeping them, and choosing one."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rekisteri.audit import service as audit
from rekisteri.customers import rules
from rekisteri.customers.models import Source
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import sort_key
from rekisteri.staff.models import User

ADDED = audit.event("source.added", "tietolähde lisätty", fields={"kind": str})
CHANGED = audit.event("source.changed", "tietolähteen tietoja muutettu", fields={"fields": list})

DETAILS = ("name", "email", "street", "postcode", "city", "country")


def self_source() -> Source:
    """The data subject as the source: what a person tells of themselves."""
    return _kept("self")


def own_source() -> Source:
    """The company itself as the source: what it has noticed in its own work."""
    return _kept("own")


def _kept(key: str) -> Source:
    query = select(Source).filter_by(key=key)
    if found := db.session.scalar(query):
        return found
    name = rules.KEPT_SOURCES[key]
    source = Source(key=key, kind=key, name=name, sort_key=sort_key(name))
    try:
        with db.session.begin_nested():
            db.session.add(source)
    except IntegrityError:  # PostgreSQL: a rival made it first
        return db.session.scalars(query).one()
    return source


def all_sources() -> list[Source]:
    """Every source that has been added, in Finnish order; the two that are always there come by `choices`."""
    return list(db.session.scalars(select(Source).filter_by(key=None).order_by(Source.sort_key, Source.id)))


def find_source(source_id: int) -> Source | None:
    """The source with this id."""
    return db.session.get(Source, source_id)


def choices() -> list[tuple[str, str]]:
    """What a form offers: the data subject, the company, then the sources in use."""
    in_use = [(str(source.id), source.name) for source in all_sources() if source.active]
    return [*rules.KEPT_SOURCES.items(), *in_use]


def chosen(choice: str) -> Source:
    """The source that a value of `choices` stands for."""
    if choice in rules.KEPT_SOURCES:
        return _kept(choice)
    source = find_source(int(choice)) if choice.isdecimal() else None
    if source is None:
        raise RuleViolation("Valitse tietolähde.", field="source")
    return source


def add_source(*, name: str, kind: str, details: Mapping[str, str], by: User) -> Source:
    """Put a new source on record.

    :raises RuleViolation: a detail is not kept as it is, or there is one of that name.
    """
    source = Source(kind=_checked_kind(kind))
    _fill(source, {**details, "name": name})
    db.session.add(source)
    db.session.flush()
    audit.record(ADDED, subject=f"source:{source.id}", by=by, kind=source.kind)
    return source


def change_source(*, source: Source, name: str, kind: str, active: bool, details: Mapping[str, str], by: User) -> None:
    """Change a source's details, or retire it: data keep it, new ones can't choose it.

    :raises RuleViolation: it is one of the two that belong to the register itself.
    """
    if source.key:
        raise RuleViolation("Tämä lähde kuuluu rekisteriin aina, eikä sitä voi muuttaa.")
    before = {field: getattr(source, field) for field in (*DETAILS, "kind", "active")}
    source.kind, source.active = _checked_kind(kind), active
    _fill(source, {**details, "name": name})
    changed = [field for field, value in before.items() if getattr(source, field) != value]
    if changed:
        audit.record(CHANGED, subject=f"source:{source.id}", by=by, fields=changed)


def _checked_kind(kind: str) -> str:
    if kind not in rules.SOURCE_KINDS or kind in rules.KEPT_SOURCES:
        raise RuleViolation("Valitse lähteen laji.", field="kind")
    return kind


def _fill(source: Source, details: Mapping[str, str]) -> None:
    kept = rules.check_values("organisation", {field: details.get(field, "") for field in DETAILS})
    key = sort_key(kept["name"])
    with db.session.no_autoflush:
        rivals = db.session.scalars(select(Source).filter_by(sort_key=key)).all()
    if any(rival is not source and rival.name == kept["name"] for rival in rivals):
        raise RuleViolation("Samanniminen tietolähde on jo rekisterissä.", field="name")
    source.sort_key = key
    for field in DETAILS:
        setattr(source, field, kept.get(field, ""))
