"""The tables of disclosures: who may receive, and what each has received."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.customers.countries import country_name
from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import postal_lines
from rekisteri.disclosures import rules
from rekisteri.documents.models import Scan
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import UtcDateTime, Versioned, db, sort_key_type
from rekisteri.staff.models import User


class Recipient(Versioned, db.Model):  # type: ignore[name-defined]
    """A partner or an authority to whom data may go (GDPR art. 4(9), 13(1)(e)).

    `country` is an ISO 3166 code. Outside the EU and EEA nothing goes before the necessity and the safeguard of the
    transfer are on record (GDPR art. 44–49; the notice's own promise).
    """

    __tablename__ = "recipient"
    __table_args__ = (CheckConstraint("role IN ('processor', 'controller', 'authority')", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(sort_key_type(), index=True)
    role: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(500))
    street: Mapped[str] = mapped_column(String(200), default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    country: Mapped[str] = mapped_column(String(2), default="FI")
    email: Mapped[str] = mapped_column(String(254), default="")
    transfer_need: Mapped[str] = mapped_column(Text, default="")
    transfer_safeguard: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)
    contact: Mapped[str] = mapped_column(String(200), default="", server_default="")
    phone: Mapped[str] = mapped_column(String(40), default="", server_default="")
    fields: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    agreement_on: Mapped[date | None]
    agreement_until: Mapped[date | None]
    agreement_scan_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"), index=True)
    transfer_basis: Mapped[str] = mapped_column(String(20), default="", server_default="")
    transfer_decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    transfer_decided_on: Mapped[date | None]

    agreement_scan: Mapped[Scan | None] = relationship()
    transfer_decided_by: Mapped[User | None] = relationship()

    @property
    def subject(self) -> str:
        """What the processing log calls this recipient."""
        return f"recipient:{self.id}"

    @property
    def addressee(self) -> tuple[str, ...]:
        """The lines of a letter's window; empty while the address is not complete."""
        country = "" if self.country == "FI" else country_name(self.country)
        place = postal_lines(self.street, self.postcode, self.city, country)
        return (self.name, *place) if place else ()

    @property
    def why_not(self) -> str | None:
        """Why nothing may be disclosed to this recipient now, as a sentence; None when it may."""
        return self.why_not_on(today())

    def why_not_on(self, day: date) -> str | None:
        """The same of a day, on which an agreement that has ended since may have been in force."""
        return rules.why_nothing_may_go(
            active=self.active,
            role=self.role,
            agreement_on=self.agreement_on,
            agreement_until=self.agreement_until,
            transfer=self.transfer,
            on=day,
        )

    @property
    def transfer(self) -> rules.Transfer:
        """What is on record of a transfer to this recipient's country."""
        return rules.Transfer(
            country=self.country,
            need=self.transfer_need,
            basis=self.transfer_basis,
            safeguard=self.transfer_safeguard,
            decided=self.transfer_decided_by_id is not None,
        )


class Disclosure(db.Model):  # type: ignore[name-defined]
    """One event in which data of one customer went to one recipient (GDPR art. 5(2), 15(1)(c), 19)."""

    __tablename__ = "disclosure"
    __table_args__ = (
        CheckConstraint(
            "ground IN ('credit', 'collection', 'billing', 'added_value', 'law', 'technical', 'other')",
            name="ground",
        ),
        Index("ix_disclosure_disclosed_on_id", "disclosed_on", "id"),
        Index("ix_disclosure_customer_id_disclosed_on", "customer_id", "disclosed_on"),
        Index("ix_disclosure_recipient_id_disclosed_on", "recipient_id", "disclosed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipient.id"))
    disclosed_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(500))
    ground: Mapped[str] = mapped_column(String(20))
    way: Mapped[str] = mapped_column(String(20), default="other")
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    customer: Mapped[Customer] = relationship()
    recipient: Mapped[Recipient] = relationship()
    by: Mapped[User | None] = relationship()
    data: Mapped[list["DisclosedDatum"]] = relationship(back_populates="disclosure", cascade="all, delete-orphan")


class Outgoing(db.Model):  # type: ignore[name-defined]
    """One time data of one or many people went out by the door: a file, labels, a print, an answer (GDPR art. 5(2), 30).

    `receiver` tells whose hands it came to: the company's own (labels it prints), the person's own (an answer to a
    request), a recipient's, or another's (the source of a datum is told of its correction); of the last the ledger also keeps every value, in `Disclosure` (art. 19). `left_out` counts
    who was kept out, by the reason. `origin` is what the processing log calls the thing it was made for.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        CheckConstraint("receiver IN ('own', 'subject', 'recipient', 'other')", name="known_receiver"),
        CheckConstraint("(receiver = 'recipient') = (recipient_id IS NOT NULL)", name="recipient"),
        Index("ix_outgoing_left_on_id", "left_on", "id"),
        Index("ix_outgoing_receiver_left_on_id", "receiver", "left_on", "id"),
        Index("ix_outgoing_recipient_id_left_on_id", "recipient_id", "left_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    receiver: Mapped[str] = mapped_column(String(20))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("recipient.id"))
    use: Mapped[str] = mapped_column(String(30))
    ground: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(500))
    way: Mapped[str] = mapped_column(String(20))
    fields: Mapped[list[str]] = mapped_column(JSON)
    count: Mapped[int]
    left_out: Mapped[dict[str, int]] = mapped_column(JSON)
    origin: Mapped[str] = mapped_column(String(60), default="")
    left_on: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    recipient: Mapped[Recipient | None] = relationship()
    by: Mapped[User | None] = relationship()

    @property
    def subject(self) -> str:
        """What the processing log calls this."""
        return f"outgoing:{self.id}"


class OutgoingPerson(db.Model):  # type: ignore[name-defined]
    """That a customer was among those who went out that time; the day again, so that one index pages through a person's."""

    __tablename__ = "outgoing_person"
    __table_args__ = (
        Index("ix_outgoing_person_customer_id_left_on_outgoing_id", "customer_id", "left_on", "outgoing_id"),
        Index("ix_outgoing_person_outgoing_id_customer_id", "outgoing_id", "customer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    outgoing_id: Mapped[int] = mapped_column(ForeignKey("outgoing.id", ondelete="CASCADE"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    left_on: Mapped[date]

    outgoing: Mapped[Outgoing] = relationship()
    customer: Mapped[Customer] = relationship()


class DisclosedDatum(db.Model):  # type: ignore[name-defined]
    """That this very value was among what went; so a later correction finds whom to tell (GDPR art. 19)."""

    __tablename__ = "disclosed_datum"

    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id", ondelete="CASCADE"), primary_key=True)
    datum_id: Mapped[int] = mapped_column(ForeignKey("datum.id", ondelete="CASCADE"), primary_key=True, index=True)

    disclosure: Mapped[Disclosure] = relationship(back_populates="data")
    datum: Mapped[Datum] = relationship()


add_link(Disclosure.customer_id, "luovutukset")
add_link(OutgoingPerson.customer_id, "merkinnät luetteloista ja tiedostoista")
