"""An order from quote to archive in a real browser: as most people work, and without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.customers import service as customers
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.orders.models import Order
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user


@pytest.fixture
def register(app: Flask) -> int:
    """A register with one customer; the customer's id."""
    fill_settings()
    owner = make_user("vastuuhenkilo")
    with transaction():
        values = {"last_name": "Šakki", "first_name": "Äijä", "city": "Helsinki"}
        source = customers.self_source()
        return customers.create(kind="person", values=values, source=source, obtained_on=today(), by=owner).id


def walk(page: Page, walk_in: Callable[..., Any], look: Callable[[str], None]) -> None:
    """From the search for the customer to the order in the archive."""
    walk_in(page, "kasittelija")
    page.get_by_role("link", name="Tilaukset", exact=True).click()
    look("tilaukset-tyhja")
    page.get_by_role("link", name="Uusi tilaus").click()
    page.locator("#haku-sana").fill("äij")
    page.locator("#haku-sana").press("Enter")
    page.get_by_role("link", name="Šakki, Äijä").click()
    enter_quote(page, look)

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Tarjous T {today().year}/0001")
    expect(page.locator("tfoot")).to_contain_text("613,00")
    look("tarjous")
    for button, state in (
        ("Merkitse tilatuksi", "Tilattu"),
        ("Merkitse vahvistetuksi", "Vahvistettu"),
        ("Merkitse toimitetuksi", "Toimitettu"),
    ):
        page.get_by_role("button", name=button).click()
        expect(page.locator(".page-head .tag").first).to_have_text(state)
        if state == "Tilattu":
            change_lines(page)
    look("toimitettu")
    page.get_by_role("button", name="Siirrä arkistoon").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Tilaus on siirretty arkistoon.")
    look("arkistoitu")
    find_in_archive(page, look)


def enter_quote(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_label("Tarjous").check()
    fill_row(page, 0, "Ruokapöydän tuoli", "4", "129")
    page.get_by_role("button", name="Lisää rivi").click()
    expect(page.get_by_role("group", name="Rivi 2")).to_be_visible()
    fill_row(page, 1, "Kokoaminen", "2", "kymppi")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("#virheet")).to_contain_text("Kirjoita euromäärä numeroin")
    look("tarjous-virhe")
    page.locator("[name=rows-1-unit_price]").fill("48,50 €")
    page.get_by_role("button", name="Tallenna").click()


def change_lines(page: Page) -> None:
    page.get_by_role("link", name="Muuta rivejä").click()
    page.get_by_role("button", name="Poista rivi 2").click()
    expect(page.get_by_role("group", name="Rivi 2")).to_have_count(0)
    page.get_by_role("button", name="Tallenna rivit").click()
    expect(page.locator("tfoot")).to_contain_text("516,00")


def fill_row(page: Page, number: int, product: str, quantity: str, price: str) -> None:
    page.locator(f"[name=rows-{number}-product]").fill(product)
    page.locator(f"[name=rows-{number}-quantity]").fill(quantity)
    page.locator(f"[name=rows-{number}-unit_price]").fill(price)


def find_in_archive(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Tilausten arkisto").click()
    look("arkisto")
    page.locator("#haku-sana").fill(f"{today().year}/1")
    page.locator("#haku-sana").press("Enter")
    expect(page.locator("#tilaukset tbody tr")).to_have_count(1)
    page.get_by_role("link", name=re.compile("^T ")).click()
    page.get_by_role("link", name="Äijä Šakki").click()
    expect(page.locator("section#tilaukset")).to_contain_text("Arkistossa")
    look("kortti")


def check_what_remains() -> None:
    """One order, in the archive, with the lines as they were when it was confirmed."""
    db.session.rollback()
    order = db.session.scalars(db.select(Order)).one()
    assert (order.state, order.archived_on, order.total) == ("delivered", today(), 516_00)
    assert [line.product for line in order.lines] == ["Ruokapöydän tuoli"]


@pytest.mark.promise("kaytto.tilaukset")
def test_an_order_from_quote_to_archive(page: Page, register: int, walk_in: Any, axe: Any, take_picture: Any) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"tilaus-{name}")

    walk(page, walk_in, look)
    check_what_remains()


@pytest.mark.promise("kaytto.tilaukset")
def test_the_same_road_without_javascript(no_js_page: Page, register: int, walk_in: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    walk(no_js_page, walk_in, look)
    check_what_remains()
