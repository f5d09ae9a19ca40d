"""What objections hold of a customer: the words, which go with their request, and what binds while there is a customer."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from rekisteri.cases.holding import BLANK, add_follower, going
from rekisteri.customers import holdings
from rekisteri.customers.holdings import Holding, add_holding
from rekisteri.kernel.db import db
from rekisteri.objections.models import Objection, ObjectionUse

_FAST = {"synchronize_session": False}


def _mine(ids: Sequence[int]) -> Any:
    return select(Objection).where(Objection.customer_id.in_(ids))


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(_mine(ids).subquery())) or 0


def _going(ids: Sequence[int], on: date) -> list[int]:
    """All of them once nothing is left that they could bind; before that those of whose requests only the facts stay."""
    query = select(Objection.id).where(Objection.customer_id.in_(ids))
    if holdings.holds(ids, on):
        worded = or_(Objection.what != "", Objection.grounds != "", Objection.measures != "")
        query = query.where(Objection.case_id.in_(going(ids, on)), worded)
    return list(db.session.scalars(query))


def _erase(ids: Sequence[int], on: date) -> int:
    gone = _going(ids, on)
    _blank(gone)
    if not holdings.holds(ids, on):
        _let_go(gone)
    db.session.expire_all()
    return len(gone)


def _let_go(gone: Sequence[int]) -> None:
    """What there is a request of stays as its facts, which are nobody's any more."""
    mine = Objection.id.in_(gone)
    alone = list(db.session.scalars(select(Objection.id).where(mine, Objection.case_id.is_(None))))
    for statement in (
        delete(ObjectionUse).where(ObjectionUse.objection_id.in_(alone)),
        delete(Objection).where(Objection.id.in_(alone)),
        update(Objection).where(mine).values(customer_id=None),
    ):
        db.session.execute(statement, execution_options=_FAST)


def reduce(case_ids: Sequence[int]) -> None:
    """Of requests kept for long enough only the facts stay; the words of the matter go with the rest, and it still binds."""
    _blank(list(db.session.scalars(select(Objection.id).where(Objection.case_id.in_(case_ids)))))
    db.session.expire_all()


def _blank(gone: Sequence[int]) -> None:
    mine = Objection.id.in_(gone)
    for statement in (
        update(Objection).where(mine).values(what="", grounds="", measures=""),
        update(Objection).where(mine, Objection.reasons != "").values(reasons=BLANK),
    ):
        db.session.execute(statement, execution_options=_FAST)


def _kept(ids: Sequence[int], on: date) -> int:
    return _count(ids) - len(_going(ids, on))


def _values(ids: Sequence[int]) -> Iterator[str]:
    for one in db.session.scalars(_mine(ids)).unique():
        for text in (one.what, one.grounds, one.measures, one.reasons):
            yield from (line for line in text.split("\n") if line.strip())


add_holding(
    Holding(
        "objections",
        "Vastustamiset, suostumusten peruutukset ja valitukset",
        (Objection.customer_id,),
        count=_count,
        erase=_erase,
        anonymise=_erase,
        values=_values,
        kept=_kept,
        order=12,
    )
)
add_follower(reduce)
