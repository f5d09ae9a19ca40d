"""Fair cards in a real browser: from the fair to the locked place, into the register, and to the shredder with a certificate.

Walked twice: as most people work, and without JavaScript.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.customers.models import Customer
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date
from rekisteri.paper.models import PaperDestruction, PaperItem
from rekisteri.prohibitions import service as prohibitions
from tests.customers.factories import make_source
from tests.settings.factories import fill_settings
from tests.support.paper import words_of


@pytest.fixture
def register(app: Flask) -> None:
    """A register that knows the fair."""
    fill_settings()
    make_source("Rakentajamessut 2026")


def walk(page: Page, walk_in: Callable[..., Any], look: Callable[[str], None]) -> None:
    """From an empty room of paper to the certificate of destruction."""
    walk_in(page, "kasittelija", "vastuuhenkilo", full_name="Ilmari Kiviharju")
    name_people(page, look)
    begin_box(page)
    look("paperi-laatikko")
    lock_up(page)
    enter_cards(page, look)
    destroy(page, look)


def name_people(page: Page, look: Callable[[str], None]) -> None:
    page.goto("/paperiaineisto/")
    page.get_by_role("link", name="Lisää säilytyspaikka").click()
    page.get_by_label("Paikan nimi").fill("Kassakaappi")
    page.get_by_label("Paikka on lukittu").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".error-summary")).to_contain_text("paloturvallisessa")
    look("paperi-paikka-virhe")
    page.get_by_label("Paikka on paloturvallinen").check()
    page.get_by_role("button", name="Tallenna").click()
    page.goto("/paperiaineisto/kasittelijat/uusi")
    page.get_by_label("Rekisterin käyttäjä").select_option(label="Ilmari Kiviharju")
    page.get_by_role("button", name="Nimeä käsittelijä").click()
    page.goto("/paperiaineisto/kasittelijat/uusi")
    page.get_by_label("Nimi", exact=True).fill("Arvo Aho")
    page.get_by_label("Sitoumus allekirjoitettu").fill(fi_date(today()))
    page.get_by_role("button", name="Nimeä käsittelijä").click()
    expect(page.locator("main")).to_contain_text("Arvo Aho")
    look("paperi-kasittelijat")


def begin_box(page: Page) -> None:
    page.goto("/paperiaineisto/uusi")
    page.get_by_label("Laatikko").check()
    page.get_by_label("Messukortteja tai muita kerättyjä kortteja").check()
    page.get_by_label("Nimi", exact=True).fill("Rakentajamessut, perjantai")
    page.get_by_label("Mistä kortit saatiin").select_option(label="Rakentajamessut 2026")
    page.get_by_label("Milloin kortit kerättiin").fill(fi_date(today() - timedelta(days=5)))
    page.get_by_role("button", name="Lisää").click()
    expect(page.locator("main")).to_contain_text("Ei lukitussa paikassa")


def lock_up(page: Page) -> None:
    page.get_by_role("link", name="Tuo lukittuun paikkaan").click()
    page.get_by_label("Säilytyspaikka").select_option(label="P1 Kassakaappi")
    expect(page.locator("#handler option:checked")).to_have_text("Ilmari Kiviharju")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("main")).to_contain_text("5 päivää, liian kauan")


def enter_cards(page: Page, look: Callable[[str], None]) -> None:
    """By the keyboard alone: the field is ready, tab goes on, Enter saves."""
    page.get_by_role("button", name="Kirjaa kortit").click()
    type_card(page, "Korhonen", "Matti")
    expect(page.locator("#ilmoitukset")).to_contain_text("L1-1")
    type_card(page, "Virtanen", "Maija", tick="Kielto: suoramainonta")
    expect(page.locator("#ilmoitukset")).to_contain_text("L1-2")
    look("paperi-nippu")
    type_card(page, "Korhonen", "Matti")
    expect(page.locator(".error-summary")).to_contain_text("samankaltainen")
    look("paperi-nippu-sama")
    page.get_by_label("Sama kuin Korhonen, Matti").check()
    page.get_by_role("button", name="Tallenna kortti ja jatka").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("L1-3")
    type_card(page, "Väärin", "Kirjattu")
    page.get_by_role("button", name="Kumoa kortti L1-4").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("kumottu")
    page.get_by_role("button", name="Koko nippu on kirjattu").click()
    expect(page.get_by_label("Kuka palautti")).to_have_value("1")
    page.get_by_role("button", name="Kirjaa palautus").click()
    expect(page.locator("main")).to_contain_text("korttien kirjaaminen")
    look("paperi-kansio")


def type_card(page: Page, last_name: str, first_name: str, tick: str = "") -> None:
    expect(page.get_by_label("Sukunimi")).to_be_focused()
    if tick:
        page.get_by_label(tick).check()
        page.get_by_label("Sukunimi").focus()
    page.keyboard.type(last_name)
    page.keyboard.press("Tab")
    page.keyboard.type(first_name)
    page.keyboard.press("Enter")


def destroy(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Kirjaa hävitetyksi").click()
    page.get_by_label("Silputtu omalla silppurilla").check()
    page.get_by_label("Hävittäjä").select_option(label="Arvo Aho")
    page.get_by_label("Todistaja").select_option(label="Ilmari Kiviharju")
    page.get_by_role("button", name="Kirjaa hävitetyksi ja anna todistus").click()
    expect(page.locator(".error-summary")).to_contain_text("turvaluokka")
    look("paperi-havitys-virhe")
    page.get_by_label("Silppurin turvaluokka").select_option("P-4")
    page.get_by_role("button", name="Kirjaa hävitetyksi ja anna todistus").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hävittämistodistus")
    page.goto("/paperiaineisto/havitetyt")
    expect(page.locator("main")).to_contain_text("Arvo Aho")
    look("paperi-havitetyt")


def the_register_and_the_certificate_are_right(verapdf: Callable[..., None]) -> None:
    db.session.rollback()
    people = {one.display_name: one for one in db.session.query(Customer)}
    assert set(people) == {"Korhonen, Matti", "Virtanen, Maija"}
    assert prohibitions.standing(people["Virtanen, Maija"].id) == ["direct_mail"]
    assert {item.state for item in db.session.query(PaperItem)} == {"destroyed"}
    destruction = db.session.query(PaperDestruction).one()
    paper = documents.content(documents.find(destruction.document_id))  # type: ignore[arg-type]
    assert "DIN 66399 P-4" in words_of(paper)
    assert "Korhonen" not in words_of(paper)
    verapdf(paper)


def test_fair_cards_from_the_fair_to_the_shredder(
    page: Page, register: None, walk_in: Any, axe: Any, take_picture: Any, verapdf: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, name)

    walk(page, walk_in, look)
    the_register_and_the_certificate_are_right(verapdf)


def test_the_same_without_javascript(no_js_page: Page, register: None, walk_in: Any, verapdf: Any) -> None:
    walk(no_js_page, walk_in, lambda name: None)
    the_register_and_the_certificate_are_right(verapdf)
