"""What has been kept for long enough is proposed, looked at and destroyed, in a real browser.

Walked twice: as most people work, and without JavaScript.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.retention.models import Destruction
from tests.orders.factories import make_order
from tests.retention.factories import LONG_AGO, make_silent


@pytest.fixture
def register(app: Flask) -> dict[str, int]:
    """Two customers silent for years: one is free, an open order holds the other."""
    free, held = make_silent(last_name="Šakki", first_name="Äijä"), make_silent(last_name="Koivu")
    make_order(db.session.get(Customer, held), on=date(2020, 1, 1))
    with transaction():
        db.session.get_one(Customer, held).active_on = LONG_AGO
    return {"free": free, "held": held}


def walk(page: Page, walk_in: Callable[..., Any], look: Callable[[str], None]) -> None:
    """From the clock's question to the book of what was destroyed."""
    walk_in(page, "vastuuhenkilo")
    page.get_by_role("link", name="Säilytysajat", exact=True).click()
    page.get_by_role("button", name="Tarkista nyt").click()
    look("ajat")
    page.get_by_role("link", name="Muuta säilytysaikaa: Laskut ja perintä").click()
    page.get_by_label("Säilytysaika").fill("5")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".error-summary")).to_contain_text("6–10")
    look("aika-virhe")
    page.get_by_role("link", name="Peruuta").click()

    page.goto("/")
    look("tyojono")
    page.locator("#havitettavat").get_by_role("link", name="Asiakkaat, joiden kanssa ei enää asioida").click()
    expect(page.locator("#esteet")).to_contain_text("Tilaus on kesken")
    look("asiakkaat")
    page.get_by_label("Hävitä Šakki, Äijä").check()
    page.get_by_role("button", name="Hävitä valitut").click()
    expect(page.locator(".error-summary")).to_contain_text("Vahvista")
    page.get_by_label("Hävitä Šakki, Äijä").check()
    page.get_by_label("Olen tarkistanut valitut").check()
    page.get_by_role("button", name="Hävitä valitut").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Hävitetty: 1.")
    page.get_by_role("link", name="Säilytysajat", exact=True).first.click()
    page.get_by_role("link", name="Hävitetyt tiedot").click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    look("havitetyt")


def what_remains(register: dict[str, int]) -> None:
    """The one who was held, and a line that names nobody."""
    db.session.rollback()
    assert db.session.get(Customer, register["free"]) is None
    assert db.session.get(Customer, register["held"]) is not None
    assert db.session.scalars(db.select(Destruction.count)).all() == [1]


@pytest.mark.promise("gdpr.sailytysajat")
def test_what_has_been_kept_for_long_enough_goes(
    page: Page, register: dict[str, int], walk_in: Any, axe: Any, take_picture: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"sailytys-{name}")

    walk(page, walk_in, look)
    what_remains(register)


def test_the_same_road_without_javascript(no_js_page: Page, register: dict[str, int], walk_in: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    walk(no_js_page, walk_in, look)
    what_remains(register)
