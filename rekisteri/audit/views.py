"""The processing log as a page: who did what and when, newest first."""

from collections.abc import Callable, Iterable

from flask import Blueprint, Response, request
from sqlalchemy import select

from rekisteri.audit import service
from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db
from rekisteri.kernel.gate import requires
from rekisteri.kernel.web import render

bp = Blueprint("audit", __name__, url_prefix="/loki")

PAGE = 100
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
    subject = request.args.get("kohde", "")[:60]
    query = select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(PAGE + 1)
    if before:
        query = query.where(AuditEvent.seq < before)
    if subject:
        query = query.where(AuditEvent.subject == subject)
    rows = list(db.session.scalars(query))
    more = rows[PAGE - 1].seq if len(rows) > PAGE else None
    rows = rows[:PAGE]
    ids = {row.actor_id for row in rows if row.actor_id}
    names = _names[0](ids) if _names else {}
    return render(
        "audit/index.html", rows=rows, names=names, label=service.label, more=more, before=before, subject=subject
    )
