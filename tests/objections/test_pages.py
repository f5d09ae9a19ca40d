"""The pages of the room: what a clerk sees, types and gets back."""

from typing import Any

import pytest

from rekisteri.kernel.db import db, transaction
from rekisteri.objections.models import Objection
from tests.cases.factories import FILLED, only_case
from tests.customers.factories import make_person
from tests.objections.factories import MEASURES, REASONS, decide, itemise, make_matter, matter_of
from tests.support.client import ReadingClient


def url(matter: Objection, page: str = "") -> str:
    """The address of a page of the matter."""
    return f"/vastustamiset/{matter.id}" + (f"/{page}" if page else "")


def test_three_rights_of_one_letter_each_have_their_page(client: ReadingClient, owner: Any) -> None:
    kinds = ["objection", "consent_withdrawal", "complaint"]
    page = client.submit("/pyynnot/uusi", FILLED | {"kinds": kinds})
    assert "Käsittelyn vastustaminen: kirjaa, mitä asia koskee" in page.main
    assert "Suostumuksen peruuttaminen: kirjaa, mitä asia koskee" in page.main
    assert "Valitus: kirjaa, mitä asia koskee" in page.main
    case = only_case()
    for kind in kinds:
        assert client.get(url(matter_of(case, kind))).status_code == 200


def test_an_objection_is_written_down_and_the_page_tells_what_ended(client: ReadingClient, owner: Any) -> None:
    matter = make_matter(owner)
    typed = {"what": "Mainonta ja profilointi häiritsevät", "uses": ["direct_mail", "profiling"], "grounds": "Syy on."}
    page = client.submit(url(matter, "sisalto"), typed)
    assert "Kirjaus on tallennettu." in page.text
    assert "Lopetettu 23.11.2026" in page.main
    assert "Odottaa ratkaisua" in page.main
    assert "Tietojen käsittely on rajoitettu 23.11.2026" in page.main


def test_what_was_typed_stays_when_something_is_wrong(client: ReadingClient, owner: Any) -> None:
    matter = make_matter(owner)
    page = client.submit(url(matter, "sisalto"), {"what": "Profilointi häiritsee minua", "grounds": "Syy"})
    assert page.status_code == 422
    assert "Valitse, mitä käyttöä asia koskee." in page.main
    assert "Profilointi häiritsee minua" in page.main


def test_a_complaint_asks_of_no_use(client: ReadingClient, owner: Any) -> None:
    matter = make_matter(owner, "complaint")
    page = client.get(url(matter, "sisalto"))
    assert "Mistä valitetaan?" in page.main
    assert not page.page.select("#uses")
    page = client.submit(url(matter, "sisalto"), {"what": "Minulle soitettiin kiellosta huolimatta"})
    assert "Minulle soitettiin kiellosta huolimatta" in page.main


def test_the_decision_makes_the_letter_and_shows_it_on_the_case(client: ReadingClient, owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    page = client.submit(url(matter, "ratkaise"), {"decision": "granted", "measures": MEASURES})
    assert "Hyväksytty 23.11.2026" in page.main
    assert MEASURES in page.main
    case_page = client.get(f"/pyynnot/{matter.case_id}")
    assert "Päätös käsittelyn vastustamisesta" in case_page.main
    assert "ratkaistu" in case_page.main


def test_a_refusal_without_reasons_is_not_given_and_nothing_is_lost(client: ReadingClient, owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    page = client.submit(url(matter, "ratkaise"), {"decision": "refused", "ground": "claim", "reasons": "Ei."})
    assert page.status_code == 422
    assert "Pelkkä peruste ei riitä." in page.main
    assert page.page.select_one("input[name=ground][value=claim][checked]")


def test_a_matter_is_decided_once(client: ReadingClient, owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    opened = client.get(url(matter, "ratkaise"))
    decide(matter, "granted", by=owner)
    told = {"decision": "refused", "ground": "claim", "reasons": REASONS}
    page = client.submit(url(matter, "ratkaise"), told, page=opened)
    assert page.status_code in (409, 422)
    assert matter_of(matter.case).decision == "granted"


def test_the_person_allows_the_use_again(client: ReadingClient, owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner)
    page = client.submit(url(matter, "salli"), {"channel": "phone"})
    assert "Sallittu uudelleen 23.11.2026" in page.main
    assert client.submit(url(matter, "salli"), {"channel": "phone"}).status_code == 422


def test_the_list_shows_what_waits_and_what_binds(client: ReadingClient, owner: Any) -> None:
    assert "Ratkaistavia asioita ei ole." in client.get("/vastustamiset/").main
    matter = make_matter(owner)
    itemise(matter, "direct_mail", "profiling", by=owner)
    page = client.get("/vastustamiset/")
    assert "2026/0001" in page.main
    assert "Suoramainonta" in page.main
    decide(matter, "granted", by=owner)
    assert "Ratkaistavia asioita ei ole." in client.get("/vastustamiset/").main


def test_the_card_shows_what_the_customer_has_said_no_to(client: ReadingClient, owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner)
    page = client.get(f"/asiakkaat/{matter.case.customer_id}")
    assert "Vastustamiset ja valitukset" in page.main
    assert "Suoramainonta" in page.main


def test_a_person_whom_an_earlier_version_left_unrestricted_is_restricted_from_the_page(
    client: ReadingClient, owner: Any
) -> None:
    matter = make_matter(owner, found=False)
    itemise(matter, "profiling", by=owner)
    maija = make_person()
    with transaction():
        matter.case.customer_id = matter.customer_id = maija.id
        matter.case.person_state = "found"
    page = client.get(url(matter))
    assert "Käsittelyä ei ole rajoitettu" in page.main
    page = client.submit(url(matter), {}, action=f"/vastustamiset/{matter.id}/rajoita")
    assert "Tietojen käsittely on rajoitettu 23.11.2026" in page.main


@pytest.mark.parametrize("path", ["/vastustamiset/999", "/vastustamiset/99999999999", "/vastustamiset/999/ratkaise"])
def test_a_matter_that_is_not_there_is_not_found(client: ReadingClient, owner: Any, path: str) -> None:
    assert client.get(path).status_code == 404
    assert db.session.query(Objection).count() == 0
