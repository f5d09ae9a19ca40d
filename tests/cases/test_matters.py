"""One intake for every right: how a room adds its right, and what the intake does with several in one letter."""

from typing import Any

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.cases import matters, service
from rekisteri.cases.models import CaseMatter
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import FILLED, again, make_case, only_case
from tests.cases.rights import known_right
from tests.customers.factories import make_person
from tests.support.client import ReadingClient


def test_rectification_is_a_right_that_the_company_may_begin_itself(clerk: Any) -> None:
    assert [right.label for right in matters.own_initiative_kinds()] == ["Tiedon oikaiseminen"]


def test_the_intake_offers_every_right_it_knows(client: ReadingClient, clerk: Any) -> None:
    with known_right():
        page = client.get("/pyynnot/uusi")
    labels = [label.get_text(strip=True) for label in page.page.select("#kinds label")]
    assert labels == [kind.label for kind in matters.kinds()] + ["Arkistotiedon tarkastaminen"]


def test_no_right_is_chosen_beforehand(client: ReadingClient, clerk: Any) -> None:
    assert not client.get("/pyynnot/uusi").page.select("#kinds input[checked]")


def test_one_letter_asks_for_two_rights(client: ReadingClient, clerk: Any) -> None:
    with known_right() as right:
        page = client.submit("/pyynnot/uusi", FILLED | {"kinds": ["rectification", "koeoikeus"]})
        assert "Tiedon oikaiseminen, arkistotiedon tarkastaminen" in page.main
        assert "Yksilöi vaatimukset" in page.main
        assert "Tarkista arkisto" in page.main
    case = only_case()
    assert case.kinds == ["rectification", "koeoikeus"]
    assert len(right.opened) == 1
    assert db.session.query(CaseMatter).count() == 2


def test_a_case_closes_when_each_of_its_rights_lets_it(clerk: Any) -> None:
    with known_right("eka", "Eka oikeus") as first, known_right("toka", "Toka oikeus") as second:
        case = make_case(by=clerk, kinds=["eka", "toka"], customer=make_person())
        first.hindrances, second.hindrances = ["Eka on kesken."], ["Toka on kesken."]
        assert service.blockers(case) == ["Eka on kesken.", "Toka on kesken."]
        first.hindrances.clear()
        assert service.blockers(case) == ["Toka on kesken."]
        second.hindrances.clear()
        assert service.blockers(case) == []


def test_a_right_that_refuses_to_begin_leaves_nothing_behind(clerk: Any) -> None:
    def refuse(*_args: Any) -> None:
        raise RuleViolation("Oikeutta ei voi nyt aloittaa.")

    with known_right() as right:
        kind = right.kind("koeoikeus", "Arkistotiedon tarkastaminen")
        matters.add_kind(matters.MatterKind(kind.code, kind.label, refuse, kind.url, kind.tasks, kind.blockers))
        with pytest.raises(RuleViolation, match="ei voi nyt aloittaa"):
            make_case(by=clerk, kinds=["koeoikeus"])
    assert make_case(by=clerk).number == "2026/0001", "the number was given back"


@pytest.mark.parametrize("kinds", [[], ["olematon"], ["rectification", "olematon"]])
def test_a_request_concerns_rights_that_are_known(clerk: Any, kinds: list[str]) -> None:
    with pytest.raises(RuleViolation, match="Valitse, mitä pyyntö koskee"):
        make_case(by=clerk, kinds=kinds)


def test_adding_a_right_again_replaces_it() -> None:
    before = len(matters.kinds())
    with known_right("koeoikeus", "Vanha nimi"), known_right("koeoikeus", "Uusi nimi"):
        assert len(matters.kinds()) == before + 1
        assert matters.labels(["koeoikeus"]) == ["Uusi nimi"]
    assert matters.labels(["koeoikeus"]) == ["koeoikeus"]


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_what_was_done_is_on_record_by_ids_and_codes(clerk: Any) -> None:
    maija = make_person()
    case = make_case(by=clerk)
    with transaction():
        service.set_person(case=case, customer=maija, by=clerk)
        service.advance(case=case, state="in_review", by=clerk)
    db.session.rollback()
    rows = db.session.query(AuditEvent).filter_by(subject=again(case).subject).order_by(AuditEvent.seq).all()
    told = {row.event: row.facts for row in rows}
    assert told["case.registered"] == {"number": "2026/0001", "channel": "letter"}
    assert told["case.person_set"] == {"customer": maija.id}
    assert told["case.moved"] == {"state": "in_review"}
    assert {row.actor_id for row in rows} == {clerk.id}
