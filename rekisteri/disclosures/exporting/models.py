"""The table of exports: that one was made, by whom and what for; never what was in it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, db
from rekisteri.staff.models import User


class CustomerExport(db.Model):  # type: ignore[name-defined]
    """One file of customers that was taken out of the register (GDPR art. 5(2), 30, 32)."""

    __tablename__ = "customer_export"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(500))
    selection: Mapped[str] = mapped_column(String(20))
    file_kind: Mapped[str] = mapped_column(String(10))
    count: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    by: Mapped[User | None] = relationship()

    @property
    def subject(self) -> str:
        """What the processing log calls this export."""
        return f"export:{self.id}"
