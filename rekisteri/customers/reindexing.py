"""Making anew what the search and the lists read, when it is missing, broken, or its rule has changed with a release."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, text, update

from rekisteri.customers import projection, search_index
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db, require_transaction
from rekisteri.kernel.upgrades import after_upgrade

BATCH = 1000
SAMPLE = 200
_READ = ("display_name", "sort_key", "name_key", "search_text", "contact", "place")


def reindex() -> int:
    """Compose anew what is read of each customer, and make the index anew; how many customers were written differently.

    The data themselves are not touched, so nobody's version changes and nothing goes into the log.
    """
    require_transaction("making the index of the search anew")
    connection = db.session.connection()
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    _take_away(connection)
    written = 0
    for ids in _batches():
        written += _write(connection, _differing(ids))
    for statement in search_index.statements(dialect):
        connection.execute(text(statement))
    db.session.expire_all()
    return written


@after_upgrade
def reindex_if_stale() -> None:
    """Compose anew what an older release composed by another rule."""
    if stale():
        reindex()


def stale() -> bool:
    """Whether the newest customers are composed by a rule of an older release."""
    newest = select(Customer.id).where(Customer.state != "merged").order_by(Customer.id.desc()).limit(SAMPLE)
    return bool(_differing(list(db.session.scalars(newest))))


def _take_away(connection: Connection) -> None:
    """Take the old index away, or what is left of it."""
    for statement in search_index.undoing(connection.dialect.name):
        connection.execute(text(statement))


def _batches() -> Iterator[list[int]]:
    last = 0
    while ids := list(
        db.session.scalars(select(Customer.id).where(Customer.id > last).order_by(Customer.id).limit(BATCH))
    ):
        yield ids
        last = ids[-1]


def _differing(ids: Sequence[int]) -> list[dict[str, Any]]:
    """What the rows of these customers should say and do not; who was merged has no data of their own any more."""
    current: dict[int, dict[str, str]] = defaultdict(dict)
    data = select(Datum.customer_id, Datum.field, Datum.value)
    for number, field, value in db.session.execute(data.where(Datum.customer_id.in_(ids), Datum.ended_at.is_(None))):
        current[number][field] = value
    rows = select(Customer.id, Customer.kind, *(getattr(Customer, name) for name in _READ))
    differing = []
    for row in db.session.execute(rows.where(Customer.id.in_(current), Customer.state != "merged")).mappings():
        composed = projection.columns(row["kind"], current[row["id"]])
        if any(composed[name] != row[name] for name in _READ):
            differing.append({"number": row["id"], **{name: composed[name] for name in _READ}})
    return differing


def _write(connection: Connection, rows: list[dict[str, Any]]) -> int:
    if rows:
        table = Customer.__table__
        change = update(table).where(table.c.id == bindparam("number"))
        connection.execute(change.values({name: bindparam(name) for name in _READ}), rows)
    return len(rows)
