"""What billing holds of a customer: what is owed and what the books need stays, each with its end; the rest goes.

Invoices are vouchers of the bookkeeping (Accounting Act 1336/1997 2:10 §), a debt and its collection are a claim (GDPR
art. 17(3)(e)). The name and the address stay with them: a voucher tells whose it is, a demand has to reach its debtor.
What has been delivered is owed before it is billed: such an order waits for its invoice until it is put into the archive,
for a month at most, and with it all that an invoice may be sent to.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, func, or_, select

from rekisteri.billing import rules
from rekisteri.billing.models import CollectedInvoice, Collection, CreditApplication, Invoice
from rekisteri.billing.obstacles import obstacles
from rekisteri.customers.holdings import ADDRESS, CONTACT, Hold, Holding, add_holding
from rekisteri.kernel.db import db
from rekisteri.notice import beyond
from rekisteri.orders.holding import add_keeper
from rekisteri.orders.models import Order
from rekisteri.settings import service as settings
from rekisteri.settings.rules import month_and_day

_FAST = {"synchronize_session": False}


def _count(ids: Sequence[int]) -> int:
    queries = (select(func.count()).where(column.in_(ids)) for column in (Invoice.customer_id, Collection.customer_id))
    return sum(db.session.scalar(query) or 0 for query in queries)


def _holds(ids: Sequence[int], on: date) -> list[Hold]:
    owed = [
        Hold(found.ground, found.text, found.until, needs=ADDRESS)
        for customer_id in ids
        for found in obstacles(customer_id, on)
    ]
    unbilled = (rules.unbilled_obstacle(*row) for row in _unbilled(ids, on, Order.number, Order.delivered_on))
    return owed + [Hold(found.ground, found.text, found.until, needs=CONTACT) for found in unbilled]


def _unbilled(ids: Sequence[int], on: date, *columns: Any) -> Sequence[Any]:
    """Delivered orders that still wait for their invoice; none where the register holds no invoices."""
    if not beyond.declares("invoices"):
        return ()
    billed = select(Invoice.id).where(Invoice.order_id == Order.id).exists()
    query = select(*columns).where(Order.customer_id.in_(ids), Order.state == "delivered", Order.archived_on.is_(None))
    waiting = query.where(Order.delivered_on >= on - rules.BILLED_WITHIN, Order.total > 0, ~billed)
    return db.session.execute(waiting.order_by(Order.delivered_on, Order.id)).all()


def _free_invoices(ids: Sequence[int], on: date) -> list[int]:
    """Those that nobody waits for and the books need no more."""
    year_end = month_and_day(settings.current().financial_year_end)
    columns = (
        Invoice.id,
        Invoice.state,
        Invoice.collection_id,
        Invoice.invoiced_on,
        Invoice.paid_on,
        Invoice.credited_on,
    )
    rows = db.session.execute(select(*columns).where(Invoice.customer_id.in_(ids))).all()
    return [
        row.id
        for row in rows
        if row.state != "open"
        and row.collection_id is None
        and rules.vouchers_kept_until(max(day for day in row[3:] if day), year_end) < on
    ]


def _erase(ids: Sequence[int], on: date) -> int:
    """Free invoices, and the ended collections in which no other is left."""
    invoices = _free_invoices(ids, on)
    db.session.execute(delete(Invoice).where(Invoice.id.in_(invoices)), execution_options=_FAST)
    left = select(CollectedInvoice.collection_id).where(CollectedInvoice.collection_id == Collection.id)
    ended = and_(Collection.customer_id.in_(ids), Collection.state == "ended", ~left.exists())
    collections = list(db.session.scalars(select(Collection.id).where(ended)))
    db.session.execute(delete(Collection).where(Collection.id.in_(collections)), execution_options=_FAST)
    db.session.expire_all()
    return len(invoices) + len(collections)


def _kept(ids: Sequence[int], on: date) -> int:
    """Invoices that are not free, and the collections they are or were in."""
    free = _free_invoices(ids, on)
    held = select(Invoice.id).where(Invoice.customer_id.in_(ids), Invoice.id.not_in(free))
    left = select(CollectedInvoice.collection_id).where(CollectedInvoice.invoice_id.in_(held))
    collections = select(func.count()).where(
        Collection.customer_id.in_(ids), or_(Collection.state != "ended", Collection.id.in_(left))
    )
    return len(db.session.scalars(held).all()) + (db.session.scalar(collections) or 0)


def _still(ids: Sequence[int]) -> set[int]:
    owed = select(Invoice.customer_id).where(Invoice.customer_id.in_(ids), Invoice.state == "open")
    collected = select(Collection.customer_id).where(Collection.customer_id.in_(ids), Collection.state != "ended")
    return {*db.session.scalars(owed), *db.session.scalars(collected)}


def _count_applications(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(CreditApplication.customer_id.in_(ids))) or 0


def _erase_applications(ids: Sequence[int], on: date) -> int:
    going = delete(CreditApplication).where(CreditApplication.customer_id.in_(ids))
    return int(db.session.execute(going, execution_options=_FAST).rowcount)  # type: ignore[attr-defined]


def _application_values(ids: Sequence[int]) -> Iterable[str]:
    """What was written of the person by hand."""
    query = select(CreditApplication.reasons).where(CreditApplication.customer_id.in_(ids))
    return [line for reasons in db.session.scalars(query) for line in reasons.split("\n")]


def _orders_to_stay(ids: Sequence[int], on: date) -> set[int]:
    """Those of an invoice's voucher, and those that still wait for their invoice."""
    query = select(Invoice.order_id).where(Invoice.customer_id.in_(ids), Invoice.order_id.is_not(None))
    billed = {order_id for order_id in db.session.scalars(query) if order_id is not None}
    return billed | {row[0] for row in _unbilled(ids, on, Order.id)}


add_keeper(_orders_to_stay)
add_holding(
    Holding(
        "billing", "Laskut ja perinnät", (Invoice.customer_id, Collection.customer_id), count=_count, erase=_erase,
        anonymise=_erase, holds=_holds, still=_still, kept=_kept, order=20,
    )
)  # fmt: skip
add_holding(
    Holding(
        "credit", "Luottohakemukset", (CreditApplication.customer_id,), count=_count_applications, erase=_erase_applications,
        anonymise=_erase_applications, values=_application_values, order=21,
    )
)  # fmt: skip
