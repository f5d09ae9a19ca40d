"""How much of the processing log has been kept long enough: from its first row on, without a gap (GDPR art. 5(1)(e), 5(2)).

A chain of which a row in the middle were gone could no longer be verified, so the rows go from the beginning, and the first
one that somebody still needs keeps those that follow it.
"""

from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, cast, func, literal, or_, select

from rekisteri.audit.models import AuditEvent, AuditHead
from rekisteri.cases.models import Case
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.kernel.clock import end_of
from rekisteri.restrictions.models import Restriction

KEPT_ANYWAY = "held"
"""The restriction of what the company itself may not erase yet: it settles nothing of which the log would tell."""


def is_before(last_day: date) -> ColumnElement[bool]:
    """The rows before the first one that is newer than the day; the last row of all always stays."""
    newer = select(AuditEvent.seq).where(AuditEvent.at >= end_of(last_day)).order_by(AuditEvent.seq).limit(1)
    return AuditEvent.seq < func.coalesce(newer.scalar_subquery(), _head())


def is_needed() -> ColumnElement[bool]:
    """The rows from the first one on that tells of a request or a restriction that has not been settled."""
    subjects = _subjects_of_requests(), _subjects_of_restricted()
    first = select(func.min(AuditEvent.seq)).where(or_(*(AuditEvent.subject.in_(some) for some in subjects)))
    return AuditEvent.seq >= func.coalesce(first.scalar_subquery(), _head() + 1)


def _head() -> ScalarSelect[int]:
    return select(AuditHead.seq).scalar_subquery()


def _subjects_of_requests() -> Select[str]:
    """Open ones, and those that the Data Protection Ombudsman is looking at."""
    taken = Case.taken_on.is_not(None) & Case.taken_ended_on.is_(None)
    subject = literal("case:") + cast(Case.id, String)
    return select(subject).where(or_(Case.state.in_(OPEN_STATES), taken))


def _subjects_of_restricted() -> Select[str]:
    subject = literal("customer:") + cast(Restriction.customer_id, String)
    disputed = Restriction.ended_on.is_(None) & (Restriction.ground != KEPT_ANYWAY)
    return select(subject).where(disputed)
