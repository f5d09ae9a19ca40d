"""Finding whom to tell: each table with sources is read on from where the last look ended, so a large register costs nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, insert, select

from rekisteri.audit import service as audit
from rekisteri.customers.models import ContactNote, Customer, Datum, Representation, Source
from rekisteri.informing import marks, rules
from rekisteri.informing.models import Duty, Sweep
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction

FOUND = audit.event("informing.found", "informoitavia löydetty", fields={"count": int})
STEP = 20_000


@dataclass(frozen=True)
class Table:
    """A table whose rows came from a source on a day, about a person."""

    model: Any
    person: Any
    day: Any


TABLES = {
    "datum": Table(Datum, Datum.customer_id, Datum.obtained_on),
    "representation": Table(Representation, Representation.person_id, Representation.obtained_on),
    "contact_note": Table(ContactNote, ContactNote.customer_id, ContactNote.happened_on),
}
for _table in TABLES.values():
    marks.keep(_table.model.__table__)


def find_all() -> int:
    """Look through everything that has been entered since the last look; how many duties were found."""
    return sum(find_on())


def find_on() -> Iterator[int]:
    """Look on, each step in a transaction of its own; how many duties each step found."""
    for name in TABLES:
        while (found := _step(name)) is not None:
            yield found


def unseen() -> int:
    """How many people, of those entered since the last look, must be told: read only, and of the next `STEP` rows."""
    people: set[int] = set()
    for name, table in TABLES.items():
        last = db.session.scalar(select(Sweep.last_id).filter_by(name=name)) or 0
        people.update(row.person for row in db.session.execute(_new(table, last, last + STEP)))
    return len(people)


def _step(name: str) -> int | None:
    """The next rows of one table; None when there are no more."""
    table = TABLES[name]
    with transaction():
        sweep = db.session.get(Sweep, name)
        if sweep is None:
            sweep = Sweep(name=name, last_id=0)
            db.session.add(sweep)
        end = db.session.scalar(select(func.max(table.model.id))) or 0
        if sweep.last_id >= end:
            return None
        until = min(sweep.last_id + STEP, end)
        duties = [_duty(*row) for row in db.session.execute(_new(table, sweep.last_id, until))]
        if duties:
            db.session.execute(insert(Duty), duties)
            audit.record(FOUND, subject="register:1", count=len(duties))
        sweep.last_id = until
        return len(duties)


def _new(table: Table, after: int, until: int) -> Select[Any]:
    """Person, source and first day of the rows in this stretch of which there is no duty yet."""
    known = exists().where(Duty.customer_id == table.person, Duty.source_id == table.model.source_id)
    return (
        select(table.person.label("person"), table.model.source_id, func.min(table.day))
        .join(Source, Source.id == table.model.source_id)
        .join(Customer, Customer.id == table.person)
        .where(table.model.id > after, table.model.id <= until)
        .where(Source.kind.in_(rules.OUTSIDE), Customer.kind == "person", ~known)
        .group_by(table.person, table.model.source_id)
    )


def _duty(customer_id: int, source_id: int, obtained_on: date) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "source_id": source_id,
        "obtained_on": obtained_on,
        "due_on": rules.due_on(obtained_on),
        "changed_at": now(),
    }
