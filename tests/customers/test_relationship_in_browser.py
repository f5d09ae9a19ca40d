"""The relationship on the card in a real browser: one more address, a contact, a role, the archive, one after another."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_note, make_organisation, make_person
from tests.notice.factories import published
from tests.support.browser import overflows


@pytest.fixture
def maija(app: Any) -> int:
    """A notice in force, and Maija with a contact behind her; Hilja, of whom nothing has been heard for years."""
    published()
    make_organisation("Äijälän Sähkö Oy")
    person = make_person()
    make_note(person, text="Kysyi tarjousta keittiön valaistuksesta.\nLupasin soittaa viikolla 13.")
    silent = make_person(last_name="Hiljainen", first_name="Hilja", email="", phone="")
    with transaction():
        db.session.get(Customer, silent.id).active_on = date(2019, 1, 1)
    return person.id


def test_a_clerk_tells_all_there_is_to_tell_of_a_customer(
    page: Page, maija: int, walk_in: Any, take_picture: Any
) -> None:
    walk_in(page, "kasittelija", full_name="Kerttu Käsittelijä")
    page.goto(f"/asiakkaat/{maija}")
    page.get_by_role("link", name="Lisää osoite").click()
    added = page.locator("#lisays")
    added.get_by_label("Katuosoite").fill("Rantatie 9")
    added.get_by_label("Postinumero").fill("527")
    added.get_by_label("Postitoimipaikka").fill("Mäntyharju")
    added.get_by_label("Käyttötarkoitus").select_option("other")
    added.get_by_label("Voimassa asti").fill("31.8.2026")
    added.get_by_label("Mistä tiedot saatiin").select_option("self")
    added.get_by_role("button", name="Tallenna").click()
    expect(added).to_contain_text("Suomalaisessa postinumerossa on viisi numeroa.")
    take_picture(page, "asiakas-lisattava-osoite")
    added.get_by_label("Postinumero").fill("52700")
    added.get_by_role("button", name="Tallenna").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Tieto on lisätty.")
    expect(page.locator("#tieto-street_2")).to_contain_text("ei enää voimassa")

    page.get_by_role("link", name="Kirjaa yhteydenotto").click()
    note = page.locator("#uusi-yhteydenotto")
    take_picture(page, "asiakas-yhteydenotto")
    note.get_by_label("Käynti").check()
    note.get_by_label("Mitä yhteydenotto koski").fill("Kävi noutamassa valaisimet.")
    note.get_by_role("button", name="Tallenna").click()
    expect(page.locator("#yhteydenotot .entry").first).to_contain_text("Kävi noutamassa valaisimet.")

    page.get_by_role("link", name="Lisää edustus").click()
    page.get_by_label("Yhteisö", exact=True).fill("Äijälän Sähkö Oy")
    page.get_by_label("Tehtävä yhteisössä").fill("toimitusjohtaja")
    page.get_by_label("Mistä tiedot saatiin").select_option("self")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("#edustukset")).to_contain_text("toimitusjohtaja")
    expect(page.locator("#tieto-organisation")).to_contain_text("Äijälän Sähkö Oy")
    expect(page.locator("#historia")).to_contain_text("Edustus kirjattu")
    take_picture(page, "asiakas-kortti")


def test_the_silent_are_archived_without_a_script(no_js_page: Page, maija: int, walk_in: Any) -> None:
    page = no_js_page
    walk_in(page, "kasittelija")
    page.goto("/asiakkaat/arkistoehdotukset")

    page.get_by_label("Arkistoi Hiljainen, Hilja").check()
    page.get_by_role("button", name="Arkistoi valitut").click()

    expect(page.locator("#ilmoitukset")).to_contain_text("1 asiakas on arkistoitu.")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_fit_and_axe_finds_nothing(
    page: Page, maija: int, walk_in: Any, axe: Any, take_picture: Any, width: int
) -> None:
    walk_in(page, "kasittelija", full_name="Kerttu Käsittelijä")
    page.emulate_media(color_scheme="dark" if width == 320 else "light")
    page.set_viewport_size({"width": width, "height": 900})
    for path in (
        f"/asiakkaat/{maija}",
        f"/asiakkaat/{maija}/lisaa/osoite",
        f"/asiakkaat/{maija}/yhteydenotot/uusi",
        f"/asiakkaat/{maija}/yhteydenotot",
        f"/asiakkaat/{maija}/edustukset/uusi",
        "/asiakkaat/arkistoehdotukset",
    ):
        page.goto(path)
        axe(page)
        assert not overflows(page), path
        take_picture(page, f"{path}-{width}")
