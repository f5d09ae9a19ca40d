"""Putting on record that people have been told otherwise than by letter, or need not be told."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select, update

from rekisteri.audit import service as audit
from rekisteri.customers.models import Customer, Source
from rekisteri.informing import rules
from rekisteri.informing.lists import SEEN, UNTOLD
from rekisteri.informing.models import Duty
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation

MARKED = audit.event("informing.marked", "informointi merkitty hoidetuksi", fields={"count": int, "outcome": str})
REOPENED = audit.event("informing.reopened", "merkintä informoinnista peruttu", fields={"source_id": int})


def find_duty(duty_id: int) -> Duty | None:
    """The duty with this id, of a customer who is shown."""
    return db.session.scalar(select(Duty).join(Customer, SEEN).where(Duty.id == duty_id))


def mark(
    *, source: Source, ids: Collection[int] | None, outcome: str, told_on: date | None, reasons: str, by: Any
) -> int:
    """Mark those of a source who must still be told: all of them, or the duties given. Returns how many.

    :param outcome: a way of `rules.TOLD`, or a ground of `rules.EXEMPT`.
    :raises RuleViolation: the mark lacks something, or there is nobody left to mark.
    """
    wanted = [Duty.source_id == source.id, UNTOLD, SEEN]
    if ids is not None:
        wanted.append(Duty.id.in_(ids))
    found = db.session.execute(select(Duty.id, Duty.obtained_on).where(*wanted)).all()
    if not found:
        raise RuleViolation("Kaikille valituille on jo kerrottu.")
    obtained = [row.obtained_on for row in found]
    rules.check_mark(outcome, told_on=told_on, reasons=reasons, obtained=obtained, today=today())
    told = outcome in rules.TOLD
    values: dict[str, Any] = {
        "state": "told" if told else "exempt",
        "outcome": outcome,
        "told_on": told_on if told else None,
        "reasons": reasons.strip(),
        "document_id": None,
        "round_id": None,
        "by_id": by.id,
        "changed_at": now(),
        "version": Duty.version + 1,
    }
    db.session.execute(update(Duty).where(*wanted).values(values), execution_options={"synchronize_session": False})
    db.session.expire_all()
    audit.record(MARKED, subject=f"source:{source.id}", by=by, count=len(found), outcome=outcome)
    return len(found)


def reopen(*, duty: Duty, reason: str, by: Any) -> None:
    """Take back a mark made by mistake: the person must be told again, and why stays on record."""
    rules.check_reopening(duty.state, reason)
    duty.state, duty.outcome, duty.told_on, duty.by_id = "waiting", "", None, by.id
    duty.reasons, duty.changed_at = f"Merkintä peruttu: {reason.strip()}", now()
    audit.record(REOPENED, subject=f"customer:{duty.customer_id}", by=by, source_id=duty.source_id)
