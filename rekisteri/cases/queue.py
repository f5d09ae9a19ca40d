"""The work queue of requests: what is late, what is due, what waits. Each question is one indexed query."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, or_, select

from rekisteri.cases.models import Case, CaseFee, CasePause
from rekisteri.cases.rules import OPEN_STATES, SOON
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db

PAGE_SIZE = 50
UNDECIDED = ("registered", "in_review")
BY_DEADLINE = (Case.deadline.is_(None), Case.deadline, Case.id)


def _letter_waits() -> ColumnElement[bool]:
    subject = literal("case:") + cast(Case.id, String)
    return select(Document.id).where(Document.subject == subject, Document.state == "waiting").exists()


_unfinished: list[ColumnElement[bool]] = []


def add_unfinished(condition: ColumnElement[bool]) -> None:
    """Let a room above tell which decided requests still lack what was to be handed over besides the letter."""
    _unfinished.append(condition)


def _unanswered() -> ColumnElement[bool]:
    """An answer has not gone out: undecided, or decided but something still lies on the desk (GDPR art. 12(3))."""
    return or_(Case.state.in_(UNDECIDED), and_(Case.state == "decided", or_(_letter_waits(), *_unfinished)))


def _paused() -> ColumnElement[bool]:
    """The clock stands still until the requester has proved who they are (GDPR art. 12(6))."""
    return select(CasePause.id).where(CasePause.case_id == Case.id, CasePause.paused_to.is_(None)).exists()


def _running() -> ColumnElement[bool]:
    return _unanswered() & ~_paused()


def unproven(on: date, limit: int = PAGE_SIZE) -> tuple[int, list[Case]]:
    """Requests whose clock stands still though the time to prove identity is over: how many, and the first of them."""
    over = (CasePause.case_id == Case.id) & CasePause.paused_to.is_(None) & (CasePause.reply_by < on)
    return _counted(Case.state.in_(OPEN_STATES) & select(CasePause.id).where(over).exists(), limit)


def unpaid(on: date, limit: int = PAGE_SIZE) -> tuple[int, list[Case]]:
    """Requests whose fee was not answered in time: how many, and the first of them."""
    over = (CaseFee.case_id == Case.id) & CaseFee.answer.is_(None) & (CaseFee.reply_by < on)
    return _counted(Case.state.in_(UNDECIDED) & select(CaseFee.id).where(over).exists(), limit)


def paused_among(cases: Iterable[Case]) -> set[int]:
    """In which of these the clock stands still: ids, in one query for a whole page."""
    ids = [case.id for case in cases]
    query = select(CasePause.case_id).where(CasePause.case_id.in_(ids), CasePause.paused_to.is_(None))
    return set(db.session.scalars(query)) if ids else set()


def late(on: date, limit: int = PAGE_SIZE) -> tuple[int, list[Case]]:
    """Requests whose deadline has passed unanswered: how many, and the oldest of them."""
    return _counted(_running() & (Case.deadline < on), limit)


def due_within(days: int, on: date, limit: int = PAGE_SIZE) -> tuple[int, list[Case]]:
    """Requests to be answered today or within so many days: how many, and the most urgent of them."""
    return _counted(_running() & Case.deadline.between(on, on + timedelta(days)), limit)


def _counted(condition: ColumnElement[bool], limit: int) -> tuple[int, list[Case]]:
    count = db.session.scalar(select(func.count()).select_from(Case).where(condition)) or 0
    query = select(Case).where(condition).order_by(*BY_DEADLINE).limit(limit)
    return count, list(db.session.scalars(query)) if count else []


def any_cases() -> bool:
    """Whether a request has ever been registered."""
    return db.session.scalar(select(Case.id).limit(1)) is not None


def awaiting_answer(cases: Iterable[Case]) -> set[int]:
    """Which of these still await an answer: ids, in one query for a whole page."""
    ids = [case.id for case in cases]
    return set(db.session.scalars(select(Case.id).where(Case.id.in_(ids), _unanswered()))) if ids else set()


def page(chosen: str, *, on: date, number: int = 1) -> tuple[list[Case], bool]:
    """One page of the list, and whether another follows.

    :param chosen: 'open', 'late', 'soon' or a state. What is open stands by deadline; what has ended, newest first.
    """
    conditions = {
        "open": Case.state.in_(OPEN_STATES),
        "late": _running() & (Case.deadline < on),
        "soon": _running() & Case.deadline.between(on, on + SOON),
    }
    ended = chosen in ("closed", "withdrawn")
    order = (Case.closed_on.desc(), Case.id.desc()) if ended else BY_DEADLINE
    query = select(Case).where(conditions.get(chosen, Case.state == chosen)).order_by(*order)
    rows = list(db.session.scalars(query.limit(PAGE_SIZE + 1).offset((max(number, 1) - 1) * PAGE_SIZE)))
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
