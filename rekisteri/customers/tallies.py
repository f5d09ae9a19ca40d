"""What is left of somebody who was anonymised: bare figures, added to those of others and tied to nobody.

Nobody is singled out, nothing is linked, nothing is inferred (opinion 05/2014 of the Article 29 working party, WP216): there
is no row of a person, no day, no number, no product, and sums are rounded to tens of euros. A month's figure stays a month's
only when the same happened to enough others in that month; otherwise it goes into the year's, or into the whole's. What has
never happened to enough others stays there without its codes.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ColumnElement, Select, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from rekisteri.kernel.db import db, require_transaction

ENOUGH = 5
"""So many different people hide one another."""
ROUNDED_TO = 1000
"""Sums are kept in tens of euros."""


class AnonymousTally(db.Model):  # type: ignore[name-defined]
    """How much of one thing happened in a period to people who are no longer known; `people` counts them, once a period."""

    __tablename__ = "anonymous_tally"
    __table_args__ = (CheckConstraint("people > 0 AND count > 0 AND cents >= 0", name="something"),)

    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    period: Mapped[str] = mapped_column(String(7), primary_key=True)
    codes: Mapped[str] = mapped_column(String(80), primary_key=True)
    people: Mapped[int]
    count: Mapped[int]
    cents: Mapped[int] = mapped_column(BigInteger, default=0)


@dataclass(frozen=True)
class Happening:
    """One thing that happened to the person: in which month (2026-03), under which codes, for how much."""

    month: str
    codes: tuple[str, ...]
    cents: int = 0


def tally(what: str, happenings: Iterable[Happening], *, others: Select[Any], codes: Sequence[Any], day: Any) -> None:
    """Add what happened to one person to the figures.

    :param others: selects to whom such things happened, the person left out; `codes` and `day` are its columns that tell
        what and when.
    """
    require_transaction("adding to anonymous figures")
    crowd = _Crowd(others, codes, day)
    counts: Counter[tuple[str, str]] = Counter()
    cents: Counter[tuple[str, str]] = Counter()
    cells: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = {}
    for one in happenings:
        if (one.month, one.codes) not in cells:
            cells[one.month, one.codes] = crowd.cell(one.month, one.codes)
        cell = cells[one.month, one.codes]
        counts[cell] += 1
        cents[cell] += one.cents
    for (period, words), count in counts.items():
        _add(what, period, words, count, _rounded(cents[period, words]))


@dataclass(frozen=True)
class _Crowd:
    """The others, among whom somebody is to be hidden."""

    others: Select[Any]
    codes: Sequence[Any]
    day: Any

    def cell(self, month: str, codes: tuple[str, ...]) -> tuple[str, str]:
        """The narrowest period, and the codes, in which enough others stand."""
        alike = self.others.where(*(column == code for column, code in zip(self.codes, codes, strict=True)))
        for period in (month, month[:4]):
            if _are_enough(alike.where(self._within(period))):
                return period, " ".join(codes)
        return "", " ".join(codes) if _are_enough(alike) else ""

    def _within(self, period: str) -> ColumnElement[bool]:
        year, month = int(period[:4]), int(period[5:] or 0)
        last = monthrange(year, month or 12)[1]
        return self.day.between(date(year, month or 1, 1), date(year, month or 12, last))


def _are_enough(people: Select[Any]) -> bool:
    some = people.distinct().limit(ENOUGH).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) == ENOUGH


def _rounded(cents: int) -> int:
    return (cents + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def _add(what: str, period: str, codes: str, count: int, cents: int) -> None:
    held = db.session.get(AnonymousTally, (what, period, codes))
    if held is None:
        held = AnonymousTally(what=what, period=period, codes=codes, people=0, count=0, cents=0)
        db.session.add(held)
    held.people += 1
    held.count += count
    held.cents += cents
