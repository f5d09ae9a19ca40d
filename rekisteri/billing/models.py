"""The tables of billing. Sums are whole cents."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer
from rekisteri.disclosures.models import Disclosure, Recipient
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db, sort_key_type
from rekisteri.orders.models import Order
from rekisteri.staff.models import User


class InvoiceImport(Versioned, db.Model):  # type: ignore[name-defined]
    """One file of the accounting system: proposed until a person accepts it, then the source of the rows it brought.

    The file's content is forgotten as soon as it has been applied or given up.
    """

    __tablename__ = "invoice_import"
    __table_args__ = (CheckConstraint("state IN ('proposed', 'applied')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    columns: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="proposed", index=True)
    created: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    by: Mapped[User | None] = relationship()

    @property
    def subject(self) -> str:
        """What the processing log calls this file."""
        return f"invoice_import:{self.id}"


class Collection(Versioned, db.Model):  # type: ignore[name-defined]
    """The collection of one or several unpaid invoices of one customer, from the first reminder to its end."""

    __tablename__ = "collection"
    __table_args__ = (
        CheckConstraint("state IN ('reminder', 'demand', 'agency', 'court', 'ended')", name="state"),
        CheckConstraint("(state = 'ended') = (outcome IS NOT NULL AND ended_on IS NOT NULL)", name="ended"),
        CheckConstraint("outcome IN ('paid', 'withdrawn', 'written_off')", name="outcome"),
        Index("ix_collection_customer_id_state", "customer_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    state: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str | None] = mapped_column(String(20))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("recipient.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]

    customer: Mapped[Customer] = relationship()
    agency: Mapped[Recipient | None] = relationship()
    steps: Mapped[list["CollectionStep"]] = relationship(order_by="CollectionStep.id", cascade="all, delete-orphan")
    invoices: Mapped[list["Invoice"]] = relationship(
        secondary="collected_invoice", order_by="Invoice.due_on, Invoice.id"
    )

    @property
    def subject(self) -> str:
        """What the processing log calls this collection."""
        return f"collection:{self.id}"

    @property
    def unpaid(self) -> int:
        """What is still to be collected; an invoice settled meanwhile and opened again is collected no more."""
        return sum(invoice.unpaid for invoice in self.invoices if invoice.collection_id == self.id)


class Invoice(Versioned, db.Model):  # type: ignore[name-defined]
    """One invoice, by the accounting system's own number.

    `collection_id` is the collection in progress, if any. What has been written off is still owed, but nobody waits for it.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'paid', 'credited')", name="state"),
        CheckConstraint("amount > 0 AND paid >= 0", name="sums"),
        CheckConstraint("due_on >= invoiced_on", name="due"),
        CheckConstraint("state <> 'paid' OR (paid >= amount AND paid_on IS NOT NULL)", name="paid"),
        CheckConstraint("(state = 'credited') = (credited_on IS NOT NULL)", name="credited"),
        CheckConstraint("state = 'open' OR (collection_id IS NULL AND written_off_on IS NULL)", name="settled"),
        Index("ix_invoice_state_due_on_id", "state", "due_on", "id"),
        Index("ix_invoice_waiting", "state", "collection_id", "written_off_on", "due_on", "id"),
        Index("ix_invoice_invoiced_on_id", "invoiced_on", "id"),
        Index("ix_invoice_customer_id_invoiced_on_id", "customer_id", "invoiced_on", "id"),
        Index(
            "ix_invoice_collected_due_on_id",
            "due_on",
            "id",
            sqlite_where=text("collection_id IS NOT NULL"),
            postgresql_where=text("collection_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sort_key_type(40), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("customer_order.id"), index=True)
    invoiced_on: Mapped[date]
    due_on: Mapped[date]
    amount: Mapped[int] = mapped_column(BigInteger)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    paid_on: Mapped[date | None]
    credited_on: Mapped[date | None]
    written_off_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(20), default="open")
    collection_id: Mapped[int | None] = mapped_column(ForeignKey("collection.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_import.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    customer: Mapped[Customer] = relationship()
    order: Mapped[Order | None] = relationship()
    collection: Mapped[Collection | None] = relationship(foreign_keys=[collection_id])

    @property
    def subject(self) -> str:
        """What the processing log calls this invoice."""
        return f"invoice:{self.id}"

    @property
    def unpaid(self) -> int:
        """What is still owed."""
        return max(self.amount - self.paid, 0) if self.state == "open" else 0


class CollectedInvoice(db.Model):  # type: ignore[name-defined]
    """That an invoice was in a collection; kept after the collection has ended."""

    __tablename__ = "collected_invoice"

    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id", ondelete="CASCADE"), primary_key=True, index=True)


class CollectionStep(db.Model):  # type: ignore[name-defined]
    """One step of a collection, and the day it was taken."""

    __tablename__ = "collection_step"
    __table_args__ = (CheckConstraint("state IN ('reminder', 'demand', 'agency', 'court', 'ended')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    on: Mapped[date] = mapped_column("step_on")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    by: Mapped[User | None] = relationship()


class CreditApplication(Versioned, db.Model):  # type: ignore[name-defined]
    """A customer's application for credit and what a person decided of it and why (GDPR art. 22)."""

    __tablename__ = "credit_application"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'granted', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("amount > 0 AND (granted IS NULL OR granted > 0)", name="sums"),
        CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended"),
        CheckConstraint("state NOT IN ('granted', 'refused') OR decided_by_id IS NOT NULL", name="decided"),
        CheckConstraint("(state = 'granted') = (granted IS NOT NULL)", name="granted"),
        Index("ix_credit_application_customer_id_applied_on", "customer_id", "applied_on"),
        Index("ix_credit_application_state_applied_on_id", "state", "applied_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    applied_on: Mapped[date]
    amount: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(20), default="open")
    granted: Mapped[int | None] = mapped_column(BigInteger)
    ended_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    reasons: Mapped[str] = mapped_column(Text, default="")

    customer: Mapped[Customer] = relationship()
    decided_by: Mapped[User | None] = relationship()

    @property
    def subject(self) -> str:
        """What the processing log calls this application."""
        return f"credit:{self.id}"


class HandOver(db.Model):  # type: ignore[name-defined]
    """What a disclosure was made for: an invoice, a collection or an application for credit (GDPR art. 5(2))."""

    __tablename__ = "hand_over"
    __table_args__ = (
        CheckConstraint(
            "(invoice_id IS NOT NULL AND collection_id IS NULL AND application_id IS NULL)"
            " OR (invoice_id IS NULL AND collection_id IS NOT NULL AND application_id IS NULL)"
            " OR (invoice_id IS NULL AND collection_id IS NULL AND application_id IS NOT NULL)",
            name="one_reason",
        ),
    )

    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id", ondelete="CASCADE"), primary_key=True)
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id", ondelete="CASCADE"), index=True)
    collection_id: Mapped[int | None] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("credit_application.id", ondelete="CASCADE"), index=True
    )

    disclosure: Mapped[Disclosure] = relationship()


add_link(Invoice.customer_id, "laskut")
add_link(Collection.customer_id, "perinnät")
add_link(CreditApplication.customer_id, "luottohakemukset")
