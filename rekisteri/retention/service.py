"""The clock's look over everything kept, and destroying what a person has confirmed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from rekisteri.audit import service as audit
from rekisteri.billing import importing
from rekisteri.customers.importing import steps
from rekisteri.erasure import places
from rekisteri.kernel.db import db, require_transaction, transaction
from rekisteri.retention import people, proving, rules
from rekisteri.retention.heaps import HEAPS
from rekisteri.retention.models import Destruction, Finding
from rekisteri.settings import periods
from rekisteri.settings import service as settings
from rekisteri.settings.rules import month_and_day

RUN = audit.event("retention.run", "säilytysajat tarkistettu", fields={"count": int})
DESTROYED = audit.event(
    "retention.destroyed",
    "säilytysajan päättyneitä tietoja hävitetty",
    fields={"kind": str, "count": int, "until": str},
)
AT_ONCE = 500
ACTED = (*rules.PEOPLE, *HEAPS)
"""The kinds that a person can have destroyed here; the rest is only stated."""


@dataclass(frozen=True)
class Count:
    """How much of one kind has been kept long enough, how much of that is held, and from which day the oldest is."""

    kind: str
    due: int
    held: int
    oldest: date | None

    @property
    def free(self) -> int:
        """What may go."""
        return max(self.due - self.held, 0)


def last_day(kind: str, on: date) -> date:
    """The latest day whose data of this kind have been kept long enough today."""
    if kind == "invoices":
        year_end = month_and_day(settings.current().financial_year_end)
        return rules.last_voucher_day(periods.length(kind), year_end, on)
    return periods.last_day(kind, on)


def count(kind: str, on: date) -> Count:
    """What the clock would propose of one kind today."""
    until = last_day(kind, on)
    if kind in rules.PEOPLE:
        due = people.count(kind, until)
        return Count(kind, due, people.count_held(kind, until, on=on) if due else 0, people.oldest(kind, until))
    heap = HEAPS[kind]
    return Count(kind, heap.count(until), heap.count_held(until), heap.oldest(until))


def look(on: date) -> list[Count]:
    """What the clock would propose today, of every kind; nothing is written."""
    return [count(kind, on) for kind in ACTED]


def run(on: date, *, by: Any = None) -> list[Count]:
    """Look over everything and leave the proposals for a person. Nothing is destroyed."""
    found = look(on)
    with transaction():
        for one in found:
            _note(one, on)
        audit.record(RUN, subject="register:1", by=by, count=sum(one.free for one in found))
    return found


def _note(one: Count, on: date) -> None:
    finding = db.session.get(Finding, one.kind) or Finding(kind=one.kind)
    finding.found_on, finding.due, finding.held, finding.oldest = on, one.due, one.held, one.oldest
    db.session.add(finding)


def findings() -> dict[str, Finding]:
    """What the last look found, by kind."""
    return {finding.kind: finding for finding in db.session.scalars(select(Finding))}


def last_run() -> date | None:
    """When the clock was last asked about everything."""
    found: date | None = db.session.scalar(select(func.min(Finding.found_on)))
    return found


def destroy_some(*, kind: str, seen: date | None, by: Any, on: date) -> int:
    """Destroy the next of what a person has confirmed; how many went, nought when nothing is left.

    :param seen: the day up to which the confirmed page proposed.
    :raises RuleViolation: something else would go than what was seen.
    """
    require_transaction("destroying what has been kept long enough")
    until = rules.check_seen(seen, until=last_day(kind, on))
    gone, texts = HEAPS[kind].destroy(until, limit=AT_ONCE, on=on)
    if gone:
        _record(kind, gone, until, texts, by=by, on=on)
    return gone


def let_person_go(*, kind: str, customer_id: int, by: Any, on: date) -> bool:
    """Let one confirmed person go; not when time has not passed after all, or something has come to hold them."""
    require_transaction("letting a person go")
    until = last_day(kind, on)
    if not people.free(kind, until, [customer_id], on=on):
        return False
    _record(kind, 1, until, people.destroy(customer_id, on=on), by=by, on=on)
    return True


def _record(kind: str, gone: int, until: date, texts: list[str], *, by: Any, on: date) -> None:
    """One line a day, kind and person in the book of what has been destroyed; another once what went was searched for."""
    length = periods.length(kind)
    query = select(Destruction).filter_by(kind=kind, on=on, by_id=by.id, until=until, length=length, proof=None)
    line = db.session.scalar(query) or Destruction(kind=kind, on=on, by_id=by.id, until=until, length=length, count=0)
    line.count += gone
    proving.remember(line, texts)
    db.session.add(line)
    audit.record(DESTROYED, subject="register:1", by=by, kind=kind, count=gone, until=until.isoformat())


def refresh(kind: str, on: date) -> Count:
    """Count one kind anew after something went, so that the work queue tells what is left."""
    found = count(kind, on)
    with transaction():
        _note(found, on)
    return found


def forget_left_lying() -> None:
    """Forget the files of customers and invoices that were sent in and never accepted; nobody's confirmation is needed."""
    with transaction():
        steps.give_up_old()
        importing.forget_old()
    steps.finish_giving_up()


def tidy() -> None:
    """Empty SQLite's write-ahead log, in which what went could still be read, unless somebody is just reading from it.

    Nobody is kept waiting for it: the next commit, the next night's run or a closed register does the same.
    """
    db.session.rollback()
    if not places.is_sqlite():
        return
    with db.engine.connect() as connection:
        ours: Any = connection.connection.dbapi_connection
        patience = ours.execute("PRAGMA busy_timeout").fetchone()[0]
        ours.execute("PRAGMA busy_timeout = 0")
        ours.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ours.execute(f"PRAGMA busy_timeout = {patience}")


def destructions(limit: int = 100, before: int | None = None) -> list[Destruction]:
    """The book of what has been destroyed, the latest first."""
    query = select(Destruction).order_by(Destruction.id.desc()).limit(limit)
    return list(db.session.scalars(query.where(Destruction.id < before) if before else query))


def proposals(kind: str, *, on: date, after: int | None = None) -> people.Page:
    """A page of the people proposed."""
    return people.page(kind, last_day(kind, on), on=on, after=after)


def chosen(kind: str, ids: Collection[int], on: date) -> list[int]:
    """Those of the ticked who may go now."""
    return people.free(kind, last_day(kind, on), ids, on=on)
