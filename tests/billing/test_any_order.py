"""Whatever is done in whatever order, what stands in the register agrees with itself."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.billing import collecting, service
from rekisteri.billing.lists import count_open, overdue_uncollected, unpaid_of
from rekisteri.billing.models import Collection, Invoice
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.billing.factories import TODAY, make_invoice
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_recipient


class Desk:
    """A clerk who does one thing after another, as the dice fall; what a rule refuses is not done."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.by, self.agency = make_clerk(), make_recipient()
        self.customer = make_person(obtained_on=date(2026, 1, 1))
        for number in range(3):
            make_invoice(self.customer, number=f"{number}", due_on=date(2026, 9, 15) + timedelta(days=40 * number))

    def day(self) -> date:
        """Some day of the last two months."""
        return TODAY - timedelta(days=self.dice.randrange(60))

    def act(self) -> str:
        """Do something, and tell what; or the sentence with which it was refused."""
        action = self.dice.choice((self.pay, self.credit, self.reopen, self.start, self.advance, self.end))
        try:
            with transaction():
                action(self.dice.choice(db.session.scalars(select(Invoice).order_by(Invoice.id)).all()))
        except RuleViolation as refusal:
            return refusal.sentence
        return action.__name__

    def pay(self, invoice: Invoice) -> None:
        part = self.dice.choice((40_00, 120_00))
        service.pay(invoice=invoice, paid=part, paid_on=self.day(), by=self.by)

    def credit(self, invoice: Invoice) -> None:
        service.credit(invoice=invoice, credited_on=self.day(), by=self.by)

    def reopen(self, invoice: Invoice) -> None:
        if invoice.collection_id is None:
            service.reopen(invoice=invoice, by=self.by)

    def start(self, invoice: Invoice) -> None:
        collecting.start(customer=invoice.customer, invoices=[invoice], on=self.day(), by=self.by)

    def advance(self, invoice: Invoice) -> None:
        if invoice.collection:
            state = self.dice.choice(("demand", "agency", "court"))
            to = collecting.HandedTo(self.agency, ["last_name"])
            collecting.advance(collection=invoice.collection, state=state, on=self.day(), by=self.by, to=to)

    def end(self, invoice: Invoice) -> None:
        if invoice.collection:
            outcome = self.dice.choice(("paid", "withdrawn", "written_off"))
            collecting.end(collection=invoice.collection, outcome=outcome, on=self.day(), by=self.by)


def check_invoice(invoice: Invoice) -> None:
    assert (invoice.state == "credited") == (invoice.credited_on is not None)
    assert invoice.state != "paid" or invoice.paid >= invoice.amount
    assert invoice.state != "open" or invoice.unpaid > 0
    assert invoice.collection_id is None or invoice.written_off_on is None
    if invoice.collection_id:
        assert invoice.state == "open"
        assert invoice.collection.state != "ended"
        assert invoice in invoice.collection.invoices


def check_collection(collection: Collection) -> None:
    days = [step.on for step in collection.steps]
    assert days == sorted(days)
    assert [step.state for step in collection.steps][-1] == collection.state
    assert (collection.agency_id is not None) == any(step.state == "agency" for step in collection.steps)
    if collection.state == "ended":
        assert all(invoice.collection_id != collection.id for invoice in collection.invoices)
        assert collection.ended_on == days[-1]
    else:
        assert any(invoice.collection_id == collection.id for invoice in collection.invoices)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_row_of_actions_everything_agrees(app, seed):
    desk = Desk(seed)
    done = [desk.act() for _ in range(60)]

    db.session.rollback()
    invoices = db.session.scalars(select(Invoice)).all()
    for invoice in invoices:
        check_invoice(invoice)
    for collection in db.session.scalars(select(Collection)):
        check_collection(collection)
    owed = [invoice for invoice in invoices if invoice.state == "open"]
    claims = [found for found in service.obstacles(desk.customer.id) if found.text.startswith("Lasku ")]
    assert len(claims) == len(owed) == count_open([desk.customer.id]).get(desk.customer.id, 0)
    assert unpaid_of(desk.customer.id) == sum(invoice.unpaid for invoice in owed)
    waiting = [one for one in owed if one.due_on < TODAY and not one.collection_id and not one.written_off_on]
    assert overdue_uncollected(TODAY, 8)[0] == len(waiting)
    assert len(set(done)) > 5
    assert audit.verify() is None
