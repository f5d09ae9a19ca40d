"""From a letter of complaint to the posted certificate, and on to the Data Protection Ombudsman."""

from typing import Any

from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.customers import holdings
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from tests.journeys.saying_no import one_customer, post_everything_and_close, register_paper
from tests.support.paper import words_of

REASONS = "Puhelu koski keskeneräistä tilaustanne. Se ei ollut markkinointia."


def test_a_complaint_is_rejected_and_taken_to_the_ombudsman(
    app: Flask, page: Page, walk_in: Any, axe: Any, verapdf: Any
) -> None:
    customer_id = one_customer()
    walk_in(page, "kasittelija", "vastuuhenkilo")
    case = register_paper(page, "Valitus")
    page.get_by_role("link", name="Valitus: kirjaa, mitä asia koskee").click()
    page.get_by_label("Mistä valitetaan?").fill("Minulle soitettiin, vaikka olen kieltänyt soittamasta")
    page.get_by_role("button", name="Tallenna").click()
    page.get_by_role("link", name="Ratkaise valitus").click()
    page.get_by_label("Evätään", exact=True).check()
    page.get_by_label("Käsittely on ollut lainmukaista").check()
    page.get_by_label("Syyt").fill(REASONS)
    page.get_by_role("button", name="Ratkaise ja laadi kirjeet").click()
    expect(page.get_by_text("Evätty").first).to_be_visible()
    axe(page)
    [paper] = post_everything_and_close(page, case)
    told = words_of(documents.content(paper))
    assert "Todistus valituksen hylkäämisestä" in told
    assert REASONS in told
    verapdf(documents.content(paper))

    page.goto(case)
    page.get_by_role("link", name="Asia tietosuojavaltuutetulla").click()
    page.get_by_label("Valtuutetun asianumero").fill("1234/161/2026")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("1234/161/2026")).to_be_visible()
    axe(page)
    db.session.rollback()
    assert any("tietosuojavaltuutetun" in hold.text for hold in holdings.holds([customer_id], today()))
