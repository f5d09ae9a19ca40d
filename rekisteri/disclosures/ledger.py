"""Reading the ledger of disclosures page by page."""

from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.customers.rules import FIELDS
from rekisteri.disclosures.models import DisclosedDatum, Disclosure
from rekisteri.kernel.db import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows of the ledger, the latest first; `after` continues from the last one, None at the end."""

    rows: list[Disclosure]
    after: int | None


def page(
    *, customer_id: int | None = None, recipient_id: int | None = None, after: int | None = None, size: int = PAGE_SIZE
) -> Page:
    """One page of the ledger: of all, of one customer, of one recipient, or of both."""
    query = select(Disclosure).order_by(Disclosure.disclosed_on.desc(), Disclosure.id.desc())
    if customer_id:
        query = query.filter_by(customer_id=customer_id)
    if recipient_id:
        query = query.filter_by(recipient_id=recipient_id)
    start = db.session.get(Disclosure, after) if after else None
    if start:
        place = tuple_(Disclosure.disclosed_on, Disclosure.id)
        query = query.where(place < tuple_(start.disclosed_on, start.id))
    whole = (
        joinedload(Disclosure.customer),
        joinedload(Disclosure.recipient),
        joinedload(Disclosure.by),
        selectinload(Disclosure.data).joinedload(DisclosedDatum.datum),
    )
    rows = list(db.session.scalars(query.options(*whole).limit(size + 1)))
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)


def field_names(disclosure: Disclosure) -> str:
    """What went, as the names of the fields."""
    labels = FIELDS[disclosure.customer.kind]
    went = {row.datum.field for row in disclosure.data}
    return ", ".join(label for field, label in labels.items() if field in went)
