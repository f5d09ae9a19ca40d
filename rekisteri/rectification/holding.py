"""What demands for rectification hold of a customer: the values word for word, which go when the request is reduced to facts."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from rekisteri.cases.holding import BLANK, ERASING, add_follower, going
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.customers.holdings import Holding, add_holding
from rekisteri.kernel.db import db
from rekisteri.rectification.models import Certificate, Item, Rectification

_FAST = {"synchronize_session": False}


def _matters(ids: Sequence[int], on: date) -> list[int]:
    """Those of requests that are reduced to facts now, and those answered beside the request to erase."""
    erasing = select(CaseMatter.case_id).where(CaseMatter.kind.in_(ERASING))
    beside = Case.customer_id.in_(ids) & Case.id.in_(erasing) & Rectification.issued_on.is_not(None)
    query = select(Rectification.id).join(Case).where(Rectification.case_id.in_(going(ids, on)) | beside)
    return list(db.session.scalars(query))


def _erase(ids: Sequence[int], on: date) -> int:
    return _blank(_matters(ids, on))


def reduce(case_ids: Sequence[int]) -> None:
    """Of requests kept for long enough only the facts stay; the demands' words go with the rest."""
    _blank(list(db.session.scalars(select(Rectification.id).where(Rectification.case_id.in_(case_ids)))))


def _blank(matters: Sequence[int]) -> int:
    mine = select(Item.id).where(Item.rectification_id.in_(matters))
    items = list(db.session.scalars(mine.where(Item.ground != BLANK)))
    values = {"datum_id": None, "new_datum_id": None, "current_value": None, "requested_value": "", "ground": BLANK}
    blank = update(Item).where(Item.id.in_(items)).values(**values, granted_value=None, reasons=BLANK)
    whys = update(Certificate).where(Certificate.rectification_id.in_(matters)).values(why="")
    for blanking in (blank, whys):
        db.session.execute(blanking, execution_options=_FAST)
    db.session.expire_all()
    return len(items)


def _kept(ids: Sequence[int], on: date) -> int:
    mine = select(func.count()).where(Item.rectification_id.in_(_matters(ids, on)), Item.ground != BLANK)
    return _count(ids) - (db.session.scalar(mine) or 0)


def _of(ids: Sequence[int]) -> Any:
    return select(Item).join(Rectification).join(Case).where(Case.customer_id.in_(ids))


def _count(ids: Sequence[int]) -> int:
    query = select(func.count(Item.id)).join(Rectification).join(Case)
    return db.session.scalar(query.where(Case.customer_id.in_(ids), Item.ground != BLANK)) or 0


def _values(ids: Sequence[int]) -> Iterator[str]:
    """The person's own words, and the company's about them."""
    for item in db.session.scalars(_of(ids)).unique():
        yield from (line for text in (item.ground, item.reasons) for line in text.split("\n"))


add_follower(reduce)
add_holding(
    Holding(
        "rectification",
        "Oikaisuvaatimukset",
        (),
        count=_count,
        erase=_erase,
        anonymise=_erase,
        values=_values,
        kept=_kept,
        order=10,
    )
)
