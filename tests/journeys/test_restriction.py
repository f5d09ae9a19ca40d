"""A request to restrict in a real browser: a letter comes in, the data are only kept, a consent lets one order through,
and the restriction ends once its letter has been posted. Walked twice: as most people work, and without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.cases import service as cases
from rekisteri.customers import uses
from rekisteri.disclosures import recipients
from rekisteri.disclosures import service as disclosures
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.formats import fi_date
from rekisteri.restrictions import service
from tests.restrictions.factories import make_customer
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user
from tests.support.paper import words_of

WHY_IT_ENDS = "Oikeudenkäynti on päättynyt, ettekä enää tarvitse tietoja sitä varten."


@pytest.fixture
def register(app: Flask) -> int:
    """A register with one customer whose street has gone to a collector; the customer's id."""
    fill_settings()
    owner = make_user("vastuuhenkilo")
    with transaction():
        recipient = recipients.add_recipient(
            by=owner, name="Perintä Malli Oy", role="controller", purpose="perintä",
            street="Saatavakuja 2", postcode="33100", city="Tampere",
        )  # fmt: skip
        customer = make_customer(owner)
        disclosures.record_disclosure(
            customer=customer, recipient=recipient, fields=["street"], disclosed_on=today(),
            purpose="avoin lasku", ground="collection", by=owner,
        )  # fmt: skip
        return int(customer.id)


def walk(page: Page, walk_in: Callable[..., Any], customer: int, look: Callable[[str], None]) -> str:
    """From sign-in to the letter of the end; returns the path of the case."""
    walk_in(page, "kasittelija", "vastuuhenkilo")
    page.get_by_role("link", name="Kirjaa pyyntö").first.click()
    register_request(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pyyntö")
    case = re.sub(r"^https?://[^/]+", "", page.url)
    page.get_by_role("link", name="Varmista henkilöllisyys").click()
    page.get_by_label("Vastattu rekisterissä olevaan postiosoitteeseen").check()
    page.get_by_role("button", name="Tallenna").click()
    decide(page, look)
    only_kept(page, customer, look)
    one_order_by_consent(page, customer, look)
    tell_of_the_end(page, customer, look)
    return case


def register_request(page: Page) -> None:
    page.locator("[name=received_on]").fill(fi_date(today() - timedelta(days=3)))
    page.get_by_label("Kirje tai lomake").check()
    page.get_by_label("Omakätisesti allekirjoitettu").check()
    page.locator("[name=requester_name]").fill("Maija Šakki")
    page.get_by_label("Käsittelyn rajoittaminen").check()
    page.get_by_label("Hae henkilöä rekisteristä").fill("maija šak")
    page.locator("button[name=search]").click()
    page.get_by_label("Šakki, Maija").check()
    page.locator("main").get_by_role("button", name="Kirjaa pyyntö").click()


def decide(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Ratkaise rajoittamispyyntö").click()
    page.get_by_label("Käsittely rajoitetaan", exact=True).check()
    page.get_by_role("button", name="Ratkaise pyyntö").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look("ratkaisu-virhe")
    page.get_by_label("Rekisteröity tarvitsee tietoja oikeusvaadetta varten").check()
    page.get_by_role("button", name="Ratkaise pyyntö").click()
    expect(page.get_by_text("Käsittely rajoitetaan, ratkaistu")).to_be_visible()
    look("ratkaistu")


def only_kept(page: Page, customer: int, look: Callable[[str], None]) -> None:
    page.goto("/asiakkaat/")
    expect(page.locator("main table").get_by_text("Käsittely rajoitettu")).to_be_visible()
    look("luettelo")
    page.goto(f"/tilaukset/uusi/{customer}")
    enter_order(page)
    expect(page.locator(".error-summary")).to_contain_text("käsittely on rajoitettu")
    look("tilaus-estetty")


def enter_order(page: Page) -> None:
    page.locator("[name='rows-0-product']").fill("Tuoli")
    page.locator("[name='rows-0-quantity']").fill("1")
    page.locator("[name='rows-0-unit_price']").fill("45")
    page.get_by_role("button", name="Tallenna").click()


def one_order_by_consent(page: Page, customer: int, look: Callable[[str], None]) -> None:
    page.goto(f"/asiakkaat/{customer}")
    look("kortti")
    page.locator("#rajoitukset table a").first.click()
    page.get_by_role("link", name="Kirjaa poikkeus").click()
    page.get_by_label("Tilausten ja laskujen kirjaaminen").check()
    page.get_by_label("Rekisteröidyn suostumus").check()
    page.get_by_label("Selitys").fill("Suostumus puhelimessa tilauksen yhteydessä.")
    look("poikkeus")
    page.get_by_role("button", name="Kirjaa poikkeus").click()
    expect(page.get_by_text("Suostumus puhelimessa tilauksen yhteydessä.")).to_be_visible()
    look("rajoitus")
    page.goto(f"/tilaukset/uusi/{customer}")
    enter_order(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tilaus T")


def tell_of_the_end(page: Page, customer: int, look: Callable[[str], None]) -> None:
    page.goto(f"/asiakkaat/{customer}")
    page.locator("#rajoitukset table a").first.click()
    page.get_by_role("link", name="Ilmoita päättymisestä").click()
    page.get_by_label("Miksi rajoitus päättyy").fill(WHY_IT_ENDS)
    page.get_by_label("Rajoitus päättyy", exact=True).fill(fi_date(today() + timedelta(days=1)))
    look("paattaminen")
    page.get_by_role("button", name="Laadi kirje").click()
    expect(page.get_by_text("ei ole vielä merkitty lähetetyksi")).to_be_visible()


def post_everything_and_close(page: Page, case: str) -> None:
    for _ in range(6):
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


def the_papers_are_right(customer: int, case: str, verapdf: Callable[..., None]) -> None:
    db.session.rollback()
    (restriction,) = service.in_force(customer)
    found = cases.find(int(case.rsplit("/", 1)[1]))
    assert found is not None
    assert found.state == "closed"
    papers = {paper.kind: paper for paper in documents.for_subject(found.subject)}
    assert set(papers) == {"restriction_decision", "restriction_notice", "restriction_end"}
    assert WHY_IT_ENDS in words_of(documents.content(papers["restriction_end"]))
    for paper in papers.values():
        assert paper.state == "posted"
        verapdf(documents.content(paper))
    assert uses.why_not(customer, "listing") != []
    tomorrow = today() + timedelta(days=1)
    assert service.why_not_end(restriction, today()) is not None
    with transaction():
        service.end(restriction=restriction, by=None, on=tomorrow)
    assert uses.why_not(customer, "listing") == []


@pytest.mark.promise("gdpr.rajoittaminen")
def test_a_letter_restricts_until_the_person_has_been_told_of_the_end(
    page: Page, register: int, walk_in: Any, axe: Any, take_picture: Any, verapdf: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"rajoitus-{name}")

    case = walk(page, walk_in, register, look)
    post_everything_and_close(page, case)
    the_papers_are_right(register, case, verapdf)


def test_the_same_road_without_javascript(no_js_page: Page, register: int, walk_in: Any, verapdf: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    case = walk(no_js_page, walk_in, register, look)
    post_everything_and_close(no_js_page, case)
    the_papers_are_right(register, case, verapdf)
