"""The processing log as a page: who did what and when, newest first."""

from collections.abc import Callable, Iterable

from flask import Blueprint, Response, request
from sqlalchemy import Select, select

from rekisteri.audit import service, words
from rekisteri.audit.models import AuditEvent
from rekisteri.audit.rules import is_subject
from rekisteri.kernel.db import db
from rekisteri.kernel.gate import requires
from rekisteri.kernel.web import LARGEST_ID, render

bp = Blueprint("audit", __name__, url_prefix="/loki")

PAGE = 100
SYSTEM = "järjestelmä"
Names = Callable[[Iterable[int]], dict[int, str]]
_names: list[Names] = []


def name_actors_by(names: Names) -> None:
    """Let the room that knows the users tell their names; the log itself holds only ids."""
    _names[:] = [names]


@bp.get("/")
@requires("audit.view")
def index() -> Response:
    """A page of the log; `ennen` continues from a row, `kohde` shows one subject's rows."""
    before = request.args.get("ennen", type=int)
    if before is not None and not 0 < before <= LARGEST_ID:
        before = None
    subject = request.args.get("kohde", "")
    subject = subject if is_subject(subject) else ""
    rows = list(db.session.scalars(_about(subject, before).limit(PAGE + 1)))
    older = rows[PAGE - 1].seq if len(rows) > PAGE else None
    rows = rows[:PAGE]
    log = {"rows": rows, "who": _actors(rows), "older": older, "newer": _newer(subject, before), "gone": service.gone()}
    return render("audit/index.html", log=log, subject=subject, label=service.label, words=words)


def _about(subject: str, before: int | None) -> Select[AuditEvent]:
    query = select(AuditEvent).order_by(AuditEvent.seq.desc())
    if subject:
        query = query.where(AuditEvent.subject == subject)
    return query.where(AuditEvent.seq < before) if before else query


def _newer(subject: str, before: int | None) -> int | None:
    """Where the page before this one begins; None on the first one."""
    if before is None:
        return None
    query = _about(subject, None).with_only_columns(AuditEvent.seq).where(AuditEvent.seq >= before)
    newer = db.session.scalars(query.order_by(None).order_by(AuditEvent.seq).limit(PAGE)).all()
    return newer[-1] + 1 if newer else None


def _actors(rows: list[AuditEvent]) -> dict[int | None, str]:
    """What to call those who did these things."""
    ids = {row.actor_id for row in rows if row.actor_id is not None}
    known = _names[0](ids) if _names and ids else {}
    return {None: SYSTEM} | {one: known.get(one, f"käyttäjä {one}") for one in ids}
