"""Labels in a real browser: from a selection to the sheet and to the ledger. Walked twice: as most people work, and without
JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.disclosures.models import Outgoing, OutgoingPerson
from rekisteri.kernel.db import db
from tests.customers.factories import make_person
from tests.prohibitions.factories import forbid
from tests.selections.factories import save
from tests.settings.factories import fill_settings
from tests.support.paper import words_of


@pytest.fixture
def selection(app: Flask) -> int:
    """Three people, of whom one has forbidden lists, and a selection of all of them; its id."""
    fill_settings()
    make_person()
    make_person(first_name="Matti", email="", phone="")
    forbid(make_person(last_name="Aho", first_name="Aku"), "listing")
    return int(save().id)


def walk(page: Page, walk_in: Callable[..., Any], selection: int, look: Callable[[str], None]) -> bytes:
    """From the selection to the printer; returns what the printer gets."""
    walk_in(page, "kasittelija")
    page.goto(f"/valinnat/{selection}")
    page.get_by_role("link", name="Osoitetarrat").click()
    look("tarrat-lomake")
    page.get_by_label("Käyttötarkoitus").fill("Joulukirje asiakkaille")
    page.get_by_label("Aloita tarrasta").fill("99")
    page.get_by_role("button", name="Tulosta", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("Anna luku väliltä 1–24.")
    look("tarrat-virhe")
    page.get_by_label("Aloita tarrasta").fill("4")
    page.get_by_role("button", name="Näytä, montako tulee").click()
    expect(page.locator("main")).to_contain_text("Tarroja varten on osoitteita 2")
    page.get_by_role("button", name="Tulosta", exact=True).click()
    expect(page.locator("#ilmoitukset")).to_contain_text("kirjattu luovutuksiin")
    expect(page.locator("main")).to_contain_text("kielto: luettelossa julkaiseminen (1)")
    look("tarrat-valmiina")
    address = page.get_by_role("link", name="Avaa tulostettavaksi").get_attribute("href")
    return page.request.get(f"{page.url.split('/luettelot')[0]}{address}").body()


def is_right(pdf: bytes) -> None:
    assert "Virtanen Maija ja Matti Mäkitie 4 A 3 00100 HELSINKI" in words_of(pdf)
    assert "Aho" not in words_of(pdf)
    db.session.rollback()
    went = db.session.scalars(db.select(Outgoing)).one()
    people = db.session.scalars(db.select(OutgoingPerson.customer_id).filter_by(outgoing_id=went.id)).all()
    assert (went.kind, went.purpose, len(people)) == ("labels", "Joulukirje asiakkaille", 2)


def test_labels_are_printed_from_a_selection_and_the_ledger_knows_it(
    page: Page, selection: int, walk_in: Any, axe: Any, take_picture: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, name)

    is_right(walk(page, walk_in, selection, look))


def test_the_same_labels_without_javascript(no_js_page: Page, selection: int, walk_in: Any) -> None:
    is_right(walk(no_js_page, walk_in, selection, lambda name: None))
