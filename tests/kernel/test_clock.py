"""Time is read in one place: stored in UTC, counted and dated by the calendar in Finland."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from rekisteri.kernel.clock import in_finland, now, today
from rekisteri.kernel.db import UtcDateTime


def test_now_is_aware_and_in_utc(freeze) -> None:
    freeze("2026-11-23")
    assert now() == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-31T23:59:00+02:00", date(2026, 1, 31)),
        ("2026-01-31T22:30:00+00:00", date(2026, 2, 1)),
        ("2026-06-30T21:30:00+00:00", date(2026, 7, 1)),
        ("2028-02-28T22:00:00+00:00", date(2028, 2, 29)),
    ],
)
def test_the_day_changes_at_midnight_in_finland(freeze, moment: str, day: date) -> None:
    freeze(moment)
    assert today() == day


@pytest.mark.parametrize(
    ("utc_hour", "shown"),
    [(0, "2026-10-25 03:00 +0300"), (1, "2026-10-25 03:00 +0200"), (2, "2026-10-25 04:00 +0200")],
)
def test_the_hour_that_comes_twice_in_autumn_is_told_apart(utc_hour: int, shown: str) -> None:
    moment = datetime(2026, 10, 25, utc_hour, tzinfo=UTC)
    assert in_finland(moment).strftime("%Y-%m-%d %H:%M %z") == shown


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_a_moment_is_stored_in_utc_and_comes_back_aware(dialect) -> None:
    column = UtcDateTime()
    helsinki = datetime.fromisoformat("2026-11-23T12:00:00+02:00")
    stored = column.process_bind_param(helsinki, dialect)
    assert column.process_result_value(stored, dialect) == helsinki
    assert column.process_result_value(stored, dialect).tzinfo is UTC
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None


def test_a_moment_without_a_zone_is_refused(freeze) -> None:
    naive = datetime.fromisoformat("2026-11-23T12:00:00")
    with pytest.raises(ValueError, match="must be aware"):
        UtcDateTime().process_bind_param(naive, sqlite.dialect())
