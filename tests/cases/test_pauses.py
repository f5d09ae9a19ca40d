"""The clock that stands still while identity is in doubt: when it may, how it is counted, who is told."""

from datetime import date, timedelta
from typing import Any

import pytest

from rekisteri.cases import deadlines, pauses, queue, rules, service
from rekisteri.cases.models import Case
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.cases.factories import MAIJA, TODAY, again, make_case
from tests.cases.test_case_page import url
from tests.support.client import ReadingClient
from tests.support.paper import words_of

ASKED: dict[str, Any] = {
    "reason": "Pyyntö tuli sähköpostiosoitteesta, jota meillä ei ole.",
    "wanted": "Soittakaa meille siitä puhelinnumerosta, jonka olette antanut.",
    "reply_by": TODAY + timedelta(14),
}


def paused(case: Case, by: Any, on: date = TODAY, **changes: Any) -> Document:
    """The letter that asks the requester to prove who they are."""
    with transaction():
        return pauses.pause(case=case, by=by, on=on, **(ASKED | changes))


def resumed(case: Case, by: Any, answered: date, on: date | None = None) -> None:
    """The answer has come."""
    with transaction():
        pauses.resume(case=case, answered_on=answered, by=by, on=on or answered)


def test_the_letter_says_why_how_and_that_the_clock_stands_still(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    page = client.submit(url(case, "keskeyta"), ASKED | {"reply_by": "7.12.2026"})
    assert "Määräajan kuluminen on keskeytetty" in page.main
    told = words_of(documents.content(db.session.query(Document).one()))
    for sentence in (
        "Pyyntö vahvistaa henkilöllisyys",
        ASKED["reason"],
        ASKED["wanted"],
        "12 artiklan 6 kohta",
        "7.12.2026",
        "Älkää lähettäkö henkilötunnustanne",
        "Sen kuluminen keskeytyy",
    ):
        assert sentence in told, sentence


@pytest.mark.promise("gdpr.maaraajat")
def test_the_deadline_moves_by_the_days_it_stood_still_and_the_unpaused_one_is_shown(
    client: ReadingClient, clerk: Any
) -> None:
    case = make_case(by=clerk)
    assert again(case).deadline == date(2026, 12, 16)
    paused(case, clerk)
    page = client.get(url(case))
    assert "Vastattava viimeistään 16.12.2026 – keskeytetty" in page.main
    assert "Ilman keskeytystä määräaika on 16.12.2026" in page.main
    resumed(again(case), clerk, TODAY + timedelta(5), TODAY + timedelta(5))
    case = again(case)
    assert case.deadline == date(2026, 12, 21)
    assert "Ilman keskeytystä määräaika olisi 16.12.2026" in client.get(url(case)).main


@pytest.mark.parametrize(
    ("received", "days", "due", "extended"),
    [
        (date(2026, 11, 16), 0, date(2026, 12, 16), date(2027, 2, 16)),
        (date(2026, 11, 16), 5, date(2026, 12, 21), date(2027, 2, 22)),
        (date(2026, 11, 16), 9, date(2026, 12, 28), date(2027, 2, 25)),  # Christmas Day is no working day
        (date(2026, 3, 5), 2, date(2026, 4, 7), date(2026, 6, 8)),  # nothing is added to Easter's own days
    ],
)
def test_the_paused_days_are_counted_on_the_bare_month(received: date, days: int, due: date, extended: date) -> None:
    assert rules.due_on(received, days) == due
    assert rules.extended_due_on(received, days) == extended


def test_a_paused_request_is_not_late_but_comes_back_when_nobody_answers(clerk: Any) -> None:
    case = make_case(by=clerk, received_on=date(2026, 10, 26))
    paused(case, clerk, reply_by=TODAY + timedelta(1))
    later = TODAY + timedelta(10)
    assert queue.late(later) == (0, [])
    assert queue.unproven(TODAY)[0] == 0
    assert queue.unproven(later)[0] == 1
    assert queue.paused_among([again(case)]) == {case.id}
    resumed(again(case), clerk, later, later)
    assert queue.unproven(later)[0] == 0


def test_making_sure_of_identity_lets_the_clock_go_on(clerk: Any) -> None:
    case = make_case(by=clerk)
    paused(case, clerk)
    with transaction():
        service.record_identity(
            case=again(case), method="call_back", checked_on=TODAY + timedelta(3), by=clerk, on=TODAY + timedelta(3)
        )
    case = again(case)
    assert deadlines.open_pause(case) is None
    assert case.deadline == rules.due_on(case.received_on, 3)


def test_withdrawing_ends_the_pause(clerk: Any) -> None:
    case = make_case(by=clerk)
    paused(case, clerk)
    with transaction():
        service.withdraw(case=again(case), channel="phone", withdrawn_on=TODAY, by=clerk, on=TODAY)
    assert deadlines.open_pause(again(case)) is None


def test_a_mended_day_of_receipt_keeps_the_days_that_were_paused(clerk: Any) -> None:
    case = make_case(by=clerk)
    paused(case, clerk)
    resumed(again(case), clerk, TODAY + timedelta(4), TODAY + timedelta(4))
    with transaction():
        service.amend(
            case=again(case),
            received_on=date(2026, 11, 10),
            channel="letter",
            signature="signed",
            requester=service.Requester("Maija Virtanen"),
            by=clerk,
            on=TODAY + timedelta(4),
        )
    assert again(case).deadline == rules.due_on(date(2026, 11, 10), 4)


def test_two_pauses_add_up(clerk: Any) -> None:
    case = make_case(by=clerk)
    for begins in (TODAY, TODAY + timedelta(7)):
        paused(again(case), clerk, begins, reply_by=begins + timedelta(7))
        resumed(again(case), clerk, begins + timedelta(2), begins + timedelta(2))
    assert deadlines.paused_days(again(case)) == 4
    assert again(case).deadline == rules.due_on(case.received_on, 4)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "Epäily."}, "mihin epäily perustuu"),
        ({"wanted": "Passi"}, "miten henkilöllisyyden voi vahvistaa"),
        ({"reply_by": TODAY}, "päätyttävä tulevaisuudessa"),
    ],
)
def test_a_pause_rests_on_a_doubt_that_is_told(clerk: Any, changes: dict[str, Any], sentence: str) -> None:
    case = make_case(by=clerk)
    with pytest.raises(RuleViolation, match=sentence):
        paused(case, clerk, **changes)
    assert deadlines.open_pause(again(case)) is None


def test_a_clock_does_not_stop_twice_nor_too_late_nor_for_somebody_known(clerk: Any) -> None:
    case = make_case(by=clerk)
    paused(case, clerk)
    with pytest.raises(RuleViolation, match="jo keskeytetty"):
        paused(again(case), clerk)
    known = make_case(by=clerk)
    with transaction():
        service.record_identity(case=known, method="known_person", checked_on=TODAY, by=clerk, on=TODAY)
    with pytest.raises(RuleViolation, match="jo varmistettu"):
        paused(again(known), clerk)
    late = make_case(by=clerk, received_on=date(2026, 10, 1))
    with pytest.raises(RuleViolation, match="jo päättynyt"):
        paused(late, clerk)


def test_the_answer_comes_after_the_question_and_by_today(client: ReadingClient, clerk: Any) -> None:
    case = make_case(by=clerk)
    assert client.submit(url(case, "jatka-kulumista"), {}).status_code == 422
    paused(case, clerk)
    for day, sentence in (("22.11.2026", "ennen keskeytystä"), ("24.11.2026", "tulevaisuudessa")):
        page = client.submit(url(case, "jatka-kulumista"), {"answered_on": day})
        assert page.status_code == 422
        assert sentence in page.main


def test_a_case_does_not_close_while_identity_is_in_doubt(clerk: Any) -> None:
    case = make_case(by=clerk)
    paused(case, clerk)
    assert "Määräaika on keskeytetty, eikä henkilöllisyyttä ole vahvistettu." in service.blockers(again(case))


def test_the_time_may_be_extended_while_the_clock_stands_still(app: Any, clerk: Any) -> None:
    case = make_case(by=clerk)
    paused(case, clerk, date(2026, 12, 10), reply_by=date(2026, 12, 28))
    told = {"ground": "complexity", "reason": "Pyyntö koskee hyvin monta vuotta."}
    with transaction():
        service.extend(case=again(case), by=clerk, on=date(2026, 12, 28), **told)
    assert again(case).extended_on == date(2026, 12, 28)


def test_days_before_the_request_came_are_not_counted_as_standing_still(app: Any, clerk: Any) -> None:
    case = make_case(by=clerk, received_on=date(2026, 11, 2))
    paused(case, clerk, date(2026, 11, 4), reply_by=date(2026, 11, 18))
    resumed(again(case), clerk, date(2026, 11, 16), TODAY)
    with transaction():
        service.amend(
            case=again(case), received_on=date(2026, 11, 20), channel="letter", signature="signed",
            requester=MAIJA, by=clerk, on=TODAY,
        )  # fmt: skip
    assert again(case).due_on == date(2026, 12, 21)
