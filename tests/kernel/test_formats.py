"""Dates, times, numbers and telephone numbers as Finns write them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.formats import fi_date, fi_datetime, fi_number, fi_phone


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 5), "5.3.2026"),
        (date(2026, 12, 31), "31.12.2026"),
        (datetime(2026, 3, 4, 22, 30, tzinfo=UTC), "5.3.2026"),
        (datetime(2026, 6, 30, 20, 59, tzinfo=UTC), "30.6.2026"),
        (None, ""),
    ],
)
def test_a_day_has_no_leading_zeros_and_is_the_day_in_finland(day: date | None, written: str) -> None:
    assert fi_date(day) == written


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 1, 5, 12, 5, tzinfo=UTC), "5.1.2026 klo\u00a014.05"),
        (datetime(2026, 7, 5, 21, 0, tzinfo=UTC), "6.7.2026 klo\u00a00.00"),
        (None, ""),
    ],
)
def test_a_moment_is_told_by_the_clock_on_the_office_wall(moment: datetime | None, written: str) -> None:
    assert fi_datetime(moment) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (999, "999"),
        (12345, "12\u00a0345"),
        (1_000_000, "1\u00a0000\u00a0000"),
        (1234.5, "1\u00a0234,5"),
        (-7, "\u22127"),
    ],
)
def test_a_number_is_grouped_by_spaces_that_do_not_break(number: float, written: str) -> None:
    assert fi_number(number) == written


@given(st.integers())
def test_every_whole_number_keeps_its_figures(number: int) -> None:
    assert "".join(sign for sign in fi_number(number) if sign.isdigit()) == str(abs(number))


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+358415058567", "041 505 8567"),
        ("+35893101691", "09 310 1691"),
        ("+358102345678", "010 234 5678"),
        ("+46812345678", "+46 8 123 456 78"),
        ("", ""),
        (None, ""),
        ("vaihde", "vaihde"),
        ("123", "123"),
    ],
)
def test_a_telephone_number_is_shown_as_it_is_dialled_here(stored: str | None, shown: str) -> None:
    assert fi_phone(stored) == shown


@given(st.text(max_size=30))
def test_whatever_stands_for_a_telephone_number_is_shown_somehow(text: str) -> None:
    assert isinstance(fi_phone(text), str)


def test_pages_have_the_formats_at_hand(app: Flask) -> None:
    page = app.jinja_env.from_string("{{ day|fi_date }} {{ 4000|fi_number }} {{ '+358415058567'|fi_phone }}")
    assert page.render(day=date(2026, 11, 23)) == "23.11.2026 4\u00a0000 041 505 8567"
