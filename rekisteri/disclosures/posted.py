"""Letters that leave: each writes its row in the ledger when it is marked posted.

Letters of the law's rights are owed (GDPR art. 12–22), so no bar stops them here; what may be written in them is decided
where they are made. Whose data a letter carries is told by its subject: a room that issues letters names their reader.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from rekisteri.disclosures import door
from rekisteri.disclosures.models import Recipient
from rekisteri.documents import leaving
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import sort_key

WAYS = {"post": "letter", "email": "email", "secure_email": "email", "pickup": "print"}
_readers: dict[str, Callable[[int], int | None]] = {"customer": lambda number: number}


def add_reader(room: str, reader: Callable[[int], int | None]) -> None:
    """Tell whose data the letters of a room's matters carry: from the matter's id to the customer's."""
    _readers[room] = reader


def enter(document: Document, by: Any) -> None:
    """A letter has left: to the person, or as a notice about the person to a recipient or to the source of the data."""
    room, _, number = document.subject.partition(":")
    if room not in _readers:
        return
    recipient = _recipient(document) if is_notice(document) else None
    receiver = "recipient" if recipient else "other" if is_notice(document) else "subject"
    door.note_letter(
        person=_readers[room](int(number)),
        receiver=receiver,
        recipient=recipient,
        purpose=document.title,
        way=WAYS.get(document.way or "", "other"),
        origin=document.log_subject,
        left_on=document.posted_on,
        by=by,
    )


def is_notice(document: Document) -> bool:
    """Whether it tells somebody else of a person: that a datum was corrected, erased or restricted (GDPR art. 19)."""
    return document.kind.endswith("_notice")


def _recipient(document: Document) -> Recipient | None:
    """To which recipient, by the name in the window; a name is on record once only."""
    name = document.addressee.partition("\n")[0]
    return db.session.scalar(select(Recipient).filter_by(sort_key=sort_key(name)))


leaving.when_posted("disclosures", enter)
