"""The tables of customers.

The truth is `Datum`: one row a value, with its source and history. `Customer` repeats the current values folded and
composed, so that a list of 50 or a search in a million reads one table only.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.customers import rules, search_index
from rekisteri.customers.links import add_link
from rekisteri.customers.validity import days
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import UtcDateTime, Versioned, db, sort_key_type
from rekisteri.staff.models import User


class Source(Versioned, db.Model):  # type: ignore[name-defined]
    """Where data come from (GDPR art. 14(2)(f), 15(1)(g)); told by letter when a datum it gave was wrong.

    The two sources with a `key` belong to the register itself and are never removed.
    """

    __tablename__ = "source"
    __table_args__ = (CheckConstraint("kind IN ('self', 'own', 'partner', 'fair', 'other')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(sort_key_type(), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    street: Mapped[str] = mapped_column(String(200), default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    country: Mapped[str] = mapped_column(String(100), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def addressee(self) -> tuple[str, ...]:
        """The lines of a letter's window; empty while the address is not complete."""
        place = rules.postal_lines(self.street, self.postcode, self.city, self.country)
        return (self.name, *place) if place else ()


class Customer(Versioned, db.Model):  # type: ignore[name-defined]
    """A person or an organisation in the register. All columns but kind, state and links are projected from the data.

    Two states are never seen: `merged` (the same as `merged_into_id`, where everything now is) and `incoming` (of an
    import that has not been accepted yet). `active_on` is the last day something happened in the relationship.
    """

    __tablename__ = "customer"
    __table_args__ = (
        CheckConstraint("kind IN ('person', 'organisation')", name="kind"),
        CheckConstraint("state IN ('active', 'archived', 'merged', 'incoming')", name="state"),
        Index("ix_customer_state_sort_key_id", "state", "sort_key", "id"),
        Index("ix_customer_sort_key_id", "sort_key", "id"),
        Index("ix_customer_organisation_id_sort_key_id", "organisation_id", "sort_key", "id"),
        Index("ix_customer_state_active_on_id", "state", "active_on", "id"),
        Index("ix_customer_kind_name_key_state_id", "kind", "name_key", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="active")
    display_name: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(sort_key_type())
    name_key: Mapped[str] = mapped_column(sort_key_type(), default="", server_default="")
    search_text: Mapped[str] = mapped_column(Text)
    represents: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(400), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    active_on: Mapped[date] = mapped_column(default=today)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    organisation: Mapped["Customer | None"] = relationship(foreign_keys=[organisation_id], remote_side="Customer.id")

    @property
    def subject(self) -> str:
        """What the processing log calls this customer."""
        return f"customer:{self.id}"

    @property
    def full_name(self) -> str:
        """The name as it is spoken and written on a letter: ”Maija Virtanen”, where lists have ”Virtanen, Maija”."""
        return " ".join(reversed(self.display_name.split(", ", 1))) if self.kind == "person" else self.display_name


search_index.keep(Customer.__table__)


class Datum(db.Model):  # type: ignore[name-defined]
    """One value of one field, from the moment it was entered until it was replaced or removed.

    Never changed afterwards but for its end: what stood in the register when can always be shown (GDPR art. 5(2)).
    `match` is the folded value of the fields by which likely duplicates are found. `use` (work, home, billing …) and the
    days from and until which an address, a number or an e-mail address holds are told only where they are known.
    """

    __tablename__ = "datum"
    __table_args__ = (
        Index("ix_datum_customer_id_ended_at", "customer_id", "ended_at"),
        Index("ix_datum_field_match", "field", "match"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(Text)
    match: Mapped[str | None] = mapped_column(String(300))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    obtained_on: Mapped[date]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    ended_reason: Mapped[str] = mapped_column(String(200), default="")
    use: Mapped[str] = mapped_column(String(20), default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("datum.id", ondelete="SET NULL"), index=True)

    customer: Mapped[Customer] = relationship()
    source: Mapped[Source] = relationship()
    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])


class Representation(db.Model):  # type: ignore[name-defined]
    """A person in an organisation for a time: in which, as what, from when until when.

    The organisation of today's letters is the person's `organisation` datum; here stand the others, the former ones, and
    the title of the role. Like a datum, a row is never changed: it gets its end (`ended_at`) and another replaces it.
    """

    __tablename__ = "representation"
    __table_args__ = (Index("ix_representation_organisation_id_ended_at", "organisation_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id", ondelete="SET NULL"))
    organisation_name: Mapped[str] = mapped_column(String(200))
    match: Mapped[str] = mapped_column(String(300), index=True)
    role: Mapped[str] = mapped_column(String(100), default="")
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    obtained_on: Mapped[date]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    ended_reason: Mapped[str] = mapped_column(String(200), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("representation.id", ondelete="SET NULL"), index=True)

    person: Mapped[Customer] = relationship(foreign_keys=[person_id])
    organisation: Mapped[Customer | None] = relationship(foreign_keys=[organisation_id])
    source: Mapped[Source] = relationship()
    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])

    @property
    def time(self) -> str:
        """From when until when, as far as it is known."""
        return days(self.started_on, self.ended_on, word="")

    @property
    def is_former(self) -> bool:
        """Whether it has ended by today."""
        return self.ended_on is not None and self.ended_on <= today()


class ContactNote(db.Model):  # type: ignore[name-defined]
    """A contact with a customer: when, by what way, what of. One that is removed keeps its place, but not its text."""

    __tablename__ = "contact_note"
    __table_args__ = (
        CheckConstraint("channel IN ('letter', 'visit', 'phone', 'email', 'other')", name="channel"),
        Index("ix_contact_note_customer_id_happened_on_id", "customer_id", "happened_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    happened_on: Mapped[date]
    channel: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    ended_reason: Mapped[str] = mapped_column(String(200), default="")

    customer: Mapped[Customer] = relationship()
    source: Mapped[Source] = relationship()
    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])


add_link(Representation.person_id, "edustukset")
add_link(Representation.organisation_id, "edustajat")
add_link(ContactNote.customer_id, "yhteydenotot")
