"""What is kept of the erased: marks that nobody can read, and which rows of the register are gone."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from rekisteri.kernel.db import db

KINDS = ("erased", "anonymised")


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
