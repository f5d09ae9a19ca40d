"""Counting in the database: one statement a level, whatever is counted, on both databases alike.

Each statement goes once through the rows it counts, so what it costs grows with the register; that is why the figures are
kept (`models.Statistic`) and counted once a day. For 100,000 customers with 700,000 values it takes some seconds.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, case, cast, distinct, func, literal_column, select

from rekisteri.kernel.clock import HELSINKI
from rekisteri.kernel.db import db
from rekisteri.statistics.periods import grow
from rekisteri.statistics.rules import Group

SUMMER = (4, 10)
"""The first and the last month that begins in Finnish summer time."""


@dataclass(frozen=True)
class Fact:
    """Something that happens to people on days: what is counted, of whom, when, and how it is divided by the year."""

    person: Any
    month: ColumnElement[str]
    where: tuple[ColumnElement[bool], ...] = ()
    joins: tuple[tuple[Any, Any], ...] = ()
    figures: Mapping[str, ColumnElement[int]] = field(default_factory=lambda: {"count": func.count()})
    divided: Mapping[str, tuple[Any, Collection[str]]] = field(default_factory=dict)
    """By name: a column, and every code that may stand in it."""

    def ask(self, *by: Any) -> list[Any]:
        """How many people and what figures, by the given columns."""
        people = func.count(distinct(self.person))
        query = select(*by, people, *self.figures.values()).where(*self.where).select_from(self.person.class_)
        for target, condition in self.joins:
            query = query.join(target, condition)
        return list(db.session.execute(by_first(query, len(by))))

    def group(self, row: Any) -> Group:
        """The people and the figures at the end of a row."""
        people, *figures = list(row)
        return Group(people, {name: int(value or 0) for name, value in zip(self.figures, figures, strict=True)})


def count(fact: Fact) -> Group:
    """The tree of a fact over time. A person is counted once at each level, however often it happened to them."""
    levels = {
        level: {row[0]: fact.group(row[1:]) for row in fact.ask(column)}
        for level, column in _levels(fact.month).items()
    }
    whole = grow(levels, fact.group(fact.ask()[0]))
    for name, (column, codes) in fact.divided.items():
        found = {(row[0], row[1]): fact.group(row[2:]) for row in fact.ask(_levels(fact.month)["year"], column)}
        for key, year in whole.splits["year"].items():
            year.splits[name] = {code: found.get((key, code)) or Group() for code in codes}
    return whole


def _levels(month: ColumnElement[str]) -> dict[str, ColumnElement[str]]:
    """A month (2026-03) with its quarter (2026/1) and its year (2026)."""
    year = func.substr(month, 1, 4)
    number = cast(func.substr(month, 6, 2), Integer) + literal_column("2")
    quarter = cast(number // literal_column("3", Integer), String)
    return {"month": month, "quarter": year.concat("/").concat(quarter), "year": year}


def by_first(query: Select[Any], columns: int) -> Select[Any]:
    """The query grouped by its first columns, named by their place: PostgreSQL takes no expression for its own twin."""
    return query.group_by(*(literal_column(str(place + 1)) for place in range(columns)))


def month_of_day(day: Any) -> ColumnElement[str]:
    """The month of a day, as 2026-03."""
    return func.strftime("%Y-%m", day) if _is_sqlite() else func.to_char(day, "YYYY-MM")


def month_of_moment(moment: Any) -> ColumnElement[str]:
    """The month of a moment by the Finnish clock.

    SQLite knows no zones. A month begins at 21 UTC when summer time is on, otherwise at 22; the clocks never turn on a
    month's first night.
    """
    if not _is_sqlite():
        return func.to_char(func.timezone(HELSINKI.key, moment), "YYYY-MM")
    number = cast(func.strftime("%m", moment, "+3 hours"), Integer)
    return case(
        (number.between(*SUMMER), func.strftime("%Y-%m", moment, "+3 hours")),
        else_=func.strftime("%Y-%m", moment, "+2 hours"),
    )


def _is_sqlite() -> bool:
    return bool(db.engine.dialect.name == "sqlite")
