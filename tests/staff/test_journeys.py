"""Signing in, the first user and the users' pages in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction
from rekisteri.staff import first_start
from rekisteri.staff.models import User, UserSession
from tests.staff.factories import PASSWORD, make_user
from tests.support.browser import overflows

FIRST_PASSWORD = "pilvi laukka tuohi rengas"


def end_sessions():
    with transaction():
        for row in db.session.query(UserSession):
            row.ended_at = now()


def take_into_use(page, link):
    page.goto(link)
    page.get_by_label("Nimi", exact=True).fill("Helmi Rauta")
    page.get_by_label("Käyttäjätunnus").fill("helmi")
    page.get_by_label("Salasana", exact=True).fill(FIRST_PASSWORD)
    page.get_by_label("Salasana uudelleen").fill(FIRST_PASSWORD)
    page.get_by_label("Olen lukenut salassapitositoumuksen").check()
    page.get_by_role("button", name="Ota rekisteri käyttöön").click()


def sign_in_by_hand(page, username, password):
    page.get_by_label("Käyttäjätunnus").fill(username)
    page.get_by_label("Salasana", exact=True).fill(password)
    page.locator("main").get_by_role("button", name="Kirjaudu sisään").click()


@pytest.fixture
def link(app):
    with transaction():
        return f"/kayttoonotto/{first_start.make_link()}"


@pytest.mark.parametrize("browser_page", ["page", "no_js_page"])
def test_the_first_user_takes_the_register_into_use(request, live_server, link, browser_page):
    page = request.getfixturevalue(browser_page)
    take_into_use(page, link)
    expect(page.locator("#ilmoitukset")).to_contain_text("Rekisteri on otettu käyttöön.")
    sign_in_by_hand(page, "helmi", FIRST_PASSWORD)
    page.goto("/kayttajat/oma")
    expect(page.get_by_text("Sitoumuksesi on voimassa.")).to_be_visible()


@pytest.mark.parametrize("browser_page", ["page", "no_js_page"])
def test_a_long_form_survives_the_end_of_the_session(request, live_server, walk_in, browser_page):
    page = request.getfixturevalue(browser_page)
    admin = walk_in(page, "paakayttaja")
    page.goto("/kayttajat/uusi")
    page.get_by_label("Nimi", exact=True).fill("Žofia Mäki-Törmä")
    page.get_by_label("Käyttäjätunnus").fill("zofia")
    page.get_by_label("Lukija").check()
    end_sessions()
    page.get_by_role("button", name="Lisää käyttäjä").click()
    expect(page.get_by_text("saat kirjoittamasi takaisin")).to_be_visible()
    sign_in_by_hand(page, admin.username, PASSWORD)
    expect(page.get_by_role("heading", name="Jatka siitä, mihin jäit")).to_be_visible()
    page.get_by_role("button", name="Lähetä uudelleen").click()
    expect(page.get_by_role("heading", name="Kertakäyttösalasana")).to_be_visible()
    db.session.rollback()
    assert db.session.query(User).filter_by(username="zofia").count() == 1


def test_signing_out_and_going_back_shows_nothing(page, live_server, walk_in):
    walk_in(page, "paakayttaja")
    page.goto("/kayttajat/")
    page.get_by_role("button", name=re.compile("^[A-ZÄÖ]")).last.click()
    page.get_by_role("button", name="Kirjaudu ulos").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("Olet kirjautunut ulos.")
    page.go_back()
    expect(page.get_by_role("heading", name="Kirjaudu sisään")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_the_room_is_accessible_and_fits(
    page, live_server, walk_in, axe, take_picture, link, scheme, width
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    look_at(page, [link, "/kayttoonotto/arvattu", "/kirjaudu"], axe, take_picture, f"{scheme}-{width}")
    walk_in(page, "paakayttaja", "vastuuhenkilo", full_name="Eero Lahti", title="Toimistopäällikkö")
    clerk = make_user(
        "kasittelija",
        "lukija",
        username="maija",
        full_name="Maija Harju-Koskenkorva",
        employer="Palvelutoimisto Oy",
        committed=False,
    )
    pages = ["/kayttajat/", "/kayttajat/uusi", f"/kayttajat/{clerk.id}", f"/kayttajat/{clerk.id}/muokkaa"]
    pages += [f"/kayttajat/{clerk.id}/sitoumus", "/kayttajat/sitoumukset/1/peru"]
    pages += ["/kayttajat/oma", "/kayttajat/oma/salasana", "/kayttajat/oikeudet"]
    look_at(page, pages, axe, take_picture, f"{scheme}-{width}")
    page.goto(f"/kayttajat/{clerk.id}")
    page.get_by_role("button", name="Anna kertakäyttösalasana").click()
    look_at(page, [None], axe, take_picture, f"{scheme}-{width}-kertakaytto")


def look_at(page, addresses, axe, take_picture, name):
    for address in addresses:
        if address:
            page.goto(address)
        axe(page)
        assert overflows(page) == 0, f"{address} must be scrolled sideways"
        shown = re.sub(r"[\w-]{43}", "linkki", address or "")
        take_picture(page, f"staff-{name}{shown.replace('/', '-')}")
