"""Correcting on the company's own initiative, and what a customer's card shows of requests."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from rekisteri.cases import service
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import TODAY, make_case, only_case
from tests.cases.rights import known_right
from tests.customers.factories import make_organisation, make_person
from tests.support.client import ReadingClient


@pytest.mark.promise("oikaisu.aiheet")
def test_the_company_begins_a_correction_by_itself(client: ReadingClient, clerk: Any) -> None:
    maija = make_person()
    page = client.submit(f"/pyynnot/oma-aloite/{maija.id}", {"reason": "Kirje palautui, koska osoite on vanha."})
    case = only_case()
    assert (case.channel, case.deadline, case.kinds) == ("own_initiative", None, ["rectification"])
    assert (case.customer_id, case.person_state) == (maija.id, "found")
    assert "Oma aloite" in page.main
    assert "Kirje palautui, koska osoite on vanha." in page.main
    assert "Vastattava viimeistään" not in page.main
    assert "Varmista henkilöllisyys" not in page.main


def test_why_must_be_told(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(f"/pyynnot/oma-aloite/{make_person().id}", {"reason": "virhe"})
    assert page.status_code == 422
    assert "Kirjoita, mistä virhe havaittiin." in page.main


def test_only_some_rights_are_begun_without_a_request(clerk: Any) -> None:
    maija = make_person()
    with known_right(), pytest.raises(RuleViolation), transaction():
        service.register_own_initiative(
            customer=maija, reason="Huomattu itse.", by=clerk, on=TODAY, kinds=["koeoikeus"]
        )


def test_the_letter_of_ones_own_initiative_goes_to_the_customer(clerk: Any) -> None:
    maija = make_person()
    with transaction():
        case = service.register_own_initiative(customer=maija, reason="Kirje palautui.", by=clerk, on=TODAY)
        assert case.addressee == ("Maija Virtanen", "Mäkitie 4 A 3", "00100 HELSINKI")


def test_the_card_lists_the_customers_requests_and_leads_to_new_ones(client: ReadingClient, clerk: Any) -> None:
    maija, other = make_person(), make_organisation()
    make_case(by=clerk, customer=maija)
    page = client.get(f"/asiakkaat/{maija.id}")
    panel = page.page.select_one("#pyynnot")
    assert panel is not None
    assert "2026/0001" in panel.get_text()
    assert "Tiedon oikaiseminen" in panel.get_text()
    labels = [link.get_text(strip=True) for link in page.page.select("main .actions a")]
    assert {"Kirjaa pyyntö", "Tulosta esitäytetty lomake", "Oikaise omasta aloitteesta"} <= set(labels)
    assert "Asiakas ei ole esittänyt pyyntöjä." in client.get(f"/asiakkaat/{other.id}").main


def test_a_readers_card_offers_no_actions_on_requests(
    app: Flask, client: ReadingClient, clerk: Any, sign_in: Callable[..., Any]
) -> None:
    maija = make_person()
    reader = app.test_client()
    sign_in("lukija", client=reader)
    page = reader.get(f"/asiakkaat/{maija.id}")
    assert "Kirjaa pyyntö" not in page.main
    assert page.page.select_one("#pyynnot")


def test_a_customer_that_is_not_there_is_not_found(client: ReadingClient, clerk: Any) -> None:
    for address in ("oma-aloite/4711", "lomake/asiakas/4711"):
        assert client.get(f"/pyynnot/{address}").status_code == 404
