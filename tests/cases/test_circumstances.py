"""What is out of the ordinary in a request: twice the same, a merged or forgotten person, a sender nobody knows."""

from typing import Any

import pytest

from rekisteri.cases import service
from rekisteri.cases.models import Case
from rekisteri.forgotten import service as forgotten
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import FILLED, TODAY, again, make_case, only_case
from tests.cases.test_case_page import url
from tests.customers.factories import make_person
from tests.support.client import ReadingClient


def test_the_same_request_twice_is_noticed_before_it_is_registered(client: ReadingClient, clerk: Any) -> None:
    first = client.submit("/pyynnot/uusi", FILLED)
    assert first.status_code == 200
    page = client.submit("/pyynnot/uusi", FILLED | {"content": "Sama asia sähköpostilla", "channel": "email"})
    assert page.status_code == 422
    assert "Samalta henkilöltä on jo avoin pyyntö samasta asiasta." in page.main
    assert page.page.select_one(f'a[href="/pyynnot/{only_case().id}"]')
    assert "Sama asia sähköpostilla" in page.main, "nothing typed is lost"
    assert db.session.query(Case).count() == 1


def test_another_request_of_the_same_person_is_registered_when_a_person_says_so(
    client: ReadingClient, clerk: Any
) -> None:
    client.submit("/pyynnot/uusi", FILLED)
    page = client.submit("/pyynnot/uusi", FILLED | {"anyway": "y"}, strict=False)
    assert "Samasta asiasta on toinen avoin pyyntö" in page.main
    assert "2026/0001" in page.main
    assert db.session.query(Case).count() == 2


def test_a_request_for_another_right_is_not_the_same(client: ReadingClient, clerk: Any) -> None:
    client.submit("/pyynnot/uusi", FILLED)
    page = client.submit("/pyynnot/uusi", FILLED | {"kinds": ["complaint"]})
    assert page.status_code == 200
    assert "toinen avoin pyyntö" not in page.main


def test_a_request_that_has_ended_is_not_the_same(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        service.withdraw(case=case, channel="phone", withdrawn_on=TODAY, by=clerk, on=TODAY)
    assert client.submit("/pyynnot/uusi", FILLED).status_code == 200


def test_an_email_from_an_unknown_address_asks_to_make_sure_and_for_no_signature(
    client: ReadingClient, clerk: Any
) -> None:
    sender = service.Requester("Maija Virtanen", email="joku@muualla.example")
    case = make_case(by=clerk, channel="email", signature=None, requester=sender, customer=make_person())
    page = client.get(url(case))
    assert "Sähköpostin lähettäjää ei ole tunnistettu" in page.main
    assert "Allekirjoitusta ei vaadita." in page.main
    with transaction():
        service.record_identity(case=again(case), method="call_back", checked_on=TODAY, by=clerk, on=TODAY)
    assert "lähettäjää ei ole tunnistettu" not in client.get(url(case)).main


def test_an_email_from_the_address_in_the_register_raises_no_doubt(client: ReadingClient, clerk: Any) -> None:
    maija = make_person(email="maija@esimerkki.example")
    sender = service.Requester("Maija Virtanen", email="maija@esimerkki.example")
    case = make_case(by=clerk, channel="email", signature=None, requester=sender, customer=maija)
    assert "lähettäjää ei ole tunnistettu" not in client.get(url(case)).main


def test_a_request_by_somebody_forgotten_is_recognised_without_telling_who(client: ReadingClient, clerk: Any) -> None:
    with transaction():
        forgotten.remember(
            [("last_name", "Virtanen"), ("first_name", "Maija"), ("street", "Mäkitie 4 A 3"), ("postcode", "00100")],
            forbidden=False,
            on=TODAY,
        )
    case = make_case(by=clerk)
    page = client.get(url(case))
    assert "Tiedot on voitu poistaa aiemmin" in page.main
    assert "Rekisteri ei enää tiedä, kuka hän oli." in page.main
    another = make_person(last_name="Muu", first_name="Henkilö")
    with transaction():
        service.set_person(case=again(case), customer=another, by=clerk)
    assert "voitu poistaa aiemmin" not in client.get(url(case)).main


def test_a_merged_person_is_who_they_were_merged_into(
    clerk: Any,
) -> None:
    kept, gone = make_person(), make_person(email="toinen@esimerkki.example")
    with transaction():
        gone.state, gone.merged_into_id = "merged", kept.id
    case = make_case(by=clerk)
    with transaction():
        service.set_person(case=case, customer=gone, by=clerk)
    assert again(case).customer_id == kept.id
    assert make_case(by=clerk, customer=gone).customer_id == kept.id


def test_somebody_still_coming_in_is_not_anybodys_person(clerk: Any) -> None:
    incoming = make_person()
    with transaction():
        incoming.state = "incoming"
    case = make_case(by=clerk)
    with pytest.raises(RuleViolation, match="ei enää ole rekisterissä"), transaction():
        service.set_person(case=case, customer=incoming, by=clerk)


def test_an_ordinary_request_shows_nothing_odd(client: ReadingClient, clerk: Any) -> None:
    page = client.get(url(make_case(by=clerk, customer=make_person())))
    assert [callout.get_text(" ", strip=True)[:10] for callout in page.page.select("main .callout-warn")] == []


def test_what_only_the_decider_may_do_is_no_link_for_a_clerk(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        service.person_not_found(case=case, by=clerk)
    page = client.get(url(case))
    assert "Henkilöä ei ole rekisterissä" in page.main
    assert not page.page.select_one(f'a[href="{url(case, "ei-tietoja")}"]')
