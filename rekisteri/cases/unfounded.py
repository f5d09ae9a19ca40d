"""Refusing a request at the door, whichever right it uses, and the fee that may be asked instead (GDPR art. 11, 12(2), 12(5))."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import events, grounds, intake_rules, letters, matters, pauses, refusals, rules
from rekisteri.cases.matter_changes import check_undecided, end_matters
from rekisteri.cases.models import Case, CaseFee, CaseMatter
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import NotPermitted, RuleViolation

DECIDE = "rectification.decide"
"""Whoever may give certificates may refuse at the door, whichever right is asked for."""


def refuse(*, case: Case, kinds: Sequence[str], ground: str | None, reasons: str, by: Any, on: date) -> list[Document]:
    """Refuse these matters before they are looked into: a certificate each, with the reasons."""
    check_decider(by)
    rules.check_open(case.state)
    check_undecided(case, kinds)
    intake_rules.check_refusal(ground=ground, reasons=reasons, mandate=case.mandate, represented=case.represented)
    assert ground is not None
    _check_refusable(case, kinds, ground)
    pauses.end_if_paused(case=case, day=on, by=by, on=on)
    given = []
    for matter in [matter for matter in case.matters if matter.kind in kinds]:
        certificate = _certify(matter, ground, reasons, by=by, on=on)
        end_matters(
            case=case, kinds=[matter.kind], outcome="refused", ground=ground, document=certificate, by=by, on=on
        )
        given.append(certificate)
    return given


def _check_refusable(case: Case, kinds: Sequence[str], ground: str) -> None:
    """What the person's word alone decides is neither refused nor charged for."""
    if reasons := [reason for kind in kinds if (reason := _why_not_refused(case, kind, ground))]:
        raise RuleViolation(" ".join(reasons), field="kinds")


def _why_not_refused(case: Case, kind: str, ground: str) -> str | None:
    known = matters.kind_of(kind)
    return known.why_not_refused(case, ground) if known else None


def _certify(matter: CaseMatter, ground: str, reasons: str, *, by: Any, on: date) -> Document:
    label = matters.labels([matter.kind])[0]
    item = {
        "title": label,
        "demanded": matter.case.content or label,
        "reasons": f"{grounds.COMMON_GROUNDS[ground].sentence}\n{reasons.strip()}",
        "ground": grounds.COMMON_GROUNDS[ground].article,
    }
    return refusals.issue_certificate(case=matter.case, right=matter.kind, items=[item], by=by, on=on)


def check_decider(by: Any) -> None:
    """Refusing at the door is a decision like any other."""
    refusal = by.why_not(DECIDE)
    if refusal:
        raise NotPermitted(refusal)


def ask_fee(
    *,
    case: Case,
    kinds: Sequence[str],
    ground: str | None,
    reasons: str,
    amount: int | None,
    costs: str,
    reply_by: date,
    by: Any,
    on: date,
) -> CaseFee:
    """Tell the requester what answering would cost and why, before anything is done. The deadline keeps running."""
    check_decider(by)
    letters.check_letter(case)
    check_undecided(case, kinds)
    if unanswered_fee(case) is not None:
        raise RuleViolation("Edelliseen maksuun ei ole vielä vastattu.")
    intake_rules.check_fee(ground=ground, reasons=reasons, amount=amount, costs=costs, reply_by=reply_by, on=on)
    assert ground is not None and amount is not None
    _check_refusable(case, kinds, ground)
    told = {
        "ground": grounds.UNFOUNDED[ground].sentence,
        "reasons": reasons,
        "amount": amount,
        "costs": costs,
        "reply_by": reply_by,
        "concerned": matters.listed(kinds),
    }
    letter = letters.issue_letter(case, "fee_notice", "Ilmoitus pyynnön maksullisuudesta", told, by=by, on=on)
    fee = CaseFee(
        ground=ground, reasons=reasons, amount=amount, costs=costs, told_on=on, reply_by=reply_by, document_id=letter.id
    )
    case.fees.append(fee)
    fee.matters.extend(matter for matter in case.matters if matter.kind in kinds)
    db.session.flush()
    audit.record(events.FEE_TOLD, subject=case.subject, by=by, ground=ground, document=letter.id)
    return fee


def unanswered_fee(case: Case) -> CaseFee | None:
    """The fee that waits for the requester's word, or None."""
    return next((fee for fee in case.fees if fee.answer is None and _waiting(fee)), None)


def _waiting(fee: CaseFee) -> list[str]:
    return [matter.kind for matter in fee.matters if matter.outcome is None]


def answer_fee(*, fee: CaseFee, answer: str | None, answered_on: date, by: Any, on: date) -> None:
    """Record the requester's word: what is paid for goes on, what is not is refused with a certificate."""
    rules.check_open(fee.case.state)
    intake_rules.check_fee_answer(answer=answer, given=fee.answer, answered=answered_on, told=fee.told_on, on=on)
    assert answer is not None
    fee.answer, fee.answered_on = answer, answered_on
    db.session.flush()
    audit.record(events.FEE_ANSWERED, subject=fee.case.subject, by=by, outcome=answer)
    refused = [kind for kind in _waiting(fee) if not _why_not_refused(fee.case, kind, fee.ground)]
    if answer == "declined" and refused:
        refuse(case=fee.case, kinds=refused, ground=fee.ground, reasons=fee.reasons, by=by, on=on)
