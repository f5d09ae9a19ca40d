"""The only place where the time is read. Rules get their dates as arguments."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """This moment, aware, in UTC: what is stored."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Finland: what deadlines and letters are counted and dated by."""
    return datetime.now(HELSINKI).date()


def in_finland(moment: datetime) -> datetime:
    """A stored moment as the clock on the office wall showed it."""
    return moment.astimezone(HELSINKI)


def end_of(day: date) -> datetime:
    """The moment when a day ends in Finland."""
    return datetime.combine(day + timedelta(1), time(0), HELSINKI).astimezone(UTC)
