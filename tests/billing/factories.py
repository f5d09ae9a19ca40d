"""Invoices, collections and credit applications for tests, as a clerk would have entered them. All are invented."""

from datetime import date
from itertools import count
from typing import Any

from rekisteri.billing import collecting, credit, service
from rekisteri.billing.models import Collection, CreditApplication, Invoice
from rekisteri.customers.models import Customer
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.notice.service import in_force
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_recipient
from tests.notice.factories import published

TODAY = date(2026, 11, 23)
INVOICED, DUE = date(2026, 9, 1), date(2026, 9, 15)
_numbers = count(1001)


def tell() -> None:
    """A notice that tells of invoices, collections and credit, unless one is in force."""
    if in_force(today()) is None:
        published()


def make_invoice(customer: Customer | None = None, **details: Any) -> Invoice:
    """An invoice of 120 euros that fell due on 15.9.2026, of Maija Virtanen unless told otherwise."""
    tell()
    clerk, customer = make_clerk(), customer or make_person()
    given = {"number": str(next(_numbers)), "invoiced_on": INVOICED, "due_on": DUE, "amount": 120_00} | details
    with transaction():
        return service.create(customer=customer, by=clerk, **given)


def pay(invoice: Invoice, paid: int | None = None, paid_on: date = TODAY) -> Invoice:
    """All of it, today, unless told otherwise."""
    clerk = make_clerk()
    with transaction():
        service.pay(invoice=invoice, paid=invoice.unpaid if paid is None else paid, paid_on=paid_on, by=clerk)
    return invoice


def credit_invoice(invoice: Invoice, credited_on: date = TODAY) -> Invoice:
    """Credited today unless told otherwise."""
    clerk = make_clerk()
    with transaction():
        service.credit(invoice=invoice, credited_on=credited_on, by=clerk)
    return invoice


def make_collection(*invoices: Invoice, on: date = date(2026, 10, 1)) -> Collection:
    """A collection begun with a reminder on 1.10.2026; of one new invoice unless some are given."""
    clerk = make_clerk()
    chosen = list(invoices) or [make_invoice()]
    with transaction():
        return collecting.start(customer=chosen[0].customer, invoices=chosen, on=on, by=clerk)


def advance(collection: Collection, state: str, on: date = TODAY, agency: Recipient | None = None) -> Collection:
    """One step further; to Saatavat Oy when the step is to an agency."""
    clerk = make_clerk()
    to = collecting.HandedTo(agency or make_recipient(), ["last_name", "street"]) if state == "agency" else None
    with transaction():
        collecting.advance(collection=collection, state=state, on=on, by=clerk, to=to)
    return collection


def make_application(customer: Customer | None = None, **details: Any) -> CreditApplication:
    """Maija Virtanen asks for 2 000 euros of credit on 20.11.2026 unless told otherwise."""
    tell()
    clerk, customer = make_clerk(), customer or make_person()
    given = {"applied_on": date(2026, 11, 20), "amount": 2_000_00, "purpose": "Laskutusasiakkuus"} | details
    with transaction():
        return credit.apply(customer=customer, by=clerk, **given)
