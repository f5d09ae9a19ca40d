"""The deadline of a request, computed as the law computes it (GDPR art. 12(3), Regulation 1182/71 art. 3)."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rekisteri.cases import rules
from rekisteri.cases.working_days import (
    easter,
    eve,
    is_working_day,
    next_working_day,
    previous_working_day,
    public_holidays,
)
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import parse_date

DAYS = st.dates(min_value=date(2018, 5, 25), max_value=date(2199, 9, 1))

VECTORS = [
    ("5.3.2026", "7.4.2026", "5.6.2026"),
    ("31.8.2026", "30.9.2026", "30.11.2026"),
    ("31.1.2026", "2.3.2026", "30.4.2026"),
    ("31.1.2027", "1.3.2027", "30.4.2027"),
    ("31.1.2028", "29.2.2028", "2.5.2028"),
    ("1.4.2026", "4.5.2026", "1.7.2026"),
    ("24.11.2026", "24.12.2026", "24.2.2027"),
    ("25.5.2027", "25.6.2027", "25.8.2027"),
    ("6.12.2026", "7.1.2027", "8.3.2027"),
    ("1.12.2026", "4.1.2027", "1.3.2027"),
]


@pytest.mark.promise("gdpr.maaraajat")
@pytest.mark.parametrize(("received", "due", "extended"), VECTORS)
def test_a_request_is_answered_by_the_day_the_law_computes(received: str, due: str, extended: str) -> None:
    assert rules.due_on(parse_date(received)) == parse_date(due)
    assert rules.extended_due_on(parse_date(received)) == parse_date(extended)


@pytest.mark.parametrize("year", range(1995, 2100))
def test_public_holidays_are_those_of_the_finnish_calendar(year: int) -> None:
    eves = {"Jouluaatto", "Juhannusaatto"}
    known = {day for day, name in holidays.Finland(years=[year], language="fi").items() if name not in eves}
    assert set(public_holidays(year)) == known


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, (3, 31)), (2026, (4, 5)), (2027, (3, 28)), (2028, (4, 16)), (2038, (4, 25)), (2285, (3, 22))],
)
def test_easter_falls_where_the_church_calendar_has_it(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


@pytest.mark.parametrize("day", ["24.12.2026", "25.6.2027", "19.6.2026"])
def test_an_eve_moves_no_deadline_but_the_clerk_is_warned_of_it(day: str) -> None:
    last = parse_date(day)
    assert is_working_day(last)
    hint = rules.Deadline(last, on=last - timedelta(10)).hint
    assert hint is not None
    assert "Vastaa viimeistään edellisenä arkipäivänä" in hint


def test_the_hint_names_the_working_day_before_the_eve() -> None:
    hint = rules.Deadline(date(2028, 6, 23), on=date(2028, 6, 1)).hint
    assert hint == "Viimeinen päivä on juhannusaatto. Vastaa viimeistään edellisenä arkipäivänä 22.6.2028."


@pytest.mark.parametrize("day", ["23.12.2026", "31.12.2026", "2.4.2026", "30.4.2026", "26.6.2026"])
def test_an_ordinary_day_gives_no_hint(day: str) -> None:
    assert eve(parse_date(day)) is None
    assert rules.Deadline(parse_date(day), on=date(2026, 1, 1)).hint is None


@given(DAYS)
@example(date(2026, 1, 31))
def test_no_deadline_falls_on_a_weekend_or_a_holiday(received: date) -> None:
    for due in (rules.due_on(received), rules.extended_due_on(received)):
        assert due.weekday() < 5
        assert due not in public_holidays(due.year)


@given(DAYS)
def test_nobody_gets_less_than_a_calendar_month_nor_much_more(received: date) -> None:
    month, due = rules.add_months(received, 1), rules.due_on(received)
    assert month <= due <= month + timedelta(5)
    assert 28 <= (due - received).days <= 36


@given(DAYS)
def test_the_extension_is_counted_from_receipt_and_is_always_longer(received: date) -> None:
    extended = rules.extended_due_on(received)
    assert rules.add_months(received, 3) <= extended <= rules.add_months(received, 3) + timedelta(5)
    assert extended > rules.due_on(received)


@given(DAYS)
def test_a_request_received_later_is_never_due_earlier(received: date) -> None:
    assert rules.due_on(received) <= rules.due_on(received + timedelta(1))
    assert rules.extended_due_on(received) <= rules.extended_due_on(received + timedelta(1))


@given(DAYS, st.integers(0, 36))
def test_months_keep_the_day_number_or_end_on_the_months_last_day(day: date, months: int) -> None:
    later = rules.add_months(day, months)
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)
    assert (later.year - day.year) * 12 + later.month - day.month == months


@given(DAYS)
def test_the_nearest_working_days_lie_on_both_sides_of_a_day(day: date) -> None:
    assert next_working_day(day) >= day
    assert previous_working_day(day) < day
    assert is_working_day(next_working_day(day))
    assert is_working_day(previous_working_day(day))


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (30, "30 päivää jäljellä", "neutral"),
        (8, "8 päivää jäljellä", "neutral"),
        (7, "7 päivää jäljellä", "warn"),
        (1, "1 päivä jäljellä", "warn"),
        (0, "viimeinen päivä tänään", "warn"),
        (-1, "1 päivä myöhässä", "bad"),
        (-12, "12 päivää myöhässä", "bad"),
    ],
)
@pytest.mark.promise("oikaisu.viivytyksetta")
def test_the_deadline_says_how_much_is_left_and_warns_in_time(left: int, words: str, tone: str) -> None:
    deadline = rules.Deadline(date(2026, 11, 23), on=date(2026, 11, 23) - timedelta(left))
    assert (deadline.words, deadline.tone) == (words, tone)


def _extend(**changes: object) -> None:
    given_: dict = {
        "received": date(2026, 3, 5),
        "extended": None,
        "ground": "complexity",
        "reason": "Tietoja on selvitettävä kolmelta lähteeltä.",
        "on": date(2026, 3, 20),
    }
    rules.check_extension(**(given_ | changes))


@pytest.mark.promise("gdpr.maaraajat")
def test_the_time_may_be_extended_on_the_last_day_of_the_first_month() -> None:
    _extend(on=date(2026, 4, 7))


@pytest.mark.promise("gdpr.maaraajat")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"extended": date(2026, 3, 10)}, "vain kerran"),
        ({"on": date(2026, 4, 8)}, "ensimmäisen kuukauden kuluessa"),
        ({"ground": None}, "monimutkainen tai pyyntöjä on useita"),
        ({"ground": "holiday"}, "monimutkainen tai pyyntöjä on useita"),
        ({"reason": ""}, "Kirjoita jatkamisen syy"),
        ({"reason": "kiire"}, "Kirjoita jatkamisen syy"),
    ],
)
def test_the_time_is_not_extended_twice_nor_late_nor_without_a_reason(changes: dict, sentence: str) -> None:
    with pytest.raises(RuleViolation, match=sentence):
        _extend(**changes)
