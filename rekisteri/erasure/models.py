"""The tables of erasing: the matter, and each round in which something of the person goes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from rekisteri.cases.models import Case
from rekisteri.documents.models import Document
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.staff.models import User


class Erasure(Versioned, db.Model):  # type: ignore[name-defined]
    """One person's wish to be erased or anonymised, from the request to the day when nothing is left.

    `customer_id` is no foreign key: the row it means ceases to be. `next_on` is the first day on which something that is
    still held may go; empty while an obstacle ends by an event and not by a day, whatever else there is.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint("kind IN ('erasure', 'anonymisation')", name="kind"),
        CheckConstraint("state IN ('open', 'part', 'done', 'refused', 'ended')", name="state"),
        UniqueConstraint("case_id", "kind"),
        Index("ix_erasure_state_next_on", "state", "next_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    customer_id: Mapped[int | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(20), default="open")
    next_on: Mapped[date | None]
    refusal_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)

    case: Mapped[Case] = relationship(lazy="joined")
    refusal: Mapped[Document | None] = relationship()
    rounds: Mapped[list["ErasureRound"]] = relationship(
        lambda: ErasureRound,
        back_populates="erasure",
        order_by=lambda: ErasureRound.number,
        lazy="selectin",
        cascade="all, delete-orphan",
    )

    @property
    def subject(self) -> str:
        """What the processing log calls this matter."""
        return f"erasure:{self.id}"

    @property
    def latest(self) -> "ErasureRound | None":
        """The round at hand, or the last one."""
        return self.rounds[-1] if self.rounds else None

    @property
    def gone(self) -> int:
        """How many rows have gone in all."""
        return sum(one.gone for one in self.rounds)

    @property
    def proposal(self) -> "ErasureRound | None":
        """The round that waits for approval."""
        return self.latest if self.latest is not None and self.latest.state == "proposed" else None


class ErasureRound(Versioned, db.Model):  # type: ignore[name-defined]
    """What was proposed, approved and done at one time: ids, numbers, grounds and days, never what was erased.

    proposed → erased (committed) → answered (searched, letters issued) → finished (letters posted and destroyed, searched
    again). Where obstacles held everything, there is nothing to search for: proposed → finished, and no row is counted.
    `packed` holds between those steps what the next one needs: the letters to be issued and the texts to be searched for.
    It is compressed, so that the search does not find itself, and emptied at the end.
    """

    __tablename__ = "erasure_round"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'erased', 'answered', 'finished')", name="state"),
        CheckConstraint("alone OR approved_by_id IS NULL OR approved_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("(state = 'proposed') = (approved_by_id IS NULL)", name="approved"),
        UniqueConstraint("erasure_id", "number"),
        Index("ix_erasure_round_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    erasure_id: Mapped[int] = mapped_column(ForeignKey("erasure.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    fingerprint: Mapped[str] = mapped_column(String(64))
    holds: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    proposed_on: Mapped[date]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    approved_on: Mapped[date | None]
    alone: Mapped[bool] = mapped_column(default=False)
    executed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    whole: Mapped[bool] = mapped_column(default=False)
    packed: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    proof: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    final_proof: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)

    erasure: Mapped[Erasure] = relationship(back_populates="rounds")
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    certificate: Mapped[Document | None] = relationship()

    @property
    def gone(self) -> int:
        """How many rows went."""
        return sum(self.counts.values())
