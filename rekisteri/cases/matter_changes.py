"""Matters of a case that are added later, or end before their own room decides on them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import codes, deadlines, events, intake_rules, matters, rules
from rekisteri.cases.advancing import advance
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation


def add_matter(*, case: Case, kind: str, by: Any, on: date) -> None:
    """Add a right that the same letter asked for, or that the requester named when the request was completed.

    Its deadline runs from the receipt of the request, as that of the others.
    """
    rules.check_open(case.state)
    known = matters.kind_of(kind)
    if known is None or (case.own_initiative and not known.own_initiative):
        raise RuleViolation("Valitse, mitä pyyntö koskee.", field="kind")
    if kind in case.kinds:
        raise RuleViolation("Tämä asia on jo pyynnössä.", field="kind")
    case.matters.append(CaseMatter(kind=kind, position=max(matter.position for matter in case.matters) + 1))
    if case.state == "decided":
        case.state = "in_review"
    db.session.flush()
    known.open(case, by, on)
    deadlines.settle(case)
    db.session.flush()
    audit.record(events.MATTER_ADDED, subject=case.subject, by=by, kind=kind)


def remove_matter(*, case: Case, kind: str, reason: str | None, by: Any, on: date) -> None:
    """Take one right off the request: the requester withdrew it, or it was ticked by mistake."""
    rules.check_open(case.state)
    check_undecided(case, [kind])
    intake_rules.check_mistaken(reason in ("withdrawn", "mistaken"), len(matters.alive(case)))
    end_matters(case=case, kinds=[kind], outcome=reason or "", by=by, on=on)


def check_undecided(case: Case, kinds: Collection[str]) -> None:
    """These matters are in the case and wait for their decision."""
    intake_rules.check_chosen(kinds, [matter.kind for matter in matters.undecided(case)])


def end_matters(
    *,
    case: Case,
    kinds: Sequence[str],
    outcome: str,
    by: Any,
    on: date,
    ground: str | None = None,
    document: Document | None = None,
) -> None:
    """End these matters without a decision of their own rooms, tell the rooms, and see whether all is now answered."""
    assert outcome in codes.OUTCOMES
    for matter in [matter for matter in case.matters if matter.kind in kinds]:
        matter.outcome, matter.ground = outcome, ground
        matter.ended_on, matter.ended_by_id = on, by.id
        matter.document_id = document.id if document else None
        kind = matters.kind_of(matter.kind)
        if kind is not None and kind.ended is not None:
            kind.ended(case, by, on)
        audit.record(events.MATTER_ENDED, subject=case.subject, by=by, kind=matter.kind, outcome=outcome)
    db.session.flush()
    if not matters.undecided(case):
        advance(case, "decided", by)
    deadlines.settle(case)
    db.session.flush()
