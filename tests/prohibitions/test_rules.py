"""The rules of prohibitions."""

from datetime import date

import pytest

from rekisteri.customers.uses import USES
from rekisteri.kernel.errors import RuleViolation
from rekisteri.prohibitions import rules

TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)


def test_what_the_notice_promises_may_be_forbidden_and_each_is_a_use_that_asks() -> None:
    assert set(rules.KINDS) <= set(USES)
    assert {"direct_mail", "distance_selling", "direct_marketing", "market_research", "opinion_research"} <= set(
        rules.KINDS
    )
    assert {"listing", "profiling", "disclosure"} <= set(rules.KINDS)


def test_kinds_come_in_the_order_of_the_table_and_once() -> None:
    assert rules.check_kinds(["listing", "direct_mail", "listing"]) == ["direct_mail", "listing"]


@pytest.mark.parametrize("kinds", [[], ["all"], ["direct_mail", "export"]])
def test_something_known_is_forbidden(kinds: list[str]) -> None:
    with pytest.raises(RuleViolation) as violation:
        rules.check_kinds(kinds)
    assert violation.value.field == "kinds"


@pytest.mark.parametrize(
    ("channel", "told_on", "field"),
    [(None, TODAY, "channel"), ("own_initiative", TODAY, "channel"), ("phone", date(2026, 11, 24), "told_on")],
)
def test_the_word_came_some_way_and_not_tomorrow(channel: str | None, told_on: date, field: str) -> None:
    with pytest.raises(RuleViolation) as violation:
        rules.check_told(channel=channel, told_on=told_on, on=TODAY)
    assert violation.value.field == field


def test_a_prohibition_ends_by_the_customers_word_after_it_was_made() -> None:
    rules.check_withdrawal(stands=True, channel="visit", told_on=TODAY, since=YESTERDAY, on=TODAY)
    with pytest.raises(RuleViolation, match="ennen kuin se tehtiin"):
        rules.check_withdrawal(stands=True, channel="visit", told_on=YESTERDAY, since=TODAY, on=TODAY)
    with pytest.raises(RuleViolation, match="jo peruttu"):
        rules.check_withdrawal(stands=False, channel="visit", told_on=TODAY, since=YESTERDAY, on=TODAY)
    with pytest.raises(RuleViolation, match="miten asiakas ilmoitti"):
        rules.check_withdrawal(stands=True, channel=None, told_on=TODAY, since=YESTERDAY, on=TODAY)
