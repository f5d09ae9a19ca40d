"""What in billing keeps a person's data from being erased, and until when."""

from datetime import date

from sqlalchemy import select

from rekisteri.billing import rules
from rekisteri.billing.models import Collection, CollectionStep, Invoice
from rekisteri.billing.rules import Obstacle
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.settings import service as settings
from rekisteri.settings.rules import month_and_day


def obstacles(customer_id: int, on: date | None = None) -> list[Obstacle]:
    """Each obstacle with its ground and its end: open invoices, collections, vouchers of the bookkeeping."""
    on = on or today()
    found = [*_open_invoices(customer_id), *_collections(customer_id)]
    year_end = month_and_day(settings.current().financial_year_end)
    kept = rules.bookkeeping_obstacle(_vouchers(customer_id), year_end, on)
    return [*found, kept] if kept else found


def _open_invoices(customer_id: int) -> list[Obstacle]:
    query = select(Invoice).filter_by(customer_id=customer_id).order_by(Invoice.invoiced_on, Invoice.id)
    found = [
        one for one in db.session.scalars(query) if one.state == "open"
    ]  # in SQL all open invoices would be walked
    return [rules.open_invoice_obstacle(one.number, one.due_on, one.unpaid) for one in found]


def _collections(customer_id: int) -> list[Obstacle]:
    query = (
        select(Collection.state, CollectionStep.on)
        .join(CollectionStep, CollectionStep.collection_id == Collection.id)
        .where(Collection.customer_id == customer_id, Collection.state == CollectionStep.state)
        .where(Collection.state != "ended")
        .order_by(CollectionStep.id)
    )
    return [rules.collection_obstacle(state, since) for state, since in db.session.execute(query)]


def _vouchers(customer_id: int) -> list[date]:
    """Of each invoice, the day of its last entry in the books."""
    query = select(Invoice.invoiced_on, Invoice.paid_on, Invoice.credited_on).filter_by(customer_id=customer_id)
    return [max(day for day in days if day) for days in db.session.execute(query)]
