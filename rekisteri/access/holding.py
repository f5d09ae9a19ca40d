"""What requests to see the data hold of a person themselves: reasons, words of others, a copy. It goes with the request."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from rekisteri.access.models import AccessMatter, LeftOut, PortableCopy
from rekisteri.cases.holding import ERASING, add_follower, going
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.customers.holdings import Holding, add_holding
from rekisteri.kernel.db import db

_FAST = {"synchronize_session": False}
_WRITTEN = or_(AccessMatter.hidden_words != "", AccessMatter.paper_findings != "")
_KEPT_COPY = or_(PortableCopy.content.is_not(None), PortableCopy.receiver != "")


def _going(ids: Sequence[int], on: date) -> list[int]:
    """The matters of requests that are reduced to facts now, and those answered beside the request to erase."""
    erasing = select(CaseMatter.case_id).where(CaseMatter.kind.in_(ERASING))
    beside = Case.customer_id.in_(ids) & Case.id.in_(erasing) & AccessMatter.outcome.is_not(None)
    query = select(AccessMatter.id).join(Case).where(AccessMatter.case_id.in_(going(ids, on)) | beside)
    return list(db.session.scalars(query))


def _of(ids: Sequence[int]) -> list[int]:
    return list(db.session.scalars(select(AccessMatter.id).join(Case).where(Case.customer_id.in_(ids))))


def _rows(matters: Sequence[int]) -> int:
    parts = (
        select(func.count()).select_from(LeftOut).where(LeftOut.matter_id.in_(matters)),
        select(func.count()).select_from(AccessMatter).where(AccessMatter.id.in_(matters), _WRITTEN),
        select(func.count()).select_from(PortableCopy).where(PortableCopy.matter_id.in_(matters), _KEPT_COPY),
    )
    return sum(db.session.scalar(part) or 0 for part in parts)


def _erase(ids: Sequence[int], on: date) -> int:
    return _blank(_going(ids, on))


def reduce(case_ids: Sequence[int]) -> None:
    """Of requests kept for long enough only the facts stay; what was written while answering goes with the rest."""
    _blank(list(db.session.scalars(select(AccessMatter.id).where(AccessMatter.case_id.in_(case_ids)))))


def _blank(matters: Sequence[int]) -> int:
    gone = _rows(matters)
    blank: dict[str, Any] = {"hidden_words": "", "paper_findings": "", "supplement": {}}
    for blanking in (
        delete(LeftOut).where(LeftOut.matter_id.in_(matters)),
        update(AccessMatter).where(AccessMatter.id.in_(matters)).values(**blank),
        update(PortableCopy).where(PortableCopy.matter_id.in_(matters)).values(content=None, receiver=""),
    ):
        db.session.execute(blanking, execution_options=_FAST)
    db.session.expire_all()
    return gone


def _kept(ids: Sequence[int], on: date) -> int:
    return _rows(sorted(set(_of(ids)) - set(_going(ids, on))))


def _values(ids: Sequence[int]) -> Iterator[str]:
    """What a person has written while the answer was prepared."""
    written = select(AccessMatter.hidden_words, AccessMatter.paper_findings).where(AccessMatter.id.in_(_of(ids)))
    reasons = select(LeftOut.reasons).where(LeftOut.matter_id.in_(_of(ids)))
    for query in (written, reasons):
        for row in db.session.execute(query):
            yield from (line for text in row for line in text.split("\n"))


add_holding(
    Holding(
        "access",
        "Tietojen antamisen valmistelu",
        (),
        count=lambda ids: _rows(_of(ids)),
        erase=_erase,
        anonymise=_erase,
        values=_values,
        kept=_kept,
        order=10,
    )
)
add_follower(reduce)
