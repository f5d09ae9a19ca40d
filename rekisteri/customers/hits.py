"""Looking customers up by parts of words, always within a bound: a common part stays as quick as a rare one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, select, text, true, tuple_

from rekisteri.customers.models import Customer
from rekisteri.customers.search_index import condition, fts_expression, is_indexed
from rekisteri.customers.wanted import Wanted
from rekisteri.kernel.db import db

MOST_HITS = 1000
WALKED = 2000
SEEN = ("active", "archived")

Rows = Select[str, int, str, bool]
"""Sort key, id, state, and whether what is wanted stands there for certain."""

_NEWEST = """SELECT rowid AS id FROM customer_search WHERE customer_search MATCH :expression
    ORDER BY rowid DESC LIMIT :most"""
_NEWEST_IN_STATE = """SELECT c.id FROM customer_search AS s CROSS JOIN customer AS c ON c.id = s.rowid
    WHERE s.customer_search MATCH :expression AND c.state = :state ORDER BY s.rowid DESC LIMIT :most"""


class Hit(NamedTuple):
    """Where a customer who was found stands in the list."""

    sort_key: str
    id: int
    state: str


@dataclass(frozen=True)
class Hits:
    """Customers in whom what was wanted stands: all of them, or the newest when there are too many to look at."""

    found: list[Hit]
    too_many: bool


def newest_hits(wanted: Wanted, *, state: str | None = None, most: int = MOST_HITS) -> Hits:
    """The customers found by the index; with a bound of `most`, the newest of them (of one state when it is given)."""
    dialect = db.engine.dialect.name
    if not is_indexed(wanted, dialect):
        return Hits([], too_many=True)
    rows = db.session.execute(_LOOK_UP[dialect](wanted, state, most + 1)).all()
    found = [Hit(key, number, in_state) for key, number, in_state, holds in rows if holds and in_state in SEEN]
    return Hits(found, too_many=len(rows) > most)


def _by_fts(wanted: Wanted, state: str | None, most: int) -> Rows:
    given: dict[str, Any] = {"expression": fts_expression(wanted), "most": most}
    if state:
        given["state"] = state
    newest = text(_NEWEST_IN_STATE if state else _NEWEST).bindparams(**given).columns(id=Integer).subquery("newest")
    holds = condition(wanted, Customer.search_text)
    columns = select(Customer.sort_key, Customer.id, Customer.state, holds)
    return columns.join(newest, newest.c.id == Customer.id)


def _by_trigrams(wanted: Wanted, state: str | None, most: int) -> Rows:
    holds = condition(wanted, Customer.search_text)
    query = select(Customer.sort_key, Customer.id, Customer.state, true()).where(holds)
    if state:
        query = query.where(Customer.state == state)
    return query.order_by(Customer.id.desc()).limit(most)


_LOOK_UP: dict[str, Callable[[Wanted, str | None, int], Rows]] = {
    "sqlite": _by_fts,
    "postgresql": _by_trigrams,
}


def walked_hits(wanted: Wanted, ordered: Select[Any]) -> list[Hit]:
    """Those among the next customers of an ordered list in whom what is wanted stands: quick where it is common."""
    columns = (Customer.sort_key, Customer.id, Customer.state, Customer.search_text)
    near = ordered.with_only_columns(*columns).limit(WALKED).subquery("near")
    query = select(near.c.sort_key, near.c.id, near.c.state).where(condition(wanted, near.c.search_text))
    return [Hit(*row) for row in db.session.execute(query)]


def in_list_order(state: str | None, cursor: Customer | None, *, backwards: bool) -> Select[Any]:
    """The customers of a state (None: all who are seen) after or before one of them, nearest first, along an index."""
    query = select(Customer)
    query = query.filter_by(state=state) if state else query.where(Customer.state.not_in(("merged", "incoming")))
    place = tuple_(Customer.sort_key, Customer.id)
    if cursor:
        here = tuple_(cursor.sort_key, cursor.id)
        query = query.where(place < here if backwards else place > here)
    if backwards:
        return query.order_by(Customer.sort_key.desc(), Customer.id.desc())
    return query.order_by(Customer.sort_key, Customer.id)
