"""A recipient outside the EU and EEA in a real browser: nothing goes to it before somebody named has decided that it may."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.customers.factories import make_person
from tests.disclosures.factories import make_recipient
from tests.settings.factories import fill_settings


@pytest.fixture
def register(app: Flask) -> tuple[int, int]:
    """A register with one customer and a recipient in the United States of which nothing more is on record."""
    fill_settings()
    return make_person().id, make_recipient(name="Cloud Inc.", country="US", postcode="94105", city="San Francisco").id


@pytest.mark.promise("siirto.eu")
def test_nothing_goes_to_a_third_country_before_it_is_decided(
    register: tuple[int, int], page: Page, walk_in: Callable[..., Any], axe: Any, take_picture: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, name)

    customer, recipient = register
    walk_in(page, "vastuuhenkilo")
    disclose(page, customer)
    expect(page.locator(".error-summary")).to_contain_text("Ensin on kirjattava siirron tekninen välttämättömyys")

    page.goto(f"/kumppanit/{recipient}/muokkaa")
    page.get_by_label("Miksi siirto on teknisesti välttämätön").fill("Palvelinten ylläpito")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look("siirto-virhe")
    page.get_by_label("Siirtoperuste").select_option("clauses")
    page.get_by_label("Siirron suojatoimet").fill("Vakiosopimuslausekkeet 4.6.2021")
    page.get_by_role("button", name="Tallenna").click()
    look("siirto-odottaa")
    page.get_by_role("button", name="Hyväksy siirto").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Päätös siirrosta on kirjattu")

    disclose(page, customer)
    expect(page.locator("#ilmoitukset")).to_contain_text("Luovutus on kirjattu")
    page.goto(f"/luovutukset/?recipient={recipient}")
    expect(page.locator("main")).to_contain_text("Virtanen, Maija")
    look("luovutukset")


def disclose(page: Page, customer: int) -> None:
    """Record that the name went to the only recipient."""
    page.goto(f"/luovutukset/uusi/{customer}")
    page.locator("[name=recipient]").select_option(label="Cloud Inc.")
    page.get_by_label("Sukunimi").check()
    page.get_by_label("Lisäarvopalvelu").check()
    page.locator("[name=way]").select_option("email")
    page.locator("[name=purpose]").fill("Lisäarvopalvelun tuottaminen")
    page.locator("main form button").first.click()
