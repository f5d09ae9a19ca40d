"""What the processing log knows of backups."""

from datetime import datetime

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db

CREATED = audit.event("backup.created", "varmuuskopio otettu", fields={"size": int, "rows": int})
KEYS_COPIED = audit.event("backup.keys_copied", "avaimet kopioitu talteen", fields={"keys": str})
RESTORED = audit.event("backup.restored", "varmuuskopio palautettu", fields={"on": str, "count": int})
DRILLED = audit.event("backup.drilled", "palautusta harjoiteltu", fields={"rows": int})
REGISTER = "register:1"


def latest(event: str) -> AuditEvent | None:
    """The last time something was done."""
    return db.session.scalar(select(AuditEvent).filter_by(event=event).order_by(AuditEvent.seq.desc()).limit(1))


def last(event: str) -> datetime | None:
    """When something was last done, as the log tells it."""
    found = latest(event)
    return found.at if found else None
