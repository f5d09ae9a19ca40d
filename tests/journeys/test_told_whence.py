"""People met at a fair are told whence their data came, in a real browser: from the list to the posted letter.

Walked twice: as most people work, and without JavaScript.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.informing.models import Duty
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from tests.informing.factories import make_fair, make_lead
from tests.notice.factories import published
from tests.support.paper import words_of


@pytest.fixture
def register(app: Flask) -> None:
    """A company with a notice, and three people of a fair, one of whom has no address at all."""
    published()
    fair, met = make_fair(), today() - timedelta(days=40)
    make_lead(fair, met, last_name="Šakki", first_name="Äijä")
    make_lead(fair, met, last_name="Koivu", street="", postcode="", city="", email="")
    make_lead(fair, today(), last_name="Saari", street="", postcode="", city="")


def walk(page: Page, walk_in: Callable[..., Any], look: Callable[[str], None]) -> None:
    """From the front page to the list on which nobody is left."""
    walk_in(page, "kasittelija")
    expect(page.locator("#informoitavat")).to_contain_text("Uusia henkilöitä on tullut muista lähteistä.")
    page.get_by_role("link", name="Informoinnit", exact=True).click()
    look("lahteet")
    page.get_by_role("link", name="Rakentajamessut 2026").click()
    look("henkilot")
    page.get_by_role("button", name="Jatka kaikilla tämän lähteen henkilöillä").click()
    make_letters(page)
    look("kirjeet-tehty")
    expect(page.get_by_text("Ilman kirjettä jäi 1")).to_be_visible()

    page.get_by_role("link", name="Informoitavat").click()
    page.get_by_label("Merkitse hoidetuksi muulla tavalla").check()
    page.get_by_label("Valitse Koivu, Maija").check()
    page.get_by_role("button", name="Jatka valituilla").click()
    look("merkitse")
    page.get_by_label("Ilmoittaminen on mahdotonta").check()
    page.get_by_role("button", name="Tallenna merkintä").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look("merkitse-virhe")
    page.get_by_label("Perustelut").fill("Henkilöllä ei ole mitään yhteystietoa, eikä sitä löydy muualta.")
    page.get_by_role("button", name="Tallenna merkintä").click()
    expect(page.get_by_text("Kaikille on kerrottu")).to_be_visible()


def make_letters(page: Page) -> None:
    """Wait until the last letter has been made; without scripts the button asks for the next ones."""
    for _ in range(10):
        if page.get_by_role("heading", name="Informointikirjeet on tehty").count():
            return
        if page.context.browser and page.evaluate("() => typeof window.htmx") == "object":
            page.wait_for_timeout(500)
        else:
            page.get_by_role("button", name="Jatka").click()
    expect(page.get_by_role("heading", name="Informointikirjeet on tehty")).to_be_visible()


def post_everything(page: Page) -> None:
    """Each letter leaves."""
    for _ in range(2):
        page.goto("/")
        page.locator("#posti tbody th a").first.click()
        page.get_by_label("Postitse").check()
        page.get_by_role("button", name="Tallenna merkintä").click()


def what_remains(verapdf: Callable[..., None]) -> None:
    """Two posted letters that can be read by everybody, and one ground of the law."""
    db.session.rollback()
    assert sorted(duty.state for duty in db.session.scalars(db.select(Duty))) == ["exempt", "letter", "letter"]
    letters = list(db.session.scalars(db.select(Document).filter_by(kind="informing_letter").order_by(Document.id)))
    assert [letter.state for letter in letters] == ["posted", "posted"]
    assert "Äijä Šakki" in words_of(documents.content(letters[0]))
    for letter in letters:
        verapdf(documents.content(letter))


@pytest.mark.promise("gdpr.informointi")
def test_people_of_a_fair_are_told_whence_their_data_came(
    page: Page, register: None, walk_in: Any, axe: Any, take_picture: Any, verapdf: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"informointi-{name}")

    walk(page, walk_in, look)
    post_everything(page)
    what_remains(verapdf)


def test_the_same_road_without_javascript(no_js_page: Page, register: None, walk_in: Any, verapdf: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    walk(no_js_page, walk_in, look)
    post_everything(no_js_page)
    what_remains(verapdf)
