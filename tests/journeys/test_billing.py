"""An overdue invoice in a real browser: from the work queue to the agency, and to the payment that ends it all.

Walked twice: as most people work, and without JavaScript.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.billing import service
from rekisteri.billing.models import Collection
from rekisteri.customers import service as customers
from rekisteri.disclosures import recipients
from rekisteri.disclosures import service as disclosures
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.formats import fi_date
from tests.billing.factories import tell
from tests.customers.factories import make_clerk

LINES = (
    "Laskun numero;Asiakas;Laskupäivä;Eräpäivä;Summa;Maksettu;Maksupäivä\r\n"
    "5001;Äijä Šakki;{invoiced};{due};1 234,50;;\r\n"
    "5002;Tuntematon Tiina;{invoiced};{due};80,00;;\r\n"
)


@pytest.fixture
def debtor(app: Flask) -> int:
    """A register with one customer and one collection agency, and a notice that tells of debts; the customer's id."""
    clerk = make_clerk()
    tell()
    with transaction():
        recipients.add_recipient(
            by=clerk, name="Perintä Malli Oy", role="controller", purpose="perintä",
            street="Saatavakuja 2", postcode="33100", city="Tampere",
        )  # fmt: skip
        customer = customers.create(
            kind="person",
            values={
                "last_name": "Šakki", "first_name": "Äijä", "street": "Mäkitie 4",
                "postcode": "00100", "city": "Helsinki", "phone": "040 123 4567",
            },
            source=customers.self_source(),
            obtained_on=today() - timedelta(days=300),
            by=clerk,
        )  # fmt: skip
        return int(customer.id)


def bring_in_the_file(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Laskutus").click()
    page.get_by_role("link", name="Tuo laskut tiedostosta").click()
    days = {"invoiced": fi_date(today() - timedelta(days=60)), "due": fi_date(today() - timedelta(days=46))}
    content = LINES.format(**days).encode("cp1252", "replace").replace(b"?akki", b"\x8aakki")
    page.locator("[name=file]").set_input_files({"name": "laskut.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Tarkista tiedosto").click()
    expect(page.locator("main").get_by_text("Asiakasta ei löydy rekisteristä.").first).to_be_visible()
    look("tuonti")
    page.get_by_role("button", name="Tuo 1 lasku").click()
    expect(page.locator("main").get_by_text("Laskut on tuotu.").first).to_be_visible()


def collect(page: Page, look: Callable[[str], None]) -> None:
    page.goto("/")
    look("tyojono")
    page.locator("#saatavat").get_by_role("link", name="5001").click()
    look("lasku")
    page.get_by_role("link", name="Aloita perintä").click()
    page.locator("[name=on]").fill(fi_date(today() - timedelta(days=30)))
    look("aloitus")
    page.locator("main button[type=submit]").click()
    expect(page.locator("main").get_by_text("Perintä on aloitettu.").first).to_be_visible()

    page.get_by_role("link", name="Kirjaa maksuvaatimus").click()
    page.locator("[name=on]").fill(fi_date(today() - timedelta(days=40)))
    page.get_by_role("button", name="Kirjaa vaihe").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look("virhe")
    page.locator("[name=on]").fill(fi_date(today() - timedelta(days=10)))
    page.get_by_role("button", name="Kirjaa vaihe").click()

    page.get_by_role("link", name="Anna perintätoimistolle").click()
    page.get_by_label("Vastaanottaja").select_option(label="Perintä Malli Oy")
    page.get_by_label("Puhelinnumero").check()
    page.get_by_label("Miten tiedot toimitettiin").select_option("portal")
    look("luovutus")
    page.get_by_role("button", name="Kirjaa annetuksi perintätoimistolle").click()
    expect(page.locator("#luovutukset")).to_contain_text("Perintä Malli Oy")
    look("perinta")


def pay(page: Page, look: Callable[[str], None]) -> None:
    page.locator("#laskut").get_by_role("link", name="5001").click()
    page.get_by_role("link", name="Kirjaa maksu").click()
    page.get_by_role("button", name="Kirjaa maksu").click()
    expect(page.locator("main").get_by_text("Maksu on kirjattu.").first).to_be_visible()
    page.locator("#tiedot").get_by_role("link", name="Äijä Šakki").click()
    expect(page.locator("#laskut").get_by_text("Maksettu")).to_be_visible()
    look("kortti")


def walk(page: Page, walk_in: Callable[..., Any], look: Callable[[str], None]) -> None:
    """From the accounting system's file to the payment."""
    walk_in(page, "kasittelija")
    bring_in_the_file(page, look)
    collect(page, look)
    pay(page, look)


def what_stands_in_the_register_is_right(customer_id: int) -> None:
    db.session.rollback()
    customer = customers.find(customer_id)
    collection = db.session.scalars(db.select(Collection)).one()
    assert (collection.state, collection.outcome) == ("ended", "paid")
    assert [step.state for step in collection.steps] == ["reminder", "demand", "agency", "ended"]
    (disclosure,) = disclosures.for_customer(customer)
    assert (disclosure.ground, disclosure.recipient.name) == ("collection", "Perintä Malli Oy")
    assert {row.datum.field for row in disclosure.data} >= {"last_name", "street", "phone"}
    assert [obstacle.ground for obstacle in service.obstacles(customer_id)] == ["bookkeeping"]


@pytest.mark.promise("luovutus.perinta")
def test_an_overdue_invoice_goes_to_collection_and_is_paid(
    page: Page, debtor: int, walk_in: Any, axe: Any, take_picture: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"laskutus-{name}")

    walk(page, walk_in, look)
    what_stands_in_the_register_is_right(debtor)


def test_the_same_collection_without_javascript(no_js_page: Page, debtor: int, walk_in: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    walk(no_js_page, walk_in, look)
    what_stands_in_the_register_is_right(debtor)
