"""Deciding, demand by demand. What is granted stands in the register when the decision does."""

from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import intake_rules
from rekisteri.cases import service as cases
from rekisteri.customers import service as customers
from rekisteri.customers.merging import repeats
from rekisteri.customers.models import Datum, Source
from rekisteri.disclosures import hearing
from rekisteri.disclosures import service as disclosures
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from rekisteri.rectification import demands, rules
from rekisteri.rectification.models import Item, Notification, Rectification

DECIDED = audit.event(
    "rectification.decided", "vaatimus ratkaistu", fields={"item": int, "decision": str, "ground": str, "told": int}
)


def grant(*, item: Item, by: Any, on: date) -> None:
    """Accept the demand as it is: the register is corrected in this same transaction.

    :raises RuleViolation: the person is not known, or the datum is no longer what the demand speaks of.
    """
    _check(item, by)
    _check_authority(item)
    _correct(item, item.requested_value or None, by=by, on=on)
    _settle(item, "granted", by=by, on=on)


def grant_in_part(*, item: Item, granted_value: str, ground: str | None, reasons: str, by: Any, on: date) -> None:
    """Correct the datum, but not as demanded; the rest is refused with its reasons."""
    _check(item, by)
    _check_authority(item)
    rules.check_refusal(ground=ground, reasons=reasons, own_initiative=item.rectification.own_initiative)
    value = _checked(item, granted_value)
    rules.check_partial_grant(granted=value, requested=item.requested_value, current=item.current_value)
    _correct(item, value, by=by, on=on)
    item.refusal_ground, item.reasons = ground, reasons.strip()
    _settle(item, "partly_granted", by=by, on=on)


def refuse(*, item: Item, ground: str | None, reasons: str, by: Any, on: date) -> None:
    """Refuse the demand. The ground and the reasons go to the certificate word for word."""
    _check(item, by)
    rules.check_refusal(ground=ground, reasons=reasons, own_initiative=item.rectification.own_initiative)
    item.refusal_ground, item.reasons = ground, reasons.strip()
    _settle(item, "refused", by=by, on=on)


def _check(item: Item, by: Any) -> None:
    refusal = by.why_not("rectification.decide")
    if refusal:
        raise NotPermitted(refusal)
    demands.check_workable(item.rectification, decision=item.decision)


def _check_authority(item: Item) -> None:
    case = item.rectification.case
    intake_rules.check_authority(mandate=case.mandate, represented=case.represented, field="decision")


def _checked(item: Item, value: str) -> str:
    try:
        return demands.normalised(item.rectification, item.field, value)
    except RuleViolation as violation:
        raise RuleViolation(violation.sentence, field="granted_value") from violation


def _correct(item: Item, value: str | None, *, by: Any, on: date) -> None:
    matter = item.rectification
    customer = demands.customer_of(matter)
    datum = demands.register_now(matter).get(item.field)
    rules.check_grant(
        person_known=customer is not None, recorded=item.current_value, now=datum.value if datum else None
    )
    assert customer is not None  # `check_grant` has said so
    own = matter.own_initiative
    before, after = customers.correct(
        customer=customer,
        field=item.field,
        value=value,
        source=customers.own_source() if own else customers.self_source(),
        obtained_on=on if own else matter.case.received_on,
        by=by,
        reason=f"oikaisu {matter.case.number}",
    )
    item.granted_value = value or ""
    item.new_datum_id = after.id if after else None
    if before is not None:
        _remember_whom_to_tell(item, before)


def _remember_whom_to_tell(item: Item, wrong: Datum) -> None:
    told_by = {same.source_id for same in repeats(wrong)}
    outside = Source.kind.not_in(("self", "own"))
    for source_id in db.session.scalars(select(Source.id).where(Source.id.in_(told_by), outside).order_by(Source.id)):
        db.session.add(Notification(item=item, source_id=source_id))
    for recipient in disclosures.recipients_of(wrong):
        notification = Notification(item=item, recipient_id=recipient.id)
        db.session.add(notification)
        db.session.flush()
        hearing.tell(
            recipient_id=recipient.id,
            customer_id=wrong.customer_id,
            what="corrected",
            fields=[item.field],
            origin=f"rectification_notification:{notification.id}",
        )


def _settle(item: Item, decision: str, *, by: Any, on: date) -> None:
    item.decision, item.decided_on, item.decided_by_id = decision, on, by.id
    db.session.flush()
    case = item.rectification.case
    if case.state == "registered":
        cases.advance(case=case, state="in_review", by=by)
    audit.record(
        DECIDED,
        subject=case.subject,
        by=by,
        item=item.id,
        decision=decision,
        ground=item.refusal_ground,
        told=len(notifications_of(item)),
    )


def notifications_of(item: Item) -> list[Notification]:
    """Everybody who is to be told of what was corrected by this item."""
    return list(db.session.scalars(select(Notification).filter_by(item_id=item.id).order_by(Notification.id)))


def notifications(matter: Rectification) -> list[Notification]:
    """Everybody who is to be told of what was corrected in this matter."""
    query = select(Notification).join(Item).where(Item.rectification_id == matter.id).order_by(Notification.id)
    return list(db.session.scalars(query).unique())
