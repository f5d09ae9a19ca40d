"""The tables of the requests: the case, the rights it concerns, and the forms printed for customers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Computed, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.cases.codes import (
    CHANNELS,
    EXTENSION_GROUNDS,
    IDENTITY_METHODS,
    OUTCOMES,
    OWN_INITIATIVE,
    PERSON_STATES,
    REPRESENTED,
    REQUESTER_ROLES,
    SIGNATURES,
    STATES,
)
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.customers import service as customers
from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import postal_lines
from rekisteri.documents.models import Document
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.staff.models import User


def _one_of(column: str, codes: object) -> CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)  # type: ignore[attr-defined]
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Case(Versioned, db.Model):  # type: ignore[name-defined]
    """One request of a data subject, or one correction on the company's own initiative.

    `deadline` is the day by which the answer must go out, computed by the database from the two legal dates so that it
    never differs from them; on own initiative there is none.
    """

    __tablename__ = "case"
    __table_args__ = (
        _one_of("channel", [*CHANNELS, OWN_INITIATIVE]),
        _one_of("requester_role", REQUESTER_ROLES),
        _one_of("represented", REPRESENTED),
        _one_of("signature", SIGNATURES),
        _one_of("person_state", PERSON_STATES),
        _one_of("identity_method", IDENTITY_METHODS),
        _one_of("extension_ground", EXTENSION_GROUNDS),
        _one_of("state", STATES),
        _one_of("withdrawn_channel", CHANNELS),
        CheckConstraint("(person_state = 'found') = (customer_id IS NOT NULL)", name="person_found"),
        CheckConstraint("extended_on IS NULL OR length(extension_reason) > 0", name="extension_has_reason"),
        Index("ix_case_state_deadline", "state", "deadline"),
        Index("ix_case_state_closed_on", "state", "closed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    received_on: Mapped[date] = mapped_column(index=True)
    registered_on: Mapped[date]
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    received_by: Mapped[str] = mapped_column(String(200), default="")
    channel: Mapped[str] = mapped_column(String(20))
    request_dated_on: Mapped[date | None]
    content: Mapped[str] = mapped_column(Text, default="")
    """What is asked, in a few words; on own initiative the reason for it."""

    requester_name: Mapped[str] = mapped_column(String(200), default="")
    requester_street: Mapped[str] = mapped_column(String(200), default="")
    requester_postcode: Mapped[str] = mapped_column(String(20), default="")
    requester_city: Mapped[str] = mapped_column(String(100), default="")
    requester_country: Mapped[str] = mapped_column(String(100), default="")
    requester_email: Mapped[str] = mapped_column(String(254), default="")
    requester_role: Mapped[str] = mapped_column(String(20), default="self")
    represented: Mapped[str | None] = mapped_column(String(20))
    """Whom somebody else speaks for, when it is a child, a ward or somebody who has died (`codes.REPRESENTED`)."""
    mandate: Mapped[str | None] = mapped_column(String(10))
    signature: Mapped[str] = mapped_column(String(20), default="not_applicable")

    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    person_state: Mapped[str] = mapped_column(String(20), default="open")
    identity_method: Mapped[str | None] = mapped_column(String(30))
    identity_checked_on: Mapped[date | None]
    identity_checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    due_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    extended_due_on: Mapped[date | None]
    extension_ground: Mapped[str | None] = mapped_column(String(20))
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    deadline: Mapped[date | None] = mapped_column(Date, Computed("coalesce(extended_due_on, due_on)", persisted=True))

    state: Mapped[str] = mapped_column(String(20), default="registered")
    closed_on: Mapped[date | None]
    withdrawn_channel: Mapped[str | None] = mapped_column(String(20))

    taken_on: Mapped[date | None] = mapped_column(index=True)
    """When the person took the matter to the Data Protection Ombudsman; while that goes on, the case keeps its papers."""
    taken_number: Mapped[str] = mapped_column(String(40), default="")
    taken_ended_on: Mapped[date | None]

    customer: Mapped[Customer | None] = relationship()
    registered_by: Mapped[User] = relationship(foreign_keys=[registered_by_id])
    identity_checked_by: Mapped[User | None] = relationship(foreign_keys=[identity_checked_by_id])
    matters: Mapped[list["CaseMatter"]] = relationship(
        back_populates="case", order_by="CaseMatter.position", lazy="selectin"
    )
    pauses: Mapped[list["CasePause"]] = relationship(back_populates="case", order_by="CasePause.id")
    fees: Mapped[list["CaseFee"]] = relationship(back_populates="case", order_by="CaseFee.id")

    @property
    def subject(self) -> str:
        """What documents, scans and the processing log know the case by."""
        return f"case:{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether something may still be done to it."""
        return self.state in OPEN_STATES

    @property
    def before_ombudsman(self) -> bool:
        """Whether the matter is being looked at by the Data Protection Ombudsman."""
        return self.taken_on is not None and self.taken_ended_on is None

    @property
    def own_initiative(self) -> bool:
        """Whether the company acts without a request: nobody is answered, no deadline runs."""
        return self.channel == OWN_INITIATIVE

    @property
    def kinds(self) -> list[str]:
        """Codes of the rights the case concerns."""
        return [matter.kind for matter in self.matters]

    @property
    def addressee(self) -> tuple[str, ...]:
        """Whom letters go to, as lines of a window envelope; only the name where no postal address is known.

        A person who speaks for herself and gave no address is written to at the one in the register.
        """
        place = postal_lines(
            self.requester_street, self.requester_postcode, self.requester_city, self.requester_country
        )
        if place:
            return (self.requester_name, *place)
        if self.requester_role == "self" and self.customer is not None:
            return customers.addressee(self.customer) or (self.requester_name or self.customer.full_name,)
        return (self.requester_name,) if self.requester_name else ()


class CaseMatter(db.Model):  # type: ignore[name-defined]
    """One right that the case concerns. A letter may ask for several; each is decided in its own room, in its own time.

    `outcome` tells of a matter that ended before its room decided on it: withdrawn, refused at the door with a
    certificate, answered with ”we hold no data of you”, or written down by mistake.
    """

    __tablename__ = "case_matter"
    __table_args__ = (_one_of("outcome", OUTCOMES),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    extended_due_on: Mapped[date | None]
    fee_id: Mapped[int | None] = mapped_column(ForeignKey("case_fee.id"), index=True)
    outcome: Mapped[str | None] = mapped_column(String(20))
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    ground: Mapped[str | None] = mapped_column(String(20))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)

    case: Mapped[Case] = relationship(back_populates="matters")
    document: Mapped[Document | None] = relationship()

    @property
    def deadline(self) -> date | None:
        """By when this right is answered: its own extension, or the month that the whole request has."""
        return self.extended_due_on or self.case.due_on


class CasePause(db.Model):  # type: ignore[name-defined]
    """A time in which the clock stands still, because the requester was asked to prove who they are (GDPR art. 12(6))."""

    __tablename__ = "case_pause"
    __table_args__ = (CheckConstraint("paused_to IS NULL OR paused_to >= paused_from", name="in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    paused_from: Mapped[date]
    paused_to: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    reply_by: Mapped[date]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)

    case: Mapped[Case] = relationship(back_populates="pauses")

    @property
    def days(self) -> int:
        """How many days the clock stood still; none before it goes on."""
        return (self.paused_to - self.paused_from).days if self.paused_to else 0


class CaseFee(Versioned, db.Model):  # type: ignore[name-defined]
    """A fee asked for a manifestly unfounded or excessive request, told before anything is done (GDPR art. 12(5)(a))."""

    __tablename__ = "case_fee"
    __table_args__ = (
        CheckConstraint("ground IN ('unfounded', 'excessive')", name="ground"),
        CheckConstraint("answer IN ('accepted', 'declined')", name="answer"),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text)
    amount: Mapped[int]
    costs: Mapped[str] = mapped_column(Text)
    told_on: Mapped[date]
    reply_by: Mapped[date]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    answer: Mapped[str | None] = mapped_column(String(10))
    answered_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="fees")
    matters: Mapped[list[CaseMatter]] = relationship(order_by=CaseMatter.position)


class RequestForm(db.Model):  # type: ignore[name-defined]
    """A request form printed for one customer. Its QR code holds only the token, so a lost form tells nothing of anybody."""

    __tablename__ = "request_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(20), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    printed_on: Mapped[date]
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)

    customer: Mapped[Customer] = relationship()
    case: Mapped[Case | None] = relationship()


add_link(Case.customer_id, "pyynnöt")
add_link(RequestForm.customer_id, "tulostetut lomakkeet")
