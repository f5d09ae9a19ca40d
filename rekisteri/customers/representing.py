"""Edustus: in which organisations a person is and has been, as what, from when until when.

The organisation that a person represents today is the datum `organisation`; it decides where letters go. The rows here tell
the rest: other organisations beside it, those of the past, and the title of the role, which is recorded only while the
notice in force tells of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.customers import frozen, relationship_rules, rules
from rekisteri.customers.entering import Entry
from rekisteri.customers.models import Customer, Representation, Source
from rekisteri.customers.search import find_organisation
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond
from rekisteri.staff.models import User

_FACTS: dict[str, type] = {"representation": int, "source_id": int}
ADDED = audit.event("representation.added", "edustus kirjattu", fields=_FACTS)
CHANGED = audit.event("representation.changed", "edustusta muutettu", fields=_FACTS)
REMOVED = audit.event("representation.removed", "edustus poistettu", fields={"representation": int})

ROLES = "roles"
"""What the notice must mention before the title of a role is recorded."""
MOST_PEOPLE = 50


@dataclass(frozen=True)
class Told:
    """What a form tells of a representation."""

    organisation: str
    role: str = ""
    started_on: date | None = None
    ended_on: date | None = None

    def checked(self) -> "Told":
        """As the register keeps it.

        :raises RuleViolation: something of it is not kept as it is.
        """
        relationship_rules.check_time(self.started_on, self.ended_on)
        name = relationship_rules.check_organisation_name(self.organisation)
        return Told(name, relationship_rules.check_role(self.role), self.started_on, self.ended_on)


@dataclass(frozen=True)
class Member:
    """A person of an organisation, with the role and its time as far as they are known."""

    person: Customer
    role: str
    time: str


@dataclass(frozen=True)
class People:
    """Those who represent an organisation now, and those who did before."""

    now: list[Member]
    former: list[Member]


def history(person: Customer) -> list[Representation]:
    """Every representation the register has held of a person, oldest first, with its source and who entered it."""
    parts = (Representation.source, Representation.entered_by, Representation.ended_by)
    query = select(Representation).filter_by(person_id=person.id).order_by(Representation.id)
    return list(db.session.scalars(query.options(*(joinedload(part) for part in parts))))


def standing(rows: Iterable[Representation]) -> list[Representation]:
    """Those that stand in the register: the present ones first, then the latest to end."""
    return sorted((row for row in rows if row.ended_at is None), key=lambda row: row.ended_on or date.max, reverse=True)


def of_person(person: Customer) -> list[Representation]:
    """A person's representations that stand in the register, the present ones first."""
    return standing(history(person))


def people_of(organisation: Customer, limit: int = MOST_PEOPLE) -> People:
    """Who represents an organisation and who has done so before, in Finnish order."""
    shown = Customer.state.in_(tuple(rules.STATES))
    order = (Customer.sort_key, Customer.id)
    main = select(Customer).filter_by(organisation_id=organisation.id).where(shown).order_by(*order).limit(limit)
    told = (
        select(Representation)
        .join(Representation.person)
        .filter(Representation.organisation_id == organisation.id, Representation.ended_at.is_(None), shown)
        .options(joinedload(Representation.person))
        .order_by(*order)
        .limit(2 * limit)
    )
    rows = list(db.session.scalars(told))
    now = {row.person_id: row for row in rows if not row.is_former}
    people = list(db.session.scalars(main))
    known = {person.id for person in people}
    people += [row.person for row in now.values() if row.person_id not in known]
    members = [_member(person, now.get(person.id)) for person in people]
    members.sort(key=lambda member: (member.person.sort_key, member.person.id))
    former = [_member(row.person, row) for row in rows if row.is_former]
    return People(members[:limit], former[:limit])


def _member(person: Customer, row: Representation | None) -> Member:
    return Member(person, row.role, row.time) if row else Member(person, "", "")


def find_representation(representation_id: int) -> Representation | None:
    """A representation, also one that has been replaced or removed."""
    return db.session.get(Representation, representation_id)


def add(*, person: Customer, told: Told, source: Source, obtained_on: date, by: User | None) -> Representation:
    """Put on record that a person represents or has represented an organisation.

    :raises RuleViolation: it is not a person or is in the archive, or the notice does not tell of roles.
    """
    if person.kind != "person":
        raise RuleViolation("Vain henkilö voi edustaa yhteisöä.")
    _check_active(person)
    kept = told.checked()
    if kept.role:
        beyond.check_declared(ROLES)
    row = _enter(person, kept, Entry.of(source, obtained_on, by))
    audit.record(ADDED, subject=person.subject, by=by, representation=row.id, source_id=source.id)
    return row


def change(
    *, row: Representation, told: Told, source: Source, obtained_on: date, reason: str, by: User | None
) -> Representation:
    """Replace what is told of a representation; the old row stays in the history.

    :raises RuleViolation: nothing changed, or the notice does not tell of roles.
    """
    _check_active(row.person)
    kept = told.checked()
    if kept == Told(row.organisation_name, row.role, row.started_on, row.ended_on):
        raise RuleViolation("Mikään tieto ei muuttunut.")
    if kept.role and kept.role != row.role:
        beyond.check_declared(ROLES)
    entry = Entry.of(source, obtained_on, by)
    new = _enter(row.person, kept, entry, replaces=row)
    row.ended_at, row.ended_by_id, row.ended_reason = entry.at, entry.by_id, reason[:200]
    audit.record(CHANGED, subject=row.person.subject, by=by, representation=new.id, source_id=source.id)
    return new


def remove(*, row: Representation, reason: str, by: User) -> None:
    """Take away what should not be in the register."""
    frozen.check(row.person_id)
    entry = Entry.of(row.source, row.obtained_on, by)
    row.ended_at, row.ended_by_id, row.ended_reason = entry.at, entry.by_id, reason[:200]
    audit.record(REMOVED, subject=row.person.subject, by=by, representation=row.id)


def leave(person: Customer, organisation: str, entry: Entry, reason: str) -> None:
    """Remember the organisation that a person no longer represents; called when the main one changes."""
    match = rules.match_key("organisation", organisation)
    rows = [row for row in of_person(person) if row.match == match and not row.is_former]
    before = rows[0] if rows else None
    told = Told(organisation, before.role if before else "", before.started_on if before else None, entry.obtained_on)
    _enter(person, told, entry, replaces=before)
    if before:
        before.ended_at, before.ended_by_id, before.ended_reason = entry.at, entry.by_id, reason[:200]


def _enter(person: Customer, told: Told, entry: Entry, replaces: Representation | None = None) -> Representation:
    organisation = find_organisation(told.organisation)
    row = Representation(
        person_id=person.id,
        organisation_id=organisation.id if organisation else None,
        organisation_name=told.organisation,
        match=rules.match_key("organisation", told.organisation) or "",
        role=told.role,
        started_on=told.started_on,
        ended_on=told.ended_on,
        source=entry.source,
        obtained_on=entry.obtained_on,
        entered_by_id=entry.by_id,
        entered_at=entry.at,
        replaces_id=replaces.id if replaces else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _check_active(person: Customer) -> None:
    if person.state == "archived":
        raise RuleViolation("Asiakas on arkistossa. Palauta asiakas ensin arkistosta.")
    frozen.check(person.id)


def any_role_held() -> bool:
    """Whether the register holds the title of any role."""
    query = select(Representation.id).where(Representation.role != "", Representation.ended_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


beyond.add_held(ROLES, any_role_held)
