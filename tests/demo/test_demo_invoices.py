"""The invented company's billing: something of everything, the same from the same seed."""

import random
from collections import Counter

import pytest
from sqlalchemy import select

from rekisteri.billing.models import Collection, CreditApplication, HandOver, Invoice
from rekisteri.demo import invoices
from rekisteri.disclosures.models import Disclosure
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.orders.models import Order


@pytest.fixture
def filled(app, command):
    result = command("demo", "--customers", "60", "--cases", "0", "--password", "keksitty salasana kokeeseen")
    assert result.exit_code == 0, result.output
    return result


def test_delivered_orders_have_been_billed_and_most_invoices_paid(filled):
    states = Counter(db.session.scalars(select(Invoice.state)))
    late = [row for row in db.session.scalars(select(Invoice).filter_by(state="open")) if row.due_on < today()]

    assert states["paid"] > states["open"] > 0
    assert late
    for invoice in db.session.scalars(select(Invoice)):
        assert (invoice.order.state, invoice.order.total) == ("delivered", invoice.amount)
        assert invoice.customer_id == invoice.order.customer_id


def test_one_debt_is_at_the_agency_and_what_went_there_is_on_record(filled):
    collection = db.session.scalars(select(Collection)).one()

    assert (collection.state, collection.agency.name) == ("agency", "Perintätoimisto Malli Oy")
    assert [step.state for step in collection.steps] == ["reminder", "demand", "agency"]
    handed = db.session.scalars(select(HandOver).filter_by(collection_id=collection.id)).one()
    assert handed.disclosure.ground == "collection"


def test_one_application_is_decided_and_one_waits(filled):
    states = [row.state for row in db.session.scalars(select(CreditApplication).order_by(CreditApplication.id))]

    assert states == ["granted", "open"]
    assert "credit" in set(db.session.scalars(select(Disclosure.ground)))


def test_the_same_seed_makes_the_same_invoices(filled):
    def made():
        return list(invoices.invoices(random.Random("1 laskut"), today()))

    assert made() == made()
    assert len(made()) == len(db.session.scalars(select(Order).filter_by(state="delivered")).all())


def test_the_command_tells_how_many_invoices_there_are(filled):
    count = len(db.session.scalars(select(Invoice)).all())

    assert f"{count} laskua" in filled.output
