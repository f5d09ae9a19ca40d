"""What waits for the person who decides."""

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from rekisteri.cases.models import Case
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.kernel.db import db
from rekisteri.rectification.models import Item, Rectification


def waiting_for_decision(limit: int) -> tuple[int, list[Rectification]]:
    """How many matters have demands to decide, and the most urgent of them."""
    open_item = exists().where(Item.rectification_id == Rectification.id, Item.decision.is_(None))
    base = select(Rectification).join(Case).where(open_item, Case.state.in_(OPEN_STATES))
    return _counted(base, limit)


def waiting_for_issue(limit: int) -> tuple[int, list[Rectification]]:
    """How many matters are decided but their decision has not been given, and the most urgent of them."""
    any_item = exists().where(Item.rectification_id == Rectification.id)
    open_item = exists().where(Item.rectification_id == Rectification.id, Item.decision.is_(None))
    base = (
        select(Rectification)
        .join(Case)
        .where(any_item, ~open_item, Rectification.issued_on.is_(None), Case.state.in_(OPEN_STATES))
    )
    return _counted(base, limit)


def _counted(base: Select[Rectification], limit: int) -> tuple[int, list[Rectification]]:
    count = db.session.scalar(select(func.count()).select_from(base.subquery())) or 0
    ordered = base.order_by(Case.deadline.is_(None), Case.deadline, Rectification.id).limit(limit)
    found = db.session.scalars(ordered.options(joinedload(Rectification.case)))
    return count, list(found.unique())
