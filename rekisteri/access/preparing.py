"""Preparing an answer: opening the matter, judging what is not told, writing what the register and the notice do not know."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.access import rules
from rekisteri.access.draft import Draft
from rekisteri.access.models import AccessMatter, LeftOut
from rekisteri.audit import service as audit
from rekisteri.cases import matters
from rekisteri.cases import rules as case_rules
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db
from rekisteri.settings import service as settings

OPENED = audit.event("access.opened", "tietojen antaminen avattu", fields={"kind": str})
LEFT_OUT = audit.event("access.left_out", "vastauksesta jätetty pois", fields={"left": int})
COMPLETED = audit.event("access.completed", "vastausta täydennetty", fields={"fields": list})


def open_matter(*, case: Case, kind: str, by: Any) -> AccessMatter:
    """Start the matter of a new case."""
    matter = AccessMatter(case=case, kind=kind)
    db.session.add(matter)
    audit.record(OPENED, subject=case.subject, by=by, kind=kind)
    return matter


def of_case(case: Case, kind: str) -> AccessMatter | None:
    """The matter of a case, if it has one."""
    return db.session.scalar(select(AccessMatter).filter_by(case_id=case.id, kind=kind))


def hindrances(matter: AccessMatter) -> list[str]:
    """What must be done before anything is handed over, as Finnish sentences."""
    case = matter.case
    standing = rules.Standing(
        person_state=case.person_state,
        identified=case.identity_method is not None,
        requester_role=case.requester_role,
        mandate=case.mandate,
    )
    return rules.hindrances(standing, missing_settings=settings.missing())


def check_workable(matter: AccessMatter) -> None:
    """Something may still be done: the case is open, the matter alive and unanswered."""
    case_rules.check_open(matter.case.state)
    matters.check_alive(matter.case, matter.kind)
    rules.check_unanswered(matter.outcome)


def begin(matter: AccessMatter, by: Any) -> None:
    """The case is under way from the first piece of work on it."""
    if matter.case.state == "registered":
        cases.advance(case=matter.case, state="in_review", by=by)


def leave_out(
    *,
    matter: AccessMatter,
    draft: Draft,
    chapter: str,
    among: Collection[str],
    left: Collection[str],
    ground: str | None,
    reasons: str,
    by: Any,
) -> None:
    """Judge some rows of a chapter: those `left` are not told, the others `among` them are.

    A row that was left out before keeps its ground and reasons unless new ones are given.
    """
    check_workable(matter)
    part = draft.part(chapter)
    known = {line.key for line in part.lines} & set(among) if part else set()
    before = {one.row_key: one for one in matter.left_out if one.chapter == chapter}
    chosen = known & set(left)
    added = chosen - set(before)
    if added or ground or reasons.strip():
        rules.check_leaving(left=chosen, ground=ground, reasons=reasons)
    for key in known - chosen:
        if key in before:
            matter.left_out.remove(before[key])
    for key in sorted(chosen if ground else added):
        if key in before:
            before[key].ground, before[key].reasons = ground or "", reasons.strip()
        else:
            matter.left_out.append(LeftOut(chapter=chapter, row_key=key, ground=ground or "", reasons=reasons.strip()))
    _changed(matter, by)
    audit.record(LEFT_OUT, subject=matter.case.subject, by=by, left=len(chosen))


def complete(
    *, matter: AccessMatter, hidden_words: str, paper_findings: str, supplement: Mapping[str, str], by: Any, on: date
) -> None:
    """Write what no room knows: whose names are covered, what the paper files hold, what the notice does not tell."""
    check_workable(matter)
    rules.check_hidden_words(hidden_words)
    written = {key: text.strip() for key, text in supplement.items() if text.strip()}
    new = {"hidden_words": hidden_words.strip(), "paper_findings": paper_findings.strip(), "supplement": written}
    changed = sorted(name for name, value in new.items() if getattr(matter, name) != value)
    for name in changed:
        setattr(matter, name, new[name])
    _changed(matter, by)
    audit.record(COMPLETED, subject=matter.case.subject, by=by, fields=changed)


def _changed(matter: AccessMatter, by: Any) -> None:
    """A new version also when only its rows have changed, so that two desks do not judge past each other."""
    matter.version = matter.version + 1
    begin(matter, by)
    db.session.flush()
