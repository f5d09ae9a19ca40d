"""Which rooms hold something of a customer, asked all at once: on most cards most panels are empty, and need no query."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, select

from rekisteri.customers.links import all_links
from rekisteri.kernel.db import db


def belongings(customer_id: int) -> frozenset[str]:
    """The columns, as `table.column`, that have at least one row of this customer."""
    found = db.session.connection().execute(_question(len(all_links())), {"customer": customer_id}).one()
    return frozenset(link.key for link, there in zip(all_links(), found, strict=True) if there)


@lru_cache(maxsize=1)
def _question(_links: int) -> Select[*tuple[Any, ...]]:
    """Made anew only when a room has added a link."""
    columns = [link.column.class_.__table__.c[link.column.key] for link in all_links()]
    return select(*(exists().where(column == bindparam("customer")) for column in columns))
