"""A selection built in a real browser: the count follows what is typed, it is saved, and those left out are seen by name."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.selections import counting
from tests.customers.factories import fill, make_person
from tests.prohibitions.factories import forbid
from tests.support.browser import overflows

pytestmark = pytest.mark.browser


@pytest.fixture
def register(app: Flask) -> None:
    """Three people in Helsinki, one of whom has forbidden direct mail, and one in Espoo."""
    for name in ("Aho", "Bergman"):
        make_person(last_name=name)
    forbid(make_person(last_name="Kieltävä"), "direct_mail")
    make_person(last_name="Espoolainen", city="Espoo", postcode="02100")


def save_and_look_who_is_left_out(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_label("Valinnan nimi").fill("Helsingin kirje")
    page.get_by_role("button", name="Tallenna valinta").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Valinta on tallennettu.")
    expect(page.locator("#luvut")).to_contain_text("kielto: suoramainonta")
    look("valinta")
    page.get_by_role("link", name="Katso, ketkä jäävät pois").click()
    expect(page.get_by_role("row", name="Kieltävä, Maija")).to_contain_text("kielto: suoramainonta")
    expect(page.locator("main")).not_to_contain_text("Aho")
    look("pois-jaavat")


def test_the_count_follows_what_is_typed(
    page: Page, register: None, walk_in: Any, axe: Any, take_picture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(name: str) -> None:
        for scheme, width in (("light", 1280), ("dark", 400)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 900})
            assert overflows(page) == 0
            take_picture(page, f"{name}-{scheme}-{width}")
        axe(page)
        page.set_viewport_size({"width": 1280, "height": 900})

    walk_in(page, "kasittelija")
    page.goto("/valinnat/uusi")
    number = page.locator("#luvut .figure-large")
    expect(number).to_have_text("3")
    page.get_by_label("Postinumerot").press_sequentially("00100–00990")
    expect(number).to_have_text("2")
    page.get_by_label("Yhteisöt", exact=True).check()
    expect(number).to_have_text("0")
    page.get_by_label("Henkilöt", exact=True).check()
    page.get_by_label("Tilauksia vähintään").fill("monta")
    expect(page.locator("#luvut")).to_contain_text("Kirjoita kokonaisluku numeroin")
    look("valinta-virhe")
    page.get_by_label("Tilauksia vähintään").fill("")
    expect(number).to_have_text("2")
    look("uusi-valinta")
    save_and_look_who_is_left_out(page, look)
    fill(300, street="Mäkitie 1", postcode="00100", city="Helsinki")
    monkeypatch.setattr(counting, "SAMPLE", 100)
    page.goto("/valinnat/1/muokkaa")
    expect(number).to_have_text("302")  # the estimate gives way to the exact count


def test_without_a_script_a_button_counts(no_js_page: Page, register: None, walk_in: Any, take_picture: Any) -> None:
    walk_in(no_js_page, "kasittelija")
    no_js_page.goto("/valinnat/uusi")
    no_js_page.get_by_label("Postitoimipaikat").fill("Helsinki")
    no_js_page.get_by_role("button", name="Laske").click()
    expect(no_js_page.locator("#luvut .figure-large")).to_have_text("2")
    expect(no_js_page.get_by_label("Postitoimipaikat")).to_have_value("Helsinki")
    save_and_look_who_is_left_out(no_js_page, lambda name: None)
