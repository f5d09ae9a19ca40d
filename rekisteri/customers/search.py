"""Finding customers: the list page by page, and the search."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_

from rekisteri.customers import projection
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows of the list; the ids from which the neighbouring pages go on, None at either end."""

    rows: list[Customer]
    before: int | None
    after: int | None


def search(text: str, limit: int = 20) -> list[Customer]:
    """The first customers, in Finnish order, in whose names or contact details every word of `text` is found.

    Those in the archive come last. An empty search finds nobody.
    """
    if not projection.terms(text):
        return []
    order = (Customer.state, Customer.sort_key, Customer.id)
    return list(db.session.scalars(select(Customer).where(_found_by(text)).order_by(*order).limit(limit)))


def page(
    *,
    text: str = "",
    state: str | None = "active",
    after: int | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of the list or of a search, in Finnish order, found by its neighbour's id: page 1,000 costs as page 1."""
    query = select(Customer)
    if state:
        query = query.filter_by(state=state)
    if projection.terms(text):
        query = query.where(_found_by(text))
    backwards = before is not None
    query = _continued(query, before if backwards else after, backwards=backwards)
    rows = list(db.session.scalars(query.limit(size + 1)))
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    first, last = (rows[0].id, rows[-1].id) if rows else (None, None)
    return Page(
        rows=rows,
        before=first if (more if backwards else after is not None) else None,
        after=last if (more or backwards) else None,
    )


def _continued(query: Select[Customer], cursor: int | None, *, backwards: bool) -> Select[Customer]:
    place = tuple_(Customer.sort_key, Customer.id)
    start = db.session.get(Customer, cursor) if cursor else None
    if start:
        here = tuple_(start.sort_key, start.id)
        query = query.where(place < here if backwards else place > here)
    if backwards:
        return query.order_by(Customer.sort_key.desc(), Customer.id.desc())
    return query.order_by(Customer.sort_key, Customer.id)


def _found_by(text: str) -> ColumnElement[bool]:
    found = and_(*(_holds(term) for term in projection.terms(text)))
    number = projection.number_term(text)
    return or_(found, _holds(number)) if number else found


def _holds(term: str) -> ColumnElement[bool]:
    return Customer.search_text.like(projection.like_pattern(term), escape="\\")


def find_organisation(name: str) -> Customer | None:
    """The one organisation in the register that is called exactly this; None when there is none or several."""
    query = (
        select(Customer).filter_by(kind="organisation", sort_key=projection.order_key(name), state="active").limit(20)
    )
    same = [one for one in db.session.scalars(query) if one.display_name.casefold() == name.casefold()]
    return same[0] if len(same) == 1 else None


def people_of(organisation: Customer, limit: int = PAGE_SIZE) -> list[Customer]:
    """The people who represent an organisation, in Finnish order."""
    query = select(Customer).filter_by(organisation_id=organisation.id)
    return list(db.session.scalars(query.order_by(Customer.sort_key, Customer.id).limit(limit)))
