"""A clerk's walk to the letter box, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from tests.documents.factories import make_document

Look = Callable[[Page], None]
Shoot = Callable[[Page, str], None]


def states(*documents: Document) -> list[str]:
    db.session.rollback()
    return [db.session.get_one(Document, document.id).state for document in documents]


def test_a_clerk_marks_the_days_letters_posted(page: Page, walk_in: Any, axe: Look, take_picture: Shoot) -> None:
    walk_in(page, "kasittelija")
    first, second = make_document(), make_document()
    page.goto("/asiakirjat/")
    axe(page)
    take_picture(page, "asiakirjat")
    page.get_by_label(first.number).check()
    page.get_by_role("button", name="Merkitse lähetetyiksi").click()
    expect(page.locator("main")).to_contain_text("Asiakirja on merkitty lähetetyksi.")
    assert states(first, second) == ["posted", "waiting"]


def test_a_letter_is_followed_to_its_end_and_corrected(page: Page, walk_in: Any, axe: Look) -> None:
    walk_in(page, "kasittelija")
    document = make_document()
    page.goto(f"/asiakirjat/{document.id}")
    axe(page)
    page.get_by_label("Annettu käteen tai noudettu").check()
    page.get_by_role("button", name="Tallenna merkintä").click()
    expect(page.locator("main")).to_contain_text("Merkintä on tallennettu.")
    page.get_by_text("Korjaa merkintää").click()
    page.get_by_label("Postitse").check()
    page.get_by_label("Miksi merkintää korjataan").fill("Kirje lähti sittenkin postissa.")
    axe(page)
    page.get_by_role("button", name="Tallenna korjaus").click()
    expect(page.locator("#historia")).to_contain_text("Kirje lähti sittenkin postissa.")
    assert states(document) == ["posted"]


def test_the_same_road_without_scripts(no_js_page: Page, walk_in: Any) -> None:
    walk_in(no_js_page, "kasittelija")
    document = make_document()
    no_js_page.goto("/asiakirjat/")
    no_js_page.get_by_label(document.number).check()
    no_js_page.get_by_role("button", name="Merkitse lähetetyiksi").click()
    expect(no_js_page.locator("main")).to_contain_text("Asiakirja on merkitty lähetetyksi.")
    assert states(document) == ["posted"]


@pytest.mark.parametrize("address", ["/asiakirjat/", "/asiakirjat/?tila=kaikki", "/asiakirjat/{id}"])
def test_a_narrow_page_needs_no_sideways_scrolling(page: Page, walk_in: Any, address: str) -> None:
    walk_in(page, "kasittelija")
    document = make_document(addressee=("Lentokonesuihkuturbiinimoottoriapumekaanikkoyhdistys ry", "00100 HELSINKI"))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address.format(id=document.id))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_pdf_is_fetched_as_a_file_of_its_own_kind(page: Page, walk_in: Any) -> None:
    walk_in(page, "lukija")
    document = make_document()
    page.goto(f"/asiakirjat/{document.id}")
    expect(page.get_by_role("link", name="Avaa PDF")).to_be_visible()
    answer = page.request.get(f"/asiakirjat/{document.id}.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-1.7")
