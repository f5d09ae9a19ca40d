"""What paper holds of a customer: cards and request papers in binders. The words on them go only when somebody destroys them.

An erasure makes them papers that wait for being destroyed, known by the number written on them and by nobody's name.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from rekisteri.customers.holdings import Holding, add_holding, all_needed
from rekisteri.kernel.db import db
from rekisteri.paper import destroying, service
from rekisteri.paper.models import PaperItem


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(PaperItem.customer_id.in_(ids))) or 0


def _erase(ids: Sequence[int], on: date) -> int:
    if all_needed(ids, on):
        return 0
    return destroying.set_leaving(db.session.scalars(select(PaperItem.id).where(PaperItem.customer_id.in_(ids))), on=on)


def _where(ids: Sequence[int]) -> list[str]:
    return [f"{item.code} ({item.binder.name})" for item in service.of_customer(ids)]


add_holding(
    Holding(
        "paper",
        "Paperikortit ja pyyntöjen paperit",
        (PaperItem.customer_id,),
        count=_count,
        erase=_erase,
        anonymise=_erase,
        where=_where,
        order=30,
    )
)
