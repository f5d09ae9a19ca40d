"""Looking customers up by parts of words, always within a bound: a common part stays as quick as a rare one."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Row,
    Select,
    TextClause,
    and_,
    any_,
    func,
    literal,
    or_,
    select,
    text,
)

from rekisteri.customers.listing import Line, read
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import slots
from rekisteri.customers.search_index import condition, fts_expression, is_indexed
from rekisteri.customers.wanted import Wanted, addresses, stands_in
from rekisteri.kernel.db import db

EXAMINED = 20_000
_FEW = 100
_SOME = text("SELECT rowid AS id FROM customer_search WHERE customer_search MATCH :expression LIMIT :most")
_NEWEST = text("""SELECT c.id FROM (SELECT rowid AS id FROM customer_search WHERE customer_search MATCH :expression
    ORDER BY rowid DESC LIMIT :examined) AS s CROSS JOIN customer AS c ON c.id = s.id
    WHERE :state IS NULL OR c.state = :state LIMIT :most""")


def some_ids(wanted: Wanted, most: int) -> list[int]:
    """Ids of customers in whom what is wanted may stand, at most so many; none when it is too short for the index."""
    return _ids(wanted, _SOME, {"most": most}, lambda: _newest_by_trigrams(wanted, None, most))


def newest_ids(wanted: Wanted, most: int, state: str | None) -> list[int]:
    """The same, of one state (None: of all): the newest, since of many the newest are wanted sooner than the oldest."""
    given = {"most": most, "state": state, "examined": EXAMINED}
    return _ids(wanted, _NEWEST, given, lambda: _newest_by_trigrams(wanted, state, most))


def meant_ids(wanted: Wanted, most: int) -> list[int]:
    """The same for a word in its many possible spellings."""
    return _ids(wanted, _SOME, {"most": most}, lambda: _all_by_trigrams(wanted).limit(most))


def _ids(wanted: Wanted, fts: TextClause, given: dict[str, Any], by_trigrams: Callable[[], Select[int]]) -> list[int]:
    dialect = db.engine.dialect.name
    if not is_indexed(wanted, dialect):
        return []
    if dialect == "postgresql":
        return list(db.session.scalars(by_trigrams()))
    found = db.session.connection().execute(fts, {"expression": fts_expression(wanted), **given})
    return list(found.scalars())


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


def among(ids: Sequence[int], wanted: Wanted, line: Line, besides: Callable[[str], bool], most: int) -> list[Row[Any]]:
    """The first in line of those with these ids in whom what is wanted stands for certain, as the list shows them.

    They are put in order here: a database might rather walk the whole order of names to meet the few.

    :param besides: tells by the sort key who stands in another part of what was found.
    """
    if len(ids) <= _FEW:
        found = [row for row in read(ids) if stands_in(row.search_text, wanted)]
    else:
        places = select(Customer.sort_key, Customer.id, Customer.state)
        own = _one_of(ids), condition(wanted, Customer.search_text)
        found = list(db.session.connection().execute(places.where(*own)))
    first = line.sorted([row for row in found if not besides(row.sort_key)])[:most]
    return first if len(ids) <= _FEW else line.sorted(read([row.id for row in first]))


def _one_of(ids: Sequence[int]) -> ColumnElement[bool]:
    """Many ids go as one value: hundreds of marks in a query take longer to write than the query to answer."""
    if len(ids) <= _FEW:
        return Customer.id.in_(ids)
    if db.engine.dialect.name == "postgresql":
        return Customer.id == any_(literal(list(ids), ARRAY(Integer)))
    return Customer.id.in_(select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value))
