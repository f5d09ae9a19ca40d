"""Who may handle paper, where it may be kept, how it may be destroyed."""

from datetime import date, timedelta

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.paper import rules

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "kind", "number"),
    [("K3", "binder", 3), (" l12 ", "box", 12), ("P1", "place", 1), ("K3-14", "binder", 3)],
)
def test_a_label_leads_to_its_place_or_binder(typed: str, kind: str, number: int) -> None:
    assert rules.read_code(typed) == (kind, number)


@pytest.mark.parametrize("typed", ["", "K", "3", "X3", "K3-", "Maija Virtanen", "K1234567890", "K٣"])
def test_nothing_else_is_taken_for_a_label(typed: str) -> None:
    assert rules.read_code(typed) is None


@pytest.mark.parametrize(("locked", "fireproof"), [(False, True), (True, False), (False, False)])
def test_papers_are_kept_only_where_it_is_locked_and_fireproof(locked: bool, fireproof: bool) -> None:
    with pytest.raises(RuleViolation, match=r"lukitussa|paloturvallisessa"):
        rules.check_place(locked=locked, fireproof=fireproof)
    rules.check_place(locked=True, fireproof=True)


def test_somebody_without_an_account_needs_a_name_and_a_signed_commitment() -> None:
    with pytest.raises(RuleViolation, match="nimi"):
        rules.check_named(name=" ", user=False, signed_on=ON, on=ON)
    with pytest.raises(RuleViolation, match="salassapitositoumuksen"):
        rules.check_named(name="Arvo Aho", user=False, signed_on=None, on=ON)
    with pytest.raises(RuleViolation, match="tulevaisuudessa"):
        rules.check_named(name="Arvo Aho", user=False, signed_on=ON + timedelta(1), on=ON)
    rules.check_named(name="Arvo Aho", user=False, signed_on=ON, on=ON)
    rules.check_named(name="", user=True, signed_on=None, on=ON)


def test_a_named_person_may_handle_only_while_named_and_committed() -> None:
    assert rules.why_may_not_handle("Arvo Aho", ended=False, committed=True) is None
    assert "sitoumusta" in (rules.why_may_not_handle("Arvo Aho", ended=False, committed=False) or "")
    assert "ei enää" in (rules.why_may_not_handle("Arvo Aho", ended=True, committed=True) or "")


def test_of_collected_cards_the_day_and_the_source_are_known() -> None:
    with pytest.raises(RuleViolation, match="päivä"):
        rules.check_collected(holds="cards", collected_on=None, source=True, on=ON)
    with pytest.raises(RuleViolation, match="mistä"):
        rules.check_collected(holds="cards", collected_on=ON, source=False, on=ON)
    with pytest.raises(RuleViolation, match="tulevaisuudessa"):
        rules.check_collected(holds="cards", collected_on=ON + timedelta(1), source=True, on=ON)
    rules.check_collected(holds="requests", collected_on=None, source=False, on=ON)


@pytest.mark.parametrize(("days", "late"), [(0, False), (3, False), (4, True), (None, False)])
def test_cards_longer_than_three_days_outside_are_flagged(days: int | None, late: bool) -> None:
    collected = ON - timedelta(days) if days is not None else None
    assert rules.days_unlocked(collected, None, ON) == days
    assert rules.too_long(days) is late


def test_the_time_outside_ends_when_the_cards_are_locked_up() -> None:
    assert rules.days_unlocked(ON - timedelta(30), ON - timedelta(29), ON) == 1


def test_cards_are_not_locked_up_before_they_were_collected_or_tomorrow() -> None:
    with pytest.raises(RuleViolation, match="ennen keräämistä"):
        rules.check_locking(ON - timedelta(1), collected_on=ON, on=ON)
    with pytest.raises(RuleViolation, match="tulevaisuudessa"):
        rules.check_locking(ON + timedelta(1), collected_on=ON, on=ON)


LOAN = {"out": False, "destroyed": False, "in_place": True, "due_on": ON, "reason": "tarkistus", "on": ON}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"out": True}, "jo otettu"),
        ({"destroyed": True}, "hävitetty"),
        ({"in_place": False}, "ei ole vielä tuotu"),
        ({"due_on": ON - timedelta(1)}, "Palautuspäivän"),
        ({"due_on": ON + timedelta(61)}, "Palautuspäivän"),
        ({"reason": "  "}, "mihin"),
    ],
)
def test_a_binder_is_taken_out_for_something_and_comes_back(changed: dict[str, object], said: str) -> None:
    rules.check_loan(**LOAN)  # type: ignore[arg-type]
    with pytest.raises(RuleViolation, match=said):
        rules.check_loan(**(LOAN | changed))  # type: ignore[arg-type]


DESTROYED = {"method": "shredder", "level": "P-4", "firm": "", "destroyed_on": ON, "two": True, "count": 1, "on": ON}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"count": 0}, "mitä hävitettiin"),
        ({"method": "bin"}, "miten"),
        ({"method": None}, "miten"),
        ({"level": None}, "turvaluokka"),
        ({"level": "P-3"}, "turvaluokka"),
        ({"method": "container", "firm": " "}, "kuka säiliön tyhjentää"),
        ({"destroyed_on": ON + timedelta(1)}, "tulevaisuudessa"),
        ({"two": False}, "eri henkilö"),
    ],
)
def test_paper_is_destroyed_so_that_nobody_reads_it_and_before_a_witness(changed: dict[str, object], said: str) -> None:
    rules.check_destruction(**DESTROYED)  # type: ignore[arg-type]
    with pytest.raises(RuleViolation, match=said):
        rules.check_destruction(**(DESTROYED | changed))  # type: ignore[arg-type]


def test_the_certificate_says_how_it_was_done() -> None:
    assert rules.described("shredder", "P-5", "") == "Silputtu omalla silppurilla, turvaluokka DIN 66399 P-5"
    assert rules.described("container", None, "Silppu Oy").endswith("säiliön tyhjentää Silppu Oy")


def test_numbers_that_follow_one_another_are_told_by_the_first_and_the_last() -> None:
    assert rules.spans([]) == ""
    assert rules.spans(["L1-1", "L1-2", "L2-3"]) == "L1-1, L1-2, L2-3"
    assert rules.spans(["L1-9", "L1-10", "L1-11", "K2-12"]) == "L1-9 – L1-11, K2-12"
