"""A prohibition in a real browser: a letter forbids marketing, it binds at once and is confirmed; later the customer calls
and allows one use again. Walked twice: as most people work, and without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.cases import service as cases
from rekisteri.customers import uses
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.formats import fi_date
from tests.restrictions.factories import make_customer
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user
from tests.support.paper import words_of


@pytest.fixture
def register(app: Flask) -> int:
    """A register with one customer; the customer's id."""
    fill_settings()
    owner = make_user("vastuuhenkilo")
    with transaction():
        return int(make_customer(owner).id)


def walk(page: Page, walk_in: Callable[..., Any], customer: int, look: Callable[[str], None]) -> str:
    """From sign-in to the closed request and the call that allows one use again; returns the path of the case."""
    walk_in(page, "kasittelija")
    page.get_by_role("link", name="Kirjaa pyyntö").first.click()
    register_request(page)
    case = re.sub(r"^https?://[^/]+", "", page.url)
    page.get_by_role("link", name="Kirjaa kielto ja vahvista").click()
    page.get_by_role("button", name="Kirjaa kielto ja vahvista").click()
    expect(page.locator(".error-summary")).to_contain_text("Valitse, mitä asiakas kieltää.")
    look("kielto-virhe")
    page.get_by_label("Suoramainonta").check()
    page.get_by_label("Luettelossa julkaiseminen").check()
    page.get_by_role("button", name="Kirjaa kielto ja vahvista").click()
    expect(page.get_by_text("Kielto on kirjattu ja vahvistettu")).to_be_visible()
    look("kielto-vahvistettu")
    post_and_close(page, case)
    allow_again(page, customer, look)
    return case


def register_request(page: Page) -> None:
    page.locator("[name=received_on]").fill(fi_date(today() - timedelta(days=3)))
    page.get_by_label("Kirje tai lomake").check()
    page.get_by_label("Omakätisesti allekirjoitettu").check()
    page.locator("[name=requester_name]").fill("Maija Šakki")
    page.get_by_label("Kielto (suoramarkkinointi").check()
    page.get_by_label("Hae henkilöä rekisteristä").fill("maija šak")
    page.locator("button[name=search]").click()
    page.get_by_label("Šakki, Maija").check()
    page.locator("main").get_by_role("button", name="Kirjaa pyyntö").click()


def post_and_close(page: Page, case: str) -> None:
    page.goto("/")
    page.locator("#posti tbody th a").first.click()
    page.get_by_label("Postitse").check()
    page.get_by_role("button", name="Tallenna merkintä").click()
    page.goto(case)
    page.get_by_role("link", name="Sulje pyyntö").click()
    page.get_by_role("button", name="Sulje pyyntö").click()
    expect(page.get_by_text("Suljettu").first).to_be_visible()


def allow_again(page: Page, customer: int, look: Callable[[str], None]) -> None:
    page.goto(f"/asiakkaat/{customer}")
    look("kortti-kielto")
    page.get_by_role("link", name="Asiakas sallii taas tämän käytön: Suoramainonta").click()
    page.get_by_label("Puhelin").check()
    page.get_by_role("button", name="Kirjaa ilmoitus").click()
    expect(page.locator("#ilmoitukset")).to_contain_text("kielto on päättynyt")
    page.goto("/kiellot/")
    expect(page.locator("main")).to_contain_text("Šakki, Maija")
    look("kiellot")


def the_letter_is_right_and_the_rest_binds(customer: int, case: str, verapdf: Callable[..., None]) -> None:
    db.session.rollback()
    found = cases.find(int(case.rsplit("/", 1)[1]))
    assert found is not None
    assert found.state == "closed"
    (paper,) = [one for one in documents.for_subject(found.subject) if one.kind == "prohibition_confirmation"]
    assert paper.state == "posted"
    assert "Luettelossa julkaiseminen" in words_of(documents.content(paper))
    verapdf(documents.content(paper))
    assert uses.why_not(customer, "direct_mail") == []
    assert uses.why_not(customer, "listing") != []


def test_a_letter_forbids_and_only_the_customers_own_word_allows_again(
    page: Page, register: int, walk_in: Any, axe: Any, take_picture: Any, verapdf: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, name)

    the_letter_is_right_and_the_rest_binds(register, walk(page, walk_in, register, look), verapdf)


def test_the_same_without_javascript(no_js_page: Page, register: int, walk_in: Any, verapdf: Any) -> None:
    case = walk(no_js_page, walk_in, register, lambda name: None)
    the_letter_is_right_and_the_rest_binds(register, case, verapdf)
