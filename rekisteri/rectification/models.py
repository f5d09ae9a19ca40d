"""The tables of rectification: the matter, its demands, who must be told, and the certificates given."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.cases.models import Case
from rekisteri.documents.models import Document
from rekisteri.kernel.db import Versioned, db

if TYPE_CHECKING:
    from rekisteri.customers.models import Source
    from rekisteri.disclosures.models import Recipient


class Rectification(Versioned, db.Model):  # type: ignore[name-defined]
    """The matter of one case: everything that is demanded to be corrected, and the decision given on it."""

    __tablename__ = "rectification"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    issued_on: Mapped[date | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    case: Mapped[Case] = relationship(lazy="joined")
    items: Mapped[list["Item"]] = relationship(
        back_populates="rectification", order_by="Item.position", lazy="selectin", cascade="all, delete-orphan"
    )
    certificates: Mapped[list["Certificate"]] = relationship(order_by="Certificate.id", lazy="selectin")

    @property
    def decisions(self) -> list[str | None]:
        """The decision on each demand, in their order; None for one still open."""
        return [item.decision for item in self.items]

    @property
    def own_initiative(self) -> bool:
        """Whether the company corrects on its own initiative, without a request."""
        return self.case.channel == "own_initiative"


class Item(Versioned, db.Model):  # type: ignore[name-defined]
    """One demand and the decision on it.

    `current_value` is the datum word for word as it stood in the register when the demand was itemised (None: nothing
    stood there); `datum_id` is that very datum, whose source and recipients are told when it turns out to be wrong.
    """

    __tablename__ = "rectification_item"
    __table_args__ = (
        CheckConstraint("kind IN ('wrong', 'incomplete', 'outdated', 'unnecessary')", name="kind"),
        CheckConstraint("decision IN ('granted', 'partly_granted', 'refused')", name="decision"),
        CheckConstraint(
            "decision IS NULL OR decision = 'granted' OR (refusal_ground IS NOT NULL AND length(reasons) > 0)",
            name="refusal_has_reasons",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectification.id"), index=True)
    position: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    datum_id: Mapped[int | None] = mapped_column(ForeignKey("datum.id"), index=True)
    current_value: Mapped[str | None] = mapped_column(Text)
    requested_value: Mapped[str] = mapped_column(Text, default="")
    ground: Mapped[str] = mapped_column(Text)

    decision: Mapped[str | None] = mapped_column(String(20), index=True)
    granted_value: Mapped[str | None] = mapped_column(Text)
    refusal_ground: Mapped[str | None] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    new_datum_id: Mapped[int | None] = mapped_column(ForeignKey("datum.id"), index=True)

    rectification: Mapped[Rectification] = relationship(back_populates="items")


class Notification(db.Model):  # type: ignore[name-defined]
    """Somebody who must be told of a correction: the source of the wrong datum, or one who had received it.

    Born in the transaction that corrects the register, so nobody is forgotten; the letter comes with the decision or
    sooner (GDPR art. 19; the notice promises the source as well). `told_on` is set when a partner has acknowledged it by
    the interface instead.
    """

    __tablename__ = "rectification_notification"
    __table_args__ = (
        CheckConstraint("(source_id IS NULL) <> (recipient_id IS NULL)", name="one_addressee"),
        UniqueConstraint("item_id", "source_id"),
        UniqueConstraint("item_id", "recipient_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("rectification_item.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("recipient.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    told_on: Mapped[date | None]

    item: Mapped[Item] = relationship(lazy="joined")
    source: Mapped["Source | None"] = relationship(lazy="joined")
    recipient: Mapped["Recipient | None"] = relationship(lazy="joined")
    document: Mapped[Document | None] = relationship(lazy="joined")


class Certificate(db.Model):  # type: ignore[name-defined]
    """A refusal certificate as it was given. A mended one is a new row that names the one it replaces."""

    __tablename__ = "refusal_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectification.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    issued_on: Mapped[date]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("refusal_certificate.id"), unique=True)
    why: Mapped[str] = mapped_column(Text, default="")

    document: Mapped[Document] = relationship(lazy="joined")
