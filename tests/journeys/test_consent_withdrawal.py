"""From a letter that takes a consent back to the posted confirmation: the use is over before anybody decides."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from rekisteri.customers import uses
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from tests.journeys.saying_no import one_customer, post_everything_and_close, register_paper
from tests.support.paper import words_of


def test_a_consent_is_withdrawn(app: Flask, page: Page, walk_in: Any, axe: Any, verapdf: Any) -> None:
    customer_id = one_customer()
    walk_in(page, "kasittelija", "vastuuhenkilo")
    case = register_paper(page, "Suostumuksen peruuttaminen")
    page.get_by_role("link", name="Suostumuksen peruuttaminen: kirjaa, mitä asia koskee").click()
    page.get_by_label("Mikä suostumus peruutetaan?").fill("Uutiskirjeen tilaus verkkokaupassa")
    page.get_by_label("Muu suoramarkkinointi").check()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Lopetettu").first).to_be_visible()
    db.session.rollback()
    with pytest.raises(RuleViolation, match="peruuttanut suostumuksensa"):
        uses.check(customer_id, "direct_marketing")
    axe(page)
    page.get_by_role("link", name="Vahvista peruutus").click()
    page.get_by_label("Hyväksytään", exact=True).check()
    page.get_by_label("Mitä teemme asian johdosta?").fill("Emme enää lähetä teille uutiskirjettä.")
    page.get_by_role("button", name="Ratkaise ja laadi kirjeet").click()
    expect(page.get_by_text("Hyväksytty").first).to_be_visible()
    [paper] = post_everything_and_close(page, case)
    assert (paper.kind, paper.state) == ("consent_withdrawal_answer", "posted")
    assert "Emme enää lähetä teille uutiskirjettä." in words_of(documents.content(paper))
    verapdf(documents.content(paper))
