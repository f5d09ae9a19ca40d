"""The tables of retention: what the clock found last, and what people have had destroyed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, db
from rekisteri.staff.models import User


class Finding(db.Model):  # type: ignore[name-defined]
    """What the last look found of one kind of data: how much has been kept for long enough, and how much of it is held."""

    __tablename__ = "retention_finding"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    found_on: Mapped[date]
    due: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    oldest: Mapped[date | None]

    @property
    def free(self) -> int:
        """What a person may have destroyed now."""
        return max(self.due - self.held, 0)


class Destruction(db.Model):  # type: ignore[name-defined]
    """That a person had data of one kind destroyed on one day: how many, kept until when. Nobody's data (GDPR art. 5(2))."""

    __tablename__ = "retention_destruction"
    __table_args__ = (Index("ix_retention_destruction_on_id", "destroyed_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    length: Mapped[int]
    until: Mapped[date]
    on: Mapped[date] = mapped_column("destroyed_on")
    count: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    by: Mapped[User] = relationship()
