"""What is done with orders: entering, changing lines, going from state to state, putting away and taking back."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.customers import service as customers
from rekisteri.customers import uses
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders import rules
from rekisteri.orders.models import Order, OrderEvent, OrderLine
from rekisteri.staff.models import User

CREATED = audit.event("order.created", "tilaus kirjattu", fields={"order": int, "state": str})
CHANGED = audit.event("order.changed", "tilauksen rivejä muutettu", fields={"order": int})
MOVED = audit.event("order.moved", "tilauksen tila muutettu", fields={"order": int, "state": str})
CANCELLED = audit.event("order.cancelled", "tilaus peruttu", fields={"order": int, "reason": str})
ARCHIVED = audit.event("order.archived", "tilaus arkistoitu", fields={"order": int})
RESTORED = audit.event("order.restored", "tilaus palautettu arkistosta", fields={"order": int})


def find(order_id: int) -> Order | None:
    """The order with this id."""
    return db.session.get(Order, order_id)


def find_number(number: str) -> Order | None:
    """The order with this number, in the archive as well."""
    return db.session.scalar(select(Order).filter_by(number=number))


_LATEST = (
    select(Order.id, Order.number, Order.state, Order.opened_on, Order.archived_on, Order.total)
    .where(Order.customer_id == bindparam("customer"))
    .order_by(Order.opened_on.desc(), Order.id.desc())
    .limit(bindparam("limit"))
)


def for_customer(customer: Customer, limit: int = 10) -> Sequence[Row[*tuple[Any, ...]]]:
    """A customer's orders as the card shows them, the latest first, with those in the archive."""
    return db.session.connection().execute(_LATEST, {"customer": customer.id, "limit": limit}).all()


def open_orders(customer_id: int) -> list[Order]:
    """The customer's orders in which something is still to be done: while there are any, the customer stays."""
    query = select(Order).where(Order.customer_id == customer_id, Order.state.in_(rules.OPEN))
    return list(db.session.scalars(query.order_by(Order.opened_on, Order.id)))


def count_open(customer_ids: Collection[int]) -> dict[int, int]:
    """How many open orders each of these customers has; those without any are left out."""
    query = select(Order.customer_id, func.count()).where(Order.customer_id.in_(customer_ids))
    found = db.session.execute(query.where(Order.state.in_(rules.OPEN)).group_by(Order.customer_id))
    return {row[0]: row[1] for row in found}


def unconfirmed(limit: int) -> tuple[int, list[Order]]:
    """How many orders wait for a confirmation, and those that have waited longest."""
    waiting = (Order.state == "ordered", Order.archived_on.is_(None))
    count = db.session.scalar(select(func.count()).select_from(Order).where(*waiting)) or 0
    query = select(Order).where(*waiting).order_by(Order.opened_on, Order.id).limit(limit)
    return count, list(db.session.scalars(query.options(joinedload(Order.customer)))) if count else []


def history(order: Order) -> list[OrderEvent]:
    """What has happened to an order, oldest first, each with who recorded it."""
    query = select(OrderEvent).filter_by(order_id=order.id).order_by(OrderEvent.id)
    return list(db.session.scalars(query.options(joinedload(OrderEvent.by))))


def create(*, customer: Customer, state: str, lines: Sequence[rules.Line], on: date, by: User | None) -> Order:
    """Enter a quote or an order made on a day; it gets the next number of that year.

    :raises RuleViolation: the customer is not in the live register, the day has not come, or a line is not accepted.
    """
    check_customer(customer)
    rules.check_first(state)
    rules.check_day(on, today=today())
    checked = rules.check_lines(lines)
    order = Order(
        number=rules.number(on.year, next_number("order", on.year)),
        customer=customer,
        state=state,
        opened_on=on,
        ordered_on=on if state == "ordered" else None,
        total=rules.total(checked),
        lines=_rows(checked),
    )
    db.session.add(order)
    db.session.flush()
    _happened(order, state, on, by)
    audit.record(CREATED, subject=customer.subject, by=by, order=order.id, state=state)
    return order


def check_customer(customer: Customer) -> None:
    """New orders are entered for customers of the live register only, and not while their data may not be used."""
    if customer.state == "archived":
        raise RuleViolation("Asiakas on arkistossa. Palauta asiakas ensin arkistosta.")
    if customer.state != "active":
        raise RuleViolation("Asiakkaalle ei voi kirjata tilausta.")
    uses.check(customer.id, "dealing")


def change_lines(*, order: Order, lines: Sequence[rules.Line], by: User | None) -> bool:
    """Put these lines in the place of the order's; whether anything changed."""
    rules.check_changeable(order.state)
    checked = rules.check_lines(lines)
    if checked == [line.content for line in order.lines]:
        return False
    order.lines.clear()
    db.session.flush()
    order.lines.extend(_rows(checked))
    order.total = rules.total(checked)
    _happened(order, "lines", today(), by)
    audit.record(CHANGED, subject=f"customer:{order.customer_id}", by=by, order=order.id)
    return True


def _rows(lines: Sequence[rules.Line]) -> list[OrderLine]:
    return [
        OrderLine(
            position=number, product=line.product, quantity=line.quantity, unit=line.unit, unit_price=line.unit_price
        )
        for number, line in enumerate(lines, start=1)
    ]


def accept(*, order: Order, on: date, by: User | None) -> None:
    """The customer accepts the quote: it becomes an order."""
    _move(order, "ordered", on, by, ordered_on=on)


def confirm(*, order: Order, on: date, by: User | None) -> None:
    """The order has been confirmed to the customer; from now on it stays as it is."""
    _move(order, "confirmed", on, by)


def deliver(*, order: Order, on: date, by: User | None) -> None:
    """Everything has been delivered."""
    _move(order, "delivered", on, by, delivered_on=on)


def _move(order: Order, state: str, on: date, by: User | None, **days: date) -> None:
    _check_move(order, state, on)
    order.state = state
    for column, day in days.items():
        setattr(order, column, day)
    _happened(order, state, on, by)
    audit.record(MOVED, subject=f"customer:{order.customer_id}", by=by, order=order.id, state=state)


def _check_move(order: Order, state: str, on: date) -> None:
    """A step that may follow, on a day that has come and is not before the latest step's."""
    rules.check_step(order.state, state)
    days = select(func.max(OrderEvent.happened_on)).filter_by(order_id=order.id)
    latest = db.session.scalar(days.where(OrderEvent.what.in_(rules.STATES)))
    rules.check_day(on, today=today(), not_before=latest or order.opened_on)


def cancel(*, order: Order, reason: str, on: date, by: User | None) -> None:
    """The order will not be delivered; why is one of a few reasons."""
    rules.check_reason(reason)
    _check_move(order, "cancelled", on)
    order.state, order.cancelled_on, order.cancel_reason = "cancelled", on, reason
    _happened(order, "cancelled", on, by)
    audit.record(CANCELLED, subject=f"customer:{order.customer_id}", by=by, order=order.id, reason=reason)


def archive(*, order: Order, on: date, by: User | None) -> None:
    """Put a finished order away from the daily lists."""
    rules.check_archivable(order.state, archived=order.archived_on is not None)
    order.archived_on = on
    _happened(order, "archived", on, by, touch=False)
    audit.record(ARCHIVED, subject=f"customer:{order.customer_id}", by=by, order=order.id)


def unarchive(*, order: Order, on: date, by: User | None) -> None:
    """Take an order back from the archive."""
    if order.archived_on is None:
        raise RuleViolation("Tilaus ei ole arkistossa.")
    order.archived_on = None
    _happened(order, "restored", on, by, touch=False)
    audit.record(RESTORED, subject=f"customer:{order.customer_id}", by=by, order=order.id)


def _happened(order: Order, what: str, on: date, by: User | None, *, touch: bool = True) -> None:
    """Keep what happened. Putting papers away is no sign of life in the relationship; all else is."""
    order.changed_at = now()
    db.session.add(OrderEvent(order_id=order.id, what=what, happened_on=on, by_id=by.id if by else None))
    if touch:
        customers.touch(order.customer_id, on)
