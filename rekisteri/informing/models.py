"""The tables of informing: the duty to tell one person of one source, how far the search for duties is, and letters in bulk."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer, Source
from rekisteri.documents.models import Document
from rekisteri.informing.rules import OUTCOMES, STATES
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.staff.models import User


class Duty(Versioned, db.Model):  # type: ignore[name-defined]
    """That a person must be told of the data one source gave (GDPR art. 14), and what has become of it.

    `state` letter means that a letter has been issued; they have been told once it has left, and must still be told when
    it could not be delivered. Never deleted but with the person: who was told what when can be shown (art. 5(2)).
    """

    __tablename__ = "informing_duty"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(state) for state in STATES)})", name="state"),
        CheckConstraint("(state = 'letter') = (document_id IS NOT NULL)", name="letter"),
        CheckConstraint("state <> 'told' OR told_on IS NOT NULL", name="told"),
        Index("ix_informing_duty_state_due_on_id", "state", "due_on", "id"),
        Index("ix_informing_duty_source_id_state_due_on_id", "source_id", "state", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    obtained_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    told_on: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("informing_round.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    customer: Mapped[Customer] = relationship()
    source: Mapped[Source] = relationship()
    document: Mapped[Document | None] = relationship()
    by: Mapped[User | None] = relationship()

    @property
    def words(self) -> str:
        """What has become of it, in Finnish."""
        if self.document is not None:
            return f"Kirje {self.document.number}: {self.document.state_name.lower()}"
        return OUTCOMES.get(self.outcome, STATES[self.state])


class Round(db.Model):  # type: ignore[name-defined]
    """Letters in bulk, issued a few at a time: those of its duties that still have no letter are to come."""

    __tablename__ = "informing_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    people: Mapped[int]
    issued: Mapped[int] = mapped_column(default=0)
    passed: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    source: Mapped[Source] = relationship()
    by: Mapped[User] = relationship()


class Sweep(db.Model):  # type: ignore[name-defined]
    """Up to which row of a table the search for new duties has come; rows are only ever added after it."""

    __tablename__ = "informing_sweep"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last_id: Mapped[int] = mapped_column(default=0)


add_link(Duty.customer_id, "informoinnit")
