"""Finding customers: the list page by page, and the search.

What is found comes in parts: first those whose name begins as was typed, read along the order of names; then those in
whom the words stand anywhere, looked up in the index within a bound. Each part is in Finnish order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from rekisteri.customers import projection
from rekisteri.customers.hits import among, newest_ids, some_ids, whose
from rekisteri.customers.listing import Line
from rekisteri.customers.models import Customer
from rekisteri.customers.wanted import Wanted, beginnings, wanted
from rekisteri.kernel.db import db

__all__ = ["MOST_HITS", "PAGE_SIZE", "Page", "find_organisation", "page", "people_of", "search"]

PAGE_SIZE = 50
MOST_HITS = 500
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Page:
    """Some rows of the list; the ids from which the neighbouring pages go on, None at either end.

    A row is what the list shows of a customer (`listing.SHOWN`).
    `too_many` tells that more than `MOST_HITS` have what was searched for, and that not all of them are looked at.
    """

    rows: list[Any]
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
    if len(found) < limit:
        found = found + page(text=text, state="archived", size=limit - len(found)).rows
    ids = [row.id for row in found]
    known = {one.id: one for one in db.session.scalars(select(Customer).where(Customer.id.in_(ids)))} if ids else {}
    return [known[number] for number in ids]


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
    parts = _parts(text)
    if start:
        own = next(number for number, part in enumerate(parts) if part.holds(start.sort_key))
        parts = parts[: own + 1] if backwards else parts[own:]
    rows: list[Any] = []
    for part in reversed(parts) if backwards else parts:
        rows += part.rows(Line(state, start, backwards), size + 1 - len(rows))
        start = None  # the next part is read from its end
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
    too_many = False

    def holds(self, sort_key: str) -> bool:
        """Whether who has this sort key belongs here."""
        return sort_key.startswith(self.key)

    def rows(self, line: Line, most: int) -> list[Any]:
        """The first `most` in line."""
        if not self.key:
            return list(line.shown(most))
        return line.beginning(self.key, self.key + _LAST, most)


@dataclass
class _Anywhere:
    """All others in whom what is wanted stands somewhere."""

    text: str
    wanted: Wanted
    others: list[_Beginning]
    too_many: bool = False

    def holds(self, sort_key: str) -> bool:
        """Whoever does not belong to the parts before this one."""
        return True

    def rows(self, line: Line, most: int) -> list[Any]:
        """The first `most` in line; of too many to sort only the newest are looked at."""
        ids = whose(self.text) or some_ids(self.wanted, MOST_HITS + 1)
        if len(ids) > MOST_HITS:
            self.too_many = True
            ids = newest_ids(self.wanted, MOST_HITS, line.state)
        return among(ids, self.wanted, line, self._stand_elsewhere, most)

    def _stand_elsewhere(self, sort_key: str) -> bool:
        return any(other.holds(sort_key) for other in self.others)


def _parts(text: str) -> Sequence[_Beginning | _Anywhere]:
    asked = wanted(text)
    if asked is None:
        return [_Beginning("")]
    first = [_Beginning(key) for key in beginnings(text)]
    return [*first, _Anywhere(text, asked, first)]


def find_organisation(name: str) -> Customer | None:
    """The one organisation in the register that is called exactly this; None when there is none or several."""
    query = (
        select(Customer).filter_by(kind="organisation", sort_key=projection.order_key(name), state="active").limit(20)
    )
    same = [one for one in db.session.scalars(query) if one.display_name.casefold() == name.casefold()]
    return same[0] if len(same) == 1 else None


def people_of(organisation: Customer, limit: int = PAGE_SIZE) -> list[Customer]:
    """The people who represent an organisation, in Finnish order."""
    query = Line(None).query().filter_by(organisation_id=organisation.id)
    return list(db.session.scalars(query.limit(limit)))
