"""What restrictions hold of a customer, and which of them keep the data from being erased (GDPR art. 18(1)(b) and (c)).

Who has asked that data be kept rather than erased gets what was asked, until the restriction ends.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update

from rekisteri.cases.holding import BLANK, add_follower, going
from rekisteri.cases.models import Case
from rekisteri.customers import holdings
from rekisteri.customers.holdings import EVERYTHING, Hold, Holding, add_holding
from rekisteri.kernel.db import db
from rekisteri.restrictions.models import Restriction, RestrictionException, RestrictionMatter

_FAST = {"synchronize_session": False}
KEEPING = ("unlawful", "claim")
"""The grounds on which the person wants the data kept."""


def _keeping(ids: Sequence[int]) -> Any:
    return select(Restriction).where(
        Restriction.customer_id.in_(ids), Restriction.ended_on.is_(None), Restriction.ground.in_(KEEPING)
    )


def _holds(ids: Sequence[int], on: date) -> list[Hold]:
    return [
        Hold("legal_claim", _sentence(one.number), needs=EVERYTHING)
        for one in db.session.scalars(_keeping(ids).order_by(Restriction.id))
    ]


def _sentence(number: str) -> str:
    return (
        f"Rekisteröity on pyytänyt, että tiedot säilytetään ja niiden käsittelyä rajoitetaan (rajoitus {number}). "
        "Este päättyy, kun rajoitus päättyy."
    )


def _still(ids: Sequence[int]) -> set[int]:
    return {one.customer_id for one in db.session.scalars(_keeping(ids))}


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(Restriction.customer_id.in_(ids))) or 0


def _going(ids: Sequence[int], on: date) -> list[int]:
    """Ended ones; those in force once nothing is left that they could bind."""
    query = select(Restriction.id).where(Restriction.customer_id.in_(ids))
    if holdings.holds(ids, on):
        query = query.where(Restriction.ended_on.is_not(None))
    return list(db.session.scalars(query))


def _kept(ids: Sequence[int], on: date) -> int:
    return _count(ids) - len(_going(ids, on))


def reduce(case_ids: Sequence[int]) -> None:
    """Of requests kept for long enough only the facts stay; why one was refused goes with the rest."""
    refused = RestrictionMatter.case_id.in_(list(case_ids)) & (RestrictionMatter.reasons != "")
    db.session.execute(update(RestrictionMatter).where(refused).values(reasons=BLANK), execution_options=_FAST)


def _erase(ids: Sequence[int], on: date) -> int:
    reduce(going(ids, on))
    gone = _going(ids, on)
    for statement in (
        update(RestrictionMatter).where(RestrictionMatter.restriction_id.in_(gone)).values(restriction_id=None),
        delete(Restriction).where(Restriction.id.in_(gone)),
    ):
        db.session.execute(statement, execution_options=_FAST)
    db.session.expire_all()
    return len(gone)


def _values(ids: Sequence[int]) -> Iterator[str]:
    """What has been written about the person: why a restriction ends, why data were used, why a request was refused."""
    mine = Restriction.customer_id.in_(ids)
    queries = (
        select(Restriction.lifting_reason).where(mine),
        select(RestrictionException.why).join(Restriction).where(mine),
        select(RestrictionMatter.reasons).join(Case).where(Case.customer_id.in_(ids)),
    )
    for query in queries:
        for text in db.session.scalars(query):
            yield from (line for line in text.split("\n") if line.strip())


add_holding(
    Holding(
        "restrictions",
        "Käsittelyn rajoitukset",
        (Restriction.customer_id,),
        count=_count,
        erase=_erase,
        anonymise=_erase,
        holds=_holds,
        values=_values,
        kept=_kept,
        still=_still,
        order=12,
    )
)
add_follower(reduce)
