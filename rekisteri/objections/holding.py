"""What objections hold of a customer: the words, which go with the request they came in."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from rekisteri.cases.holding import BLANK, add_follower, going
from rekisteri.cases.models import Case
from rekisteri.customers.holdings import Holding, add_holding
from rekisteri.kernel.db import db
from rekisteri.objections.models import Objection

_FAST = {"synchronize_session": False}


def _mine(ids: Sequence[int]) -> Any:
    return select(Objection).join(Case).where(Case.customer_id.in_(ids))


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(_mine(ids).subquery())) or 0


def _going(ids: Sequence[int], on: date) -> list[int]:
    return list(db.session.scalars(select(Objection.id).where(Objection.case_id.in_(going(ids, on)))))


def _erase(ids: Sequence[int], on: date) -> int:
    return _blank(_going(ids, on))


def reduce(case_ids: Sequence[int]) -> None:
    """Of requests kept for long enough only the facts stay; the words of the matter go with the rest."""
    _blank(list(db.session.scalars(select(Objection.id).where(Objection.case_id.in_(case_ids)))))


def _blank(gone: Sequence[int]) -> int:
    mine = Objection.id.in_(gone)
    for statement in (
        update(Objection).where(mine).values(what="", grounds="", measures=""),
        update(Objection).where(mine, Objection.reasons != "").values(reasons=BLANK),
    ):
        db.session.execute(statement, execution_options=_FAST)
    db.session.expire_all()
    return len(gone)


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
        (),
        count=_count,
        erase=_erase,
        anonymise=_erase,
        values=_values,
        kept=_kept,
        order=12,
    )
)
add_follower(reduce)
