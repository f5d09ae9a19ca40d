"""The tables of the interface: connections and their keys, the log of calls, writes done once, changes to be told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.disclosures.models import Recipient
from rekisteri.interfaces import rules
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db
from rekisteri.orders.models import Order
from rekisteri.staff.models import User


class Connection(Versioned, db.Model):  # type: ignore[name-defined]
    """What one partner's program may do: which acts, which fields, for what use, on what ground, from where, how often."""

    __tablename__ = "interface_connection"
    __table_args__ = (CheckConstraint("rate > 0", name="rate"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipient.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    fields: Mapped[list[str]] = mapped_column(JSON)
    use: Mapped[str] = mapped_column(String(30))
    ground: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(500))
    networks: Mapped[list[str]] = mapped_column(JSON)
    rate: Mapped[int]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    recipient: Mapped[Recipient] = relationship(lazy="joined")
    created_by: Mapped[User | None] = relationship()
    keys: Mapped[list["Key"]] = relationship(back_populates="connection", order_by="Key.id.desc()")

    @property
    def subject(self) -> str:
        """What the processing log calls this connection."""
        return f"interface_connection:{self.id}"


class Key(db.Model):  # type: ignore[name-defined]
    """What opens a connection. The key itself is shown once and kept nowhere; `ending` are its last signs, to tell keys apart."""

    __tablename__ = "interface_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("interface_connection.id"), index=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(4))
    expires_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    window_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    window_count: Mapped[int] = mapped_column(default=0)
    exposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    connection: Mapped[Connection] = relationship(back_populates="keys", lazy="joined")
    made_by: Mapped[User | None] = relationship(foreign_keys=[made_by_id])

    @property
    def held(self) -> rules.Held:
        """What the rules ask of it."""
        return rules.Held(self.expires_on, self.ends_at, self.revoked_at)


class Call(db.Model):  # type: ignore[name-defined]
    """One call by a known key: what was asked, how it was answered, and the row of the ledger when data went out."""

    __tablename__ = "interface_call"
    __table_args__ = (Index("ix_interface_call_connection_id_id", "connection_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("interface_connection.id"))
    key_id: Mapped[int] = mapped_column(ForeignKey("interface_key.id"), index=True)
    operation: Mapped[str] = mapped_column(String(40))
    status: Mapped[int]
    problem: Mapped[str] = mapped_column(String(40), default="")
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing.id", ondelete="SET NULL"), index=True)


class Write(db.Model):  # type: ignore[name-defined]
    """A write that was done once: under its key the same answer is given again, and another content is refused."""

    __tablename__ = "interface_write"
    __table_args__ = (UniqueConstraint("connection_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("interface_connection.id"))
    key: Mapped[str] = mapped_column(String(100))
    content: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    order: Mapped[Order] = relationship()


class Change(db.Model):  # type: ignore[name-defined]
    """Something a partner is to be told of a customer it knows: a correction, a prohibition, a restriction, an erasure.

    `customer_id` is the number by which the partner knows the customer, and no foreign key: it outlives the customer until
    the partner has taken it in; then it is emptied of one who was erased. `origin` names the duty that it fulfils.
    """

    __tablename__ = "interface_change"
    __table_args__ = (
        Index("ix_interface_change_recipient_id_acknowledged_at_id", "recipient_id", "acknowledged_at", "id"),
        {"sqlite_autoincrement": True},  # a number is never given twice: partners have read up to it
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipient.id"))
    customer_id: Mapped[int | None] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(String(20))
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    into_id: Mapped[int | None]
    origin: Mapped[str] = mapped_column(String(60), default="", index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    recipient: Mapped[Recipient] = relationship()
