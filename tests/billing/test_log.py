"""What is done in billing is put on record, and read in Finnish; never a name or a sum."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.billing import collecting, credit, service
from rekisteri.kernel.db import db, transaction
from tests.billing.factories import (
    TODAY,
    advance,
    credit_invoice,
    make_application,
    make_collection,
    make_invoice,
    pay,
)
from tests.customers.factories import make_clerk, make_person


@pytest.fixture
def owner(sign_in):
    return sign_in("vastuuhenkilo", full_name="Helmi Rauta")


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def rows(client) -> list[tuple[str, str, str]]:
    """What was done, to what, with what facts; the latest first."""
    found = []
    for row in client.get("/loki/").page.select("main tbody tr"):
        cells = [" ".join(cell.text.split()) for cell in row.select("th, td")]
        found.append((cells[3], cells[4], cells[5]))
    return found


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_the_life_of_an_invoice_is_read_in_finnish(client, owner, maija):
    invoice = make_invoice(maija)
    clerk = make_clerk()
    with transaction():
        service.change(invoice=invoice, by=clerk, **invoice_details(invoice) | {"amount": 100_00})
    pay(invoice, 40_00)
    credit_invoice(invoice)
    with transaction():
        service.reopen(invoice=invoice, by=clerk)

    about = f"lasku {invoice.id}"
    assert rows(client)[:5] == [
        ("lasku palautettu avoimeksi", about, "–"),
        ("lasku hyvitetty", about, "päivä: 23.11.2026"),
        ("laskun maksu kirjattu", about, "päivä: 23.11.2026; tila: avoin"),
        ("laskua muutettu", about, "tiedot: summa"),
        ("lasku kirjattu", about, f"asiakas: {maija.id}"),
    ]


def invoice_details(invoice) -> dict:
    return {name: getattr(invoice, name) for name in ("number", "invoiced_on", "due_on", "amount")}


def test_the_life_of_a_collection_is_read_in_finnish(client, owner, maija):
    collection = make_collection(make_invoice(maija))
    advance(collection, "demand")
    clerk = make_clerk()
    with transaction():
        collecting.end(collection=collection, outcome="written_off", on=TODAY, by=clerk)

    about = f"perintä {collection.id}"
    assert rows(client)[:3] == [
        ("perintä päättyi", about, "päivä: 23.11.2026; lopputulos: saatava on kirjattu luottotappioksi"),
        ("perintä eteni", about, "päivä: 23.11.2026; tila: maksuvaatimus"),
        ("perintä aloitettu", about, f"asiakas: {maija.id}; laskuja: 1; päivä: 1.10.2026"),
    ]


def test_the_life_of_an_application_is_read_in_finnish(client, owner, maija):
    first, second = make_application(maija), make_application(maija)
    clerk = make_clerk()
    with transaction():
        credit.decide(application=first, decision="granted", granted=1, reasons="", on=TODAY, by=clerk)
    with transaction():
        credit.withdraw(application=second, on=TODAY, by=clerk)

    assert rows(client)[:2] == [
        ("luottohakemus peruutettu", f"luottohakemus {second.id}", "päivä: 23.11.2026"),
        ("luottohakemus ratkaistu", f"luottohakemus {first.id}", "luotto: myönnetty; päivä: 23.11.2026"),
    ]


def test_no_name_no_sum_and_no_number_of_an_invoice_reaches_the_log(maija):
    invoice = make_invoice(maija, number="SALAINEN-7", amount=98_765_43)
    advance(make_collection(invoice), "agency")
    make_application(maija, purpose="Purjeveneen moottori", amount=87_654_32)
    pay(invoice)

    kept = json.dumps([row.facts for row in db.session.scalars(select(AuditEvent))])

    for secret in ("SALAINEN", "9876543", "8765432", "Purje", "Virtanen", "Mäkitie"):
        assert secret not in kept
    assert audit.verify() is None
