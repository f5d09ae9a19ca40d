"""What prohibitions hold of a customer. They go with the customer, as what was forbidden binds nothing that is gone.

Marketing that an erased person had forbidden is remembered as a mark by which an import refuses the same person.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from rekisteri.customers import holdings
from rekisteri.customers.holdings import Holding, add_holding
from rekisteri.documents import destroying
from rekisteri.documents.models import Scan
from rekisteri.kernel.db import db
from rekisteri.prohibitions.models import Prohibition

_FAST = {"synchronize_session": False}


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(Prohibition.customer_id.in_(ids))) or 0


def _kept(ids: Sequence[int], on: date) -> int:
    """What was forbidden binds for as long as anything is held that could be used."""
    return _count(ids) if holdings.holds(ids, on) else 0


def _scans(ids: Sequence[int]) -> Any:
    own = select(Prohibition.id).where(Prohibition.customer_id.in_(ids))
    subjects = [f"prohibition:{number}" for number in db.session.scalars(own)]
    return list(db.session.scalars(select(Scan.id).where(Scan.subject.in_(subjects))))


def _erase(ids: Sequence[int], on: date) -> int:
    if _kept(ids, on):
        return 0
    gone, scans = _count(ids), _scans(ids)
    destroying.remove_scans(scans)
    db.session.execute(delete(Prohibition).where(Prohibition.customer_id.in_(ids)), execution_options=_FAST)
    db.session.expire_all()
    return gone


def _values(ids: Sequence[int]) -> list[str]:
    """The names of the files that came with them."""
    return list(db.session.scalars(select(Scan.name).where(Scan.id.in_(_scans(ids)))))


add_holding(
    Holding(
        "prohibitions",
        "Kiellot",
        (Prohibition.customer_id,),
        count=_count,
        erase=_erase,
        anonymise=_erase,
        values=_values,
        kept=_kept,
        order=12,
    )
)
