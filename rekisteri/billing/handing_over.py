"""Data that leave the company for an invoice, a collection or a credit decision: each time a disclosure on record."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.billing.handing_rules import FIELDS
from rekisteri.billing.models import Collection, CreditApplication, HandOver, Invoice
from rekisteri.customers.models import Customer
from rekisteri.disclosures import service as disclosures
from rekisteri.disclosures.models import DisclosedDatum, Disclosure
from rekisteri.kernel.db import db

Cause = Invoice | Collection | CreditApplication


def hand_over(cause: Cause, *, fields: Iterable[str], **disclosure: Any) -> Disclosure:
    """Record that these of the customer's data went to a recipient because of an invoice, a collection or a credit.

    :param disclosure: recipient, disclosed_on, purpose, ground, way and by, as `disclosures.service` takes them.
    """
    recorded = disclosures.record_disclosure(customer=cause.customer, fields=fields, **disclosure)
    db.session.add(HandOver(disclosure=recorded, **{_column(cause): cause.id}))
    return recorded


def hand_overs(cause: Cause) -> list[Disclosure]:
    """What has gone to whom because of it, the eldest first."""
    query = select(Disclosure).join(HandOver, HandOver.disclosure_id == Disclosure.id)
    query = query.where(getattr(HandOver, _column(cause)) == cause.id).order_by(Disclosure.disclosed_on, Disclosure.id)
    whole = (
        joinedload(Disclosure.recipient),
        joinedload(Disclosure.customer),
        selectinload(Disclosure.data).joinedload(DisclosedDatum.datum),
    )
    return list(db.session.scalars(query.options(*whole)))


def default_fields(customer: Customer, held: Iterable[str]) -> list[str]:
    """Name and address, as far as the register holds them."""
    there = set(held)
    return [field for field in FIELDS[customer.kind] if field in there]


def _column(cause: Cause) -> str:
    columns = {Invoice: "invoice_id", Collection: "collection_id", CreditApplication: "application_id"}
    return columns[type(cause)]
