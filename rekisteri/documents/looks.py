"""Who has looked at a document or a paper that came in (GDPR art. 5(2), 24).

A look lasts a while: a browser fetches the same file again to save and to print it, and that is still the same look.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction

DOCUMENT_VIEWED = audit.event("document.viewed", "asiakirja katsottu")
SCAN_VIEWED = audit.event("scan.viewed", "liite katsottu")
A_LOOK = timedelta(minutes=10)


def record(event: str, *, subject: str, by: Any) -> None:
    """Put a look on record in a transaction of its own, unless the same person's look still lasts."""
    same_look = select(AuditEvent.seq).where(
        AuditEvent.subject == subject,
        AuditEvent.event == event,
        AuditEvent.actor_id == by.id,
        AuditEvent.at > now() - A_LOOK,
    )
    if db.session.scalar(same_look.limit(1)) is None:
        with transaction():
            audit.record(event, subject=subject, by=by)
