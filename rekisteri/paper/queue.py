"""What of paper waits for somebody: what is late back, what is still outside the locked place, what is to be destroyed."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from rekisteri.kernel.db import db
from rekisteri.paper import rules
from rekisteri.paper.models import PaperBinder, PaperHandler, PaperLoan


def overdue(on: date) -> Sequence[PaperLoan]:
    """What should be back already, the latest first."""
    query = select(PaperLoan).where(PaperLoan.returned_on.is_(None), PaperLoan.due_on < on)
    whole = (joinedload(PaperLoan.binder), joinedload(PaperLoan.handler).joinedload(PaperHandler.user))
    return db.session.scalars(query.options(*whole).order_by(PaperLoan.due_on, PaperLoan.id)).all()


def unlocked(on: date, *, late: bool = False) -> Sequence[PaperBinder]:
    """Collected cards that have not come to a locked place yet; `late` only those out for too long."""
    query = select(PaperBinder).where(
        PaperBinder.locked_on.is_(None), PaperBinder.destroyed_on.is_(None), PaperBinder.holds == "cards"
    )
    if late:
        query = query.where(PaperBinder.collected_on < on - timedelta(rules.DAYS_TO_LOCK))
    return db.session.scalars(query.order_by(PaperBinder.collected_on, PaperBinder.id)).all()
