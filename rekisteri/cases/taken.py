"""A matter that the person has taken to the Data Protection Ombudsman (GDPR art. 77): since when, its number, its end."""

from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import events, intake_rules
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db


def take(*, case: Case, taken_on: date, number: str, ended_on: date | None, by: Any, on: date) -> None:
    """Record what is known of the matter at the Ombudsman, whether the case is open or closed here.

    Until it has ended there, the person's data are not erased: the company must be able to show what it did
    (GDPR art. 17(3)(e), 5(2)).
    """
    intake_rules.check_taken(taken=taken_on, received=case.received_on, ended=ended_on, on=on)
    case.taken_on, case.taken_number, case.taken_ended_on = taken_on, number.strip(), ended_on
    db.session.flush()
    audit.record(
        events.TAKEN,
        subject=case.subject,
        by=by,
        on=taken_on.isoformat(),
        until=ended_on.isoformat() if ended_on else None,
    )
