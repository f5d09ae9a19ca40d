"""Counting the register, and what was counted last.

A count goes through the whole register, so it is done once a day: by the clock in the night (`flask statistics refresh`), or
by the first who looks on a day when the clock did not. What is shown says when it was counted. Counting only reads; the
few rows of the result are written afterwards in a moment, so nobody's saving waits for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db, transaction
from rekisteri.statistics import customers, dealings, requests
from rekisteri.statistics.models import Statistic

OLDEST = timedelta(days=1)
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


def snapshot() -> Snapshot:
    """What was counted last, counted again when it is a day old or a subject has never been counted."""
    kept = _kept()
    if kept is None or now() - kept.counted_at >= OLDEST:
        return refresh()
    return kept


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
