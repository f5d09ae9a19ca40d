"""Finding customers: the list page by page, and the search.

What is found comes in parts: first those whose name begins as was typed, read along the order of names; then those in
whom the words stand anywhere, looked up in the index within a bound. Each part is in Finnish order.
"""

from dataclasses import dataclass, field

from sqlalchemy import select

from rekisteri.customers import projection
from rekisteri.customers.hits import MOST_HITS, Hit, Hits, in_list_order, newest_hits, walked_hits
from rekisteri.customers.models import Customer
from rekisteri.customers.search_index import is_indexed
from rekisteri.customers.wanted import Wanted, beginnings, wanted
from rekisteri.kernel.db import db

__all__ = ["MOST_HITS", "PAGE_SIZE", "Page", "find_organisation", "page", "people_of", "search"]

PAGE_SIZE = 50
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Page:
    """Some rows of the list; the ids from which the neighbouring pages go on, None at either end.

    `too_many` tells that more than `MOST_HITS` have what was searched for, and that not all of them are looked at.
    """

    rows: list[Customer]
    before: int | None
    after: int | None
    too_many: bool = False


def search(text: str, limit: int = 20) -> list[Customer]:
    """The first customers in whose names or contact details every word of `text` is found, as `page` orders them.

    Those in the archive come last. An empty search finds nobody.
    """
    if not projection.terms(text):
        return []
    found = page(text=text, size=limit).rows
    return found + page(text=text, state="archived", size=limit - len(found)).rows if len(found) < limit else found


def page(
    *,
    text: str = "",
    state: str | None = "active",
    after: int | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of the list or of a search, in Finnish order, found by its neighbour's id: page 1,000 costs as page 1.

    :param state: active, archived, or None for both; who was merged or waits for an import is never shown.
    """
    backwards = before is not None
    cursor = before if backwards else after
    start = db.session.get(Customer, cursor) if cursor else None
    parts = _parts(text, state)
    if start:
        own = next(number for number, part in enumerate(parts) if part.holds(start.sort_key))
        parts = parts[: own + 1] if backwards else parts[own:]
    rows: list[Customer] = []
    for part in reversed(parts) if backwards else parts:
        rows += part.rows(start, size + 1 - len(rows), backwards=backwards)
        start = None
        if len(rows) > size:
            break
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    first, last = (rows[0].id, rows[-1].id) if rows else (None, None)
    return Page(
        rows=rows,
        before=first if (more if backwards else after is not None) else None,
        after=last if (more or backwards) else None,
        too_many=any(part.too_many for part in parts),
    )


@dataclass
class _Beginning:
    """Those whose name begins in a certain way; everybody when it begins with nothing."""

    key: str
    state: str | None
    too_many = False

    def holds(self, sort_key: str) -> bool:
        """Whether who has this sort key belongs here."""
        return sort_key.startswith(self.key)

    def rows(self, start: Customer | None, most: int, *, backwards: bool) -> list[Customer]:
        """The first `most` after (before) `start`, nearest first."""
        query = in_list_order(self.state, start, backwards=backwards)
        if self.key:
            query = query.where(Customer.sort_key >= self.key, Customer.sort_key < self.key + _LAST)
        return list(db.session.scalars(query.limit(most)))


@dataclass
class _Anywhere:
    """All others in whom what is wanted stands somewhere."""

    wanted: Wanted
    state: str | None
    others: list[_Beginning]
    hits: Hits = field(default_factory=lambda: Hits([], too_many=False))

    @property
    def too_many(self) -> bool:
        """Whether only some of them are looked at."""
        return self.hits.too_many and bool(self.hits.found)

    def holds(self, sort_key: str) -> bool:
        """Whoever does not belong to the parts before this one."""
        return True

    def rows(self, start: Customer | None, most: int, *, backwards: bool) -> list[Customer]:
        """The first `most` after (before) `start`, nearest first.

        Where there are too many to sort, those near in the list are looked through; if they do not suffice, the newest.
        """
        self.hits = newest_hits(self.wanted)
        near = self._wanted_of(self.hits.found, start, backwards=backwards)
        if self.hits.too_many:
            ordered = in_list_order(self.state, start, backwards=backwards)
            walked = self._wanted_of(walked_hits(self.wanted, ordered), start, backwards=backwards)
            if len(walked) < most and self.state and len(near) < most:
                newest = newest_hits(self.wanted, state=self.state)
                near = self._wanted_of(newest.found, start, backwards=backwards)
            near = walked if len(walked) >= most else sorted({*near, *walked}, reverse=backwards)
        return _load([hit.id for hit in near[:most]])

    def _wanted_of(self, hits: list[Hit], start: Customer | None, *, backwards: bool) -> list[Hit]:
        own = [hit for hit in hits if self.state in (None, hit.state)]
        own = [hit for hit in own if not any(part.holds(hit.sort_key) for part in self.others)]
        if start:
            here = (start.sort_key, start.id)
            own = [hit for hit in own if (hit[:2] < here if backwards else hit[:2] > here)]
        return sorted(own, reverse=backwards)


def _parts(text: str, state: str | None) -> list[_Beginning | _Anywhere]:
    asked = wanted(text)
    if asked is None:
        return [_Beginning("", state)]
    first = [_Beginning(key, state) for key in beginnings(text)]
    alone = first and not is_indexed(asked, db.engine.dialect.name)  # one letter: the names that begin with it
    return [*first] if alone else [*first, _Anywhere(asked, state, first)]


def _load(ids: list[int]) -> list[Customer]:
    """These customers, in this order."""
    if not ids:
        return []
    found = {customer.id: customer for customer in db.session.scalars(select(Customer).where(Customer.id.in_(ids)))}
    return [found[number] for number in ids if number in found]


def find_organisation(name: str) -> Customer | None:
    """The one organisation in the register that is called exactly this; None when there is none or several."""
    query = (
        select(Customer).filter_by(kind="organisation", sort_key=projection.order_key(name), state="active").limit(20)
    )
    same = [one for one in db.session.scalars(query) if one.display_name.casefold() == name.casefold()]
    return same[0] if len(same) == 1 else None


def people_of(organisation: Customer, limit: int = PAGE_SIZE) -> list[Customer]:
    """The people who represent an organisation, in Finnish order."""
    query = in_list_order(None, None, backwards=False).filter_by(organisation_id=organisation.id)
    return list(db.session.scalars(query.limit(limit)))
