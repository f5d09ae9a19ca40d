"""The whole history of a customer as one diary: data, contacts, roles, what is forbidden and allowed; the latest first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.customers import notes, overview, representing
from rekisteri.customers.belongings import belongings
from rekisteri.customers.models import ContactNote, Customer, Representation
from rekisteri.customers.overview import Entry, Line, name_of, whence
from rekisteri.customers.past_data import Fact, facts
from rekisteri.customers.relationship_rules import CHANNELS
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date
from rekisteri.staff.models import User

_events_told = ["customer.archived", "customer.restored", "customer.merged", "customer.merge_undone"]
"""What the processing log tells of the customer as a whole."""
MOST = 100
"""So many contacts and so many events at most; the older ones are found in their own places."""


def add_events(*names: str) -> None:
    """Let a higher room's events stand in the history of the card; told once, when its views are imported."""
    _events_told.extend(name for name in names if name not in _events_told)


@lru_cache(maxsize=1)
def _asked(_count: int) -> Select[*tuple[Any, ...]]:
    """Made anew only when a room has added an event."""
    return (
        select(AuditEvent.at, AuditEvent.event, User.full_name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.subject == bindparam("subject"), AuditEvent.event.in_(_events_told))
        .order_by(AuditEvent.seq.desc())
        .limit(MOST)
    )


@dataclass(frozen=True)
class Past:
    """What the register has held of a customer: data and roles from the beginning, the latest contacts and events."""

    customer: Customer
    data: list[Fact]
    notes: list[ContactNote]
    roles: list[Representation]
    events: list[tuple[datetime, str, str | None]]

    @property
    def lines(self) -> list[Line]:
        """The fields as they now stand."""
        return overview.lines(self.customer, self.data)

    @property
    def held_fields(self) -> list[str]:
        """The names of the fields in which something stands."""
        return [line.field for line in self.lines if line.datum]

    @property
    def entries(self) -> list[Entry]:
        """The diary, the latest first."""
        found = [*overview.entries(self.customer, self.data), *_contacts(self.notes), *_roles(self.roles)]
        found += [
            Entry(at, audit.label(name).capitalize(), f"Teki {who or overview.PROGRAM}.")
            for at, name, who in self.events
        ]
        return sorted(found, key=lambda entry: entry.at, reverse=True)


def past(customer: Customer, held: Collection[str] | None = None) -> Past:
    """All that the card tells of a customer's past, in a number of queries that does not grow with it.

    :param held: the customer's `belongings`, where they have been asked already.
    """
    held = belongings(customer.id) if held is None else held
    return Past(
        customer,
        facts(customer),
        notes.latest(customer, MOST) if "contact_note.customer_id" in held else [],
        representing.history(customer) if "representation.person_id" in held else [],
        _events(customer),
    )


def _events(customer: Customer) -> list[tuple[datetime, str, str | None]]:
    found = db.session.connection().execute(_asked(len(_events_told)), {"subject": customer.subject})
    return [(at, name, who) for at, name, who in found]


def _contacts(latest: Sequence[ContactNote]) -> Iterator[Entry]:
    for note in latest:
        what = f"{CHANNELS[note.channel]} {fi_date(note.happened_on)}."
        yield Entry(
            note.entered_at,
            "Yhteydenotto kirjattu",
            f"{what} Lähde: {note.source.name}. Kirjasi {name_of(note.entered_by)}.",
        )
        if note.ended_at:
            text = f"{what} {note.ended_reason}. Poisti {name_of(note.ended_by)}."
            yield Entry(note.ended_at, "Yhteydenotto poistettu", text)


def _roles(rows: Sequence[Representation]) -> Iterator[Entry]:
    successors = {row.replaces_id: row for row in rows if row.replaces_id}
    for row in rows:
        if row.replaces_id is None:
            yield Entry(row.entered_at, "Edustus kirjattu", f"{_told(row)}. {whence(row)}")
        if row.ended_at is None:
            continue
        new = successors.get(row.id)
        if new:
            text = f"{_told(row)} → {_told(new)}. {row.ended_reason}. {whence(new)}"
            yield Entry(row.ended_at, "Edustusta muutettu", text)
        else:
            text = f"Oli: {_told(row)}. {row.ended_reason}. Poisti {name_of(row.ended_by)}."
            yield Entry(row.ended_at, "Edustus poistettu", text)


def _told(row: Representation) -> str:
    named = ", ".join(part for part in (row.organisation_name, row.role) if part)
    return f"{named} ({row.time})" if row.time else named
