"""What is left of somebody who was anonymised: bare figures, added to those of others and tied to nobody.

Nobody is singled out, nothing is linked, nothing is inferred (opinion 05/2014 of the Article 29 working party, WP216): there
is no row of a person, no day, no number, no product, and sums are rounded to tens of euros. A month's figure stays a month's
only when enough different people had theirs in that month; otherwise it goes into the year's, or into the whole's.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, String, func, select
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


def tally(what: str, happenings: Iterable[Happening], *, person: Any, day: Any) -> None:
    """Add what happened to one person to the figures.

    :param person: the column that tells whom such things happened to, and `day` when: by these the others are counted.
    """
    require_transaction("adding to anonymous figures")
    counts: Counter[tuple[str, str]] = Counter()
    cents: Counter[tuple[str, str]] = Counter()
    periods: dict[str, str] = {}
    for one in happenings:
        if one.month not in periods:
            periods[one.month] = _period(one.month, person, day)
        cell = (periods[one.month], " ".join(one.codes))
        counts[cell] += 1
        cents[cell] += one.cents
    for (period, codes), count in counts.items():
        _add(what, period, codes, count, _rounded(cents[period, codes]))


def _period(month: str, person: Any, day: Any) -> str:
    return next((period for period in (month, month[:4]) if _has_enough(period, person, day)), "")


def _has_enough(period: str, person: Any, day: Any) -> bool:
    year, month = int(period[:4]), int(period[5:] or 0)
    last = monthrange(year, month or 12)[1]
    days = day.between(date(year, month or 1, 1), date(year, month or 12, last))
    some = select(person).where(days).distinct().limit(ENOUGH).subquery()
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
