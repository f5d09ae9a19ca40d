"""What consents hold of a customer: they go with the customer, as nothing is sent to somebody who is gone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from rekisteri.consents.models import Consent
from rekisteri.customers import holdings
from rekisteri.customers.holdings import Holding, add_holding
from rekisteri.documents import destroying
from rekisteri.documents.models import Scan
from rekisteri.kernel.db import db

_FAST = {"synchronize_session": False}


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(Consent.customer_id.in_(ids))) or 0


def _scans(ids: Sequence[int]) -> Any:
    subjects = [
        f"consent:{number}" for number in db.session.scalars(select(Consent.id).where(Consent.customer_id.in_(ids)))
    ]
    return list(db.session.scalars(select(Scan.id).where(Scan.subject.in_(subjects))))


def _erase(ids: Sequence[int], on: date) -> int:
    if holdings.all_needed(ids, on):
        return 0
    gone, scans = _count(ids), _scans(ids)
    destroying.remove_scans(scans)
    db.session.execute(delete(Consent).where(Consent.customer_id.in_(ids)), execution_options=_FAST)
    db.session.expire_all()
    return gone


def _values(ids: Sequence[int]) -> list[str]:
    """The names of the files that came with them; the wording is the company's, and the same for many."""
    return list(db.session.scalars(select(Scan.name).where(Scan.id.in_(_scans(ids)))))


add_holding(
    Holding(
        "consents",
        "Suostumukset",
        (Consent.customer_id,),
        count=_count,
        erase=_erase,
        anonymise=_erase,
        values=_values,
        order=12,
    )
)
