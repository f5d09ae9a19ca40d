"""What has happened in a case, read from the processing log: when, what, who."""

from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.cases import codes, events
from rekisteri.cases.models import Case
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date
from rekisteri.staff.models import User

TOLD_OTHERWISE = ("document.issued", "document.printed")
"""Each letter has a more telling event of its own."""


def timeline_of(case: Case, papers: list[Document]) -> list[dict[str, Any]]:
    """Everything that was done to the case and its letters, oldest first; who looked is left to the processing log."""
    subjects = [case.subject, *(paper.log_subject for paper in papers)]
    query = (
        select(AuditEvent, User.full_name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.subject.in_(subjects), AuditEvent.event.not_in(TOLD_OTHERWISE))
        .where(AuditEvent.event.not_like("%viewed"))
        .order_by(AuditEvent.seq)
    )
    numbers = {paper.log_subject: paper.number for paper in papers}
    rows = db.session.execute(query)
    return [_entry(event, numbers.get(event.subject, ""), name or "Järjestelmä") for event, name in rows]


def _entry(event: AuditEvent, number: str, who: str) -> dict[str, Any]:
    label = audit.label(event.event)
    title = label[:1].upper() + label[1:]
    more = number or _more(event.event, event.facts)
    return {"at": event.at, "title": f"{title}: {more}" if more else title, "text": who}


def _more(name: str, facts: dict[str, Any]) -> str:
    if name == events.MOVED:
        return codes.STATES[facts["state"]].lower()
    if name == events.IDENTITY_RECORDED:
        return codes.IDENTITY_METHODS[facts["method"]]
    if name == events.EXTENDED:
        return f"uusi määräaika {fi_date(date.fromisoformat(facts['until']))}"
    if name == events.AMENDED:
        return ", ".join(codes.FACTS[field] for field in facts["fields"] if field in codes.FACTS)
    if name == events.SCANS_ADDED and facts["count"] > 1:
        return f"{facts['count']} tiedostoa"
    return ""
