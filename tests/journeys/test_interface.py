"""A connection of a partner in a real browser: opened, its key copied once, its call seen in the ledger."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.customers.factories import make_person
from tests.disclosures.factories import make_processor
from tests.interfaces.factories import Program
from tests.settings.factories import fill_settings


@pytest.fixture
def customer(app: Flask) -> int:
    """A register with one customer and one partner that processes data for the company; the customer's id."""
    fill_settings()
    make_processor(name="Kauppapalvelin Oy")
    return make_person(first_name="Äijä", last_name="Šakki").id


@pytest.mark.promise("kaytto.kumppanit")
def test_a_key_is_made_copied_once_and_its_call_is_seen_in_the_ledger(
    app: Flask, page: Page, customer: int, walk_in: Any, axe: Any
) -> None:
    walk_in(page, "vastuuhenkilo")
    page.get_by_role("link", name="Rajapinnat", exact=True).click()
    page.get_by_role("link", name="Avaa liittymä").first.click()
    page.get_by_label("Kumppani", exact=True).select_option(label="Kauppapalvelin Oy")
    page.get_by_label("Liittymän nimi").fill("Verkkokauppa")
    page.get_by_label("Lukea yhden asiakkaan tiedot").check()
    page.get_by_label("Etunimi").check()
    page.get_by_label("Profilointi ja kohdennettu sisältö").check()
    page.get_by_label("Tekninen siirto").check()
    page.get_by_label("Käyttötarkoitus").fill("Kirjautuneen asiakkaan etusivu")
    page.get_by_label("Verkot, joista avain kelpaa").fill("192.0.2.0/24")
    axe(page)
    page.get_by_role("button", name="Avaa liittymä").click()
    page.get_by_role("link", name="Tee avain").click()
    page.get_by_role("button", name="Tee avain").click()
    key = page.locator("#avain").inner_text()
    axe(page)
    page.get_by_role("link", name="Jatka").click()
    expect(page.locator("main")).not_to_contain_text(key)

    answer = Program(app, key, 1).get(f"/customers/{customer}")
    assert answer.json["fields"] == {"first_name": "Äijä"}
    page.reload()
    expect(page.locator("#kutsut")).to_contain_text("Lue asiakkaan tiedot")
    axe(page)
    page.get_by_role("link", name="Luovutukset", exact=True).click()
    expect(page.locator("main")).to_contain_text("Kauppapalvelin Oy")
    expect(page.locator("main")).to_contain_text("Tekninen rajapinta")
