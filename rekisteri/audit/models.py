"""The tables of the processing log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from rekisteri.audit.guards import guard
from rekisteri.kernel.db import UtcDateTime, db


class AuditEvent(db.Model):  # type: ignore[name-defined]
    """One thing done or seen. `facts` holds ids and typed facts of the event's declared keys, never personal values."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject_event", "subject", "event"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None]
    event: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(db.Model):  # type: ignore[name-defined]
    """Where the chain ends. The one row is locked while rows are appended, so the chain has neither gaps nor forks."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64))


class AuditStart(db.Model):  # type: ignore[name-defined]
    """Where the chain begins once its oldest rows have been kept long enough: the last row that went, and the seal on it.

    `first` is the hash of the first row of all, by which the register is known (GDPR art. 5(1)(e) and 5(2)).
    """

    __tablename__ = "audit_start"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    first: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


guard(AuditEvent.__table__)
guard(AuditHead.__table__)
guard(AuditStart.__table__)
