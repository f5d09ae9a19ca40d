"""The tables of access and portability: the matter, what was left out of the answer, the copy waiting to be handed over."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from rekisteri.cases.models import Case
from rekisteri.documents.models import Document
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db


class AccessMatter(Versioned, db.Model):  # type: ignore[name-defined]
    """A person's request to see the data (GDPR art. 15) or to have those they gave in a machine's form (art. 20).

    The draft is made anew of the register at every look, so nothing of it is kept here but what a person has judged:
    words of others to be covered, what the paper files hold, what the notice does not tell. It all goes with the answer.
    """

    __tablename__ = "access_matter"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        CheckConstraint("kind IN ('access', 'portability')", name="kind"),
        CheckConstraint("outcome IN ('told', 'refused')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_on IS NULL)", name="answered"),
        Index("ix_access_matter_outcome_id", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[str] = mapped_column(String(20))
    hidden_words: Mapped[str] = mapped_column(Text, default="")
    paper_findings: Mapped[str] = mapped_column(Text, default="")
    supplement: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    outcome: Mapped[str | None] = mapped_column(String(20))
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)

    case: Mapped[Case] = relationship(lazy="joined")
    left_out: Mapped[list["LeftOut"]] = relationship(
        order_by="LeftOut.id", lazy="selectin", cascade="all, delete-orphan"
    )
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])
    certificate: Mapped[Document | None] = relationship(foreign_keys=[certificate_id])
    copy: Mapped["PortableCopy | None"] = relationship(back_populates="matter", cascade="all, delete-orphan")


class LeftOut(db.Model):  # type: ignore[name-defined]
    """A row of the draft that is not told, known by its fingerprint only, and why (GDPR art. 15(4))."""

    __tablename__ = "access_left_out"
    __table_args__ = (
        UniqueConstraint("matter_id", "row_key"),
        CheckConstraint("ground IN ('others', 'secret', 'law')", name="ground"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("access_matter.id", ondelete="CASCADE"))
    chapter: Mapped[str] = mapped_column(String(40))
    row_key: Mapped[str] = mapped_column(String(16))
    ground: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text)


class PortableCopy(Versioned, db.Model):  # type: ignore[name-defined]
    """The file for the person, made once. Its content is kept until it has been handed over, its hash for good."""

    __tablename__ = "portable_copy"
    __table_args__ = (
        CheckConstraint("way IN ('pickup', 'post', 'secure_email', 'controller')", name="way"),
        CheckConstraint("handed_on IS NULL OR content IS NULL", name="not_kept"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("access_matter.id", ondelete="CASCADE"), unique=True)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    way: Mapped[str] = mapped_column(String(20))
    receiver: Mapped[str] = mapped_column(String(200), default="")
    handed_on: Mapped[date | None]
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    matter: Mapped[AccessMatter] = relationship(back_populates="copy")
