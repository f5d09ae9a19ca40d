"""The tables of issued documents and received scans. Bytes stand in tables of their own, read only when asked for."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db


class Document(Versioned, db.Model):  # type: ignore[name-defined, misc]
    """One issued document: a letter, a certificate, a published notice.

    `source_sha256` is the digest of the frozen content and is printed in the foot; `sha256` is that of the stored PDF and
    is None until it has been made.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'posted', 'impossible', 'not_mailed')", name="state"),
        CheckConstraint("state <> 'posted' OR (posted_on IS NOT NULL AND way IS NOT NULL)", name="posted_how"),
        CheckConstraint("state <> 'impossible' OR length(reason) > 0", name="impossible_why"),
        Index("ix_document_state_issued_on", "state", "issued_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(60), index=True)
    addressee: Mapped[list[str]] = mapped_column(JSON, default=list)
    issued_on: Mapped[date]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    source_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]

    state: Mapped[str] = mapped_column(String(20), default="waiting")
    way: Mapped[str | None] = mapped_column(String(20))
    posted_on: Mapped[date | None]
    posted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def addressee_name(self) -> str:
        """To whom it goes; empty when it is addressed to nobody."""
        return self.addressee[0] if self.addressee else ""


class DocumentSource(db.Model):  # type: ignore[name-defined, misc]
    """The frozen HTML that the PDF is made of: what was decided is what is printed, whenever the printing happens."""

    __tablename__ = "document_source"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    html: Mapped[str] = mapped_column(Text)


class DocumentContent(db.Model):  # type: ignore[name-defined, misc]
    """The PDF as it was made, once. A reprint is these bytes."""

    __tablename__ = "document_content"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)


class Scan(db.Model):  # type: ignore[name-defined, misc]
    """A received paper as scanned, or a file that came with it. `name` is what the sender called it: text, never a path."""

    __tablename__ = "scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    has_preview: Mapped[bool] = mapped_column(default=False)


class ScanContent(db.Model):  # type: ignore[name-defined, misc]
    """The file's bytes as they came."""

    __tablename__ = "scan_content"

    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ScanPreview(db.Model):  # type: ignore[name-defined, misc]
    """A picture of an image scan, made by us without anything else that was in the file."""

    __tablename__ = "scan_preview"

    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id"), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
