"""What waits for the person who hands data out."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from rekisteri.access.models import AccessMatter, PortableCopy
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.cases.queue import add_unfinished
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.kernel.db import db


def waiting(limit: int) -> tuple[int, list[AccessMatter]]:
    """How many requests to see or to have moved the data wait for their answer, and the most urgent of them."""
    base = (
        select(AccessMatter)
        .join(Case)
        .join(CaseMatter, (CaseMatter.case_id == Case.id) & (CaseMatter.kind == AccessMatter.kind))
        .where(AccessMatter.outcome.is_(None), CaseMatter.outcome.is_(None), Case.state.in_(OPEN_STATES))
    )
    count = db.session.scalar(select(func.count()).select_from(base.subquery())) or 0
    ordered = base.order_by(Case.deadline.is_(None), Case.deadline, AccessMatter.id).limit(limit)
    return count, list(db.session.scalars(ordered.options(joinedload(AccessMatter.case)))) if count else []


_LYING = (AccessMatter.case_id == Case.id) & PortableCopy.handed_on.is_(None) & PortableCopy.content.is_not(None)
add_unfinished(select(PortableCopy.id).join(AccessMatter).where(_LYING).exists())
