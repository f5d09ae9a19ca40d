"""The tables of issued documents and of scans. Contents stand in tables of their own and are read only when asked for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.documents.rules import STATES, WAYS
from rekisteri.documents.upload_rules import MEDIA_TYPES
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db


class Document(Versioned, db.Model):  # type: ignore[name-defined]
    """A letter, certificate or other paper that was issued. It never changes; only what became of it is added."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'posted', 'impossible', 'not_mailed')", name="known_state"),
        CheckConstraint("(state = 'posted') = (posted_on IS NOT NULL)", name="posted_has_a_day"),
        Index("ix_document_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(60), index=True)
    addressee: Mapped[str] = mapped_column(Text)
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    issued_by_id: Mapped[int | None]
    issued_by_name: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    posted_on: Mapped[date | None]
    way: Mapped[str | None] = mapped_column(String(20))
    destroyed_on: Mapped[date | None]
    """The day its content and addressee were destroyed; number, kind, days and hash stay (`destroying`)."""

    marks: Mapped[list["DocumentMark"]] = relationship(
        back_populates="document", order_by="DocumentMark.id", cascade="all, delete-orphan"
    )

    @property
    def addressee_lines(self) -> list[str]:
        """Name and address, as they were given."""
        return self.addressee.split("\n")

    @property
    def addressee_name(self) -> str:
        """Whom it is for, in one row."""
        return self.addressee_lines[0]

    @property
    def state_name(self) -> str:
        """What became of it, in words."""
        return STATES[self.state]

    @property
    def way_name(self) -> str:
        """How it left, in words."""
        return WAYS.get(self.way or "", "")

    @property
    def file_name(self) -> str:
        """What the PDF is called when somebody saves it: its number, nothing personal."""
        return "".join(sign if sign.isalnum() else "-" for sign in self.number).strip("-") + ".pdf"

    @property
    def log_subject(self) -> str:
        """What the processing log calls it."""
        return f"document:{self.id}"


class DocumentMark(db.Model):  # type: ignore[name-defined]
    """One thing noted of a document's posting: by whom, when, what, and why if it corrects an earlier note."""

    __tablename__ = "document_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by_id: Mapped[int | None]
    by_name: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(20))
    posted_on: Mapped[date | None]
    way: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")

    document: Mapped[Document] = relationship(back_populates="marks")

    @property
    def way_name(self) -> str:
        """How it left, in words."""
        return WAYS.get(self.way or "", "")


class DocumentSource(db.Model):  # type: ignore[name-defined]
    """The frozen page a document is printed from: what was decided. Its SHA-256 stands in the foot of the paper."""

    __tablename__ = "document_source"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentPrint(db.Model):  # type: ignore[name-defined]
    """The PDF, made once. The key is the document's own, so there is never a second one."""

    __tablename__ = "document_print"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Scan(db.Model):  # type: ignore[name-defined]
    """A paper that came in, as a file. Its original name is text for people and never a path."""

    __tablename__ = "scan"
    __table_args__ = (CheckConstraint("kind IN ('pdf', 'jpeg', 'png')", name="known_kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(150))
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    uploaded_by_id: Mapped[int | None]
    uploaded_by_name: Mapped[str] = mapped_column(String(200), default="")
    has_preview: Mapped[bool] = mapped_column(default=False)
    destroyed_on: Mapped[date | None]
    """The day its content and name were destroyed; its hash stays (`destroying`)."""

    @property
    def media_type(self) -> str:
        """What the file is, as a browser is told."""
        return MEDIA_TYPES[self.kind]

    @property
    def log_subject(self) -> str:
        """What the processing log calls it."""
        return f"scan:{self.id}"


class ScanContent(db.Model):  # type: ignore[name-defined]
    """The bytes as they came."""

    __tablename__ = "scan_content"

    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id"), primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ScanPreview(db.Model):  # type: ignore[name-defined]
    """A small picture of a scanned image, drawn by us from its pixels: nothing of the original file is in it."""

    __tablename__ = "scan_preview"

    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = mapped_column(LargeBinary)
