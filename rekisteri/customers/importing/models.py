"""The tables of an import. They hold people's data only while it is under way and a little after (`keeping.py`)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.customers.models import Customer, Source
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.staff.models import User

STATES = ("mapping", "checking", "ready", "entering", "done", "cancelling", "cancelled")
FATES = ("new", "same", "changed", "doubtful", "refused")
RESULTS = ("", "incoming", "entered", "changed", "skipped", "stale")


def _one_of(name: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{name} IN ({', '.join(repr(value) for value in values)})", name=name)


class ImportBatch(Versioned, db.Model):  # type: ignore[name-defined]
    """One file on its way in. `position` tells how far the step at hand has come, so that it can go on after a crash.

    mapping → checking → ready → entering → done, or cancelling → cancelled.
    """

    __tablename__ = "import_batch"
    __table_args__ = (_one_of("state", STATES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    file_kind: Mapped[str] = mapped_column(String(10))
    encoding: Mapped[str] = mapped_column(String(20), default="")
    header: Mapped[list[str]] = mapped_column(JSON)
    row_count: Mapped[int]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    obtained_on: Mapped[date]
    columns: Mapped[list[str]] = mapped_column(JSON, default=list)
    kind: Mapped[str] = mapped_column(String(20), default="")
    name_order: Mapped[str] = mapped_column(String(20), default="")
    state: Mapped[str] = mapped_column(String(20), default="mapping", index=True)
    position: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    source: Mapped[Source] = relationship()
    by: Mapped[User | None] = relationship()

    @property
    def subject(self) -> str:
        """What the processing log calls this import."""
        return f"import:{self.id}"


class ImportPiece(db.Model):  # type: ignore[name-defined]
    """Some rows of the file as they came, packed: [number, cell, cell …] each."""

    __tablename__ = "import_piece"

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    rows: Mapped[bytes] = mapped_column(LargeBinary)


class ImportRow(db.Model):  # type: ignore[name-defined]
    """What is to become of one row of the file, and what became of it.

    `number` is the row's number in the file. `data` holds, packed as JSON, the checked values, what changes, why it is
    doubtful or refused. `key` is what two rows of one file share when they are the same customer.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        _one_of("fate", FATES),
        _one_of("result", RESULTS),
        Index("ix_import_row_batch_id_fate_number", "batch_id", "fate", "number"),
        Index("ix_import_row_batch_id_key", "batch_id", "key"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fate: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20), default="")
    key: Mapped[str] = mapped_column(String(64), default="")
    data: Mapped[str] = mapped_column(Text)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="SET NULL"), index=True)
    customer_version: Mapped[int | None]
    decision: Mapped[str] = mapped_column(String(10), default="")
    result: Mapped[str] = mapped_column(String(10), default="")

    customer: Mapped[Customer | None] = relationship()


class ImportMapping(db.Model):  # type: ignore[name-defined]
    """How the columns of a source's files were told to be read the last time: folded header → field."""

    __tablename__ = "import_mapping"

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    kind: Mapped[str] = mapped_column(String(20), default="")
    name_order: Mapped[str] = mapped_column(String(20), default="")
