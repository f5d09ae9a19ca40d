"""The rules of the odd turns of a request, without a register: each says what is wrong, and on which field."""

from datetime import date, timedelta
from typing import Any

import pytest

from rekisteri.cases import grounds, intake_rules, rules
from rekisteri.cases.rules import Requester
from rekisteri.kernel.errors import RuleViolation

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(1)
YESTERDAY = TODAY - timedelta(1)
REASONS = "Olette pyytänyt samaa kolme kertaa tänä vuonna."


def said(call: Any, *args: Any, **told: Any) -> tuple[str, str | None]:
    """The sentence the rule says, and the field it belongs to."""
    with pytest.raises(RuleViolation) as caught:
        call(*args, **told)
    return caught.value.sentence, caught.value.field


PAUSE: dict[str, Any] = {
    "paused": False,
    "identified": False,
    "due": TODAY,
    "reason": "Käsiala on toinen kuin ennen.",
    "wanted": "Soittakaa meille tutusta numerostanne.",
    "reply_by": TOMORROW,
    "on": TODAY,
}


def test_a_doubt_that_is_told_in_time_stops_the_clock_on_the_last_day_too() -> None:
    intake_rules.check_pause(**PAUSE)


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"paused": True}, "jo keskeytetty", None),
        ({"identified": True}, "jo varmistettu", None),
        ({"due": YESTERDAY}, "jo päättynyt", None),
        ({"reason": ""}, "mihin epäily perustuu", "reason"),
        ({"reason": "En usko."}, "mihin epäily perustuu", "reason"),
        ({"wanted": "   "}, "miten henkilöllisyyden voi vahvistaa", "wanted"),
        ({"reply_by": TODAY}, "tulevaisuudessa", "reply_by"),
    ],
)
def test_a_clock_does_not_stop_without_a_doubt_that_is_told(
    changes: dict[str, Any], words: str, field: str | None
) -> None:
    sentence, pointed = said(intake_rules.check_pause, **(PAUSE | changes))
    assert words in sentence
    assert pointed == field


@pytest.mark.parametrize(
    ("since", "answered", "words", "field"),
    [
        (None, TODAY, "ei ole keskeytetty", None),
        (YESTERDAY, TOMORROW, "ei voi olla tulevaisuudessa", "answered_on"),
        (TODAY, YESTERDAY, "ennen keskeytystä", "answered_on"),
    ],
)
def test_a_clock_goes_on_between_the_question_and_today(
    since: date | None, answered: date, words: str, field: str | None
) -> None:
    sentence, pointed = said(intake_rules.check_resume, paused_from=since, answered=answered, on=TODAY)
    assert words in sentence
    assert pointed == field


def test_an_answer_on_the_day_of_the_question_is_no_pause_at_all() -> None:
    intake_rules.check_resume(paused_from=TODAY, answered=TODAY, on=TODAY)
    assert rules.due_on(date(2026, 11, 16), 0) == rules.due_on(date(2026, 11, 16))


@pytest.mark.parametrize(
    ("chosen", "words"),
    [([], "Valitse, mitä asiaa"), (["erasure"], "jo ratkaistu tai päättynyt"), (["access", "erasure"], "päättynyt")],
)
def test_only_undecided_matters_are_dealt_with_at_the_door(chosen: list[str], words: str) -> None:
    sentence, field = said(intake_rules.check_chosen, chosen, ["access"])
    assert words in sentence
    assert field == "kinds"
    intake_rules.check_chosen(["access"], ["access", "erasure"])


@pytest.mark.parametrize("ground", sorted(set(grounds.COMMON_GROUNDS) - {"no_authority", "deceased"}))
def test_a_ground_that_all_rights_share_is_enough_with_reasons(ground: str) -> None:
    intake_rules.check_refusal(ground=ground, reasons=REASONS, mandate=None, represented=None)
    sentence, field = said(intake_rules.check_refusal, ground=ground, reasons="Ei.", mandate=None, represented=None)
    assert "Pelkkä peruste ei riitä" in sentence
    assert field == "reasons"


def test_a_lacking_mandate_and_a_death_are_true_of_what_is_on_record() -> None:
    intake_rules.check_refusal(ground="no_authority", reasons=REASONS, mandate="missing", represented=None)
    intake_rules.check_refusal(ground="deceased", reasons=REASONS, mandate="shown", represented="deceased")
    for ground, mandate, represented in (("no_authority", "shown", None), ("deceased", "shown", "minor")):
        sentence, field = said(
            intake_rules.check_refusal, ground=ground, reasons=REASONS, mandate=mandate, represented=represented
        )
        assert "Korjaa kirjausta ensin" in sentence
        assert field == "ground"


@pytest.mark.parametrize("ground", [None, "", "accurate", "identity"])
def test_a_fee_is_asked_of_no_ordinary_request(ground: str | None) -> None:
    sentence, field = said(
        intake_rules.check_fee,
        ground=ground,
        reasons=REASONS,
        amount=1000,
        costs="Tunti työtä ja postimaksu.",
        reply_by=TOMORROW,
        on=TODAY,
    )
    assert "ilmeisen perusteettomasta tai kohtuuttomasta" in sentence
    assert field == "ground"


FEE_ANSWER: dict[str, Any] = {
    "answer": "accepted",
    "given": None,
    "answered": TODAY,
    "told": YESTERDAY,
    "on": TODAY,
}


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"given": "accepted"}, "jo kirjattu", None),
        ({"answer": "ehkä"}, "Valitse, hyväksyikö", "answer"),
        ({"answer": None}, "Valitse, hyväksyikö", "answer"),
        ({"answered": TOMORROW}, "välillä", "answered_on"),
        ({"answered": YESTERDAY - timedelta(1)}, "välillä", "answered_on"),
    ],
)
def test_a_fee_is_answered_once_and_in_time(changes: dict[str, Any], words: str, field: str | None) -> None:
    intake_rules.check_fee_answer(**FEE_ANSWER)
    sentence, pointed = said(intake_rules.check_fee_answer, **(FEE_ANSWER | changes))
    assert words in sentence
    assert pointed == field


@pytest.mark.parametrize("state", ["open", "found"])
def test_nothing_held_is_told_only_after_a_search(state: str) -> None:
    intake_rules.check_not_held("not_found")
    assert "Etsi henkilö ensin" in said(intake_rules.check_not_held, state)[0]


def test_a_right_falls_away_with_a_reason_and_never_the_last_one() -> None:
    intake_rules.check_mistaken(True, 2)
    assert "ainoa asia" in said(intake_rules.check_mistaken, True, 1)[0]
    assert said(intake_rules.check_mistaken, False, 2)[1] == "reason"


@pytest.mark.parametrize(
    ("taken", "ended", "field"),
    [
        (TODAY, None, None),
        (TODAY, TODAY, None),
        (date(2026, 11, 15), None, "taken_on"),
        (TOMORROW, None, "taken_on"),
        (TODAY, YESTERDAY, "ended_on"),
        (YESTERDAY, TOMORROW, "ended_on"),
    ],
)
def test_a_matter_goes_to_the_ombudsman_after_it_came_to_us(taken: date, ended: date | None, field: str | None) -> None:
    told = {"taken": taken, "received": date(2026, 11, 16), "ended": ended, "on": TODAY}
    if field is None:
        intake_rules.check_taken(**told)
    else:
        assert said(intake_rules.check_taken, **told)[1] == field


@pytest.mark.parametrize(
    ("role", "represented", "fits"),
    [
        ("guardian", "minor", True),
        ("guardian", "ward", True),
        ("agent", "deceased", True),
        ("agent", None, True),
        ("guardian", None, True),
        ("agent", "minor", False),
        ("agent", "ward", False),
        ("guardian", "deceased", False),
        ("self", "minor", False),
    ],
)
def test_who_speaks_fits_whom_they_speak_for(role: str, represented: str | None, fits: bool) -> None:
    mandate = None if role == "self" else "shown"
    requester = Requester("Joku Jostakin", role=role, mandate=mandate, represented=represented)
    if fits:
        assert rules.check_requester(requester).represented == represented
    else:
        assert said(rules.check_requester, requester)[1] == "represented"


@pytest.mark.parametrize("code", sorted(grounds.RIGHTS))
def test_every_right_is_named_so_that_the_sentences_of_a_certificate_hold(code: str) -> None:
    right = grounds.RIGHTS[code]
    assert right.of_it.split()[-1].endswith(("pyynnön", "valituksen")), "a genitive: todistus … epäämisestä"
    assert "nne" in right.yours, "it speaks to the person with te"
    assert "artikla" in right.article or "artiklan" in right.article


def test_every_shared_ground_is_a_whole_sentence_with_its_provision() -> None:
    for ground in grounds.COMMON_GROUNDS.values():
        assert ground.sentence.endswith(".")
        assert "artikla" in ground.article
        assert not ground.label.endswith(".")
    assert set(grounds.UNFOUNDED) < set(grounds.COMMON_GROUNDS)
