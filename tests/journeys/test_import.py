"""A customer file in a real browser: most rows go in, one is wrong, it is corrected and sent again. With and without scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect

from rekisteri.customers import search
from rekisteri.kernel.db import db
from tests.customers.factories import make_person
from tests.customers.importing.factories import AINO, BERTTA, table

WRONG = "Äijälä;Essi;essi-ilman-osoitetta;12;;;"
PHONE = "Virtanen;Maija;maija.virtanen@esimerkki.fi;050 555 1234;;;"


@pytest.fixture
def looked_at(axe: Callable[[Page], None], take_picture: Callable[[Page, str], None]) -> Callable[[Page, str], None]:
    """Each page is accessible; a picture of it is kept when asked for."""

    def look(page: Page, name: str) -> None:
        axe(page)
        take_picture(page, f"tuonti-{name}")

    return look


def send(page: Page, content: bytes) -> None:
    """Choose the file and its source."""
    page.goto("/asiakkaat/tuonti")
    file: FilePayload = {"name": "messut.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Tiedosto", exact=True).set_input_files(file)
    page.get_by_label("Mistä tiedot saatiin").select_option(label="Rekisteröity itse")
    page.get_by_role("button", name="Lähetä tiedosto").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitä sarakkeissa on")


def walk(
    page: Page, walk_in: Callable[..., Any], look: Callable[[Page, str], None], onwards: Callable[[Page], None]
) -> None:
    walk_in(page, "kasittelija")
    page.goto("/asiakkaat/")
    page.get_by_role("link", name="Tuo tiedostosta").click()
    look(page, "alku")
    send(page, table(AINO, BERTTA, PHONE, WRONG))
    look(page, "sarakkeet")
    page.get_by_role("button", name="Tarkista rivit").click()
    onwards(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tarkista rivit")
    expect(page.get_by_text("1 epäselvä rivi odottaa ratkaisua")).to_be_visible()
    look(page, "epaselvat")
    page.get_by_label("Rivin 3 ratkaisu").select_option(label="Uusi asiakas")
    page.get_by_role("row", name=re.compile("Öhman")).get_by_role("button", name="Tallenna").click()
    page.get_by_role("link", name="Hylättyjä (1)").click()
    expect(page.get_by_text("Sähköposti: Kirjoita sähköpostiosoite muodossa nimi@yritys.fi.")).to_be_visible()
    look(page, "hylatyt")
    page.get_by_role("link", name="Muuttuvia (1)").click()
    expect(page.get_by_text("041 505 8567 → 050 555 1234")).to_be_visible()
    look(page, "muuttuvat")
    page.get_by_role("button", name="Vie rekisteriin").click()
    onwards(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tuonti on valmis")
    look(page, "valmis")
    with page.expect_download() as download:
        page.get_by_role("link", name="Lataa tuomatta jääneet rivit (CSV)").click()
    wrong = download.value.path().read_text("utf-8-sig")
    assert wrong.count("\n") == 2

    corrected = wrong.replace("essi-ilman-osoitetta;12", "essi@esimerkki.fi;040 555 9999")
    send(page, corrected.encode("utf-8-sig"))
    page.get_by_role("button", name="Tarkista rivit").click()
    onwards(page)
    expect(page.get_by_role("link", name="Uusia (1)")).to_be_visible()
    page.get_by_role("button", name="Vie rekisteriin").click()
    onwards(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tuonti on valmis")
    names = ["Aho, Aino", "Virtanen, Maija", "Äijälä, Essi", "Öhman, Bertta"]
    db.session.rollback()  # what the server has saved since
    assert [row.display_name for row in search.page().rows] == names


def test_a_file_with_errors_is_brought_in_repaired_and_brought_in_again(
    app: Flask, page: Page, walk_in: Callable[..., Any], looked_at: Callable[[Page, str], None]
) -> None:
    make_person()
    walk(page, walk_in, looked_at, lambda _page: None)


def test_the_same_without_javascript(app: Flask, no_js_page: Page, walk_in: Callable[..., Any]) -> None:
    make_person()
    walk(no_js_page, walk_in, lambda _page, _name: None, press_on)


def press_on(page: Page) -> None:
    """Where no script asks for the next step, the person does."""
    page.get_by_role("button", name="Jatka").click()
