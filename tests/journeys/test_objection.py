"""From a letter that objects to profiling, through a doubt of who wrote it, to the posted decision and certificate."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.customers import uses
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from tests.journeys.saying_no import Look, one_customer, post_everything_and_close, register_paper
from tests.support.paper import words_of

REASONS = "Olette tilannut meiltä maanantaina, ja tilauksen toimittaa kuljetusyhtiö."


def walk(page: Page, walk_in: Any, look: Look) -> str:
    """From sign-in to the decision; the path of the case."""
    walk_in(page, "kasittelija", "vastuuhenkilo")
    case = register_paper(page, "Käsittelyn vastustaminen")
    look("vastustaminen-pyynto")
    doubt_and_make_sure(page)
    page.get_by_role("link", name="Käsittelyn vastustaminen: kirjaa, mitä asia koskee").click()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look("vastustaminen-virhe")
    page.get_by_label("Mitä käsittelyä vastustetaan?").fill("Profilointi ja tietojen luovuttaminen")
    page.get_by_label("Profilointi ja kohdennettu sisältö").check()
    page.get_by_label("Suoramainonta").check()
    page.get_by_label("Tietojen luovuttaminen muille").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Tietojen käsittely on rajoitettu")).to_be_visible()
    look("vastustaminen")
    page.get_by_role("link", name="Ratkaise vastustaminen").click()
    page.get_by_label("Hyväksytään osittain").check()
    page.get_by_label("Suoramainonta").check()
    page.get_by_label("Profilointi ja kohdennettu sisältö").check()
    page.get_by_label("Mitä teemme asian johdosta?").fill("Emme enää profiloi teitä emmekä lähetä mainoksia.")
    page.get_by_label("Käsittelylle on huomattavan tärkeä syy").check()
    page.get_by_label("Syyt").fill(REASONS)
    look("vastustaminen-ratkaisu")
    page.get_by_role("button", name="Ratkaise ja laadi kirjeet").click()
    expect(page.get_by_text("Hyväksytty osittain").first).to_be_visible()
    look("vastustaminen-ratkaistu")
    return case


def doubt_and_make_sure(page: Page) -> None:
    """The clock stands still for a moment, until the person calls back."""
    page.get_by_role("link", name="Pyydä vahvistamaan henkilöllisyys").click()
    page.get_by_label("Mihin epäily perustuu?").fill("Käsiala ei ole sama kuin aiemmissa kirjeissänne.")
    page.get_by_label("Miten henkilöllisyyden voi vahvistaa?").fill("Soittakaa meille numerosta, jonka tunnemme.")
    page.get_by_role("button", name="Keskeytä ja laadi kirje").click()
    expect(page.get_by_text("Määräajan kuluminen on keskeytetty").first).to_be_visible()
    page.get_by_role("link", name="Varmista henkilöllisyys").first.click()
    page.get_by_label("Soitettu takaisin rekisterissä olevaan numeroon").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Jatka määräajan kulumista")).to_have_count(0)


def the_papers_are_right(customer_id: int, papers: list[Any]) -> None:
    """What was granted binds, what was refused does not, and everything has left."""
    kinds = {paper.kind: paper for paper in papers}
    assert set(kinds) == {"identity_request", "objection_answer", "refusal_certificate", "restriction_end"}
    assert {paper.state for paper in papers} == {"posted"}
    assert REASONS in words_of(documents.content(kinds["refusal_certificate"]))
    db.session.rollback()
    for use in ("direct_mail", "profiling"):
        with pytest.raises(RuleViolation, match="vastustanut"):
            uses.check(customer_id, use)
    assert not any("vastustanut" in sentence for sentence in uses.why_not(customer_id, "disclosure"))


def test_an_objection_is_granted_in_part(
    app: Flask, page: Page, walk_in: Any, axe: Any, take_picture: Any, verapdf: Any
) -> None:
    def look(name: str) -> None:
        axe(page)
        take_picture(page, f"matka-{name}")

    customer_id = one_customer()
    case = walk(page, walk_in, look)
    papers = post_everything_and_close(page, case)
    the_papers_are_right(customer_id, papers)
    for paper in papers:
        verapdf(documents.content(paper))


def test_the_same_road_without_javascript(app: Flask, no_js_page: Page, walk_in: Any) -> None:
    def look(_name: str) -> None:
        assert no_js_page.locator("h1").count() == 1

    customer_id = one_customer()
    case = walk(no_js_page, walk_in, look)
    the_papers_are_right(customer_id, post_everything_and_close(no_js_page, case))
