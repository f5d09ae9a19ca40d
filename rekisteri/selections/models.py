"""The tables of selections: the criteria that are kept, and each use as it was. No customer stands in either."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db, sort_key_type
from rekisteri.selections.rules import USES, WAYS, Choice
from rekisteri.staff.models import User


def _one_of(column: str, codes: object, name: str = "") -> CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)  # type: ignore[attr-defined]
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)


class Selection(Versioned, db.Model):  # type: ignore[name-defined]
    """Criteria with a name, for a use. Who has them is looked up anew each time."""

    __tablename__ = "selection"
    __table_args__ = (_one_of("use", USES, "known_use"), _one_of("way", WAYS))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    sort_key: Mapped[str] = mapped_column(sort_key_type(), index=True)
    use: Mapped[str] = mapped_column(String(30))
    way: Mapped[str] = mapped_column(String(20))
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    made_by: Mapped[User | None] = relationship()

    @property
    def subject(self) -> str:
        """What the processing log calls this selection."""
        return f"selection:{self.id}"

    @property
    def choice(self) -> Choice:
        """What is looked for."""
        return Choice.of_json(self.criteria | {"use": self.use, "way": self.way})


class SelectionUse(db.Model):  # type: ignore[name-defined]
    """One use of a selection as it was: the criteria of that moment, how many had them, who stayed out by what, by whom.

    Never changed afterwards; it outlives the selection (GDPR art. 5(2)).
    """

    __tablename__ = "selection_use"
    __table_args__ = (Index("ix_selection_use_selection_id_id", "selection_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    selection_id: Mapped[int | None] = mapped_column(ForeignKey("selection.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(500))
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON)
    told: Mapped[list[list[str]]] = mapped_column(JSON)
    matched: Mapped[int]
    count: Mapped[int]
    left_out: Mapped[dict[str, int]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    by: Mapped[User | None] = relationship()

    @property
    def choice(self) -> Choice:
        """What was looked for."""
        return Choice.of_json(self.criteria)
