"""A rectification that ended before its decision: withdrawn with its request, taken off it, or refused at the door."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from rekisteri.cases import service as cases
from rekisteri.cases import unfounded
from rekisteri.customers import service as customers
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.rectification import decisions, demands, letters
from rekisteri.rectification.demands import Itemised
from tests.rectification.factories import PHONE, STREET, Desk, itemise, make_desk
from tests.staff.factories import make_user
from tests.support.client import ReadingClient

TODAY = date(2026, 11, 23)
REASONS = "Sama pyyntö on esitetty viime viikolla, ja siihen on vastattu."
ENDED = "Asia on jo päättynyt: evätty"


@pytest.fixture
def desk(app: Flask, freeze: Any) -> Desk:
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


def refuse_at_the_door(desk: Desk) -> None:
    with transaction():
        told: dict[str, Any] = {"ground": "excessive", "reasons": REASONS, "by": desk.owner, "on": TODAY}
        unfounded.refuse(case=desk.case, kinds=["rectification"], **told)


def withdraw(desk: Desk) -> None:
    with transaction():
        cases.withdraw(case=desk.case, channel="phone", withdrawn_on=TODAY, by=desk.owner, on=TODAY)


def grant(desk: Desk, item: Any) -> None:
    with transaction():
        decisions.grant(item=item, by=desk.owner, on=TODAY)


def notices(desk: Desk) -> list[str]:
    papers = documents.for_subject(desk.case.subject)
    return sorted(paper.addressee.splitlines()[0] for paper in papers if paper.kind == "correction_notice")


class TestNothingMoreIsDone:
    def test_a_demand_is_not_granted_when_the_matter_was_refused_at_the_door(self, desk: Desk) -> None:
        (item,) = itemise(desk, STREET)
        refuse_at_the_door(desk)
        with pytest.raises(RuleViolation, match=ENDED):
            grant(desk, item)
        assert customers.current(desk.customer)["street"].value == "Mäkitie 4"

    def test_a_demand_is_not_refused_twice_over(self, desk: Desk) -> None:
        (item,) = itemise(desk, STREET)
        refuse_at_the_door(desk)
        with pytest.raises(RuleViolation, match=ENDED), transaction():
            decisions.refuse(item=item, ground="accurate", reasons=REASONS, by=desk.owner, on=TODAY)

    def test_no_demands_are_written_down_any_more(self, desk: Desk) -> None:
        refuse_at_the_door(desk)
        with pytest.raises(RuleViolation, match=ENDED):
            itemise(desk, PHONE)

    def test_a_demand_is_not_brought_up_to_date(self, desk: Desk) -> None:
        (item,) = itemise(desk, STREET)
        refuse_at_the_door(desk)
        with pytest.raises(RuleViolation, match=ENDED), transaction():
            demands.refresh(item=item, by=desk.owner)

    def test_no_decision_is_given_after_the_request_was_withdrawn(self, desk: Desk) -> None:
        (item,) = itemise(desk, STREET)
        grant(desk, item)
        withdraw(desk)
        with pytest.raises(RuleViolation, match="Pyyntö on jo päättynyt"), transaction():
            letters.issue(matter=desk.matter, by=desk.owner, on=TODAY)

    def test_the_person_responsible_is_told_so_on_the_page(
        self, desk: Desk, client: ReadingClient, sign_in: Any
    ) -> None:
        (item,) = itemise(desk, STREET)
        url = f"/oikaisut/{desk.matter.id}/vaatimukset/{item.id}/ratkaisu"
        refuse_at_the_door(desk)
        sign_in("vastuuhenkilo")
        answer = client.submit(url, {"decision": "granted"})
        assert answer.status_code == 422
        assert ENDED in answer.main


class TestWhatWasCorrectedBefore:
    def test_whoever_had_the_wrong_datum_is_told_though_the_rest_was_withdrawn(self, desk: Desk) -> None:
        street, _phone = itemise(desk, STREET, PHONE)
        grant(desk, street)
        withdraw(desk)
        assert notices(desk) == ["Messupartneri Oy", "Perintätoimisto Esimerkki Oy"]
        assert customers.current(desk.customer)["street"].value == "Mäkitie 14"

    def test_nobody_is_written_to_when_nothing_was_corrected(self, desk: Desk) -> None:
        itemise(desk, STREET)
        withdraw(desk)
        assert notices(desk) == []

    def test_nobody_is_told_twice_when_the_decision_had_been_given(self, desk: Desk) -> None:
        (item,) = itemise(desk, STREET)
        grant(desk, item)
        with transaction():
            letters.issue(matter=desk.matter, by=desk.owner, on=TODAY)
        told = notices(desk)
        with transaction():
            letters.tell_everybody(matter=desk.matter, by=desk.owner, on=TODAY)
        assert notices(desk) == told == ["Messupartneri Oy", "Perintätoimisto Esimerkki Oy"]

    def test_a_new_demand_on_the_same_matter_may_follow_while_it_lives(self, desk: Desk) -> None:
        (item,) = itemise(desk, STREET)
        grant(desk, item)
        db.session.refresh(desk.matter)
        with transaction():
            both = [Itemised(STREET, item.id), Itemised(PHONE)]
            demands.itemise(matter=desk.matter, demands=both, by=desk.owner)
        assert [one.field for one in desk.matter.items] == ["street", "phone"]
