"""Working days in Finland, as Regulation (EEC, Euratom) No 1182/71 means them: all but public holidays, Sundays and Saturdays.

Holidays are computed, never listed. Christmas Eve and Midsummer Eve are no public holidays by law; offices are closed
nevertheless, so `eve` tells of them.
"""

from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the computus of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, odd = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quarters, left = divmod(rest, 4)
    weekday = (32 + 2 * odd + 2 * quarters - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> dict[date, str]:
    """The public holidays of a year and their Finnish names (also those that always fall on a weekend)."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "uudenvuodenpäivä",
        date(year, 1, 6): "loppiainen",
        sunday - timedelta(2): "pitkäperjantai",
        sunday: "pääsiäispäivä",
        sunday + timedelta(1): "toinen pääsiäispäivä",
        date(year, 5, 1): "vapunpäivä",
        sunday + timedelta(39): "helatorstai",
        sunday + timedelta(49): "helluntaipäivä",
        _saturday_from(date(year, 6, 20)): "juhannuspäivä",
        _saturday_from(date(year, 10, 31)): "pyhäinpäivä",
        date(year, 12, 6): "itsenäisyyspäivä",
        date(year, 12, 25): "joulupäivä",
        date(year, 12, 26): "tapaninpäivä",
    }


def _saturday_from(day: date) -> date:
    return day + timedelta((SATURDAY - day.weekday()) % 7)


def is_working_day(day: date) -> bool:
    """Whether the day is neither a public holiday nor a Sunday or Saturday (Reg. 1182/71 art. 2(2))."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it (Reg. 1182/71 art. 3(4))."""
    while not is_working_day(day):
        day += timedelta(1)
    return day


def previous_working_day(day: date) -> date:
    """The last working day before the day."""
    day -= timedelta(1)
    while not is_working_day(day):
        day -= timedelta(1)
    return day


def eve(day: date) -> str | None:
    """”jouluaatto” or ”juhannusaatto” when the day is one; they move no deadline, but nobody is at the office."""
    if (day.month, day.day) == (12, 24):
        return "jouluaatto"
    if day + timedelta(1) == _saturday_from(date(day.year, 6, 20)):
        return "juhannusaatto"
    return None
