"""What a consent must show, and how it is told."""

from datetime import date

import pytest

from rekisteri.consents import rules
from rekisteri.kernel.errors import RuleViolation

DAY = date(2026, 11, 23)


def test_something_is_consented_to_by_some_means_and_only_what_the_law_speaks_of():
    assert rules.chosen(["sms", "email"], rules.MEANS, field="means", nothing="Valitse.") == ["email", "sms"]
    with pytest.raises(RuleViolation, match="Valitse, millä"):
        rules.chosen([], rules.MEANS, field="means", nothing="Valitse, millä tavalla.")
    with pytest.raises(RuleViolation, match="annetuista"):
        rules.chosen(["pigeon"], rules.MEANS, field="means", nothing="")


@pytest.mark.parametrize("wording", ["", "Kyllä", "  ok   kyllä ", "sana " * 500])
def test_words_that_show_nothing_or_too_much_are_not_kept(wording: str):
    with pytest.raises(RuleViolation) as refused:
        rules.check_wording(wording)
    assert refused.value.field == "wording"


@pytest.mark.parametrize(("channel", "day"), [(None, DAY), ("rumour", DAY), ("web", date(2026, 11, 24))])
def test_how_and_when_it_was_told_is_known(channel: str | None, day: date):
    rules.check_told(channel="web", told_on=DAY, on=DAY)
    with pytest.raises(RuleViolation):
        rules.check_told(channel=channel, told_on=day, on=DAY)


def test_a_consent_given_before_it_was_taken_back_does_not_live_again():
    rules.check_given(given_on=DAY, withdrawn_on=None)
    rules.check_given(given_on=DAY, withdrawn_on=DAY)
    with pytest.raises(RuleViolation, match="uudelleen annettu"):
        rules.check_given(given_on=date(2026, 11, 22), withdrawn_on=DAY)


def test_it_is_told_in_words():
    assert rules.told(["direct_mail"], ["email"]) == "Suoramainonta: sähköposti"
    assert rules.told(rules.USES, rules.MEANS) == (
        "Suoramainonta, etämyynti ja muu suoramarkkinointi: sähköposti, tekstiviesti"
    )
