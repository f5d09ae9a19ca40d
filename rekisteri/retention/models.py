"""The tables of retention: what the clock found last, and what people have had destroyed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

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
    """That a person had data of one kind destroyed on one day: how many, kept until when. Nobody's data (GDPR art. 5(2)).

    `packed` holds the texts that went until they have been searched for (`proving`): compressed, so that the search does not
    find itself, and emptied when nothing was found. `proof` tells what the search came to.
    """

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
    packed: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    proof: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    by: Mapped[User] = relationship()
