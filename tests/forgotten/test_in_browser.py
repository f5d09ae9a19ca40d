"""The warning in a real browser: read on a wide and a narrow screen, nothing for axe to find, passed over knowingly."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.forgotten.factories import MAIJA, forget
from tests.support.browser import overflows, picture


def test_a_clerk_is_warned_of_an_erased_person_and_enters_one_who_has_come_back(
    page: Page, walk_in: Any, axe: Any
) -> None:
    forget(forbidden=True)
    walk_in(page, "kasittelija", full_name="Kaisa Kirjaaja")
    page.goto("/asiakkaat/uusi/henkilo")
    for field, value in MAIJA.items():
        page.locator(f"#{field}").fill(value)
    page.locator("select[name=source]").select_option("self")
    page.get_by_role("button", name="Tallenna").click()

    expect(page.locator("main")).to_contain_text(
        "jonka tiedot on poistettu rekisteristä ja joka on kieltänyt markkinoinnin"
    )
    expect(page.locator("#email")).to_have_value(MAIJA["email"])
    expect(page.locator("main")).not_to_contain_text("Onko asiakas jo rekisterissä?")
    axe(page)
    picture(page, "unohdettu-varoitus")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 400, "height": 800})
    assert overflows(page) == 0
    picture(page, "unohdettu-varoitus-kapea")

    page.get_by_label("Tallenna silti uutena asiakkaana").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("h1")).to_have_text("Maija Mäkinen")


def test_the_page_of_the_forgotten_is_read_on_any_screen(page: Page, walk_in: Any, axe: Any) -> None:
    forget(forbidden=True)
    walk_in(page, "vastuuhenkilo")
    page.goto("/unohdetut/")
    axe(page)
    picture(page, "unohdetut")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 400, "height": 800})
    assert overflows(page) == 0
    picture(page, "unohdetut-kapea")
