"""Writing down what the person says no to, restricting it meanwhile, deciding, and what ends it again."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import intake_rules, matters
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.consents import service as consents
from rekisteri.customers.models import Customer
from rekisteri.forgotten import bars
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import NotPermitted
from rekisteri.objections import events, journaling, letters, rules
from rekisteri.objections.models import Objection, ObjectionUse
from rekisteri.restrictions import service as restrictions
from rekisteri.restrictions.models import Restriction
from rekisteri.settings import service as settings

DECIDED = "Vastustamanne käsittely on ratkaistu erillisellä päätöksellä, joten rajoitus päättyy."
MISTAKEN = "Rajoitus on kirjattu tietoihinne erehdyksessä, joten se päättyy."
DROPPED = "Asia, jonka ajaksi tietojenne käsittely rajoitettiin, on päättynyt ilman ratkaisua."


def open_matter(*, case: Case, kind: str) -> Objection:
    """Begin the matter of a case; what it concerns is written down next."""
    matter = Objection(request=case, kind=kind, customer_id=case.customer_id, key=bars.new_key())
    db.session.add(matter)
    db.session.flush()
    return matter


def find(id: int) -> Objection | None:
    """The matter with this id."""
    return db.session.get(Objection, id)


def of_case(case: Case, kind: str) -> Objection | None:
    """The matter of this kind in a case."""
    return db.session.scalar(select(Objection).filter_by(case_id=case.id, kind=kind))


def of_customer(customer_id: int) -> list[Objection]:
    """All that a customer has said no to, newest first."""
    query = select(Objection).filter_by(customer_id=customer_id).order_by(Objection.id.desc())
    return list(db.session.scalars(query).unique())


def itemise(*, matter: Objection, what: str, grounds: str, uses: Sequence[str], by: Any, on: date) -> None:
    """Write down what the person says no to. Marketing and consent end at once; the rest is restricted until weighed."""
    matters.check_alive(matter.case, matter.kind)
    rules.check_open(case_open=matter.case.is_open, decided=matter.decision is not None)
    rules.check_itemised(matter.kind, what=what, uses=uses, bound=matter.bound)
    matter.what, matter.grounds = what.strip(), grounds.strip()
    matter.itemised_on = matter.itemised_on or on
    known = {one.use: one for one in matter.uses}
    matter.uses[:] = [known.get(use) or ObjectionUse(use=use) for use in rules.USES if use in uses]
    for place, one in enumerate(matter.uses):
        one.position = place
    matter.version = matter.version + 1
    db.session.flush()
    audit.record(events.ITEMISED, subject=matter.case.subject, by=by, kind=matter.kind, uses=matter.codes)
    _bind(matter, [use for use in matter.codes if rules.binds_at_once(matter.kind, use)], by=by, on=on)
    restrict_meanwhile(matter=matter, by=by, on=on)


def _bind(matter: Objection, uses: Collection[str], *, by: Any, on: date) -> None:
    new = [one for one in matter.uses if one.use in uses and one.bound_on is None]
    for one in new:
        one.bound_on = on
    if new:
        bars.note(journaling.NAME, [matter.key])
        audit.record(events.BOUND, subject=matter.subject, by=by, uses=[one.use for one in new])
    _end_consents(matter, by=by, told_on=matter.case.received_on, channel=matter.case.channel)


def _end_consents(matter: Objection, *, by: Any, told_on: date, channel: str) -> None:
    """A consent to what the person has said no to is over for good, also when the no is later taken back."""
    if matter.customer_id is not None:
        consents.end(customer_id=matter.customer_id, uses=matter.bound, told_on=told_on, channel=channel, by=by)


def follow_person(*, matter: Objection, by: Any, on: date) -> None:
    """The person of the request was found, or was somebody else: what was said binds that customer and nobody else.

    What had been restricted of the wrong person begins to be lifted, and the right one's data are restricted.
    """
    case, earlier = matter.case, matter.customer_id
    if earlier == case.customer_id:
        return
    matter.customer_id = case.customer_id
    db.session.flush()
    db.session.expire(matter, ["customer"])
    if uses := matter.bound:
        bars.note(journaling.NAME, [matter.key])
        if earlier is not None:
            audit.record(events.MOVED, subject=f"customer:{earlier}", by=by, uses=uses)
        if matter.customer_id is not None:
            audit.record(events.BOUND, subject=case.subject, by=by, uses=uses)
        _end_consents(matter, by=by, told_on=case.received_on, channel=case.channel)
    _lift(matter, MISTAKEN, by=by, on=on, of_others=True)
    restrict_meanwhile(matter=matter, by=by, on=on)


def restrict_meanwhile(*, matter: Objection, by: Any, on: date) -> Restriction | None:
    """Let the data only be kept until the objection is weighed (GDPR art. 18(1)(d)); needs the person to be known."""
    customer = db.session.get(Customer, matter.customer_id) if matter.customer_id else None
    alive = matters.is_alive(matter.case, matter.kind) and matter.decision is None
    if customer is None or not alive or not rules.to_be_weighed(matter.kind, matter.codes):
        return None
    return restrictions.restrict(customer=customer, ground="objection", case=matter.case, by=by, on=on, automatic=True)


def may_restrict(matter: Objection) -> bool:
    """Whether the data could be restricted meanwhile and are not: the person was found only afterwards."""
    if matter.request is None:
        return False
    weighed = matter.decision is None and rules.to_be_weighed(matter.kind, matter.codes)
    return weighed and matter.case.is_open and matter.case.customer is not None and restriction_of(matter) is None


def restriction_of(matter: Objection) -> Restriction | None:
    """The restriction that holds while the objection is weighed, if it is in force."""
    return next((one for one in _restrictions(matter) if one.customer_id == matter.customer_id), None)


def _restrictions(matter: Objection) -> list[Restriction]:
    """All that the objection restricts, also of somebody whom the request was first thought to be about."""
    if matter.request is None or matter.kind != "objection":
        return []
    return [one for one in restrictions.of_case(matter.request) if one.ground == "objection" and one.in_force]


def _lift(matter: Objection, reason: str, *, by: Any, on: date, of_others: bool = False) -> None:
    for one in _restrictions(matter):
        if one.letter is None and not settings.missing() and not (of_others and one.customer_id == matter.customer_id):
            restrictions.lift(restriction=one, reason=reason, by=by, on=on)


def decide(
    *,
    matter: Objection,
    decision: str | None,
    granted: Collection[str] = (),
    measures: str = "",
    ground: str | None = None,
    reasons: str = "",
    by: Any,
    on: date,
) -> None:
    """Decide, end the uses that are granted, and issue the answer and the certificate in this one transaction.

    :param granted: which uses end, when it is granted in part.
    :param measures: what the company does because of it, printed in the answer.
    """
    if refusal := by.why_not("objections.decide"):
        raise NotPermitted(refusal)
    matters.check_alive(matter.case, matter.kind)
    rules.check_open(case_open=matter.case.is_open, decided=matter.decision is not None)
    rules.check_decision(
        matter.kind,
        decision=decision,
        itemised=matter.itemised_on is not None,
        person_known=matter.case.customer is not None,
        uses=matter.codes,
        granted=granted,
        measures=measures,
        ground=ground,
        reasons=reasons,
    )
    if decision != "refused":
        case = matter.case
        intake_rules.check_authority(mandate=case.mandate, represented=case.represented, field="decision")
    letters.check_letterhead()
    if decision != "granted":
        matter.ground, matter.reasons = ground, reasons.strip()
    matter.decision, matter.decided_on, matter.decided_by_id = decision, on, by.id
    if decision != "refused":
        matter.measures = measures.strip()
        _bind(matter, matter.codes if decision == "granted" else granted, by=by, on=on)
        matter.letter = letters.issue_answer(matter, by=by, on=on)
    if decision != "granted":
        matter.certificate = letters.issue_refusal(matter, by=by, on=on)
    _lift(matter, DECIDED, by=by, on=on)
    db.session.flush()
    audit.record(
        events.DECIDED, subject=matter.case.subject, by=by, kind=matter.kind, decision=decision, ground=matter.ground
    )
    cases.advance(case=matter.case, state="decided", by=by)


def end(*, matter: Objection, channel: str | None, told_on: date, by: Any, on: date) -> None:
    """The person allows the uses again, by their own word, which is put on record."""
    rules.check_ended(bound=bool(matter.bound), channel=channel, told=told_on, since=matter.bound_since, on=on)
    uses, came = matter.bound, matter.request.channel if matter.request else channel
    _end_consents(matter, by=by, told_on=matter.bound_since or on, channel=came or "")
    same = select(Objection).filter_by(key=matter.key, customer_id=matter.customer_id, ended_on=None)
    for one in db.session.scalars(same).unique():
        one.ended_on, one.ended_channel = told_on, channel
    bars.note(journaling.NAME, [matter.key])
    audit.record(events.ENDED, subject=matter.subject, by=by, channel=channel, on=told_on.isoformat(), uses=uses)


def drop(case: Case, kind: str, by: Any, on: date) -> None:
    """The matter ended without a decision: what was only being weighed is no longer restricted.

    What the person's own word had ended stays so, unless the whole word is taken back (`end`); what was written down by
    mistake was never said.
    """
    matter = of_case(case, kind)
    if matter is None or matter.decision is not None:
        return
    if any(one.kind == kind and one.outcome == "mistaken" for one in case.matters):
        for use in matter.uses:
            use.bound_on = None
        bars.note(journaling.NAME, [matter.key])
    _lift(matter, DROPPED, by=by, on=on)
