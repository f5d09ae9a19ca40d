"""The list of customers in Finnish order, read along an index from any place in it, both ways."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Executable, Integer, Row, Select, bindparam, select, tuple_

from rekisteri.customers import marks
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db

SEEN = ("active", "archived")
"""The states of those who are shown; who was merged or waits for an import never is."""

SHOWN = (
    Customer.id,
    Customer.display_name,
    Customer.kind,
    Customer.state,
    Customer.represents,
    Customer.contact,
    Customer.place,
)
"""What the list shows: fifty whole objects would take longer to make than the page to draw."""
_WIDTH = len(SHOWN)
_OF_CUSTOMER = attrgetter(*(column.key for column in SHOWN))
Tag = Callable[..., Markup]


@dataclass(frozen=True)
class Line:
    """The customers of a state (None: all who are seen) after or before one of them, the nearest first."""

    state: str | None
    start: Customer | None = None
    backwards: bool = False

    def query(self) -> Select[Customer]:
        """The query, in order and without a bound."""
        return _ordered(self.state, _place(self.start) if self.start else None, backwards=self.backwards)

    def shown(self, most: int) -> list[Row[Any]]:
        """What the list shows of the first `most` in line."""
        place = {"key": self.start.sort_key, "id": self.start.id} if self.start else {}
        query = _shown(self.state, self.start is not None, self.backwards, marks.columns())
        return list(db.session.connection().execute(query, place | {"most": most}).all())

    def beginning(self, key: str, last: str, most: int) -> list[Row[Any]]:
        """The same of those only whose sort key lies between two."""
        query = self.query().where(Customer.sort_key.between(key, last)).limit(most)
        return list(db.session.connection().execute(query.with_only_columns(*SHOWN, *marks.columns())))

    def sorted(self, customers: list[Any]) -> list[Any]:
        """Those of these customers (or rows with their sort key, id and state) who stand here, in order."""
        own = [one for one in customers if (one.state == self.state if self.state else one.state in SEEN)]
        if self.start:
            here = _place(self.start)
            own = [one for one in own if (_place(one) < here if self.backwards else _place(one) > here)]
        return sorted(own, key=_place, reverse=self.backwards)


def read(ids: Collection[int]) -> list[Row[Any]]:
    """What the list shows of these customers, with what they are ordered and searched by, in no order."""
    return list(db.session.connection().execute(_known(marks.columns()), {"ids": list(ids)})) if ids else []


@cache
def _known(marked: tuple[ColumnElement[Any], ...]) -> Executable:
    query = select(*SHOWN, *marked, Customer.sort_key, Customer.search_text)
    return query.where(Customer.id.in_(bindparam("ids", expanding=True)))


def cells(rows: Iterable[Any], tag: Tag) -> list[tuple[str | Markup, ...]]:
    """Customers, or rows that the list has read of them, as it shows them: number, name, tags, and what is told of each.

    :param tag: draws a tag of its text and tone.
    """
    if any(isinstance(row, Customer) for row in rows):
        marked = marks.marks(rows)
        return [_cells(_OF_CUSTOMER(row), marked[row.id], tag) for row in rows]
    told = marks.told
    return [_cells(row[:_WIDTH], told(row[_WIDTH : _WIDTH + len(marks.columns())]), tag) for row in rows]


def _cells(shown: Sequence[Any], marked: list[marks.Mark], tag: Tag) -> tuple[str | Markup, ...]:
    number, name, kind, state, represents, contact, place = shown
    tags: str | Markup = ""
    if marked or state == "archived":
        drawn = [tag("Arkistossa")] if state == "archived" else []
        tags = Markup("").join(Markup(" ") + one for one in [*drawn, *(tag(mark.text, mark.tone) for mark in marked)])
    stands_for = represents or ("Yhteisö" if kind == "organisation" else "–")
    return str(number), name, tags, stands_for, contact or "–", place or "–"


def _ordered(state: str | None, start: tuple[Any, Any] | None, *, backwards: bool) -> Select[Customer]:
    # worded so that no index of states tempts away from the order of names
    query = select(Customer).where(Customer.state == state if state else Customer.state.not_in(("merged", "incoming")))
    place = tuple_(Customer.sort_key, Customer.id)
    if start:
        query = query.where(place < tuple_(*start) if backwards else place > tuple_(*start))
    if backwards:
        return query.order_by(Customer.sort_key.desc(), Customer.id.desc())
    return query.order_by(Customer.sort_key, Customer.id)


@cache
def _shown(state: str | None, started: bool, backwards: bool, marked: tuple[ColumnElement[Any], ...]) -> Executable:
    """The query of a kind of list, put together once; where it starts is told each time it is asked."""
    start = (bindparam("key", type_=Customer.sort_key.type), bindparam("id", type_=Customer.id.type))
    query = _ordered(state, start if started else None, backwards=backwards)
    return query.with_only_columns(*SHOWN, *marked).limit(bindparam("most", type_=Integer))


def _place(customer: Any) -> tuple[str, int]:
    return customer.sort_key, customer.id
