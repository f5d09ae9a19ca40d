"""What waits for its decision, and what binds."""

from sqlalchemy import func, select

from rekisteri.cases.models import Case, CaseMatter
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.kernel.db import db
from rekisteri.objections.models import Objection, ObjectionUse


def waiting(limit: int) -> tuple[int, list[Objection]]:
    """How many matters wait for their decision, and the most urgent of them."""
    query = (
        select(Objection)
        .join(Case)
        .join(CaseMatter, (CaseMatter.case_id == Case.id) & (CaseMatter.kind == Objection.kind))
        .where(Objection.decision.is_(None), Case.state.in_(OPEN_STATES), CaseMatter.outcome.is_(None))
    )
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Case.deadline.is_(None), Case.deadline, Objection.id).limit(limit)
    return count, list(db.session.scalars(ordered).unique()) if count else []


def binding(limit: int) -> list[Objection]:
    """Matters because of which some use of a customer's data is over, newest first."""
    bound = select(ObjectionUse.objection_id).where(ObjectionUse.bound_on.is_not(None))
    query = select(Objection).where(
        Objection.id.in_(bound), Objection.ended_on.is_(None), Objection.customer_id.is_not(None)
    )
    return list(db.session.scalars(query.order_by(Objection.id.desc()).limit(limit)).unique())
