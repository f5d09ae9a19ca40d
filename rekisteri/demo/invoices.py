"""Inventing what the invented company has billed: the same seed and the same day make the same invoices."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from rekisteri.billing import collecting, credit
from rekisteri.billing.bulk import Row
from rekisteri.billing.collecting import HandedTo
from rekisteri.billing.handing_over import default_fields
from rekisteri.billing.models import Invoice
from rekisteri.customers import service as customers
from rekisteri.demo.company import Company
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.db import db
from rekisteri.orders.models import Order

TERM = timedelta(days=14)


def invoices(dice: random.Random, today: date) -> Iterator[Row]:
    """An invoice for each delivered order: most are paid, some late, a few not at all, one in fifty credited."""
    delivered = select(Order.id, Order.customer_id, Order.delivered_on, Order.total)
    delivered = delivered.where(Order.state == "delivered", Order.total > 0).order_by(Order.delivered_on, Order.id)
    for number, (order_id, customer_id, sent_on, total) in enumerate(db.session.execute(delivered), 10_001):
        assert sent_on is not None  # what has been delivered has its day
        due_on, course = sent_on + TERM, dice.random()
        settled_on = due_on + timedelta(days=dice.choice((-7, -3, -1, 0, 0, 0, 1, 5, 20)))
        row = Row(customer_id, str(number), sent_on, due_on, total, order_id=order_id)
        if course < 0.02 and sent_on + TERM <= today:
            row.credited_on = due_on
        elif course < 0.95 and sent_on <= settled_on <= today:
            row.paid, row.paid_on = total, settled_on
        yield row


def tell(company: Company, today: date) -> None:
    """One debt goes to the agency; one customer is granted credit, another waits for the decision."""
    overdue = select(Invoice).where(Invoice.state == "open", Invoice.due_on < today - timedelta(days=60))
    debt = db.session.scalars(overdue.order_by(Invoice.due_on, Invoice.id)).first()
    if debt is not None:
        _collect(company, debt, today)
    applicants = db.session.scalars(select(Invoice.customer_id).distinct().order_by(Invoice.customer_id).limit(2))
    for place, customer_id in enumerate(applicants):
        _apply(company, customer_id, today, decided=place == 0)


def _collect(company: Company, debt: Invoice, today: date) -> None:
    begun = collecting.start(customer=debt.customer, invoices=[debt], on=today - timedelta(days=40), by=company.clerk)
    fields = default_fields(debt.customer, customers.held_fields(debt.customer))
    collecting.advance(collection=begun, state="demand", on=today - timedelta(days=25), by=company.clerk)
    handed = HandedTo(_partner(company, "collection"), fields, "portal")
    collecting.advance(collection=begun, state="agency", on=today - timedelta(days=5), by=company.clerk, to=handed)


def _apply(company: Company, customer_id: int, today: date, *, decided: bool) -> None:
    customer = customers.find(customer_id)
    assert customer is not None
    application = credit.apply(
        customer=customer,
        applied_on=today - timedelta(days=6 if decided else 2),
        amount=2_000_00 if decided else 5_000_00,
        purpose="Laskutusasiakkuus, 30 päivän maksuaika",
        by=company.clerk,
    )
    if not decided:
        return
    fields = default_fields(customer, customers.held_fields(customer))
    asked = {"fields": fields, "disclosed_on": today - timedelta(days=5), "way": "interface"}
    credit.ask_for_credit_data(
        application=application, by=company.clerk, recipient=_partner(company, "credit"), **asked
    )
    credit.decide(
        application=application,
        decision="granted",
        granted=1_500_00,
        reasons="Luottotiedoissa ei ole merkintöjä, ja laskut on maksettu ajallaan.",
        on=today - timedelta(days=4),
        by=company.owner,
    )


def _partner(company: Company, ground: str) -> Recipient:
    return next(recipient for recipient, purpose in company.recipients if purpose == ground)
