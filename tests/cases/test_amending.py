"""Mending what was registered wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from rekisteri.cases import service
from rekisteri.kernel.db import transaction
from tests.cases.factories import TODAY, again, decide, make_case
from tests.cases.test_case_page import url
from tests.customers.factories import make_person
from tests.support.client import ReadingClient

REASON = "Tietojanne on selvitettävä kolmelta tietolähteeltä."


def test_a_mended_day_of_receipt_moves_the_deadline(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.submit(url(case, "kirjaus"), {"received_on": "5.11.2026", "requester_street": "Mäkikatu 4 A 3"})
    assert "Vastattava viimeistään 7.12.2026" in page.main
    assert "Mäkikatu 4 A 3" in page.main
    assert "Pyynnön kirjausta korjattu: saapumispäivä, katuosoite" in page.main


def test_an_extended_deadline_follows_the_mended_day_as_well(clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        service.extend(case=case, ground="number", reason=REASON, by=clerk, on=TODAY)
        changed = service.amend(
            case=case, received_on=date(2026, 11, 5), channel="email", requester=_requester(), by=clerk, on=TODAY
        )
    assert again(case).deadline == date(2027, 2, 5)
    assert {"channel", "due_on", "extended_due_on", "received_on", "signature"} == set(changed)


def _requester() -> service.Requester:
    return service.Requester("Maija Virtanen", "Mäkitie 4 A 3", "00100", "Helsinki")


def test_the_form_begins_from_what_is_registered(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk, request_dated_on=date(2026, 11, 12), content="Osoite on vanha.")
    page = client.get(url(case, "kirjaus")).page
    assert page.select_one("#request_dated_on")["value"] == "12.11.2026"
    assert page.select_one("#requester_city")["value"] == "Helsinki"
    assert page.select_one("#content").get_text(strip=True) == "Osoite on vanha."
    assert page.select_one("input[name=signature][checked]")["value"] == "signed"


def test_saving_without_a_change_leaves_no_trace(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(url(make_case(by=clerk), "kirjaus"), {})
    assert page.status_code == 200
    assert "kirjausta korjattu" not in page.main


def test_the_same_rules_hold_as_at_registering(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.submit(url(case, "kirjaus"), {"received_on": "24.11.2026"})
    assert page.status_code == 422
    assert "Saapumispäivä ei voi olla tulevaisuudessa." in page.main
    assert again(case).received_on == date(2026, 11, 16)


def test_what_the_decision_stands_on_is_not_mended_afterwards(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        decide(case, clerk)
    assert "Korjaa kirjausta" not in client.get(url(case)).main
    assert client.submit(url(case, "kirjaus"), {"requester_name": "Maija Meikäläinen"}).status_code == 422


def test_an_own_initiative_has_no_registration_to_mend(client: ReadingClient, clerk: Any) -> None:
    maija = make_person()
    with transaction():
        case = service.register_own_initiative(customer=maija, reason="Kirje palautui.", by=clerk, on=TODAY)
    assert "Korjaa kirjausta" not in client.get(url(case)).main
    page = client.submit(url(case, "kirjaus"), {"requester_name": "Joku", "channel": "phone"})
    assert page.status_code == 422


def test_a_colleagues_simultaneous_change_is_not_overwritten(
    app: Flask, client: ReadingClient, clerk: Any, sign_in: Callable[..., Any]
) -> None:
    case = make_case(by=clerk)
    stale = client.get(url(case, "kirjaus")).page
    hidden = {field["name"]: field["value"] for field in stale.select("main input[type=hidden]")}
    other = app.test_client()
    sign_in("kasittelija", client=other)
    other.submit(url(case, "kirjaus"), {"requester_name": "Maija Mäki"})
    typed = {"received_on": "16.11.2026", "channel": "phone", "requester_role": "self", "requester_name": "Maija Virta"}
    answer = client.post(url(case, "kirjaus"), data=hidden | typed)
    assert answer.status_code == 409
    assert again(case).requester_name == "Maija Mäki"


@pytest.mark.parametrize("kinds", [["rectification", "rectification"]])
def test_a_right_asked_for_twice_is_one_matter(clerk: Any, kinds: list[str]) -> None:
    assert make_case(by=clerk, kinds=kinds).kinds == ["rectification"]
