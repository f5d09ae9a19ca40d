"""Changing customers by the thousand, as `service.change` changes one: the old value ends, the new one begins."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from rekisteri.customers import frozen, projection, rules
from rekisteri.customers.bulk import MOST_IN_A_QUERY, Employers, Insert, Row, in_batches, link_people
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, require_transaction

ENDED: Any = bindparam("ended")
Held = Mapping[str, Any]


@dataclass(slots=True)
class Change:
    """New values of one customer, checked; `version` is what the customer was when the change was decided."""

    customer_id: int
    version: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Whence:
    """Where all the new values come from, who enters them and why the old ones end."""

    source_id: int
    obtained_on: date
    by_id: int | None
    reason: str


def change_many(changes: Sequence[Change], whence: Whence) -> set[int]:
    """Make the changes inside the caller's transaction.

    :returns: whose changes were made; one that somebody has changed since, that is not active or whose data are to stay as
        they are is left as it is.
    """
    require_transaction("changing customers")
    made: set[int] = set()
    for part in in_batches(changes, MOST_IN_A_QUERY):
        made |= _change_part(part, whence)
    db.session.expire_all()
    return made


def held_by(customer_ids: Sequence[int]) -> dict[int, dict[str, Held]]:
    """What now stands in the register of each: field → its datum's columns."""
    found: dict[int, dict[str, Held]] = defaultdict(dict)
    columns = (Datum.id, Datum.customer_id, Datum.field, Datum.value, Datum.use, Datum.valid_from, Datum.valid_until)
    for part in in_batches(customer_ids, MOST_IN_A_QUERY):
        query = select(*columns).where(Datum.customer_id.in_(part), Datum.ended_at.is_(None)).order_by(Datum.id)
        for row in db.session.execute(query).mappings():
            found[row["customer_id"]][row["field"]] = dict(row)
    return found


def _change_part(changes: Sequence[Change], whence: Whence) -> set[int]:
    ids = [change.customer_id for change in changes]
    query = select(Customer.id, Customer.kind, Customer.version, Customer.state).where(Customer.id.in_(ids))
    known = {row.id: row for row in db.session.execute(query)}
    held = held_by(ids)
    wanted: dict[int, list[str]] = defaultdict(list)
    for change in changes:
        wanted[change.customer_id] += fields_changed(held[change.customer_id], change)
    stuck = frozen.why_not(wanted)
    batch = _Batch(whence)
    for change in changes:
        row = None if change.customer_id in stuck else known.get(change.customer_id)
        if row is not None and row.version == change.version and row.state == "active" and row.id not in batch.made:
            batch.add(row.id, row.kind, held[row.id], change.values)
    batch.write()
    return batch.made


def fields_changed(held: Mapping[str, Held], change: Change) -> list[str]:
    """The fields in which the change puts something else than now stands there."""
    return [field for field, value in change.values.items() if value != (held[field]["value"] if field in held else "")]


class _Batch:
    """The rows that some changes leave."""

    def __init__(self, whence: Whence) -> None:
        self.whence, self.at = whence, now()
        self.made: set[int] = set()
        self.renamed: list[int] = []
        self.ended: list[dict[str, Any]] = []
        self.begun: list[dict[str, Any]] = []
        self.customers: dict[int, dict[str, Any]] = {}
        self.employed: dict[int, str] = {}

    def add(self, customer_id: int, kind: str, held: Mapping[str, Held], values: Mapping[str, str]) -> None:
        """One customer's change."""
        self.made.add(customer_id)
        before = {field: datum["value"] for field, datum in held.items()}
        after = {field: value for field, value in {**before, **values}.items() if value}
        changed = [field for field in rules.FIELDS[kind] if before.get(field) != after.get(field)]
        for field in changed:
            self._replace(customer_id, field, held.get(field), after.get(field))
        if not changed:
            return
        self.customers[customer_id] = projection.columns(kind, after)
        if "organisation" in changed:
            self.employed[customer_id] = after.get("organisation", "")
        if "name" in changed:
            self.renamed.append(customer_id)

    def _replace(self, customer_id: int, field: str, old: Held | None, value: str | None) -> None:
        if old is not None:
            self.ended.append({"ended": old["id"]})
        if value:
            kept = {name: old[name] if old else None for name in ("use", "valid_from", "valid_until")}
            begun = {"customer_id": customer_id, "field": field, "value": value, "match": rules.match_key(field, value)}
            links = {"replaces_id": old["id"] if old else None, "ended_reason": ""}
            self.begun.append({**begun, **kept, "use": kept["use"] or "", **links, **self._entered()})

    def _entered(self) -> dict[str, Any]:
        source = {"source_id": self.whence.source_id, "obtained_on": self.whence.obtained_on}
        return {**source, "entered_by_id": self.whence.by_id, "entered_at": self.at}

    def write(self) -> None:
        """Put all of it into the tables."""
        connection = db.session.connection()
        if self.ended:
            ending = {"ended_at": self.at, "ended_by_id": self.whence.by_id, "ended_reason": self.whence.reason[:200]}
            connection.execute(update(Datum.__table__).where(Datum.id == ENDED).values(**ending), self.ended)
        Insert(connection, Datum.__table__).many(self.begun)
        if self.customers:
            rows = [{"ended": number, **columns} for number, columns in self.customers.items()]
            table = Customer.__table__
            moved = {"changed_at": self.at, "version": table.c.version + 1}
            named: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "ended"}
            connection.execute(update(table).where(table.c.id == ENDED).values(**moved, **named), rows)
        self._link()

    def _link(self) -> None:
        """People to the organisations they now name, and to those that now have the name they had given."""
        day, by = self.whence.obtained_on, self.whence.by_id
        ids = list(self.employed)
        rows = [
            Row("person", {"organisation": name}, self.whence.source_id, day, by) for name in self.employed.values()
        ]
        employers = Employers(rows, ids)
        links = [
            {"ended": number, "to": employers.of(row, row.values["organisation"])}
            for number, row in zip(ids, rows, strict=True)
        ]
        if links:
            linking = update(Customer.__table__).where(Customer.id == ENDED).values(organisation_id=bindparam("to"))
            db.session.connection().execute(linking, links)
        if self.renamed:
            link_people(self.renamed)
