"""What a restored backup must know: whom the register has erased, by marks and by numbers, and who has barred what."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, db

KINDS = ("erased", "anonymised")
BARS = ("prohibition", "restriction", "consent", "objection")


class Mark(db.Model):  # type: ignore[name-defined]
    """One keyed hash of something by which an erased person would be recognised.

    Nothing ties the marks of one person together: no id, no order of entering (on SQLite the rows lie in the order of
    their hashes), and the day is that of the month's beginning.
    """

    __tablename__ = "forgotten_mark"
    __table_args__ = {"sqlite_with_rowid": False}

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    forbidden: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date]


class ErasureEntry(db.Model):  # type: ignore[name-defined]
    """That a customer was erased or anonymised, committed with the erasure and then copied to the journal outside.

    A restored database lacks the entries of later erasures: those are done again. `customer_id` refers to a row that is
    no more, so it is no foreign key.
    """

    __tablename__ = "erasure_entry"
    __table_args__ = (CheckConstraint("kind IN ('erased', 'anonymised')", name="kind"),)

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    customer_id: Mapped[int] = mapped_column(index=True)
    on: Mapped[date]
    at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=now)


class BarEntry(db.Model):  # type: ignore[name-defined]
    """How one prohibition, restriction or objection stands, or that a consent has ended, committed with every change of it and then copied to the journal outside.

    A restored database knows an earlier turn, or nothing of it: then it is given or ended again. `customers` are all the
    numbers by which the register knows the person, as a restored one may know two where there now is one. `facts` hold
    codes and days, never what somebody has written; `at` is when it began to bind, or ended.
    """

    __tablename__ = "bar_entry"
    __table_args__ = (CheckConstraint("kind IN ('prohibition', 'restriction', 'consent', 'objection')", name="kind"),)

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    turn: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    binds: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    customers: Mapped[list[int]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
