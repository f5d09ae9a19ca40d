"""The day's post in a real browser: gathered, printed while one watches, taken to the post; and the letters' own words."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, transaction
from tests.documents.factories import TODAY, issue
from tests.settings.factories import fill_settings

Look = Callable[[Page], None]
Shoot = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def unprinted(app: Any) -> None:
    app.config["PRINT_AT_ONCE"] = False
    fill_settings()


def letters(count: int) -> list[Document]:
    with transaction():
        return [
            issue(addressee=(f"Saaja {place}", f"Katu {place}", "00100 HELSINKI"), on=TODAY) for place in range(count)
        ]


def states(documents: list[Document]) -> list[str]:
    db.session.rollback()
    return [db.session.get_one(Document, document.id).state for document in documents]


def test_the_days_post_from_the_pile_to_the_letter_box(
    page: Page, walk_in: Any, axe: Look, take_picture: Shoot
) -> None:
    walk_in(page, "kasittelija")
    waiting = letters(10)
    page.goto("/asiakirjat/")
    page.get_by_role("link", name="Päivän posti yhtenä tiedostona").click()
    axe(page)
    take_picture(page, "posti-koonti")
    page.get_by_label("Tulostan kaksipuolisesti").check()
    page.get_by_role("button", name="Kokoa päivän posti").click()
    expect(page.get_by_role("link", name="Avaa tulostettavaksi")).to_be_visible(timeout=60_000)
    axe(page)
    take_picture(page, "posti-nippu")
    answer = page.request.get(f"{page.url}.pdf")
    assert answer.body().startswith(b"%PDF-")
    page.get_by_label(re.compile("^10 ")).uncheck()
    page.get_by_role("button", name="Merkitse lähetetyiksi").click()
    expect(page.locator("main")).to_contain_text("Lähetetty")
    assert states(waiting) == ["posted"] * 9 + ["waiting"]
    take_picture(page, "posti-lahetetty")


def test_the_same_road_without_scripts(no_js_page: Page, walk_in: Any, take_picture: Shoot) -> None:
    walk_in(no_js_page, "kasittelija")
    waiting = letters(2)
    no_js_page.goto("/asiakirjat/posti")
    no_js_page.get_by_role("button", name="Kokoa päivän posti").click()
    take_picture(no_js_page, "posti-tulostus")
    no_js_page.get_by_role("button", name="Jatka").click()
    no_js_page.get_by_role("button", name="Merkitse lähetetyiksi").click()
    expect(no_js_page.locator("main")).to_contain_text("Lähetetty")
    assert states(waiting) == ["posted", "posted"]


def test_the_letters_own_words_are_written_and_what_is_wrong_is_shown(
    page: Page, walk_in: Any, axe: Look, take_picture: Shoot
) -> None:
    walk_in(page, "vastuuhenkilo")
    page.goto("/asetukset/kirjeet")
    axe(page)
    take_picture(page, "kirjeet-luettelo")
    page.get_by_role("link", name="Kieltäytymistodistus", exact=True).click()
    page.get_by_label("Kirjeen alkuun").fill("Hyvä {nimi}!")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("main")).to_contain_text("Paikkaa {nimi} ei tunneta.")
    axe(page)
    take_picture(page, "kirjeet-virhe")
    page.get_by_label("Kirjeen alkuun").fill("Hyvä {vastaanottaja}!")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Kieltäytymistodistus: tekstit tallennettiin.")


@pytest.mark.parametrize(
    "address", ["/asiakirjat/posti", "/asiakirjat/koetuloste", "/asetukset/kirjeet", "/asetukset/kirjeet/every"]
)
def test_a_narrow_dark_page_needs_no_sideways_scrolling(
    page: Page, walk_in: Any, take_picture: Shoot, address: str
) -> None:
    walk_in(page, "vastuuhenkilo")
    letters(1)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    take_picture(page, f"kapea{address.replace('/', '-')}")
