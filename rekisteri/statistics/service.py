"""Counting the register, and what was counted last.

A count goes through the whole register, so it is done once a day: by the clock in the night (`flask statistics refresh`), or
in a small register by the first who looks on a day when the clock did not. In a large one nobody ever waits: what was
counted last is shown, however old, and the page says when that was. Counting only reads; the few rows of the result are
written afterwards in a moment, so nobody's saving waits for it. On a busy desktop 100,000 customers with 300,000 orders
take some ten seconds, half of it for the source and the area of each customer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db, transaction
from rekisteri.statistics import customers, dealings, requests
from rekisteri.statistics.models import Statistic

OLDEST = timedelta(days=1)
LARGE = 20_000
"""From so many customers on, a page does not count; the largest id tells it at once."""

SUBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "customers": customers.collect,
    "orders": dealings.collect_orders,
    "requests": lambda: requests.collect(today()),
    "disclosures": dealings.collect_disclosures,
}
"""What is counted: a subject's name and the function that gives its published figures, series by series."""


@dataclass(frozen=True)
class Snapshot:
    """The published figures of all subjects, and when they were counted."""

    counted_at: datetime
    figures: dict[str, dict[str, Any]]

    @property
    def is_old(self) -> bool:
        """Whether it should have been counted again by now."""
        return now() - self.counted_at >= OLDEST

    @property
    def left_out(self) -> dict[str, int]:
        """How many customers every ground leaves out of all figures (GDPR art. 18, 21); a register's own count is told as it is."""
        return self.figures["customers"].get("left_out", {})


def snapshot() -> Snapshot | None:
    """What was counted last, counted again first when it is old and the register small; None when there is nothing yet."""
    kept = _kept()
    if (kept is None or kept.is_old) and not is_large():
        return refresh()
    return kept


def is_large() -> bool:
    """Whether counting would keep somebody waiting."""
    return (db.session.scalar(select(func.max(Customer.id))) or 0) > LARGE


def refresh() -> Snapshot:
    """Count everything now and keep it. Outside any transaction: it makes its own when the counting is done."""
    moment = now()
    counted = {subject: collect() for subject, collect in SUBJECTS.items()}
    with transaction():
        for subject, figures in counted.items():
            db.session.merge(Statistic(subject=subject, counted_at=moment, figures=figures))
    return Snapshot(moment, counted)


def _kept() -> Snapshot | None:
    rows = {row.subject: row for row in db.session.scalars(select(Statistic).where(Statistic.subject.in_(SUBJECTS)))}
    if set(rows) != set(SUBJECTS):
        return None
    return Snapshot(min(row.counted_at for row in rows.values()), {name: row.figures for name, row in rows.items()})
