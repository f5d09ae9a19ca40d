"""Looking customers up by parts of words, always within a bound: a common part stays as quick as a rare one."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, Select, and_, any_, func, literal, or_, select, text

from rekisteri.customers.listing import Line
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import slots
from rekisteri.customers.search_index import condition, fts_expression, is_indexed
from rekisteri.customers.wanted import Wanted, addresses
from rekisteri.kernel.db import db

EXAMINED = 20_000
_FEW = 100
_SOME = "SELECT rowid AS id FROM customer_search WHERE customer_search MATCH :expression LIMIT :most"
_NEWEST = """SELECT c.id FROM (SELECT rowid AS id FROM customer_search WHERE customer_search MATCH :expression
    ORDER BY rowid DESC LIMIT :examined) AS s CROSS JOIN customer AS c ON c.id = s.id
    WHERE :state IS NULL OR c.state = :state LIMIT :most"""


def some_ids(wanted: Wanted, most: int) -> list[int]:
    """Ids of customers in whom what is wanted may stand, at most so many; none when it is too short for the index."""
    return _ids(wanted, _SOME, {"most": most}, _newest_by_trigrams(wanted, None, most))


def newest_ids(wanted: Wanted, most: int, state: str | None) -> list[int]:
    """The same, of one state (None: of all): the newest, since of many the newest are wanted sooner than the oldest."""
    given = {"most": most, "state": state, "examined": EXAMINED}
    return _ids(wanted, _NEWEST, given, _newest_by_trigrams(wanted, state, most))


def meant_ids(wanted: Wanted, most: int) -> list[int]:
    """The same for a word in its many possible spellings."""
    return _ids(wanted, _SOME, {"most": most}, _all_by_trigrams(wanted).limit(most))


def _ids(wanted: Wanted, fts: str, given: dict[str, Any], by_trigrams: Select[int]) -> list[int]:
    dialect = db.engine.dialect.name
    if not is_indexed(wanted, dialect):
        return []
    if dialect == "postgresql":
        return list(db.session.scalars(by_trigrams))
    return list(db.session.scalars(text(fts), {"expression": fts_expression(wanted), **given}).all())


def _newest_by_trigrams(wanted: Wanted, state: str | None, most: int) -> Select[int]:
    query = select(Customer.id).where(condition(wanted, Customer.search_text))
    if state:
        query = query.where(Customer.state == state)
    return query.order_by(Customer.id.desc()).limit(most)


def _all_by_trigrams(wanted: Wanted) -> Select[int]:
    """Planned as if all were wanted: a planner that hoped to meet a few soon would read on through the whole register."""
    found = select(Customer.id).where(condition(wanted, Customer.search_text)).cte("found").prefix_with("MATERIALIZED")
    return select(found.c.id)


def whose(query: str) -> list[int]:
    """Ids of those whose whole e-mail address or phone number was typed: one look into the index of data."""
    known = [(slots(field), match) for field, matches in addresses(query).items() for match in matches]
    if not known:
        return []
    same = or_(*(and_(Datum.field.in_(fields), Datum.match == match) for fields, match in known))
    found = select(Datum.customer_id).where(same, Datum.ended_at.is_(None)).limit(_FEW)
    return list(db.session.scalars(found))


def among(ids: Sequence[int], wanted: Wanted, line: Line, besides: ColumnElement[bool], most: int) -> list[Customer]:
    """The first in line of those with these ids in whom what is wanted stands for certain.

    They are put in order here: a database might rather walk the whole order of names to meet the few.
    """
    own = _one_of(ids), condition(wanted, Customer.search_text), besides
    if len(ids) <= _FEW:
        return line.sorted(list(db.session.scalars(select(Customer).where(*own))))[:most]
    places = select(Customer.sort_key, Customer.id, Customer.state).where(*own)
    first = [place.id for place in line.sorted(list(db.session.execute(places)))[:most]]
    return line.sorted(list(db.session.scalars(select(Customer).where(Customer.id.in_(first)))))


def _one_of(ids: Sequence[int]) -> ColumnElement[bool]:
    """Many ids go as one value: hundreds of marks in a query take longer to write than the query to answer."""
    if len(ids) <= _FEW:
        return Customer.id.in_(ids)
    if db.engine.dialect.name == "postgresql":
        return Customer.id == any_(literal(list(ids), ARRAY(Integer)))
    return Customer.id.in_(select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value))
