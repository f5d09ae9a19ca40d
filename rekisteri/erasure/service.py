"""What is done to an erasure from the request to the day when nothing is left: propose, approve, refuse, carry on."""

from datetime import date
from typing import Any

from sqlalchemy import String, cast, exists, or_, select

from rekisteri.audit import service as audit
from rekisteri.cases import matters, refusals
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers.models import Customer
from rekisteri.erasure import finishing, letters, planning, rules
from rekisteri.erasure.letting_go import Gone, let_go
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.erasure.planning import Plan
from rekisteri.erasure.wishes import has_forbidden_marketing
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import after_commit, db
from rekisteri.kernel.errors import NotPermitted
from rekisteri.restrictions import service as restrictions
from rekisteri.settings import service as settings

PROPOSED = audit.event("erasure.proposed", "poistoa ehdotettu", fields={"kind": str, "count": int})
WITHDRAWN = audit.event("erasure.proposal_withdrawn", "poistoehdotus peruttu")
ERASED = audit.event("erasure.erased", "tietoja poistettu", fields={"kind": str, "count": int, "whole": bool})
REFUSED = audit.event("erasure.refused", "poistopyyntö evätty", fields={"kind": str, "ground": str, "document": int})
UNKNOWN = '"until": null'
"""How a round's holds tell of an obstacle whose end nobody knows."""


def find(erasure_id: int) -> Erasure | None:
    """The erasure with this id."""
    return db.session.get(Erasure, erasure_id)


def of_case(case: Case, kind: str) -> Erasure | None:
    """The case's matter of this kind."""
    return db.session.scalar(select(Erasure).filter_by(case_id=case.id, kind=kind))


def open_matter(*, case: Case, kind: str) -> Erasure:
    """Begin the matter of a registered request."""
    found = of_case(case, kind) or Erasure(case=case, kind=kind)
    db.session.add(found)
    db.session.flush()
    return found


def end_matter(*, case: Case, kind: str) -> None:
    """The request was withdrawn or refused at the door: what was proposed is not done."""
    found = of_case(case, kind)
    if found is not None and found.state == "open":
        if found.proposal is not None:
            found.rounds.remove(found.proposal)
        found.state = "ended"
        db.session.flush()


def carry_on_closed(*, case: Case, kind: str) -> None:
    """The request is closed, so its letters have left: they are destroyed once this is saved."""
    found = of_case(case, kind)
    if found is not None and found.latest is not None and found.latest.state == "answered":
        round_id = found.latest.id
        after_commit(lambda: finishing.carry_on(round_id))


def propose(*, erasure: Erasure, by: Any, on: date) -> ErasureRound:
    """Propose that everything goes which nothing holds today, or that the obstacles are told of; somebody else approves.

    :raises RuleViolation: something must be done first, or nothing may go.
    """
    matters.check_alive(erasure.case, erasure.kind)
    plan = planning.plan(erasure, on)
    rules.check_proposal(
        state=erasure.state,
        proposed=erasure.proposal is not None,
        blockers=plan.blockers,
        going=plan.going,
        held=plan.held,
    )
    proposal = ErasureRound(
        erasure=erasure,
        number=len(erasure.rounds) + 1,
        fingerprint=plan.fingerprint,
        holds=plan.told_holds,
        proposed_by=by,
        proposed_on=on,
    )
    db.session.add(proposal)
    if erasure.case.state == "registered":
        cases.advance(case=erasure.case, state="in_review", by=by)
    db.session.flush()
    audit.record(PROPOSED, subject=erasure.subject, by=by, kind=erasure.kind, count=plan.going)
    return proposal


def withdraw_proposal(*, erasure: Erasure, by: Any) -> None:
    """Take a proposal back, for instance because the plan has changed since."""
    if erasure.proposal is not None:
        erasure.rounds.remove(erasure.proposal)
        db.session.flush()
        audit.record(WITHDRAWN, subject=erasure.subject, by=by)


def is_alone() -> bool:
    """Whether the company has said that nobody else can approve: a firm of one."""
    return settings.current().erase_alone


def approve(*, erasure: Erasure, proposal: ErasureRound, by: Any, on: date) -> ErasureRound:
    """Approve the proposal and do it, in this one transaction; the search and the letters follow after the commit.

    Where obstacles hold everything, nothing goes: the person is told of them, and the rest comes back when they end.

    :raises RuleViolation: the approver proposed it, or the plan is no longer what was proposed.
    """
    if refusal := by.why_not("erasure.decide"):
        raise NotPermitted(refusal)
    matters.check_alive(erasure.case, erasure.kind)
    rules.check_waiting(proposal.state)
    alone = is_alone()
    rules.check_approval(proposed_by=proposal.proposed_by_id, approved_by=by.id, alone=alone)
    plan = planning.plan(erasure, on)
    rules.check_unblocked(plan.blockers)
    rules.check_unchanged(proposal.fingerprint, plan.fingerprint)
    told = letters.gather(erasure, plan.ids, on)
    if plan.holds and not erasure.rounds[:-1]:
        _certify_what_stays(erasure, plan, by=by, on=on)
    gone = _let_go(erasure, plan, on)
    _settle(erasure, proposal, gone, told, by=by, on=on)
    _keep_the_rest(erasure, plan, gone, by=by, on=on)
    if gone.whole:
        _end_earlier(erasure, plan.ids)
    if erasure.case.is_open:
        cases.advance(case=erasure.case, state="decided", by=by)
    db.session.flush()
    audit.record(ERASED, subject=erasure.subject, by=by, kind=erasure.kind, count=proposal.gone, whole=proposal.whole)
    round_id = proposal.id
    after_commit(lambda: finishing.carry_on(round_id))
    return proposal


def _let_go(erasure: Erasure, plan: Plan, on: date) -> Gone:
    if not plan.going:
        return Gone({}, whole=False, holds=plan.holds, values=[])
    return let_go(customer_id=plan.ids[0], kind=erasure.kind, forbidden=has_forbidden_marketing(plan.ids[0]), on=on)


def _settle(erasure: Erasure, done: ErasureRound, gone: Gone, told: dict[str, Any], *, by: Any, on: date) -> None:
    done.approved_by_id, done.approved_on, done.alone = by.id, on, is_alone()
    done.executed_at = now()
    done.counts, done.whole = gone.counts, gone.whole
    done.holds = Plan([], holds=gone.holds).told_holds
    done.state = "erased" if gone.counts else "finished"
    done.packed = letters.pack(told | {"texts": gone.values}) if gone.counts else None
    erasure.state = "done" if gone.whole else "part"
    erasure.next_on = rules.next_day(hold.until for hold in gone.holds)


def _end_earlier(erasure: Erasure, ids: list[int]) -> None:
    """Earlier requests of the same person waited for what has gone now; one certificate tells of it all."""
    earlier = select(Erasure).where(Erasure.customer_id.in_(ids), Erasure.id != erasure.id, Erasure.state == "part")
    for one in db.session.scalars(earlier).unique().all():
        one.state, one.next_on, one.customer_id = "done", None, None
        finishing.forget_what_held(one)


def reckon(on: date) -> None:
    """Reckon anew when the rest of the partly erased may go: an obstacle without a known end may have got one.

    An unpaid invoice that was paid is held by the books from then on, until a day. Where something goes, it goes now.
    """
    unknown = exists().where(ErasureRound.erasure_id == Erasure.id, cast(ErasureRound.holds, String).contains(UNKNOWN))
    due = or_(Erasure.next_on.is_(None), Erasure.next_on <= on, unknown)
    for erasure in db.session.scalars(select(Erasure).where(Erasure.state == "part", due)).unique().all():
        plan = planning.plan(erasure, on)
        if plan.freed:
            erasure.next_on = min(erasure.next_on or on, on)
        elif plan.holds:
            erasure.next_on = rules.next_day(hold.until for hold in plan.holds)


def _keep_the_rest(erasure: Erasure, plan: Plan, gone: Gone, *, by: Any, on: date) -> None:
    """What is held is only held from now on (GDPR art. 18(1), 17(3)): nobody uses it for anything else."""
    erasure.customer_id = None if gone.whole else plan.ids[0]
    if not gone.whole and erasure.case.is_open:
        customer = db.session.get_one(Customer, plan.ids[0])
        restrictions.restrict(customer=customer, ground="held", case=erasure.case, by=by, on=on, automatic=True)


def _certify_what_stays(erasure: Erasure, plan: Plan, *, by: Any, on: date) -> None:
    """What is not erased now is refused for now: with its reasons, its end and its remedies (GDPR art. 12(4))."""
    done, verb = ("anonymisoidaan", "anonymisoimme") if erasure.kind == "anonymisation" else ("poistetaan", "poistamme")
    items = [
        {"title": hold.title, "demanded": f"Tiedot {done}.", "reasons": hold.text, "ground": hold.provision}
        for hold in plan.holds
    ]
    rest = (
        f"Näitä tietoja vain säilytetään. Kun este päättyy, {verb} tiedot ja kerromme siitä teille uudella kirjeellä."
    )
    refusals.issue_certificate(
        case=erasure.case,
        right=erasure.kind,
        items=items,
        by=by,
        on=on,
        granted=[f"Muut tiedot {done}."] if plan.going else [],
        notes=[] if plan.going else [rest],
    )


def refuse(*, erasure: Erasure, ground: str | None, reasons: str, by: Any, on: date) -> None:
    """Refuse the request as a whole, with the certificate that tells why and where to take it.

    :raises RuleViolation: something has been proposed or done, or the reasons are no reasons.
    """
    if refusal := by.why_not("erasure.decide"):
        raise NotPermitted(refusal)
    matters.check_alive(erasure.case, erasure.kind)
    held = planning.plan(erasure, on).held
    rules.check_refusal(state=erasure.state, rounds=len(erasure.rounds), ground=ground, reasons=reasons, held=held)
    sentence, article = rules.REFUSALS[ground or ""]
    item = {
        "title": rules.KINDS[erasure.kind],
        "demanded": "Kaikki tiedot poistetaan." if erasure.kind == "erasure" else "Kaikki tiedot anonymisoidaan.",
        "reasons": f"{sentence}\n{reasons.strip()}",
        "ground": article,
    }
    paper = refusals.issue_certificate(case=erasure.case, right=erasure.kind, items=[item], by=by, on=on)
    erasure.state, erasure.refusal = "refused", paper
    cases.advance(case=erasure.case, state="decided", by=by)
    db.session.flush()
    audit.record(REFUSED, subject=erasure.subject, by=by, kind=erasure.kind, ground=ground, document=paper.id)
