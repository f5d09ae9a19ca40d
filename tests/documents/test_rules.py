"""What may be written into an envelope's window, and what may be said of posting."""

from datetime import date

import pytest

from rekisteri.documents import rules
from rekisteri.kernel.errors import RuleViolation

ISSUED, TODAY = date(2026, 11, 20), date(2026, 11, 23)


def posting(on: date = TODAY, way: str = "post") -> None:
    rules.check_posting(on=on, way=way, issued_on=ISSUED, today=TODAY)


def test_an_ordinary_address_stands_as_it_is() -> None:
    rows = rules.envelope_rows(["Maija Virtanen", "Mäkitie 4 A 3", "00100 HELSINKI"])
    assert rows == ("Maija Virtanen", "Mäkitie 4 A 3", "00100 HELSINKI")


def test_empty_rows_are_left_out() -> None:
    assert rules.envelope_rows(["Maija Virtanen", " ", "", "00100 HELSINKI"]) == ("Maija Virtanen", "00100 HELSINKI")


def test_a_long_name_goes_on_to_the_next_row_at_a_space() -> None:
    rows = rules.envelope_rows(["Pohjois-Pohjanmaan Sähköasennus ja Kiinteistöhuolto Oy", "PL 3", "90100 OULU"])
    assert rows == ("Pohjois-Pohjanmaan Sähköasennus ja", "Kiinteistöhuolto Oy", "PL 3", "90100 OULU")


def test_a_row_of_the_widest_letters_is_broken_before_it_leaves_the_window() -> None:
    assert rules.envelope_rows(["W" * 30]) == ("W" * 26, "W" * 4)


def test_more_rows_than_the_window_shows_are_refused_and_never_cut() -> None:
    with pytest.raises(RuleViolation, match="rivejä on 6, ja niitä mahtuu 5"):
        rules.envelope_rows([f"Rivi {number}" for number in range(6)])


@pytest.mark.parametrize("nobody", [[], ["", "  "]])
def test_a_letter_to_nobody_is_refused(nobody: list[str]) -> None:
    with pytest.raises(RuleViolation, match="nimi puuttuu"):
        rules.envelope_rows(nobody)


@pytest.mark.parametrize("day", [ISSUED, date(2026, 11, 22), TODAY])
@pytest.mark.parametrize("way", rules.WAYS)
def test_a_document_may_leave_from_its_issue_until_today(day: date, way: str) -> None:
    posting(on=day, way=way)


def test_nothing_was_posted_tomorrow() -> None:
    with pytest.raises(RuleViolation, match="tulevaisuudessa") as refused:
        posting(on=date(2026, 11, 24))
    assert refused.value.field == "on"


def test_nothing_was_posted_before_it_was_issued() -> None:
    with pytest.raises(RuleViolation, match=r"annettu 20\.11\.2026"):
        posting(on=date(2026, 11, 19))


def test_only_known_ways_are_accepted() -> None:
    with pytest.raises(RuleViolation) as refused:
        posting(way="kyyhky")
    assert refused.value.field == "way"


@pytest.mark.parametrize("reason", ["", "  ", "x"])
def test_what_is_left_unsent_needs_a_reason(reason: str) -> None:
    with pytest.raises(RuleViolation, match="Kerro, miksi"):
        rules.check_reason(reason, sentence="Kerro, miksi.")


@pytest.mark.parametrize(
    ("state", "said"), [("posted", "jo merkitty"), ("impossible", "jo merkitty"), ("not_mailed", "ei ole tarkoitus")]
)
def test_a_document_is_marked_once(state: str, said: str) -> None:
    with pytest.raises(RuleViolation, match=said):
        rules.check_first_mark(state)


@pytest.mark.parametrize("state", ["waiting", "not_mailed"])
def test_what_has_not_been_marked_cannot_be_corrected(state: str) -> None:
    with pytest.raises(RuleViolation):
        rules.check_correction(state)
