"""How a request ends: closed when nothing is undone, or withdrawn by the requester."""

from datetime import date
from typing import Any

import pytest

from rekisteri.cases import service
from rekisteri.documents import service as documents
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import TODAY, again, decide, make_case
from tests.cases.rights import Right, known_right
from tests.cases.test_case_page import url
from tests.customers.factories import make_person
from tests.support.client import ReadingClient


def a_case(clerk: Any, right: Right) -> Any:
    """A case of a right that has nothing undone, with the person found."""
    right.hindrances.clear()
    return make_case(by=clerk, kinds=["koeoikeus"], customer=make_person())


def test_a_case_with_nothing_undone_closes(client: ReadingClient, clerk: Any) -> None:
    with known_right() as right:
        case = a_case(clerk, right)
        page = client.submit(url(case, "sulje"), {})
    assert "Pyyntö on suljettu." in page.main
    assert (again(case).state, again(case).closed_on) == ("closed", TODAY)


def test_a_case_does_not_close_before_its_matters_are_decided(client: ReadingClient, clerk: Any) -> None:
    with known_right() as right:
        case = a_case(clerk, right)
        right.hindrances.append("Arkistoa ei ole tarkistettu.")
        page = client.get(url(case, "sulje"))
        assert "Arkistoa ei ole tarkistettu." in page.main
        assert not page.page.select("main button[type=submit]")
        with pytest.raises(RuleViolation, match="Arkistoa ei ole tarkistettu"), transaction():
            service.close(case, by=clerk, on=TODAY)


def test_a_case_does_not_close_while_a_letter_lies_on_the_desk(client: ReadingClient, clerk: Any) -> None:
    with known_right() as right:
        case = a_case(clerk, right)
        with transaction():
            letter = service.acknowledge(case=case, by=clerk, on=TODAY)
        page = client.get(url(case, "sulje"))
        assert "Kirjettä ”Ilmoitus pyynnön vastaanottamisesta” ei ole merkitty lähetetyksi." in page.main
        with transaction():
            documents.mark_posted(document=letter, on=TODAY, way="post", by=clerk)
        assert "Pyyntö on suljettu." in client.submit(url(case, "sulje"), {}).main


def test_a_letter_that_cannot_be_delivered_does_not_hold_the_case_open(clerk: Any) -> None:
    with known_right() as right:
        case = a_case(clerk, right)
        with transaction():
            letter = service.acknowledge(case=case, by=clerk, on=TODAY)
            documents.mark_impossible(document=letter, reason="Osoite on tuntematon.", by=clerk)
        assert service.blockers(case) == []


def test_a_case_does_not_close_before_the_person_has_been_looked_for(clerk: Any) -> None:
    with known_right():
        case = make_case(by=clerk, kinds=["koeoikeus"])
        assert service.blockers(case) == ["Pyynnön henkilöä ei ole vielä etsitty rekisteristä."]
        with transaction():
            service.person_not_found(case=case, by=clerk)
        assert service.blockers(case) == []


def test_a_race_to_close_is_decided_under_the_lock(client: ReadingClient, clerk: Any) -> None:
    with known_right() as right:
        case = a_case(clerk, right)
        page = client.get(url(case, "sulje"))
        hidden = {field["name"]: field["value"] for field in page.page.select("main input[type=hidden]")}
        right.hindrances.append("Uusi vaatimus tuli juuri.")
        answer = client.post(url(case, "sulje"), data=hidden)
    assert answer.status_code == 422
    assert "Uusi vaatimus tuli juuri." in answer.main
    assert again(case).state == "registered"


def test_a_request_is_withdrawn_by_the_requesters_word(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.submit(url(case, "peruuta"), {"channel": "phone", "withdrawn_on": "20.11.2026"})
    assert "Pyyntö on merkitty peruutetuksi." in page.main
    assert "20.11.2026, puhelin" in page.main
    assert (again(case).state, again(case).closed_on) == ("withdrawn", date(2026, 11, 20))


def test_how_it_was_withdrawn_must_be_told(client: ReadingClient, clerk: Any) -> None:
    page = client.submit(url(make_case(by=clerk), "peruuta"), {})
    assert page.status_code == 422
    assert "Valitse, miten pyyntö peruutettiin." in page.main


def test_a_decided_request_is_no_longer_withdrawn(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        decide(case, clerk)
    assert "Peruuta pyyntö" not in client.get(url(case)).main
    page = client.submit(url(case, "peruuta"), {"channel": "phone", "withdrawn_on": "23.11.2026"})
    assert page.status_code == 422


def test_a_case_advances_as_its_matters_do_and_stays_where_it_is(clerk: Any) -> None:
    case = make_case(by=clerk)
    with transaction():
        for state in ("in_review", "in_review", "decided", "in_review"):
            service.advance(case=case, state=state, by=clerk)
    assert again(case).state == "in_review"
    with pytest.raises(RuleViolation), transaction():
        service.advance(case=case, state="closed", by=clerk)


def test_whom_it_concerns_is_not_changed_after_the_decision(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk, customer=make_person())
    with transaction():
        decide(case, clerk)
    page = client.submit(url(case, "henkilo"), {"person": "not_found"})
    assert page.status_code == 422
    assert again(case).person_state == "found"
