"""Entering customers by the hundred thousand: the same rows that one form at a time would leave, written by the driver.

The object layer makes an object of every value; here a batch is a list of plain tuples. What a row holds is composed by
the same functions (`projection`, `rules.match_key`) that the form's use case asks, so the two cannot drift apart.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, select, text

from rekisteri.customers import projection, rules
from rekisteri.customers.ids import new_ids
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db, require_transaction

MOST_IN_A_QUERY = 500
"""So many values in one IN list; SQLite's older limit is 999."""


@dataclass(slots=True)
class Row:
    """A customer to be entered. `values` have been through `rules.check_values`; nothing is judged again here."""

    kind: str
    values: Mapping[str, str]
    source_id: int
    obtained_on: date
    entered_by_id: int | None
    organisation_id: int | None = None
    state: str = "active"
    created_at: datetime | None = None
    active_on: date | None = None


def enter_many(
    rows: Iterable[Row], *, batch: int = 2000, entered: Callable[[Sequence[int]], None] | None = None
) -> int:
    """Enter customers with their data inside the caller's transaction, and return how many.

    People are linked to the organisations they name, also to those that come later in the same list. The log of
    processing is the caller's: one event with a count says more than a hundred thousand.

    :param entered: is told the ids of each batch, in the order of its rows.
    """
    require_transaction("entering customers")
    writer, count = _Writer(db.session.connection()), 0
    for part in in_batches(rows, batch):
        ids = writer.write(part)
        count += len(ids)
        if entered:
            entered(ids)
    return count


def in_batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The rows, `size` of them at a time."""
    waiting = iter(rows)
    while part := list(islice(waiting, size)):
        yield part


class _Writer:
    """Writes batches over one connection; what a statement needs is worked out once."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.moment, self.day = connection, now(), today()
        self.customers = Insert(connection, Customer.__table__)
        self.data = Insert(connection, Datum.__table__, constants={"ended_reason": "''", "use": "''"})

    def write(self, rows: Sequence[Row]) -> list[int]:
        """Put a batch into the tables; its customers' ids."""
        ids = new_ids(self.connection, Customer.__table__, len(rows))
        employers = Employers(rows, ids)
        customers: list[dict[str, Any]] = []
        data: list[tuple[Any, ...]] = []
        for number, row in zip(ids, rows, strict=True):
            at = row.created_at or self.moment
            columns = projection.columns(row.kind, row.values)
            organisation_id = row.organisation_id or employers.of(row, columns["represents"])
            links = {"organisation_id": organisation_id, "merged_into_id": None}
            own = {"id": number, "kind": row.kind, "state": row.state, "version": 1, "created_at": at, "changed_at": at}
            customers.append({**own, **columns, **links, "active_on": row.active_on or self.day})
            data.extend(self._data(number, row, at))
        self.customers.many(sorted(customers, key=lambda own: own["kind"]))  # whom a link points to comes first
        self.data.tuples(_DATUM, data)
        if employers.new:
            link_people(employers.new)
        return ids

    def _data(self, customer_id: int, row: Row, at: datetime) -> Iterator[tuple[Any, ...]]:
        """A row for each value, in the order of the fields."""
        whence = (row.source_id, self.data.bound("obtained_on", row.obtained_on), row.entered_by_id)
        rest = (*whence, self.data.bound("entered_at", at))
        for field in sorted(row.values, key=_PLACES[row.kind].__getitem__):
            if value := row.values[field]:
                yield customer_id, field, value, rules.match_key(field, value), *rest


_DATUM = ("customer_id", "field", "value", "match", "source_id", "obtained_on", "entered_by_id", "entered_at")
_PLACES = {kind: {field: place for place, field in enumerate(fields)} for kind, fields in rules.FIELDS.items()}


class Insert:
    """An INSERT of many rows by the driver, with the types that the dialect would bind one by one bound here."""

    def __init__(self, connection: Connection, table: Table, *, constants: Mapping[str, str] | None = None) -> None:
        """:param constants: columns that are the same on every row, as SQL."""
        self.connection, self.table, self.dialect = connection, table, connection.dialect
        self._constants = dict(constants or {})
        self._known: dict[str, dict[Any, Any]] = {}
        self._conversions = {column.name: self._conversion(column) for column in table.columns}

    def _conversion(self, column: Column[Any]) -> Callable[[Any], Any] | None:
        return column.type.dialect_impl(self.dialect).bind_processor(self.dialect)

    def bound(self, name: str, value: Any) -> Any:
        """A value of a column as the driver takes it; what repeats is converted once."""
        convert = self._conversions[name]
        if convert is None:
            return value
        known = self._known.setdefault(name, {})
        if value not in known:
            known[value] = convert(value)
        return known[value]

    def _column(self, name: str, values: list[Any]) -> list[Any]:
        return [self.bound(name, value) for value in values] if self._conversions[name] else values

    def many(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the rows; all of them have the columns of the first."""
        if rows:
            names = tuple(rows[0])
            columns = [[row[name] for row in rows] for name in names]
            self.tuples(names, list(zip(*map(self._column, names, columns), strict=True)))

    def tuples(self, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Write rows whose values are bound already."""
        if rows:
            quote = self.dialect.identifier_preparer.quote
            mark = "?" if self.dialect.paramstyle == "qmark" else "%s"
            columns = ", ".join(quote(name) for name in (*names, *self._constants))
            values = ", ".join([*[mark] * len(names), *self._constants.values()])
            statement = f"INSERT INTO {quote(self.table.name)} ({columns}) VALUES ({values})"  # noqa: S608 - our own names
            self.connection.exec_driver_sql(statement, rows)


class Employers:
    """The organisations that a batch of people name, and those the batch itself brings."""

    def __init__(self, rows: Sequence[Row], ids: Sequence[int]) -> None:
        self.found: dict[str, set[int]] = defaultdict(set)
        self.new: list[int] = []
        for number, row in zip(ids, rows, strict=True):
            if row.kind == "organisation":
                self.found[row.values["name"].casefold()].add(number)
                if row.state == "active":
                    self.new.append(number)
        wanted = {row.values["organisation"] for row in rows if row.kind == "person" and row.values.get("organisation")}
        states = {"active", *(row.state for row in rows)} - {"archived", "merged"}
        keys = sorted({projection.order_key(name) for name in wanted})
        query = select(Customer.id, Customer.display_name).filter_by(kind="organisation")
        for part in in_batches(keys, MOST_IN_A_QUERY):
            known = query.where(Customer.state.in_(states), Customer.sort_key.in_(part))
            for number, name in db.session.execute(known):
                self.found[name.casefold()].add(number)

    def of(self, row: Row, name: str) -> int | None:
        """The one organisation of exactly this name; None when there is none or several."""
        same = self.found.get(name.casefold(), ()) if row.kind == "person" and name else ()
        return next(iter(same)) if len(same) == 1 else None


def link_people(organisation_ids: Sequence[int]) -> None:
    """Link to these organisations the people who had named them before they were in the register."""
    link(links_to(organisation_ids))


def links_to(organisation_ids: Sequence[int], *, state: str = "active") -> dict[int, int]:
    """Person → organisation: those in the register who name one of these, which are in `state`, and have no link."""
    found: dict[int, int] = {}
    for part in in_batches(organisation_ids, MOST_IN_A_QUERY):
        by_match = _alone_in_name(part, {"active", state})
        waiting = (
            select(Customer.id, Datum.match)
            .join(Datum, Datum.customer_id == Customer.id)
            .where(Datum.field == "organisation", Datum.match.in_(by_match), Datum.ended_at.is_(None))
            .where(Customer.organisation_id.is_(None), Customer.state.in_(("active", "archived")))
        )
        found |= {number: by_match[match] for number, match in db.session.execute(waiting)}
    return found


def link(links: Mapping[int, int]) -> None:
    """Write the links; of a person who has got one meanwhile it is left as it is."""
    if links:
        linking = text("UPDATE customer SET organisation_id = :to WHERE id = :id AND organisation_id IS NULL")
        db.session.connection().execute(linking, [{"id": one, "to": to} for one, to in links.items()])
        db.session.expire_all()


def _alone_in_name(organisation_ids: Sequence[int], states: Collection[str]) -> dict[str | None, int]:
    """Of these organisations those whose name no other one has, by what a person's datum that names them matches."""
    keys = select(Customer.sort_key).where(Customer.id.in_(organisation_ids))
    query = select(Customer.id, Customer.display_name).where(Customer.sort_key.in_(keys))
    bearers: dict[str, list[int]] = defaultdict(list)
    known = query.where(Customer.kind == "organisation", Customer.state.in_(states))
    for number, name in db.session.execute(known):
        bearers[name].append(number)
    return {rules.match_key("organisation", name): ids[0] for name, ids in bearers.items() if len(ids) == 1}
