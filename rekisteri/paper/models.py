"""The tables of paper: places, named people and keys, binders and boxes, what is in them, who has taken them, how they end."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer, Source
from rekisteri.documents.models import Document
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.paper import rules
from rekisteri.staff.models import User


def _one_of(column: str, codes: Any) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(code) for code in codes)})", name=column)


class PaperPlace(Versioned, db.Model):  # type: ignore[name-defined]
    """A locked and fireproof place in which papers are kept: a safe, an archive room."""

    __tablename__ = "paper_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    locked: Mapped[bool]
    fireproof: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=True)

    keys: Mapped[list["PaperKey"]] = relationship(back_populates="place", order_by="PaperKey.id")

    @property
    def code(self) -> str:
        """What its label says."""
        return f"P{self.id}"

    @property
    def held_keys(self) -> list["PaperKey"]:
        """The keys that are out."""
        return [key for key in self.keys if key.returned_on is None]


class PaperHandler(Versioned, db.Model):  # type: ignore[name-defined]
    """A named person who may handle paper. Apart from the rights to the system: an account alone gives no right to paper.

    Somebody without an account has signed the commitment on paper, which is told here.
    """

    __tablename__ = "paper_handler"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    task: Mapped[str] = mapped_column(String(200), default="")
    signed_on: Mapped[date | None]
    named_on: Mapped[date]
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    ended_on: Mapped[date | None]

    user: Mapped[User | None] = relationship(foreign_keys=[user_id])

    @property
    def full_name(self) -> str:
        """Who it is."""
        return self.user.full_name if self.user else self.name

    @property
    def committed_on(self) -> date | None:
        """When the commitment that is in force was signed."""
        if self.user is None:
            return self.signed_on
        commitment = self.user.commitment_on(today()) if self.user.active else None
        return commitment.signed_on if commitment else None

    @property
    def why_not(self) -> str | None:
        """Why this person may not handle paper today; None when they may."""
        committed = self.committed_on is not None
        return rules.why_may_not_handle(self.full_name, ended=self.ended_on is not None, committed=committed)


class PaperKey(db.Model):  # type: ignore[name-defined]
    """That a named person has, or had, a key or a code to a place."""

    __tablename__ = "paper_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("paper_place.id"), index=True)
    handler_id: Mapped[int] = mapped_column(ForeignKey("paper_handler.id"), index=True)
    given_on: Mapped[date]
    returned_on: Mapped[date | None]

    place: Mapped[PaperPlace] = relationship(back_populates="keys")
    handler: Mapped[PaperHandler] = relationship()


class PaperDestruction(db.Model):  # type: ignore[name-defined]
    """That papers were destroyed: when, how, by whom and before whom. The certificate is the document."""

    __tablename__ = "paper_destruction"
    __table_args__ = (_one_of("method", rules.METHODS), _one_of("level", rules.LEVELS))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    destroyed_on: Mapped[date]
    what: Mapped[str] = mapped_column(Text)
    count: Mapped[int]
    method: Mapped[str] = mapped_column(String(20))
    level: Mapped[str | None] = mapped_column(String(10))
    firm: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("paper_handler.id"), index=True)
    witness_id: Mapped[int] = mapped_column(ForeignKey("paper_handler.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    by: Mapped[PaperHandler] = relationship(foreign_keys=[by_id])
    witness: Mapped[PaperHandler] = relationship(foreign_keys=[witness_id])
    document: Mapped[Document | None] = relationship()


class PaperBinder(Versioned, db.Model):  # type: ignore[name-defined]
    """A binder or a box with papers, and where it is. `locked_on` is the day on which it first came to a locked place."""

    __tablename__ = "paper_binder"
    __table_args__ = (
        _one_of("kind", rules.KINDS),
        _one_of("holds", rules.HOLDS),
        CheckConstraint("holds <> 'cards' OR collected_on IS NOT NULL", name="cards_have_a_day"),
        Index("ix_paper_binder_destroyed_on_collected_on", "destroyed_on", "collected_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    holds: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)
    collected_on: Mapped[date | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("paper_place.id"), index=True)
    locked_on: Mapped[date | None]
    destroyed_on: Mapped[date | None]
    destruction_id: Mapped[int | None] = mapped_column(ForeignKey("paper_destruction.id"), index=True)

    source: Mapped[Source | None] = relationship()
    place: Mapped[PaperPlace | None] = relationship()
    destruction: Mapped[PaperDestruction | None] = relationship()
    loans: Mapped[list["PaperLoan"]] = relationship(back_populates="binder", order_by="PaperLoan.id.desc()")

    @property
    def code(self) -> str:
        """What its label says."""
        return f"{'K' if self.kind == 'binder' else 'L'}{self.id}"

    @property
    def title(self) -> str:
        """Its code and name."""
        return f"{self.code} {self.name}"

    @property
    def subject(self) -> str:
        """What the processing log calls it."""
        return f"paper_binder:{self.id}"

    @property
    def loan(self) -> "PaperLoan | None":
        """Who has it now, if it is out."""
        return next((loan for loan in self.loans if loan.returned_on is None), None)

    def unlocked_days(self, on: date) -> int | None:
        """Days between collecting and the locked place, of collected cards."""
        return rules.days_unlocked(self.collected_on, self.locked_on, on) if self.holds == "cards" else None


class PaperLoan(db.Model):  # type: ignore[name-defined]
    """That a named person took a binder out: why, until when, and when it came back."""

    __tablename__ = "paper_loan"
    __table_args__ = (Index("ix_paper_loan_returned_on_due_on", "returned_on", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    binder_id: Mapped[int] = mapped_column(ForeignKey("paper_binder.id"), index=True)
    handler_id: Mapped[int] = mapped_column(ForeignKey("paper_handler.id"), index=True)
    taken_on: Mapped[date]
    due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    returned_on: Mapped[date | None]
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("paper_handler.id"), index=True)

    binder: Mapped[PaperBinder] = relationship(back_populates="loans")
    handler: Mapped[PaperHandler] = relationship(foreign_keys=[handler_id])
    returned_by: Mapped[PaperHandler | None] = relationship(foreign_keys=[returned_by_id])


class PaperPile(Versioned, db.Model):  # type: ignore[name-defined]
    """A pile of cards that is entered at one sitting: one source and one day for all of them."""

    __tablename__ = "paper_pile"
    __table_args__ = (_one_of("state", ("open", "done")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    binder_id: Mapped[int] = mapped_column(ForeignKey("paper_binder.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    obtained_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default="open")
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    binder: Mapped[PaperBinder] = relationship()
    source: Mapped[Source] = relationship()
    begun_by: Mapped[User] = relationship()


class PaperItem(db.Model):  # type: ignore[name-defined]
    """One card or paper in a binder. Its number is written on it, so that it is found also when nobody's name is left here.

    `outcome` tells what became of a card's data: a new customer, one who was known, or nobody. `account` is what undoing
    needs: the customer's version and what the ticks on the card put on record.
    """

    __tablename__ = "paper_item"
    __table_args__ = (
        UniqueConstraint("binder_id", "number"),
        _one_of("kind", ("card", "request")),
        _one_of("outcome", ("new", "known", "nobody")),
        _one_of("state", ("kept", "leaving", "destroyed")),
        Index("ix_paper_item_state_binder_id", "state", "binder_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    binder_id: Mapped[int] = mapped_column(ForeignKey("paper_binder.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20), default="card")
    pile_id: Mapped[int | None] = mapped_column(ForeignKey("paper_pile.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    case_number: Mapped[str | None] = mapped_column(String(20), index=True)
    outcome: Mapped[str | None] = mapped_column(String(20))
    account: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(20), default="kept")
    leaving_on: Mapped[date | None]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    destruction_id: Mapped[int | None] = mapped_column(ForeignKey("paper_destruction.id"), index=True)

    binder: Mapped[PaperBinder] = relationship()
    customer: Mapped[Customer | None] = relationship()

    @property
    def code(self) -> str:
        """The number written on the paper: the binder's code and the place in it."""
        return f"{self.binder.code}-{self.number}"


add_link(PaperItem.customer_id, "paperikortit")
