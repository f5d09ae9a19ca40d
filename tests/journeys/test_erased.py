"""Erasing and anonymising in a real browser: a paper comes, one proposes, another approves, letters leave, nothing is left."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from rekisteri.cases import service as cases
from rekisteri.customers.models import Customer
from rekisteri.documents import service as documents
from rekisteri.erasure import service
from rekisteri.erasure.models import Erasure
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date
from tests.billing.factories import make_invoice, pay, tell
from tests.customers.factories import make_note, make_person, make_source
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.erasure.factories import PERSON, STREET, WORDS
from tests.erasure.test_anonymising import others, sales
from tests.journeys.test_partly_refused import post_everything_and_close, scanned_paper
from tests.orders.factories import make_order
from tests.settings.factories import fill_settings
from tests.support.paper import words_of


@pytest.fixture
def register(app: Flask) -> int:
    """A register with one customer who came from a fair and went to a collector; the customer's id."""
    fill_settings()
    tell()
    customer = make_person(**(PERSON | {"source": make_source()}))
    make_note(customer, WORDS)
    make_disclosure(customer, make_recipient(), "last_name", "email")
    number = int(customer.id)
    db.session.rollback()  # nobody reads while the browser works
    return number


def register_request(page: Page, kind: str) -> None:
    page.get_by_role("link", name="Kirjaa pyyntö").first.click()
    page.locator("[name=received_on]").fill(fi_date(today()))
    page.get_by_label("Kirje tai lomake").check()
    page.get_by_label("Omakätisesti allekirjoitettu").check()
    page.locator("input[name=kinds][value=rectification]").uncheck()
    page.locator(f"input[name=kinds][value={kind}]").check()
    page.locator("[name=requester_name]").fill("Äijä Örsfelt")
    page.locator("[name=requester_street]").fill(STREET)
    page.locator("[name=requester_postcode]").fill("37120")
    page.locator("[name=requester_city]").fill("Nokia")
    page.get_by_label("Hae henkilöä rekisteristä").fill("äijä örs")
    page.locator("button[name=search]").click()
    page.get_by_label("Örsfelt, Äijä").check()
    page.get_by_label("Lisää tiedostoja").set_input_files(
        {"name": "pyyntö.png", "mimeType": "image/png", "buffer": scanned_paper()}
    )
    page.locator("main").get_by_role("button", name="Kirjaa pyyntö").click()


def propose(
    page: Page,
    walk_in: Callable[..., Any],
    look: Callable[[str], None],
    kind: str = "erasure",
    act: str = "poistamista",
) -> str:
    """The clerk registers the paper, makes sure who asks, and proposes; returns the case's path."""
    walk_in(page, "kasittelija")
    register_request(page, kind)
    case = re.sub(r"^https?://[^/]+", "", page.url)
    page.get_by_role("link", name="Varmista henkilöllisyys").click()
    page.get_by_label("Vastattu rekisterissä olevaan postiosoitteeseen").check()
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_role("link", name=f"Tarkista suunnitelma ja ehdota {act}").click()
    look("suunnitelma")
    page.get_by_role("button", name=f"Ehdota {act}").click()
    expect(page.get_by_text("Sen hyväksyy toinen henkilö")).to_be_visible()
    look("ehdotettu")
    return case


def approve(
    page: Page, walk_in: Callable[..., Any], look: Callable[[str], None], button: str = "Poista tiedot"
) -> None:
    """Another person finds the proposal on the desk and approves it."""
    walk_in(page, "kasittelija", "vastuuhenkilo")
    db.session.rollback()  # nobody reads while the browser works
    page.locator("#poistot tbody th a").click()
    page.get_by_role("button", name=button).click()
    expect(page.locator(".error-summary")).to_be_visible()
    look("vahvistus-puuttuu")
    page.get_by_label("Olen tarkistanut suunnitelman").check()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Yhtään ei löytynyt.")).to_be_visible()
    look("poistettu")


@pytest.mark.promise("poisto.pyynnosta", "oikeus.unohdus")
def test_a_person_is_erased_from_paper_to_posted_letter(
    page: Page,
    browser: Browser,
    browser_context_args: dict[str, Any],
    register: int,
    walk_in: Any,
    axe: Any,
    take_picture: Any,
    verapdf: Any,
) -> None:
    other = browser.new_context(**browser_context_args).new_page()

    def look(seen: Page) -> Callable[[str], None]:
        def at(name: str) -> None:
            axe(seen)
            take_picture(seen, f"poisto-{name}")

        return at

    case = propose(page, walk_in, look(page))
    approve(other, walk_in, look(other))
    papers = the_papers(case)
    certificate = documents.content(papers["erasure_certificate"])
    assert "Kaikki tiedot on poistettu." in words_of(certificate)
    verapdf(certificate)
    verapdf(documents.content(papers["erasure_notice"]))
    db.session.rollback()
    post_everything_and_close(other, case, look(other))
    nothing_is_left(register)
    other.context.close()


def test_a_person_is_anonymised_from_paper_to_posted_letter_and_the_statistics_stay(
    page: Page, browser: Browser, browser_context_args: dict[str, Any], register: int, walk_in: Any, axe: Any
) -> None:
    other = browser.new_context(**browser_context_args).new_page()
    others(5)
    make_order(db.session.get_one(Customer, register), state="delivered", archived=True)
    assert sales()["count"] == 6
    db.session.rollback()  # nobody reads while the browser works
    case = propose(page, walk_in, lambda _name: axe(page), "anonymisation", "anonymisointia")
    approve(other, walk_in, lambda _name: axe(other), "Anonymisoi tiedot")
    certificate = words_of(documents.content(the_papers(case)["erasure_certificate"]))
    assert "Todistus tietojen anonymisoinnista" in certificate
    db.session.rollback()
    post_everything_and_close(other, case, lambda _name: axe(other))
    nothing_is_left(register)
    assert sales()["count"] == 6
    other.context.close()


def the_papers(case: str) -> dict[str, Any]:
    db.session.rollback()
    found = cases.find(int(case.rsplit("/", 1)[1]))
    assert found is not None
    return {paper.kind: paper for paper in documents.for_subject(found.subject)}


def nothing_is_left(customer_id: int) -> None:
    db.session.rollback()
    assert db.session.get(Customer, customer_id) is None
    erasure = db.session.query(Erasure).one()
    assert service.find(erasure.id) is not None
    assert (erasure.state, erasure.case.state, erasure.case.requester_name) == ("done", "closed", "")
    assert erasure.latest is not None
    assert erasure.latest.state == "finished"
    assert {paper.addressee for paper in documents.for_subject(erasure.case.subject)} == {""}


def test_the_same_road_without_javascript_with_an_invoice_that_stays(
    no_js_page: Page, browser: Browser, browser_context_args: dict[str, Any], register: int, walk_in: Any
) -> None:
    pay(make_invoice(db.session.get_one(Customer, register)))
    db.session.rollback()
    other = browser.new_context(java_script_enabled=False, **browser_context_args).new_page()

    def look(_name: str) -> None:
        return

    case = propose(no_js_page, walk_in, look)
    approve(other, walk_in, look)
    expect(other.get_by_text("Poistettu osittain").first).to_be_visible()
    expect(other.get_by_text("Kirjanpidon säilytysaika").first).to_be_visible()
    post_everything_and_close(other, case, look)
    papers = the_papers(case)
    assert {"erasure_certificate", "refusal_certificate", "erasure_notice"} <= set(papers)
    assert papers["erasure_certificate"].state == "posted"
    other.context.close()
