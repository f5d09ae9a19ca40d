"""The rules of saying no, without a register: what must be known, what is never weighed, what a refusal needs."""

from datetime import date
from typing import Any

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.objections import rules

TODAY = date(2026, 11, 23)
REASONS = "Osoitettanne tarvitaan maksamattoman laskun perimiseen."
GRANTED: dict[str, Any] = {
    "decision": "granted",
    "itemised": True,
    "person_known": True,
    "uses": ["profiling"],
    "granted": [],
    "measures": "Lopetamme profiloinnin heti.",
    "ground": None,
    "reasons": "",
}


def refusal_of(call: Any, *args: Any, **told: Any) -> tuple[str, str | None]:
    """The sentence the rule says, and the field it belongs to."""
    with pytest.raises(RuleViolation) as caught:
        call(*args, **told)
    return caught.value.sentence, caught.value.field


@pytest.mark.parametrize(
    ("kind", "use", "at_once"),
    [
        ("objection", "direct_mail", True),
        ("objection", "distance_selling", True),
        ("objection", "direct_marketing", True),
        ("objection", "profiling", False),
        ("objection", "market_research", False),
        ("consent_withdrawal", "profiling", True),
        ("complaint", "direct_mail", False),
    ],
)
def test_marketing_and_consent_end_by_the_persons_word_alone(kind: str, use: str, at_once: bool) -> None:
    assert rules.binds_at_once(kind, use) is at_once


def test_only_what_may_be_justified_is_restricted_meanwhile() -> None:
    assert rules.to_be_weighed("objection", ["direct_mail", "profiling"])
    assert not rules.to_be_weighed("objection", ["direct_mail"])
    assert not rules.to_be_weighed("consent_withdrawal", ["profiling"])
    assert not rules.to_be_weighed("complaint", [])


@pytest.mark.parametrize(
    ("kind", "told", "field"),
    [
        ("objection", {"what": "Ei", "uses": ["profiling"]}, "what"),
        ("objection", {"what": "Profilointi häiritsee minua", "uses": []}, "uses"),
        ("objection", {"what": "Profilointi häiritsee minua", "uses": ["olematon"]}, "uses"),
        ("consent_withdrawal", {"what": "Uutiskirjeen tilaus", "uses": []}, "uses"),
        ("complaint", {"what": "Minulle soitettiin", "uses": ["profiling"]}, "uses"),
    ],
)
def test_what_the_person_says_no_to_must_be_known(kind: str, told: dict[str, Any], field: str) -> None:
    assert refusal_of(rules.check_itemised, kind, **told, bound=[])[1] == field


def test_what_has_ended_cannot_be_ticked_away() -> None:
    sentence, field = refusal_of(
        rules.check_itemised, "objection", what="Mainonta häiritsee", uses=["profiling"], bound=["direct_mail"]
    )
    assert "suoramainonta" in sentence
    assert field == "uses"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"itemised": False}, None, "Kirjaa ensin"),
        ({"decision": None}, "decision", "Valitse, miten"),
        ({"decision": "ehkä"}, "decision", "Valitse, miten"),
        ({"person_known": False}, "decision", "Valitse ensin asiakas"),
        ({"measures": "Joo."}, "measures", "Kirjoita, mitä teemme"),
        ({"decision": "partly_granted", "granted": []}, "granted", "Valitse, mitkä käytöt"),
        ({"decision": "partly_granted", "granted": ["profiling"]}, "granted", "Valitse, mitkä käytöt"),
        ({"decision": "refused"}, "ground", "Valitse peruste"),
        ({"decision": "refused", "ground": "lawful", "reasons": REASONS}, "ground", "Valitse peruste"),
        ({"decision": "refused", "ground": "claim", "reasons": "Ei käy."}, "reasons", "Pelkkä peruste ei riitä"),
        (
            {"decision": "refused", "ground": "claim", "reasons": REASONS, "uses": ["direct_mail"]},
            "decision",
            "ei voi evätä",
        ),
    ],
)
def test_a_decision_that_lacks_something_is_not_given(changes: dict[str, Any], field: str | None, words: str) -> None:
    sentence, pointed = refusal_of(rules.check_decision, "objection", **(GRANTED | changes))
    assert words in sentence
    assert pointed == field


def test_a_whole_decision_is_given() -> None:
    rules.check_decision("objection", **GRANTED)
    rules.check_decision(
        "objection", **(GRANTED | {"decision": "refused", "ground": "claim", "reasons": REASONS, "measures": ""})
    )
    rules.check_decision("complaint", **(GRANTED | {"uses": [], "person_known": False}))


def test_a_stranger_is_refused_though_nobody_was_found() -> None:
    told = GRANTED | {"decision": "refused", "person_known": False, "ground": "no_authority", "reasons": REASONS}
    rules.check_decision("objection", **told)


def test_each_kind_has_its_own_grounds_and_those_that_all_share() -> None:
    assert "compelling" in rules.grounds_of("objection")
    assert "no_consent" in rules.grounds_of("consent_withdrawal")
    assert "lawful" in rules.grounds_of("complaint")
    for kind in rules.KINDS:
        assert {"identity", "no_authority", "unspecified", "other"} <= set(rules.grounds_of(kind))
        assert all(ground.sentence.endswith(".") and ground.article for ground in rules.grounds_of(kind).values())


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"bound": False}, None),
        ({"channel": "kyyhky"}, "channel"),
        ({"told": date(2026, 11, 24)}, "told_on"),
        ({"told": date(2026, 11, 1)}, "told_on"),
    ],
)
def test_a_use_is_allowed_again_by_a_word_that_is_on_record(told: dict[str, Any], field: str | None) -> None:
    whole: dict[str, Any] = {"bound": True, "channel": "phone", "told": TODAY, "since": date(2026, 11, 20), "on": TODAY}
    rules.check_ended(**whole)
    assert refusal_of(rules.check_ended, **(whole | told))[1] == field


def test_a_matter_is_handled_once_and_only_while_its_case_is_open() -> None:
    rules.check_open(case_open=True, decided=False)
    assert "jo ratkaistu" in refusal_of(rules.check_open, case_open=True, decided=True)[0]
    assert "jo päättynyt" in refusal_of(rules.check_open, case_open=False, decided=False)[0]


def test_the_case_is_told_what_is_undone() -> None:
    assert rules.blockers("complaint", itemised=False, decided=False) == ["Valitus: ei ole kirjattu, mitä asia koskee."]
    assert rules.blockers("complaint", itemised=True, decided=False) == ["Valitus: asiaa ei ole ratkaistu."]
    assert rules.blockers("complaint", itemised=True, decided=True) == []
