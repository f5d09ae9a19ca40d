"""The main job in a real browser: a signed paper comes in, one demand is granted, one refused, the papers are posted.

Walked twice: as most people work, and without JavaScript.
"""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from rekisteri.cases import service as cases
from rekisteri.customers import service as customers
from rekisteri.customers.sources import add_source
from rekisteri.disclosures import recipients
from rekisteri.disclosures import service as disclosures
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.formats import fi_date
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user
from tests.support.paper import words_of

REASONS = "Numero on tarkistettu soittamalla siihen, ja siihen vastasitte te itse."


def scanned_paper() -> bytes:
    """A photograph of a signed sheet."""
    sheet = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(sheet)
    for row in range(12):
        pen.line((120, 200 + 80 * row, 1100, 200 + 80 * row), fill="black", width=3)
    pen.line((600, 1400, 760, 1340, 800, 1430, 1000, 1360), fill="blue", width=6)
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def register(app: Flask) -> int:
    """A register with one customer whose address came from a fair and went to a collector; the customer's id."""
    fill_settings()
    owner = make_user("vastuuhenkilo")
    with transaction():
        source = add_source(
            name="Syysmessut",
            kind="fair",
            details={"street": "Aukio 1", "postcode": "00520", "city": "Helsinki"},
            by=owner,
        )
        recipient = recipients.add_recipient(
            by=owner, name="Perintä Malli Oy", role="controller", purpose="perintä",
            street="Saatavakuja 2", postcode="33100", city="Tampere",
        )  # fmt: skip
        customer = customers.create(
            kind="person",
            values={
                "last_name": "Šakki", "first_name": "Äijä", "street": "Mäkitie 4",
                "postcode": "00100", "city": "Helsinki", "phone": "040 123 4567",
            },
            source=source,
            obtained_on=today() - timedelta(days=90),
            by=owner,
        )  # fmt: skip
        db.session.flush()
        disclosures.record_disclosure(
            customer=customer, recipient=recipient, fields=["street"], disclosed_on=today(),
            purpose="avoin lasku", ground="collection", by=owner,
        )  # fmt: skip
        return int(customer.id)


def walk(page: Page, walk_in: Callable[..., Any], look: Callable[[str], None]) -> str:
    """From sign-in to the closed case; returns the case's path."""
    walk_in(page, "kasittelija", "vastuuhenkilo")
    expect(page.get_by_role("heading", name="Työjono")).to_be_visible()
    look("tyojono")

    page.get_by_role("link", name="Kirjaa pyyntö").first.click()
    register_request(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pyyntö")
    look("pyynto")
    case = re.sub(r"^https?://[^/]+", "", page.url)

    page.get_by_role("link", name="Varmista henkilöllisyys").click()
    page.get_by_label("Vastattu rekisterissä olevaan postiosoitteeseen").check()
    page.get_by_role("button", name="Tallenna").click()

    page.get_by_role("link", name="Ilmoita pyynnön vastaanottamisesta").click()
    page.locator("main button[type=submit]").click()

    page.get_by_role("link", name="Yksilöi vaatimukset").click()
    itemise(page)
    look("vaatimukset")
    decide(page)
    look("ratkaistu")

    page.get_by_role("link", name="Tarkista ja anna päätös").click()
    look("anna-paatos")
    page.get_by_role("button", name="Anna päätös ja todistus").click()
    expect(page.get_by_text("Päätös on annettu")).to_be_visible()
    look("annettu")
    return case


def register_request(page: Page) -> None:
    page.get_by_label("Tiedon oikaiseminen").check()
    page.locator("[name=received_on]").fill(fi_date(today() - timedelta(days=3)))
    page.get_by_label("Kirje tai lomake").check()
    page.get_by_label("Omakätisesti allekirjoitettu").check()
    page.locator("[name=requester_name]").fill("Äijä Šakki")
    page.locator("[name=requester_street]").fill("Mäkitie 14")
    page.locator("[name=requester_postcode]").fill("00100")
    page.locator("[name=requester_city]").fill("Helsinki")
    page.get_by_label("Hae henkilöä rekisteristä").fill("äijä šak")
    page.locator("button[name=search]").click()
    page.get_by_label("Šakki, Äijä").check()
    page.get_by_label("Lisää tiedostoja").set_input_files(
        {"name": "pyyntö.png", "mimeType": "image/png", "buffer": scanned_paper()}
    )
    page.locator("main").get_by_role("button", name="Kirjaa pyyntö").click()


def itemise(page: Page) -> None:
    fill_row(page, 0, "street", "wrong", "Mäkitie 14", "Olen muuttanut.")
    page.get_by_role("button", name="Lisää vaatimus").click()
    expect(page.get_by_role("group", name="Vaatimus 2")).to_be_visible()
    fill_row(page, 1, "phone", "outdated", "050 765 4321", "Numero on vaihtunut.")
    page.get_by_role("button", name="Tallenna vaatimukset").click()
    expect(page.get_by_text("Ratkaisematta").first).to_be_visible()


def fill_row(page: Page, number: int, field: str, kind: str, requested: str, ground: str) -> None:
    page.locator(f"#rows-{number}-field").select_option(field)
    page.locator(f"#rows-{number}-kind").select_option(kind)
    page.locator(f"#rows-{number}-requested").fill(requested)
    page.locator(f"#rows-{number}-ground").fill(ground)


def decide(page: Page) -> None:
    page.get_by_role("link", name="Ratkaise vaatimus 1").click()
    page.get_by_label("Hyväksytään", exact=True).check()
    page.get_by_role("button", name="Ratkaise vaatimus").click()
    page.get_by_role("link", name="Ratkaise vaatimus 2").click()
    page.get_by_label("Evätään", exact=True).check()
    page.get_by_role("button", name="Ratkaise vaatimus").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Epäämisen peruste").select_option("accurate")
    page.get_by_label("Epäämisen syyt").fill(REASONS)
    page.get_by_role("button", name="Ratkaise vaatimus").click()
    expect(page.get_by_text("Evätty")).to_be_visible()


def post_everything_and_close(page: Page, case: str, look: Callable[[str], None]) -> None:
    page.goto("/")
    for _ in range(8):
        page.goto("/")
        waiting = page.locator("#posti tbody th a")
        if waiting.count() == 0:
            break
        waiting.first.click()
        page.get_by_label("Postitse").check()
        page.get_by_role("button", name="Tallenna merkintä").click()
    look("postitettu")
    page.goto(case)
    page.get_by_role("link", name="Sulje pyyntö").click()
    page.get_by_role("button", name="Sulje pyyntö").click()
    expect(page.get_by_text("Suljettu").first).to_be_visible()
    look("suljettu")


def the_register_and_the_papers_are_right(customer_id: int, case: str, verapdf: Callable[..., None]) -> None:
    db.session.rollback()
    customer = customers.find(customer_id)
    assert customer is not None
    held = customers.current(customer)
    assert held["street"].value == "Mäkitie 14"
    assert held["phone"].value == "+358401234567"
    found = cases.find(int(case.rsplit("/", 1)[1]))
    assert found is not None
    assert found.state == "closed"
    papers = {paper.addressee_name + " " + paper.kind: paper for paper in documents.for_subject(found.subject)}
    assert set(papers) == {
        "Äijä Šakki acknowledgement", "Äijä Šakki rectification_decision", "Äijä Šakki refusal_certificate",
        "Syysmessut correction_notice", "Perintä Malli Oy correction_notice", "Perintä Malli Oy restriction_notice",
    }  # fmt: skip
    certificate = documents.content(papers["Äijä Šakki refusal_certificate"])
    assert REASONS in words_of(certificate)
    assert "Äijä Šakki" in words_of(certificate)
    for paper in papers.values():
        assert paper.state == "posted"
        verapdf(documents.content(paper))


@pytest.mark.promise(
    "oikaisu.kirjallinen", "oikaisu.todistus", "oikaisu.ilmoitus-saajalle", "oikaisu.ilmoitus-lahteelle"
)
def test_a_signed_correction_is_partly_refused(
    page: Page, register: int, walk_in: Any, axe: Any, take_picture: Any, verapdf: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"matka-{name}")

    case = walk(page, walk_in, look)
    post_everything_and_close(page, case, look)
    the_register_and_the_papers_are_right(register, case, verapdf)


def test_the_same_road_without_javascript(no_js_page: Page, register: int, walk_in: Any, verapdf: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    case = walk(no_js_page, walk_in, look)
    post_everything_and_close(no_js_page, case, look)
    the_register_and_the_papers_are_right(register, case, verapdf)
