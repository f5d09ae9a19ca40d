"""The tables of restrictions: the restriction, who was told of it, its exceptions, and the matter of a request."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.cases.models import Case
from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer
from rekisteri.documents.models import Document
from rekisteri.kernel.db import Versioned, db
from rekisteri.staff.models import User

if TYPE_CHECKING:
    from rekisteri.disclosures.models import Recipient


class Restriction(Versioned, db.Model):  # type: ignore[name-defined]
    """Data of a customer that are only kept until something is settled; in force while `ended_on` is empty.

    `fields` names the data it concerns, None means all of them. `automatic` tells that it began by itself, because a request
    contests the data. `letter` is the one that tells the person that the restriction ends on `ends_on`; who ends it has seen
    it go, but a restored backup, which nobody ends it in, may lack it. The journal outside the database knows it by its `key`.
    """

    __tablename__ = "restriction"
    __table_args__ = (
        CheckConstraint("ground IN ('accuracy', 'unlawful', 'claim', 'objection', 'held')", name="ground"),
        CheckConstraint("(ends_on IS NULL) = (letter_id IS NULL)", name="told_before_end"),
        CheckConstraint("ended_on IS NULL OR letter_id IS NOT NULL OR ended_by_id IS NULL", name="ended_after_letter"),
        Index("ix_restriction_customer_id_ended_on", "customer_id", "ended_on"),
        Index("ix_restriction_ended_on_begun_on_id", "ended_on", "begun_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    fields: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    automatic: Mapped[bool] = mapped_column(default=False)
    begun_on: Mapped[date]
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    lifting_reason: Mapped[str] = mapped_column(Text, default="")
    ends_on: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    key: Mapped[str] = mapped_column(String(32), default="", index=True)

    customer: Mapped[Customer] = relationship()
    case: Mapped[Case | None] = relationship()
    letter: Mapped[Document | None] = relationship()
    begun_by: Mapped[User | None] = relationship(foreign_keys=[begun_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])
    told: Mapped[list["RestrictionNotice"]] = relationship(
        back_populates="restriction", order_by="RestrictionNotice.id", cascade="all, delete-orphan"
    )
    exceptions: Mapped[list["RestrictionException"]] = relationship(
        back_populates="restriction", order_by="RestrictionException.id", cascade="all, delete-orphan"
    )

    @property
    def in_force(self) -> bool:
        """Whether it binds."""
        return self.ended_on is None

    @property
    def letter_left(self) -> bool:
        """Whether the letter of its end has been posted or handed over, or shown impossible to deliver."""
        return self.letter is not None and self.letter.state in {"posted", "impossible", "not_mailed"}


class RestrictionNotice(db.Model):  # type: ignore[name-defined]
    """A recipient of the restricted data who must be told of the restriction, and of its end (GDPR art. 19).

    Born with the restriction, so that nobody is forgotten; the letters come when they can be written. A partner that hears
    by the interface gets none: `told_on` and `end_told_on` are when it acknowledged.
    """

    __tablename__ = "restriction_notice"
    __table_args__ = (UniqueConstraint("restriction_id", "recipient_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    restriction_id: Mapped[int] = mapped_column(ForeignKey("restriction.id", ondelete="CASCADE"))
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipient.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    end_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    told_on: Mapped[date | None]
    end_told_on: Mapped[date | None]

    restriction: Mapped[Restriction] = relationship(back_populates="told")
    recipient: Mapped["Recipient"] = relationship(lazy="joined")
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id])
    end_document: Mapped[Document | None] = relationship(foreign_keys=[end_document_id])


class RestrictionException(db.Model):  # type: ignore[name-defined]
    """A use of restricted data that the law allows all the same, with its ground, for a time (GDPR art. 18(2))."""

    __tablename__ = "restriction_exception"
    __table_args__ = (
        CheckConstraint("\"use\" IN ('dealing', 'disclosure', 'editing')", name="use"),
        CheckConstraint("ground IN ('consent', 'claim', 'others', 'public_interest')", name="ground"),
        CheckConstraint("length(why) > 0", name="why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    restriction_id: Mapped[int] = mapped_column(ForeignKey("restriction.id", ondelete="CASCADE"), index=True)
    use: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date]
    until: Mapped[date]
    stopped_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    restriction: Mapped[Restriction] = relationship(back_populates="exceptions")
    by: Mapped[User | None] = relationship()

    def holds_on(self, day: date) -> bool:
        """Whether the use is allowed on a day; one that was stopped is not, from the day of stopping on."""
        return self.made_on <= day <= self.until and (self.stopped_on is None or day < self.stopped_on)


class RestrictionMatter(Versioned, db.Model):  # type: ignore[name-defined]
    """The request of a case to restrict processing, and the decision on it."""

    __tablename__ = "restriction_matter"
    __table_args__ = (
        CheckConstraint("decision IN ('granted', 'partly_granted', 'refused')", name="decision"),
        CheckConstraint(
            "decision IS NULL OR decision = 'granted' OR (refusal_ground IS NOT NULL AND length(reasons) > 0)",
            name="refusal_has_reasons",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    decision: Mapped[str | None] = mapped_column(String(20))
    refusal_ground: Mapped[str | None] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    restriction_id: Mapped[int | None] = mapped_column(ForeignKey("restriction.id", ondelete="SET NULL"), index=True)

    case: Mapped[Case] = relationship(lazy="joined")
    restriction: Mapped[Restriction | None] = relationship()


add_link(Restriction.customer_id, "käsittelyn rajoitukset")
