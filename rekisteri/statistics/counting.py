"""Counting in the database, whatever is counted, on both databases alike.

Counting goes once through the rows it counts, so what it costs grows with the register; that is why the figures are kept
(`models.Statistic`) and counted once a day. The rows come in the order of the people, so each person is counted once in
every group without anybody's list of people being held in memory.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal_column,
    not_,
    select,
    union_all,
)

from rekisteri.customers import uses
from rekisteri.customers.models import Customer
from rekisteri.customers.tallies import AnonymousTally
from rekisteri.kernel.clock import HELSINKI
from rekisteri.kernel.db import db
from rekisteri.statistics.periods import Month, grow
from rekisteri.statistics.rules import Group

SEEN = Customer.state.in_(("active", "archived"))
UNSEEN_IDS = select(Customer.id).where(Customer.state.in_(("merged", "incoming")))
"""Few beside those that are seen, and found by an index."""


def counted() -> ColumnElement[bool]:
    """Who is counted: everybody seen whose data may be used for statistics (GDPR art. 18, 21)."""
    return and_(SEEN, *(not_(bar.condition()) for bar in uses.bars("statistics")))


def uncounted_ids() -> CompoundSelect[int]:
    """The ids of all others."""
    barred = [select(Customer.id).where(bar.condition()) for bar in uses.bars("statistics")]
    return union_all(UNSEEN_IDS, *barred)


SUMMER = (4, 10)
"""The first and the last month that begins in Finnish summer time."""

Place = tuple[str, ...]
"""Where in the tree a group is: ("month", "2026-03"), or ("year", "2026", "state", "ordered")."""


@dataclass(frozen=True)
class Fact:
    """Something that happens to people on days: what is counted, of whom, in which month, and how years are divided."""

    person: Any
    month: ColumnElement[str]
    where: tuple[ColumnElement[bool], ...] = ()
    joins: tuple[tuple[Any, Any], ...] = ()
    sums: Mapping[str, Any] = field(default_factory=dict)
    """What is added up besides the count, by the figure's name."""
    divided: Mapping[str, tuple[Any, Collection[str]]] = field(default_factory=dict)
    """By name: a column, and every code that may stand in it."""
    anonymous: str = ""
    """What those who have been anonymised left of it (`customers.tallies`)."""

    def rows(self) -> Iterator[Any]:
        """Everything that happened, person by person: the person, the month, the codes, the sums."""
        codes = [column for column, _codes in self.divided.values()]
        query = select(self.person, self.month, *codes, *self.sums.values()).select_from(self.person.class_)
        for target, condition in self.joins:
            query = query.join(target, condition)
        yield from db.session.execute(
            query.where(*self.where).order_by(self.person), execution_options={"yield_per": 1000}
        )

    def places_of(self, period: str, codes: Sequence[str]) -> list[Place]:
        """The same for a period that may be a month, a year or all time."""
        if len(period) == 7:
            return self.places(period, codes)
        year = [
            ("year", period),
            *(("year", period, name, code) for name, code in zip(self.divided, codes, strict=True)),
        ]
        return [("whole",), *(year if period else [])]

    def places(self, month: str, codes: Sequence[str]) -> list[Place]:
        """Every group that a row of that month and those codes belongs to."""
        day = Month(int(month[:4]), int(month[5:]))
        year = day.key("year")
        divided = [("year", year, name, code) for name, code in zip(self.divided, codes, strict=True)]
        return [("whole",), ("year", year), ("quarter", day.key("quarter")), ("month", month), *divided]


def count(fact: Fact) -> Group:
    """The tree of a fact over time. A person is one at each level, however often it happened to them."""
    groups: dict[Place, Group] = defaultdict(lambda: Group(figures=Counter()))
    cells: dict[tuple[str, ...], tuple[list[Place], Counter[str]]] = {}
    for _person, rows in groupby(fact.rows(), key=itemgetter(0)):
        touched: set[Place] = set()
        for _who, month, *rest in rows:
            codes, sums = rest[: len(fact.divided)], rest[len(fact.divided) :]
            cell = (month, *codes)
            if cell not in cells:
                cells[cell] = fact.places(month, codes), Counter()
            places, figures = cells[cell]
            figures["count"] += 1
            for name, number in zip(fact.sums, sums, strict=True):
                figures[name] += number
            touched.update(places)
        for place in touched:
            groups[place].people += 1
    for places, figures in cells.values():
        for place in places:
            groups[place].figures.update(figures)
    _add_anonymous(fact, groups)
    return _tree(fact, groups)


def _add_anonymous(fact: Fact, groups: dict[Place, Group]) -> None:
    """What happened to people who are no longer known. One of them may be in several figures, so only the most of one counts."""
    most: Counter[Place] = Counter()
    for row in db.session.scalars(select(AnonymousTally).filter_by(what=fact.anonymous)):
        figures = {"count": row.count} | ({"cents": row.cents} if "cents" in fact.sums else {})
        for place in fact.places_of(row.period, row.codes.split(" ")):
            most[place] = max(most[place], row.people)
            groups[place].figures.update(figures)
    for place, people in most.items():
        groups[place].people += people


def _tree(fact: Fact, groups: Mapping[Place, Group]) -> Group:
    levels: dict[str, dict[str, Group]] = {"month": {}, "quarter": {}, "year": {}}
    for place, group in groups.items():
        if len(place) == 2:
            levels[place[0]][place[1]] = group
    whole = grow(levels, groups.get(("whole",)))
    for name, (_column, codes) in fact.divided.items():
        for key, year in whole.splits["year"].items():
            year.splits[name] = {code: groups.get(("year", key, name, code)) or Group() for code in codes}
    return whole


def by_first(query: Select[Any], columns: int) -> Select[Any]:
    """The query grouped by its first columns, named by their place: PostgreSQL takes no expression for its own twin."""
    return query.group_by(*(literal_column(str(place + 1)) for place in range(columns)))


def month_of_day(day: Any) -> ColumnElement[str]:
    """The month of a day, as 2026-03."""
    return func.substr(cast(day, String), 1, 7)


def month_of_moment(moment: Any) -> ColumnElement[str]:
    """The month of a moment by the Finnish clock.

    SQLite knows no zones. A month begins at 21 UTC when summer time is on, otherwise at 22; the clocks never turn on a
    month's first night.
    """
    if db.engine.dialect.name != "sqlite":
        return func.to_char(func.timezone(HELSINKI.key, moment), "YYYY-MM")
    number = cast(func.strftime("%m", moment, "+3 hours"), Integer)
    return case(
        (number.between(*SUMMER), func.strftime("%Y-%m", moment, "+3 hours")),
        else_=func.strftime("%Y-%m", moment, "+2 hours"),
    )
