"""Contact notes: when the customer and the company were in touch, how, and what was said that is needed later.

Only what the relationship needs is written down; a note that should not be there is removed with its text. Notes are kept
only while the notice in force tells of them (`notice.beyond`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.customers import frozen
from rekisteri.customers import relationship_rules as rules
from rekisteri.customers.archiving import touch
from rekisteri.customers.models import ContactNote, Customer, Source
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond
from rekisteri.staff.models import User

ADDED = audit.event(
    "contact_note.added", "yhteydenotto kirjattu", fields={"note": int, "channel": str, "source_id": int}
)
REMOVED = audit.event("contact_note.removed", "yhteydenotto poistettu", fields={"note": int})

GROUP = "contact_notes"
"""What the notice must mention, and what the log calls a look at the notes."""
ON_CARD = 5
PAGE_SIZE = 50


@dataclass(frozen=True)
class Notes:
    """Some of a customer's notes, the newest first, and the id from which the older ones go on."""

    rows: Sequence[ContactNote]
    after: int | None


def of(customer: Customer, *, after: int | None = None, size: int = PAGE_SIZE) -> Notes:
    """A page of the notes on a customer, found by the last one of the page before."""
    place = tuple_(ContactNote.happened_on, ContactNote.id)
    query = select(ContactNote).filter_by(customer_id=customer.id, ended_at=None)
    start = db.session.get(ContactNote, after) if after else None
    if start and start.customer_id == customer.id:
        query = query.where(place < (start.happened_on, start.id))
    query = query.order_by(ContactNote.happened_on.desc(), ContactNote.id.desc()).limit(size + 1)
    rows = list(db.session.scalars(query.options(joinedload(ContactNote.entered_by))))
    return Notes(rows[:size], rows[size - 1].id if len(rows) > size else None)


def latest(customer: Customer, limit: int) -> list[ContactNote]:
    """The latest notes with those that were removed, each with its source and who wrote or removed it."""
    whose = (joinedload(ContactNote.entered_by), joinedload(ContactNote.ended_by), joinedload(ContactNote.source))
    query = select(ContactNote).filter_by(customer_id=customer.id).options(*whose)
    query = query.order_by(ContactNote.happened_on.desc(), ContactNote.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def newest(rows: Sequence[ContactNote]) -> Notes:
    """The few that the card shows of the latest, and whether there are more."""
    standing = [note for note in rows if note.ended_at is None]
    shown = standing[:ON_CARD]
    return Notes(shown, shown[-1].id if len(standing) > ON_CARD else None)


def find_note(note_id: int) -> ContactNote | None:
    """A note that has not been removed."""
    return db.session.scalar(select(ContactNote).filter_by(id=note_id, ended_at=None))


def add_note(
    *, customer: Customer, happened_on: date, channel: str, text: str, source: Source, by: User
) -> ContactNote:
    """Put a contact on record; the customer is not dormant.

    :raises RuleViolation: the notice does not tell of notes, or something of it is not kept as it is.
    """
    beyond.check_declared(GROUP)
    if customer.state == "archived":
        raise RuleViolation("Asiakas on arkistossa. Palauta asiakas ensin arkistosta.")
    frozen.check(customer.id)
    note = ContactNote(
        customer_id=customer.id,
        happened_on=rules.check_contact_day(happened_on, today=today()),
        channel=rules.check_channel(channel),
        text=rules.check_note(text),
        source=source,
        entered_by_id=by.id,
    )
    db.session.add(note)
    db.session.flush()
    touch(customer.id, note.happened_on)
    audit.record(ADDED, subject=customer.subject, by=by, note=note.id, channel=channel, source_id=source.id)
    return note


def remove_note(*, note: ContactNote, reason: str, by: User) -> None:
    """Take a note away with its text; that there was one, and why it went, stays (GDPR art. 5(2), 17)."""
    if not reason.strip():
        raise RuleViolation("Kirjoita, miksi yhteydenotto poistetaan.", field="reason")
    frozen.check(note.customer_id)
    note.text, note.ended_at, note.ended_by_id, note.ended_reason = "", now(), by.id, reason[:200]
    audit.record(REMOVED, subject=f"customer:{note.customer_id}", by=by, note=note.id)


def any_held() -> bool:
    """Whether the register holds any note."""
    return db.session.scalar(select(ContactNote.id).filter_by(ended_at=None).limit(1)) is not None


beyond.add_held(GROUP, any_held)
