"""Tables made of published figures for the chosen months. What is hidden stays hidden: nothing here can know it.

A sum under the rows adds what the rows show, and says ”vähintään” when a row is hidden: so no choice of months lets
anybody subtract.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rekisteri.kernel.formats import fi_money, fi_number
from rekisteri.statistics.charts import NOTHING, Chart, across, over_time
from rekisteri.statistics.periods import LEVELS, Month, Period, periods

HIDDEN = "suojattu"
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """One figure as it may be told; None when it is hidden, `more` when hidden ones come on top of it."""

    number: int | None
    unit: str = "count"
    more: bool = False
    empty: bool = False

    @property
    def text(self) -> str:
        """As a page shows it."""
        return self._told(fi_money(self.number) if self.unit == "cents" else fi_number(self.number or 0))

    @property
    def plain(self) -> str:
        """As a spreadsheet takes it: no spaces, no sign of euros."""
        return self._told(
            f"{(self.number or 0) / 100:.2f}".replace(".", ",") if self.unit == "cents" else str(self.number)
        )

    def _told(self, number: str) -> str:
        if self.empty:
            return ""
        if self.number is None:
            return HIDDEN
        return f"vähintään {number}" if self.more else number


@dataclass(frozen=True)
class Column:
    """One column: a series of the subject, which of its figures, and its heading."""

    series: str
    label: str
    figure: str = "count"


@dataclass
class Table:
    """A table with its chart, ready to be shown, printed or downloaded."""

    id: str
    title: str
    note: str
    head: list[str]
    rows: list[tuple[str, list[Cell]]]
    total: tuple[str, list[Cell]] | None = None
    chart: Chart | None = None
    shares: list[list[float]] | None = None
    drawn: list[str] = field(default_factory=list)
    in_euros: bool = False

    @property
    def lines(self) -> list[tuple[str, list[Cell]]]:
        """The rows and the sum under them."""
        return self.rows + ([self.total] if self.total and self.rows else [])


@dataclass(frozen=True)
class Range:
    """The months somebody chose, and the length of a row."""

    first: Month
    last: Month
    level: str

    @property
    def periods(self) -> list[Period]:
        """The rows."""
        return periods(self.first, self.last, self.level)

    @property
    def years(self) -> list[str]:
        """The calendar years that the months belong to."""
        return [period.key for period in periods(self.first, self.last, "year")]


@dataclass(frozen=True)
class OverTime:
    """A table with a row for each period, and its chart."""

    id: str
    title: str
    columns: tuple[Column, ...]
    note: str = ""

    def build(self, figures: Figures, chosen: Range) -> Table:
        """The table for the chosen months."""
        rows = [
            (period.label, [_at(figures, column, period.key, chosen.level) for column in self.columns])
            for period in chosen.periods
        ]
        drawn = [number for number, column in enumerate(self.columns) if column.figure == self.columns[0].figure]
        series = [[_height(cells[number]) for _label, cells in rows] for number in drawn]
        return Table(
            id=self.id,
            title=self.title,
            note=self.note,
            head=[LEVELS[chosen.level], *(column.label for column in self.columns)],
            rows=rows,
            total=("Yhteensä", [_sum([cells[n] for _l, cells in rows]) for n in range(len(self.columns))]),
            chart=over_time([period.short for period in chosen.periods], series),
            drawn=[self.columns[number].label for number in drawn],
            in_euros=self.columns[0].figure == "cents",
        )


@dataclass(frozen=True)
class Divided:
    """A table that divides a whole into its parts: now, with a column for each series, or year by year."""

    id: str
    title: str
    what: str
    split: str
    names: Mapping[str, str]
    columns: tuple[Column, ...]
    yearly: bool = True
    note: str = ""

    def build(self, figures: Figures, chosen: Range) -> Table:
        """The table; a yearly one for each year that the chosen months belong to, the whole of it."""
        if self.yearly:
            column = self.columns[0]
            years = {year: _years(figures, column).get(year) for year in chosen.years}
            wholes, head, unit = list(years.values()), list(years), column.figure
        else:
            wholes, head, unit = [figures[one.series] for one in self.columns], [c.label for c in self.columns], "count"
        rows = [(name, [_part(whole, self.split, code, unit) for whole in wholes]) for code, name in self.names.items()]
        telling = [not _all_hidden(whole, self.split) for whole in wholes]
        rows = [
            row for row in rows if any(tells and cell.number != 0 for tells, cell in zip(telling, row[1], strict=True))
        ]
        table = Table(self.id, self.title, self.note or "Luvut kalenterivuosittain.", [self.what, *head], rows)
        table.total = ("Yhteensä", [_cell(whole["figures"] if whole else {}, unit) for whole in wholes])
        return table if self.yearly else _with_shares(table)


def _with_shares(table: Table) -> Table:
    table.drawn = table.head[1:]
    table.shares = across([[_height(cells[n]) for _label, cells in table.rows] for n in range(len(table.drawn))])
    return table


def _years(figures: Figures, column: Column) -> Mapping[str, Any]:
    years: Mapping[str, Any] = figures[column.series]["splits"]["year"]
    return years


def _at(figures: Figures, column: Column, key: str, level: str) -> Cell:
    """The figure of one period: from the year down to it."""
    found = _years(figures, column).get(key[:4])
    steps = {"year": (), "quarter": ("quarter",), "month": ("quarter", "month")}[level]
    for step in steps:
        if found is None:
            break
        parts = found["splits"][step]
        found = next((part for name, part in parts.items() if name == key or _holds(name, key)), None)
    return _cell(found["figures"] if found else {}, column.figure)


def _holds(quarter: str, month: str) -> bool:
    """Whether a quarter (2026/1) holds a month (2026-03)."""
    return "/" in quarter and "-" in month and Month(int(month[:4]), int(month[5:])).key("quarter") == quarter


def _part(whole: Any, split: str, code: str, unit: str) -> Cell:
    part = whole["splits"][split].get(code) if whole else None
    return _cell(part["figures"] if part else {}, unit)


def _all_hidden(whole: Any, split: str) -> bool:
    return whole is not None and all(part["figures"] is None for part in whole["splits"][split].values())


def _cell(figures: Mapping[str, int] | None, unit: str) -> Cell:
    if figures is None:
        return Cell(None, unit)
    return Cell(figures.get(unit, 0), unit, empty=unit == "days" and unit not in figures)


def _sum(cells: list[Cell]) -> Cell:
    """What is shown, added up; a middle number cannot be."""
    unit = cells[0].unit
    shown = [cell.number for cell in cells if cell.number is not None]
    return Cell(sum(shown), unit, more=len(shown) < len(cells), empty=unit == "days")


def _height(cell: Cell) -> float | None:
    if cell.empty:
        return NOTHING
    if cell.number is None:
        return None
    return cell.number / 100 if cell.unit == "cents" else cell.number
