"""When people must be told of data obtained from elsewhere, and what may be put on record instead."""

from datetime import date

import pytest

from rekisteri.informing import rules
from rekisteri.kernel.errors import RuleViolation

TODAY = date(2026, 11, 24)
OBTAINED = [date(2026, 11, 2), date(2026, 11, 9)]


@pytest.mark.parametrize(
    ("obtained", "due"),
    [
        (date(2026, 11, 2), date(2026, 12, 2)),
        (date(2026, 1, 31), date(2026, 3, 2)),
        (date(2026, 11, 6), date(2026, 12, 7)),
        (date(2026, 11, 25), date(2026, 12, 28)),
    ],
)
def test_a_person_is_told_within_a_month_counted_as_the_law_counts(obtained, due):
    assert rules.due_on(obtained) == due


def test_the_first_contact_or_disclosure_makes_the_day_come_sooner():
    due = date(2026, 12, 2)

    assert rules.tell_by(due, []) == due
    assert rules.tell_by(due, [date(2026, 11, 20), date(2026, 11, 5)]) == date(2026, 11, 5)
    assert rules.tell_by(due, [date(2026, 12, 20)]) == due


@pytest.mark.parametrize(
    ("outcome", "told_on", "reasons", "field"),
    [
        ("", TODAY, "", "outcome"),
        ("shouted", TODAY, "", "outcome"),
        ("contact", None, "", "told_on"),
        ("contact", date(2026, 11, 25), "", "told_on"),
        ("collection", date(2026, 11, 1), "", "told_on"),
        ("effort", None, "", "reasons"),
        ("law", None, "laki", "reasons"),
        ("secrecy", None, "         salassa", "reasons"),
    ],
)
def test_a_mark_that_could_not_be_shown_to_be_so_is_refused(outcome, told_on, reasons, field):
    with pytest.raises(RuleViolation) as refusal:
        rules.check_mark(outcome, told_on=told_on, reasons=reasons, obtained=OBTAINED, today=TODAY)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("outcome", "told_on", "reasons"),
    [
        ("collection", date(2026, 11, 2), ""),
        ("contact", TODAY, ""),
        ("elsewhere", date(2026, 11, 10), ""),
        ("knows", None, ""),
        ("effort", None, "Osoite on vanhentunut eikä uutta löydy."),
        ("law", None, "Tieto saatiin viranomaiselta lain nojalla."),
    ],
)
def test_each_way_and_each_ground_of_the_law_can_be_put_on_record(outcome, told_on, reasons):
    rules.check_mark(outcome, told_on=told_on, reasons=reasons, obtained=OBTAINED, today=TODAY)

    assert outcome in rules.OUTCOMES


def test_every_outcome_tells_the_article_it_rests_on():
    assert set(rules.ARTICLES) == set(rules.OUTCOMES)


def test_a_letter_names_the_controller_and_encloses_the_notice():
    rules.check_letter(missing_settings=[], notice_in_force=True)

    with pytest.raises(RuleViolation, match="Täydennä ensin asetuksiin: Y-tunnus"):
        rules.check_letter(missing_settings=["Y-tunnus"], notice_in_force=True)
    with pytest.raises(RuleViolation, match="Julkaise ensin tietosuojaseloste"):
        rules.check_letter(missing_settings=[], notice_in_force=False)


def test_only_a_mark_is_taken_back_and_only_with_a_reason():
    rules.check_reopening("told", "Merkitty väärälle messulle.")
    rules.check_reopening("exempt", "Henkilö ei tiennytkään asiaa.")

    for state, reason in (("waiting", "Merkitty vahingossa."), ("letter", "Merkitty vahingossa."), ("told", "vahinko")):
        with pytest.raises(RuleViolation):
            rules.check_reopening(state, reason)
