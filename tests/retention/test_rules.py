"""From which day on data have been kept for long enough, and what a confirmation must have seen."""

from datetime import date

import pytest

from rekisteri.billing.rules import vouchers_kept_until
from rekisteri.kernel.errors import RuleViolation
from rekisteri.retention import rules


@pytest.mark.parametrize(
    ("year_end", "on", "last"),
    [
        ((12, 31), date(2026, 11, 24), date(2019, 12, 31)),
        ((12, 31), date(2027, 1, 1), date(2020, 12, 31)),
        ((6, 30), date(2026, 11, 24), date(2019, 6, 30)),
        ((2, 28), date(2031, 1, 1), date(2024, 2, 29)),
        ((2, 29), date(2030, 1, 1), date(2023, 2, 28)),
    ],
)
def test_vouchers_go_by_the_calendar_year_in_which_their_financial_year_ended(year_end, on, last):
    assert rules.last_voucher_day(6, year_end, on) == last


@pytest.mark.parametrize("year_end", [(12, 31), (6, 30), (2, 28), (1, 31), (4, 30)])
@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29)])
def test_the_clock_and_the_obstacle_of_an_erasure_agree_on_every_voucher(year_end, on):
    last = rules.last_voucher_day(6, year_end, on)

    assert vouchers_kept_until(last, year_end) < on
    assert vouchers_kept_until(date.fromordinal(last.toordinal() + 1), year_end) >= on


def test_what_goes_is_what_was_on_the_page():
    day = date(2023, 11, 23)

    assert rules.check_seen(day, until=day) == day
    for seen in (None, date(2023, 11, 22), date(2023, 11, 24)):
        with pytest.raises(RuleViolation, match=r"viimeistään päivältä 23\.11\.2023"):
            rules.check_seen(seen, until=day)


def test_nothing_goes_without_a_confirmation_or_a_choice():
    rules.check_confirmed(True)
    rules.check_chosen([7])

    with pytest.raises(RuleViolation, match="Vahvista"):
        rules.check_confirmed(False)
    with pytest.raises(RuleViolation, match="Valitse ensin"):
        rules.check_chosen([])


def test_the_clock_is_late_after_a_week():
    on = date(2026, 11, 24)

    assert rules.is_late(None, on)
    assert rules.is_late(date(2026, 11, 15), on)
    assert not rules.is_late(date(2026, 11, 16), on)
