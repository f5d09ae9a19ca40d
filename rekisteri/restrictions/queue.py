"""What of restrictions waits for somebody, and the list of them page by page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from rekisteri.cases.models import Case, CaseMatter
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.restrictions.decisions import CODE
from rekisteri.restrictions.models import Restriction, RestrictionMatter

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some restrictions, the latest first; `after` continues from the last one, None at the end."""

    rows: list[Restriction]
    after: int | None


def page(*, ended: bool = False, after: int | None = None, size: int = PAGE_SIZE) -> Page:
    """One page of the restrictions in force, or of those that have ended."""
    query = select(Restriction).where(Restriction.ended_on.is_not(None) if ended else Restriction.ended_on.is_(None))
    if after:
        query = query.where(Restriction.id < after)
    query = query.order_by(Restriction.id.desc()).limit(size + 1)
    shown = (joinedload(Restriction.customer), joinedload(Restriction.case), joinedload(Restriction.letter))
    rows = list(db.session.scalars(query.options(*shown)))
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)


def waiting_for_decision(limit: int) -> tuple[int, list[RestrictionMatter]]:
    """How many requests to restrict wait for a decision, and the most urgent of them."""
    query = (
        select(RestrictionMatter)
        .join(Case, RestrictionMatter.case_id == Case.id)
        .join(CaseMatter, and_(CaseMatter.case_id == Case.id, CaseMatter.kind == CODE))
        .where(RestrictionMatter.decision.is_(None), CaseMatter.outcome.is_(None), Case.state.in_(OPEN_STATES))
    )
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Case.deadline.is_(None), Case.deadline, RestrictionMatter.id).limit(limit)
    return count, list(db.session.scalars(ordered)) if count else []


def to_be_ended(on: date, limit: int) -> tuple[int, list[Restriction]]:
    """Restrictions at whose end there is something to do: those that may end, and those whose reason has gone.

    The reason of one that lasts as long as a question is open has gone when its request has ended and nobody has told the
    person of the end yet.
    """
    left = Document.state.in_(("posted", "impossible", "not_mailed"))
    may_end = and_(Restriction.ends_on <= on, left)
    forgotten = and_(
        Restriction.ground.in_(("accuracy", "objection")),
        Restriction.letter_id.is_(None),
        Case.state.in_(("closed", "withdrawn")),
    )
    query = (
        select(Restriction)
        .outerjoin(Document, Restriction.letter_id == Document.id)
        .outerjoin(Case, Restriction.case_id == Case.id)
        .where(Restriction.ended_on.is_(None), or_(may_end, forgotten))
    )
    return _counted(query, limit)


def _counted(query: Select[Restriction], limit: int) -> tuple[int, list[Restriction]]:
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    shown = query.order_by(Restriction.id).limit(limit).options(joinedload(Restriction.customer))
    return count, list(db.session.scalars(shown)) if count else []
