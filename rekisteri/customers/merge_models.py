"""The tables of duplicates: pairs that look like one customer, how far the search for them is, and what was merged."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.customers import likeness
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, db
from rekisteri.staff.models import User


class Pair(db.Model):  # type: ignore[name-defined]
    """Two customers who look like one. One that a person has told apart stays told apart."""

    __tablename__ = "likeness"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'dismissed', 'merged')", name="state"),
        CheckConstraint("lower_id < higher_id", name="in_order"),
        UniqueConstraint("lower_id", "higher_id"),
        Index("ix_likeness_state_score_id", "state", "score", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lower_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    higher_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    reasons: Mapped[str] = mapped_column(String(100), default="")
    score: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20), default="open")
    dismissed_because: Mapped[str] = mapped_column(String(20), default="")
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    dismissed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    lower: Mapped[Customer] = relationship(foreign_keys=[lower_id])
    higher: Mapped[Customer] = relationship(foreign_keys=[higher_id])

    @property
    def explained(self) -> list[str]:
        """Why they look like one, in Finnish."""
        return likeness.explained(self.reasons.split())


class Sweep(db.Model):  # type: ignore[name-defined]
    """How far the search for pairs has come: one row, so that it goes on from where it was left."""

    __tablename__ = "likeness_sweep"

    id: Mapped[int] = mapped_column(primary_key=True)
    after_id: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Merge(db.Model):  # type: ignore[name-defined]
    """One customer merged into another, with all that is needed to undo it. Ids, days and states only, no one's data.

    `moved` tells by link (`table.column`) which rows changed their customer, `data` what became of each datum, `before`
    how the two customers' own rows stood, `after` how everything stood when it was done: while that is still so, the merge
    can be undone.
    """

    __tablename__ = "customer_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    dropped_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    kept: Mapped[Customer] = relationship(foreign_keys=[kept_id])
    dropped: Mapped[Customer] = relationship(foreign_keys=[dropped_id])
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])
