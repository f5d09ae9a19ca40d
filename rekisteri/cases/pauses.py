"""The clock that stands still while the requester is asked to prove who they are (GDPR art. 12(6))."""

from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import deadlines, events, intake_rules, letters, rules
from rekisteri.cases.deadlines import open_pause, paused_days
from rekisteri.cases.models import Case, CasePause
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db

__all__ = ["open_pause", "pause", "paused_days", "resume"]


def pause(*, case: Case, reason: str, wanted: str, reply_by: date, by: Any, on: date) -> Document:
    """Ask the requester to take away a reasonable doubt of who they are; the clock stands still until the answer.

    :param reason: what the doubt rests on; it is printed, for the person has a right to know it.
    :param wanted: how it can be taken away, with what the register already holds and no more.
    """
    letters.check_letter(case)
    intake_rules.check_pause(
        paused=open_pause(case) is not None,
        identified=case.identity_method is not None,
        due=case.extended_due_on or case.due_on or rules.due_on(case.received_on),
        reason=reason,
        wanted=wanted,
        reply_by=reply_by,
        on=on,
    )
    told = {"reason": reason, "wanted": wanted, "reply_by": reply_by}
    letter = letters.issue_letter(case, "identity_request", "Pyyntö vahvistaa henkilöllisyys", told, by=by, on=on)
    case.pauses.append(CasePause(paused_from=on, reason=reason, reply_by=reply_by, document_id=letter.id))
    db.session.flush()
    audit.record(events.PAUSED, subject=case.subject, by=by, document=letter.id)
    return letter


def resume(*, case: Case, answered_on: date, by: Any, on: date) -> None:
    """Let the clock go on from the day of the answer; the deadlines move by the days that it stood still."""
    held = open_pause(case)
    intake_rules.check_resume(paused_from=held.paused_from if held else None, answered=answered_on, on=on)
    assert held is not None
    held.paused_to = answered_on
    deadlines.recount(case)
    db.session.flush()
    audit.record(events.RESUMED, subject=case.subject, by=by, days=held.days)


def end_if_paused(*, case: Case, day: date, by: Any, on: date) -> None:
    """Let the clock go on, if it stands, when the case is settled otherwise: identity made sure of, request withdrawn."""
    held = open_pause(case)
    if held is not None:
        resume(case=case, answered_on=max(day, held.paused_from), by=by, on=on)
