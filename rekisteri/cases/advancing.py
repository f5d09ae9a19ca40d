"""Moving a case on as its matters proceed."""

from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import deadlines, events, matters, rules
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db


def advance(case: Case, state: str, by: Any) -> None:
    """Move an open case on; nothing happens when it is there already.

    A case is decided only when its last matter is: after the first of several decisions it is still in review.
    """
    if state == "decided" and matters.undecided(case):
        state = "in_review"
    deadlines.settle(case)
    if case.state != state:
        rules.check_step(case.state, state)
        case.state = state
        audit.record(events.MOVED, subject=case.subject, by=by, state=state)
    db.session.flush()
