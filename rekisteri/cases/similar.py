"""Requests that are like another: the same person asking for the same, still open or answered lately."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Select, select

from rekisteri.cases.models import Case, CaseMatter
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.kernel.db import db

LATELY = timedelta(days=365)


def same_open(*, kinds: Collection[str], customer_id: int | None, name: str, but: int | None = None) -> list[Case]:
    """Open requests by the same person for any of the same rights, oldest first.

    The person is the customer; where that is not known yet, who bears the same name.
    """
    query = _alike(kinds, customer_id, name).where(Case.state.in_(OPEN_STATES), CaseMatter.outcome.is_(None))
    return list(db.session.scalars(query.where(Case.id != (but or 0)).order_by(Case.id).limit(5)).unique())


def answered_lately(case: Case, on: date) -> list[Case]:
    """Requests of the last twelve months by the same person for the same rights: what a claim of excess may rest on."""
    query = _alike(case.kinds, case.customer_id, case.requester_name)
    query = query.where(Case.id != case.id, Case.received_on >= on - LATELY, Case.state != "withdrawn")
    return list(db.session.scalars(query.order_by(Case.id.desc()).limit(10)).unique())


def _alike(kinds: Collection[str], customer_id: int | None, name: str) -> Select[Case]:
    who = Case.customer_id == customer_id if customer_id else Case.requester_name == name
    return (
        select(Case)
        .join(CaseMatter)
        .where(who, CaseMatter.kind.in_(kinds), Case.channel != "own_initiative")
        .distinct()
    )
