"""What the database itself refuses, whoever asks: the last fence behind the rules."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from rekisteri.billing.models import (
    CollectedInvoice,
    Collection,
    CollectionStep,
    CreditApplication,
    HandOver,
    Invoice,
    InvoiceImport,
)
from rekisteri.customers import links
from rekisteri.kernel.db import db, transaction
from tests.billing.factories import TODAY, advance, make_application, make_collection, make_invoice
from tests.customers.factories import make_person

DAY = date(2026, 11, 1)
INVOICE: dict[str, Any] = {"number": "1", "invoiced_on": DAY, "due_on": DAY, "amount": 1, "paid": 0, "state": "open"}
COLLECTION: dict[str, Any] = {"state": "reminder", "started_on": DAY}
APPLICATION: dict[str, Any] = {"applied_on": DAY, "amount": 1, "purpose": "luotto", "state": "open", "reasons": ""}


def put(table: Any, **values: Any) -> None:
    with transaction():
        db.session.execute(insert(table), [values])


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "lost"},
        {"amount": 0},
        {"amount": -1},
        {"paid": -1},
        {"due_on": date(2026, 10, 31)},
        {"state": "paid"},
        {"state": "paid", "paid": 1},
        {"state": "paid", "amount": 2, "paid": 1, "paid_on": DAY},
        {"state": "credited"},
        {"credited_on": DAY},
        {"state": "credited", "credited_on": DAY, "written_off_on": DAY},
        {"state": "paid", "paid": 1, "paid_on": DAY, "written_off_on": DAY},
    ],
)
def test_an_invoice_that_contradicts_itself_is_not_kept(maija, changed):
    put(Invoice, customer_id=maija.id, **INVOICE)

    with pytest.raises(IntegrityError):
        put(Invoice, customer_id=maija.id, **INVOICE | {"number": "2"} | changed)


@pytest.mark.parametrize(
    "right",
    [
        {"state": "paid", "paid": 1, "paid_on": DAY},
        {"state": "paid", "paid": 5, "paid_on": DAY},
        {"state": "credited", "credited_on": DAY},
        {"state": "credited", "credited_on": DAY, "paid": 1, "paid_on": DAY},
        {"written_off_on": DAY},
        {"amount": 10**14},
    ],
)
def test_an_invoice_in_every_state_it_may_come_to_is_kept(maija, right):
    put(Invoice, customer_id=maija.id, **INVOICE | right)

    assert db.session.scalar(select(Invoice.amount)) == (INVOICE | right)["amount"]


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "forgotten"},
        {"state": "ended"},
        {"state": "ended", "ended_on": DAY},
        {"state": "ended", "outcome": "paid"},
        {"outcome": "paid", "ended_on": DAY},
        {"state": "ended", "ended_on": DAY, "outcome": "lost"},
    ],
)
def test_a_collection_has_an_outcome_when_it_has_ended_and_only_then(maija, changed):
    put(Collection, customer_id=maija.id, **COLLECTION)

    with pytest.raises(IntegrityError):
        put(Collection, customer_id=maija.id, **COLLECTION | changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "maybe"},
        {"amount": 0},
        {"state": "granted", "granted": 0, "ended_on": DAY},
        {"state": "refused", "ended_on": DAY},
        {"state": "granted", "ended_on": DAY},
        {"state": "withdrawn"},
        {"ended_on": DAY},
        {"granted": 1},
    ],
)
def test_an_application_is_decided_by_somebody_on_some_day_or_is_open(maija, changed):
    put(CreditApplication, customer_id=maija.id, **APPLICATION)

    with pytest.raises(IntegrityError):
        put(CreditApplication, customer_id=maija.id, **APPLICATION | changed)


def test_a_step_is_one_of_the_known_ones(maija):
    collection = make_collection(make_invoice(maija))

    with pytest.raises(IntegrityError):
        put(CollectionStep, collection_id=collection.id, state="lost", on=DAY)


def test_an_import_is_proposed_or_applied(app):
    with pytest.raises(IntegrityError):
        put(InvoiceImport, filename="a.csv", columns="", state="lost", created=0, changed=0)


def test_a_hand_over_without_a_reason_is_not_kept(maija):
    advance(make_collection(make_invoice(maija)), "agency")

    with pytest.raises(IntegrityError), transaction():
        db.session.scalars(select(HandOver)).one().collection_id = None


@pytest.mark.parametrize("number", ["Ä-1", "ä-1", "A 1"])
def test_numbers_are_compared_sign_by_sign(maija, number):
    put(Invoice, customer_id=maija.id, **INVOICE | {"number": "A-1"})
    put(Invoice, customer_id=maija.id, **INVOICE | {"number": number})

    assert len(db.session.scalars(select(Invoice)).all()) == 2


def test_an_invoice_in_a_collection_cannot_be_forgotten_by_it(maija):
    collection = make_collection(make_invoice(maija), make_invoice(maija))

    assert len(db.session.scalars(select(CollectedInvoice)).all()) == 2
    assert [invoice.collection_id for invoice in collection.invoices] == [collection.id] * 2


def test_everything_that_belongs_to_a_customer_follows_it_in_a_merger(app):
    registered = {str(link.column): link.name for link in links.all_links()}

    assert registered.items() >= {
        ("Invoice.customer_id", "laskut"),
        ("Collection.customer_id", "perinnät"),
        ("CreditApplication.customer_id", "luottohakemukset"),
    }


def test_no_column_of_billing_that_points_elsewhere_lacks_an_index(app):
    tables = [
        model.__table__
        for model in (Invoice, Collection, CollectedInvoice, CollectionStep, CreditApplication, HandOver, InvoiceImport)
    ]
    bare = []
    for table in tables:
        leading = {next(iter(index.columns)).name for index in table.indexes} | {
            next(iter(table.primary_key.columns)).name
        }
        bare += [f"{table.name}.{key.parent.name}" for key in table.foreign_keys if key.parent.name not in leading]

    assert not bare


def test_the_invoices_of_a_customer_cannot_be_left_without_it(maija):
    make_invoice(maija)
    make_application(maija)

    with pytest.raises(IntegrityError), transaction():
        db.session.execute(text("DELETE FROM customer WHERE id = :id"), {"id": maija.id})
    assert db.session.scalar(select(Invoice.invoiced_on)) <= TODAY
