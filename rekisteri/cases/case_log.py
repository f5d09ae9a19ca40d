"""The extract of the processing log that concerns one request: its own rows, those of its matters and those of its papers, looks included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.audit import words
from rekisteri.audit.models import AuditEvent
from rekisteri.cases import letters, matters, uploads
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_datetime
from rekisteri.staff.models import User

HEADER = ["Rivi", "Aika", "Kuka", "Kohde", "Tapahtuma", "Tiedot", "Tarkiste"]
SYSTEM = "järjestelmä"


@dataclass(frozen=True)
class Row:
    """One row as a person reads it, with the number and the hash by which it is found in the chain."""

    seq: int
    at: datetime
    who: str
    subject: str
    event: str
    facts: str
    hash: str


def rows(case: Case) -> list[Row]:
    """Everything on record of the case and its papers, oldest first."""
    matter = [subject for kind in matters.of(case) for subject in kind.log_subjects(case)]
    issued = [document.log_subject for document in letters.letters_of(case)]
    received = [scan.log_subject for scan in uploads.scans_of(case)]
    query = (
        select(AuditEvent, User.full_name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.subject.in_([case.subject, *matter, *issued, *received]))
        .order_by(AuditEvent.seq)
    )
    return [_row(event, name or SYSTEM) for event, name in db.session.execute(query)]


def _row(event: AuditEvent, who: str) -> Row:
    facts = filter(None, (words.fact(name, value) for name, value in event.facts.items()))
    label = audit.label(event.event)
    return Row(event.seq, event.at, who, words.subject(event.subject), label, "; ".join(facts), event.hash)


def table(case: Case) -> Iterator[list[str]]:
    """The same as cells for a CSV file."""
    for row in rows(case):
        yield [str(row.seq), fi_datetime(row.at), row.who, row.subject, row.event, row.facts, row.hash]
