"""Customers in a real browser: search as one types, changes on the card, nothing for axe to find, nothing too wide."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cases.factories import make_case, only_case
from tests.customers.factories import make_clerk, make_organisation, make_person, make_source
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.support.browser import overflows, picture

LONG = "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilasvanhempainyhdistys"


@pytest.fixture
def desk(page: Page, walk_in: Any) -> dict[str, int]:
    """A clerk signed in, and a small register."""
    walk_in(page, "kasittelija", full_name="Kaisa Kirjaaja")
    organisation = make_organisation("Äijälän Sähkö Oy")
    maija = make_person(organisation="Äijälän Sähkö Oy", orders="2024: vene\n2025: airot", source=make_source())
    make_person(last_name=LONG, first_name="Anna-Liisa", email="", phone="")
    recipient = make_recipient()
    make_disclosure(maija, recipient)
    return {"customer": maija.id, "organisation": organisation.id, "recipient": recipient.id}


def test_hits_come_as_one_types_and_the_address_stays_empty(page: Page, desk: dict[str, int]) -> None:
    page.goto("/asiakkaat/")
    page.locator("#haku-sana").press_sequentially("äijä")

    expect(page.locator("#osumat tbody tr")).to_have_count(2)
    expect(page.locator("#kuulutus")).to_have_text("2 osumaa")
    page.locator("#haku-sana").fill("MAIJA.VIRT")
    expect(page.locator("#osumat tbody tr")).to_have_count(1)
    assert page.url.endswith("/asiakkaat/")
    page.locator("#osumat tbody a").click()
    expect(page.locator("h1")).to_have_text("Maija Virtanen")


def test_a_mistyped_name_finds_who_was_meant_and_a_number_its_request(
    page: Page, desk: dict[str, int], axe: Any
) -> None:
    make_case(by=make_clerk())
    page.goto("/asiakkaat/")
    page.locator("#haku-sana").press_sequentially("vritanen")
    expect(page.locator("#osumat caption")).to_have_text("Tarkkoja osumia ei ole. Samankaltaisia:")
    expect(page.locator("#osumat tbody a")).to_have_text("Virtanen, Maija")
    expect(page.locator("#kuulutus")).to_have_text("Tarkkoja osumia ei ole. Samankaltaisia: 1")
    picture(page, "haku-samankaltaisia")

    number = only_case().number
    page.locator("#haku-sana").fill(number)
    expect(page.locator("#osumat .by-number a")).to_have_text(f"Pyyntö {number}")
    axe(page)
    picture(page, "haku-numerolla")
    page.locator("#osumat .by-number a").click()
    expect(page).to_have_url(re.compile("/pyynnot/"))


def test_two_data_are_changed_on_the_card_one_refused_at_first(page: Page, desk: dict[str, int]) -> None:
    page.goto(f"/asiakkaat/{desk['customer']}")
    page.locator("#tieto-phone .act a").click()
    page.locator("#tieto-city .act a").click()
    phone, city = page.locator("#tieto-phone"), page.locator("#tieto-city")

    phone.get_by_label("Puhelinnumero").fill("12")
    phone.get_by_role("button", name="Tallenna").click()
    expect(phone.locator(".error").first).to_contain_text("Puhelinnumero ei kelpaa.")
    phone.get_by_label("Puhelinnumero").fill("040 123 4567")
    phone.get_by_label("Mistä tiedot saatiin").select_option("self")
    phone.get_by_role("button", name="Tallenna").click()
    expect(phone).to_contain_text("040 123 4567")
    expect(page.locator("#historia")).to_contain_text("041 505 8567 → 040 123 4567")
    expect(page.locator("#ilmoitukset")).to_contain_text("Muutokset on tallennettu.")

    expect(city.get_by_label("Postitoimipaikka")).to_have_value("Helsinki")
    city.get_by_role("link", name="Peruuta").click()
    expect(city.get_by_role("link", name="Muuta postitoimipaikka")).to_be_visible()


def test_a_datum_is_changed_where_no_script_runs(no_js_page: Page, walk_in: Any) -> None:
    walk_in(no_js_page, "kasittelija")
    maija = make_person()
    no_js_page.goto(f"/asiakkaat/{maija.id}")
    no_js_page.get_by_role("link", name="Muuta puhelinnumero").click()
    no_js_page.get_by_label("Puhelinnumero").fill("040 123 4567")
    no_js_page.get_by_label("Mistä tiedot saatiin").select_option("self")
    no_js_page.get_by_role("button", name="Tallenna").click()

    expect(no_js_page.locator("#tieto-phone")).to_contain_text("040 123 4567")


@pytest.mark.parametrize("width", [640, 800, 1000, 1280])
def test_a_name_of_eighty_letters_does_not_push_the_list_out_of_the_window(
    page: Page, desk: dict[str, int], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/asiakkaat/")

    assert not overflows(page)


PAGES = (
    "/asiakkaat/",
    "/asiakkaat/{customer}",
    "/asiakkaat/{customer}/muokkaa",
    "/asiakkaat/{customer}/tieto/orders",
    "/asiakkaat/{organisation}",
    "/asiakkaat/uusi",
    "/asiakkaat/uusi/henkilo",
    "/asiakkaat/uusi/yhteiso",
    "/asiakkaat/lahteet",
    "/asiakkaat/lahteet/uusi",
    "/luovutukset/",
    "/luovutukset/uusi",
    "/luovutukset/uusi/{customer}",
    "/kumppanit/",
    "/kumppanit/{recipient}",
    "/kumppanit/uusi",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_a_narrow_window(
    page: Page, desk: dict[str, int], axe: Any, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 800})
    for address in PAGES:
        page.goto(address.format(**desk))
        axe(page)
        assert not overflows(page), f"{address} is wider than the window"
