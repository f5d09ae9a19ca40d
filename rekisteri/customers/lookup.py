"""What the search page shows beside the hits: what a number stands for, and who is like what was typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from rekisteri.customers.finders import Hit, hits
from rekisteri.customers.listing import SEEN
from rekisteri.customers.models import Customer
from rekisteri.customers.search import Page, page
from rekisteri.customers.similar import similar
from rekisteri.kernel.db import db


@dataclass(frozen=True)
class Found:
    """The page of hits; orders, invoices and requests of the number typed, each with its customer; those alike."""

    page: Page
    numbered: list[tuple[Hit, Customer | None]] = field(default_factory=list)
    alike: list[Customer] = field(default_factory=list)


def look_up(asked: dict[str, Any], may: Callable[[str], bool]) -> Found:
    """Everything found by a search. Slips are forgiven only when nothing at all was found exactly.

    :param asked: what `page` is asked for.
    :param may: whether the user holds a permission: a number's page is offered to those only who may open it.
    """
    found = page(**asked)
    if not asked.get("text") or asked.get("before") or asked.get("after"):
        return Found(found)
    numbered = _with_customers(hits(asked["text"], may))
    nobody = not found.rows and not numbered
    return Found(found, numbered, similar(asked["text"], state=asked.get("state")) if nobody else [])


def _with_customers(found: list[Hit]) -> list[tuple[Hit, Customer | None]]:
    ids = {hit.customer_id for hit in found if hit.customer_id}
    if not ids:
        return [(hit, None) for hit in found]
    query = select(Customer).where(Customer.id.in_(ids), Customer.state.in_(SEEN))
    known = {customer.id: customer for customer in db.session.scalars(query)}
    return [(hit, known.get(hit.customer_id or 0)) for hit in found]
