"""The right of access and of portability in a real browser: from the paper to the posted letter and the file handed over."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.access import preparing
from rekisteri.cases import service as cases
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date
from tests.access.factories import fill_every_room
from tests.customers.factories import make_person
from tests.journeys.test_partly_refused import scanned_paper
from tests.notice.factories import published
from tests.support.paper import words_of

REASONS = "Kohdassa kerrotaan veljestänne, eikä hän ole antanut lupaa kertoa siitä."


@pytest.fixture
def register(app: Flask) -> int:
    """A register that holds something of Maija Virtanen in every room; her id."""
    published()
    maija = make_person()
    fill_every_room(maija)
    return int(maija.id)


def register_request(page: Page) -> str:
    page.goto("/pyynnot/uusi")
    page.get_by_label("Tietojen tarkastaminen").check()
    page.get_by_label("Tietojen siirtäminen järjestelmästä toiseen").check()
    page.locator("[name=received_on]").fill(fi_date(today() - timedelta(days=2)))
    page.get_by_label("Kirje tai lomake").check()
    page.get_by_label("Omakätisesti allekirjoitettu").check()
    page.locator("[name=requester_name]").fill("Maija Virtanen")
    page.locator("[name=requester_street]").fill("Uusikatu 1")
    page.locator("[name=requester_postcode]").fill("00100")
    page.locator("[name=requester_city]").fill("Helsinki")
    page.get_by_label("Hae henkilöä rekisteristä").fill("virtanen maija")
    page.locator("button[name=search]").click()
    page.get_by_label("Virtanen, Maija").first.check()
    page.get_by_label("Lisää tiedostoja").set_input_files(
        {"name": "pyyntö.png", "mimeType": "image/png", "buffer": scanned_paper()}
    )
    page.locator("main").get_by_role("button", name="Kirjaa pyyntö").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pyyntö")
    path = re.sub(r"^https?://[^/]+", "", page.url)
    page.get_by_role("link", name="Varmista henkilöllisyys").click()
    page.get_by_label("Vastattu rekisterissä olevaan postiosoitteeseen").check()
    page.get_by_role("button", name="Tallenna").click()
    return path


def give_the_data(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Anna tiedot").click()
    expect(page.get_by_text("050 765 4321").first).to_be_visible()
    look("luonnos")
    page.get_by_role("link", name=re.compile("pois jätettävät.*Yhteydenotot")).click()
    page.locator("input[name=left]").first.check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look("virhe")
    page.get_by_label("Peruste").select_option("others")
    page.get_by_label("Syyt").fill(REASONS)
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_role("link", name="Täydennä kirjettä").click()
    page.get_by_label("Paperiaineistossa olevat tiedot").fill("Messukortti: kiinnostunut tuoleista.")
    look("taydenna")
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_role("link", name="Anna tiedot").click()
    page.get_by_label("Olen lukenut luonnoksen").check()
    page.get_by_label("Olen tarkistanut myös paperiaineiston").check()
    look("anna")
    page.get_by_role("button", name="Anna tiedot").click()
    expect(page.get_by_text("Pyyntöön on vastattu").first).to_be_visible()
    look("annettu")


def hand_the_copy(page: Page, look: Callable[[str], None]) -> bytes:
    page.get_by_role("link", name="Tee siirtotiedosto").click()
    expect(page.get_by_text("Tiedot, jotka henkilö on itse antanut")).to_be_visible()
    look("siirrettavat")
    page.get_by_role("link", name="Tee siirtotiedosto").click()
    page.get_by_label("Annetaan käteen muistivälineellä").check()
    look("tee-siirtotiedosto")
    page.get_by_role("button", name="Tee siirtotiedosto").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Lataa siirtotiedosto").click()
    content = Path(download.value.path()).read_bytes()
    look("siirtotiedosto")
    page.get_by_role("button", name="Merkitse luovutetuksi").click()
    expect(page.get_by_text("Meidän kappaleemme on hävitetty.")).to_be_visible()
    return content


def post_everything_and_close(page: Page, case: str) -> None:
    for _ in range(4):
        page.goto("/")
        waiting = page.locator("#posti tbody th a")
        if waiting.count() == 0:
            break
        waiting.first.click()
        page.get_by_label("Postitse").check()
        page.get_by_role("button", name="Tallenna merkintä").click()
    page.goto(case)
    page.get_by_role("link", name="Sulje pyyntö").click()
    page.get_by_role("button", name="Sulje pyyntö").click()
    expect(page.get_by_text("Suljettu").first).to_be_visible()


def the_papers_are_right(path: str, copy: bytes, verapdf: Callable[..., None]) -> None:
    db.session.rollback()
    case = cases.find(int(path.rsplit("/", 1)[1]))
    assert case is not None
    assert case.state == "closed"
    papers = {paper.kind: documents.content(paper) for paper in documents.for_subject(case.subject)}
    assert set(papers) == {"access_letter", "refusal_certificate", "portability_letter"}
    letter = words_of(papers["access_letter"])
    for expected in ("Uusikatu 1", "Ruokapöydän tuoli", "Saatavat Oy", "kiinnostunut tuoleista"):
        assert expected in letter
    assert "Pekka" not in letter
    assert REASONS in words_of(papers["refusal_certificate"])
    for paper in papers.values():
        verapdf(paper)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert {"tiedot.json", "data.csv", "orders.csv", "skeema.json"} <= set(archive.namelist())
    matter = preparing.of_case(case, "portability")
    assert matter is not None
    assert matter.copy is not None
    assert matter.copy.content is None


@pytest.mark.promise("tarkastus.kirjallinen", "gdpr.siirrettavyys")
def test_a_person_sees_the_data_and_takes_them_along(
    page: Page, register: int, walk_in: Any, axe: Any, take_picture: Any, verapdf: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"tarkastus-{name}")

    walk_in(page, "kasittelija", "vastuuhenkilo")
    case = register_request(page)
    give_the_data(page, look)
    page.goto(case)
    copy = hand_the_copy(page, look)
    post_everything_and_close(page, case)
    the_papers_are_right(case, copy, verapdf)


def test_the_same_road_without_javascript(no_js_page: Page, register: int, walk_in: Any, verapdf: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    walk_in(no_js_page, "kasittelija", "vastuuhenkilo")
    case = register_request(no_js_page)
    give_the_data(no_js_page, look)
    no_js_page.goto(case)
    copy = hand_the_copy(no_js_page, look)
    post_everything_and_close(no_js_page, case)
    the_papers_are_right(case, copy, verapdf)
