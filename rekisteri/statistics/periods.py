"""The calendar of the statistics: months, quarters and years, never a stretch of days cut to fit one person."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rekisteri.kernel.errors import RuleViolation
from rekisteri.statistics.rules import Group

LEVELS = {"month": "Kuukausi", "quarter": "Vuosineljännes", "year": "Vuosi"}
MOST_MONTHS = 120
FIRST_YEAR = 1990
_MONTHS = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that a day belongs to."""
        return cls(day.year, day.month)

    @property
    def position(self) -> int:
        """Months since the beginning of our era, to count with."""
        return self.year * 12 + self.number - 1

    def later(self, months: int) -> "Month":
        """The month that many months on; before it when negative."""
        year, number = divmod(self.position + months, 12)
        return Month(year, number + 1)

    def key(self, level: str) -> str:
        """What the month, its quarter or its year is called in a snapshot: 2026-03, 2026/1, 2026."""
        if level == "year":
            return str(self.year)
        return f"{self.year}/{self.quarter}" if level == "quarter" else f"{self.year}-{self.number:02}"

    @property
    def quarter(self) -> int:
        """The quarter of the year, 1 to 4."""
        return (self.number + 2) // 3

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


@dataclass(frozen=True)
class Period:
    """A row of a table: its key, what it is called on the row, and in short under a chart."""

    key: str
    label: str
    short: str


def parse_month(text: str) -> Month:
    """The month that ”3/2026” means. Raises ValueError with the sentence to show."""
    typed = re.fullmatch(r"(\d{1,2})\s?[/.]\s?(\d{4})", text.strip())
    if not typed or not 1 <= int(typed[1]) <= 12:
        raise ValueError("Kirjoita kuukausi muodossa 3/2026.")
    return Month(int(typed[2]), int(typed[1]))


def check_range(first: Month, last: Month, *, on: date) -> None:
    """The range runs forward, ends by now and fits on a page."""
    if first.year < FIRST_YEAR:
        raise RuleViolation(f"Tilastot alkavat aikaisintaan vuodesta {FIRST_YEAR}.", field="alku")
    if last < first:
        raise RuleViolation("Viimeinen kuukausi on ennen ensimmäistä. Tarkista kuukaudet.", field="loppu")
    if last > Month.of(on):
        raise RuleViolation("Viimeinen kuukausi ei voi olla tulevaisuudessa.", field="loppu")
    if last.position - first.position >= MOST_MONTHS:
        raise RuleViolation("Valitse enintään kymmenen vuotta kerrallaan.", field="alku")


def periods(first: Month, last: Month, level: str) -> list[Period]:
    """The whole months, quarters or years that hold the range, in order of time."""
    months = [first.later(step) for step in range(last.position - first.position + 1)]
    found = {month.key(level): month for month in months}
    return [Period(key, *_names(month, level)) for key, month in found.items()]


def _names(month: Month, level: str) -> tuple[str, str]:
    if level == "year":
        return str(month.year), str(month.year)
    if level == "quarter":
        return f"{month.quarter}. neljännes {month.year}", f"{_ROMAN[month.quarter - 1]}/{month.year}"
    return f"{_MONTHS[month.number - 1]}kuu {month.year}", str(month)


def grow(levels: dict[str, dict[str, Group]], whole: Group | None = None) -> Group:
    """The tree of the whole, its years, their quarters and months. A level that was not counted is added up from below.

    Every month of every year from the first to the last is there, also the empty ones.
    """
    years = sorted({key[:4] for parts in levels.values() for key in parts})
    span = range(int(years[0]), int(years[-1]) + 1) if years else range(0)
    return _over(whole, "year", {str(year): _year(str(year), levels) for year in span})


def _year(year: str, levels: dict[str, dict[str, Group]]) -> Group:
    quarters = {f"{year}/{number}": _quarter(year, number, levels) for number in range(1, 5)}
    return _over(levels.get("year", {}).get(year), "quarter", quarters)


def _quarter(year: str, number: int, levels: dict[str, dict[str, Group]]) -> Group:
    keys = [f"{year}-{month:02}" for month in range(number * 3 - 2, number * 3 + 1)]
    months = {key: levels["month"].get(key) or Group() for key in keys}
    return _over(levels.get("quarter", {}).get(f"{year}/{number}"), "month", months)


def _over(counted: Group | None, name: str, parts: dict[str, Group]) -> Group:
    """A group over its parts: as it was counted, or as they add up."""
    group = counted or Group(
        sum(part.people for part in parts.values()), added([part.figures for part in parts.values()])
    )
    group.splits[name] = parts
    return group


def added(figures: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Figures of several groups together."""
    total: Counter[str] = Counter()
    for one in figures:
        total.update(one)
    return dict(total)
