"""The tables of orders: the order, its lines, and what happened to it.

An order holds no words about its customer: what was ordered, when, at what price, and codes. `opened_on` is the day the
quote or the order was made, by which the lists are sorted; the number's year is its year.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rekisteri.customers.links import add_link
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import UtcDateTime, Versioned, db, sort_key_type
from rekisteri.orders import rules
from rekisteri.staff.models import User

LIVE, ARCHIVED = text("archived_on IS NULL"), text("archived_on IS NOT NULL")


class Order(Versioned, db.Model):  # type: ignore[name-defined]
    """A quote or an order of one customer, with its sum in cents. In the archive once `archived_on` is set."""

    __tablename__ = "customer_order"
    __table_args__ = (
        CheckConstraint("state IN ('quote', 'ordered', 'confirmed', 'delivered', 'cancelled')", name="state"),
        CheckConstraint("state IN ('quote', 'cancelled') OR ordered_on IS NOT NULL", name="ordered"),
        CheckConstraint("(state = 'delivered') = (delivered_on IS NOT NULL)", name="delivered"),
        CheckConstraint("(state = 'cancelled') = (cancelled_on IS NOT NULL)", name="cancelled"),
        CheckConstraint("(state = 'cancelled') = (cancel_reason <> '')", name="reason"),
        CheckConstraint("archived_on IS NULL OR state IN ('delivered', 'cancelled')", name="archived"),
        CheckConstraint("total BETWEEN 0 AND 10000000000", name="total"),
        Index("ix_customer_order_live", "opened_on", "id", sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_customer_order_live_state", "state", "opened_on", "id", sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_customer_order_archive", "opened_on", "id", sqlite_where=ARCHIVED, postgresql_where=ARCHIVED),
        Index("ix_customer_order_customer", "customer_id", "opened_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sort_key_type(20), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    state: Mapped[str] = mapped_column(String(20))
    opened_on: Mapped[date]
    ordered_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    cancel_reason: Mapped[str] = mapped_column(String(20), default="")
    archived_on: Mapped[date | None]
    total: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    customer: Mapped[Customer] = relationship()
    lines: Mapped[list["OrderLine"]] = relationship(
        order_by="OrderLine.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def subject(self) -> str:
        """What the processing log calls this order."""
        return f"order:{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in rules.OPEN


class OrderLine(db.Model):  # type: ignore[name-defined]
    """One line: the quantity in thousandths, the price of a unit in cents."""

    __tablename__ = "order_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    product: Mapped[str] = mapped_column(String(rules.LONGEST_PRODUCT))
    quantity: Mapped[int]
    unit: Mapped[str] = mapped_column(String(10))
    unit_price: Mapped[int]

    @property
    def content(self) -> rules.Line:
        """What the line says, as the rules read it."""
        return rules.Line(self.product, self.quantity, self.unit, self.unit_price)

    @property
    def total(self) -> int:
        """The line's sum in cents."""
        return self.content.total


class OrderEvent(db.Model):  # type: ignore[name-defined]
    """One thing that happened to an order: what (a state it came to, or a change), on what day, who recorded it when."""

    __tablename__ = "order_event"
    __table_args__ = (
        CheckConstraint(
            "what IN ('quote', 'ordered', 'confirmed', 'delivered', 'cancelled', 'lines', 'archived', 'restored')",
            name="what",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("customer_order.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    by: Mapped[User | None] = relationship()


add_link(Order.customer_id, "tilaukset")
