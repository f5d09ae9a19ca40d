"""How many a choice finds, and how many stay out by what: exactly, or from a sample while one is still choosing.

The exact count looks at everybody. The live one looks at the same number of people however large the register is, taken in
short runs from all over it, and says ”noin” unless they were everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, literal, select

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.selections import conditions, estimates
from rekisteri.selections.rules import Choice

SAMPLE = 20_000
"""So many ids are looked at by the live count, in runs of `RUN`; a register of twice as many is counted whole."""
RUN = 50


@dataclass(frozen=True)
class Counted:
    """How many fit, how many of them may be used, and how many stay out by each reason; one person may have several.

    :param scale: how many people each one counted stands for; 1 when everybody was counted.
    """

    matched: int
    count: int
    left_out: Mapping[str, int]
    scale: float = 1.0

    @property
    def exact(self) -> bool:
        """Whether everybody was counted."""
        return self.scale == 1.0

    @property
    def out(self) -> int:
        """How many stay out in all."""
        return self.matched - self.count

    def about(self, counted: int) -> str:
        """A number as it may be told: as it is, or ”noin 4 200”."""
        return estimates.told(counted, self.scale)


def counted(choice: Choice, on: date) -> Counted:
    """The exact figures. In a register of a million this takes a moment."""
    return _read(_figures(choice, on), choice, on, 1.0)


def estimated(choice: Choice, on: date) -> Counted:
    """The figures as one chooses: exact in a small register, from a sample in a large one."""
    highest = db.session.scalar(select(func.max(Customer.id))) or 0
    step = estimates.step(highest, sample=SAMPLE, run=RUN)
    if not step:
        return counted(choice, on)
    looked_at = estimates.looked_at(highest, step=step, run=RUN)
    runs = select(literal(1).label("start")).cte("runs", recursive=True)
    runs = runs.union_all(select(runs.c.start + step).where(runs.c.start + step <= highest))
    some = _figures(choice, on).join_from(runs, Customer, Customer.id.between(runs.c.start, runs.c.start + RUN - 1))
    return _read(some, choice, on, highest / looked_at)


def _figures(choice: Choice, on: date) -> Select[*tuple[Any, ...]]:
    reasons = conditions.reasons(choice, on)
    sums = [func.sum(case((reason, 1), else_=0)) for reason in (conditions.any_of(reasons), *reasons.values())]
    return select(func.count(), *sums).where(*conditions.fitting(choice, on))


def _read(query: Select[*tuple[Any, ...]], choice: Choice, on: date, scale: float) -> Counted:
    matched, out, *by_reason = (number or 0 for number in db.session.execute(query).one())
    named = zip(conditions.reasons(choice, on), by_reason, strict=True)
    return Counted(matched, matched - out, {name: number for name, number in named if number}, scale)
