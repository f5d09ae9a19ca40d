"""The matter of a request to restrict processing: what is decided on it, and the papers of the decision."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import intake_rules, matters, refusals
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import FIELDS
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import NotPermitted
from rekisteri.restrictions import events, letters, rules, service
from rekisteri.restrictions.models import RestrictionMatter
from rekisteri.settings import service as settings

CODE = "restriction"


def open_matter(*, case: Case) -> RestrictionMatter:
    """Begin the matter of a case; it is decided in one go."""
    matter = RestrictionMatter(case=case)
    db.session.add(matter)
    db.session.flush()
    return matter


def of_case(case: Case) -> RestrictionMatter | None:
    """The matter of a case, if it asks for a restriction."""
    return db.session.scalar(select(RestrictionMatter).filter_by(case_id=case.id))


def customer_of(matter: RestrictionMatter) -> Customer | None:
    """Whose data are asked to be restricted, once found."""
    return matter.case.customer


def decide(
    *,
    matter: RestrictionMatter,
    decision: str | None,
    ground: str | None = None,
    fields: Collection[str] | None = None,
    refusal_ground: str | None = None,
    reasons: str = "",
    by: Any,
    on: date,
) -> None:
    """Decide the request: what is granted binds at once, and the answer is issued in the same transaction.

    :param ground: on which of the grounds of art. 18(1) it is granted.
    :param fields: the data that are restricted; None means all of them.
    :param refusal_ground: why it is refused in whole or in part, with `reasons` in plain words for the certificate.
    :raises RuleViolation: something of this is missing, or the request has been decided already.
    """
    if refusal := by.why_not("restrictions.decide"):
        raise NotPermitted(refusal)
    case, customer = matter.case, customer_of(matter)
    matters.check_alive(case, CODE)
    rules.check_decision(
        decided=matter.decision is not None,
        case_open=case.is_open,
        person_known=customer is not None,
        decision=decision,
    )
    if decision != "granted":
        rules.check_refusal(refusal_ground, reasons)
        matter.refusal_ground, matter.reasons = refusal_ground, reasons.strip()
    if decision != "refused":
        intake_rules.check_authority(mandate=case.mandate, represented=case.represented, field="decision")
        rules.check_identified(case.identity_method)
        rules.check_asked_ground(ground)
    rules.check_letterhead(settings.missing())
    matter.decision, matter.decided_on, matter.decided_by_id = decision, on, by.id
    if decision != "refused" and customer is not None and ground is not None:
        restriction = service.restrict(customer=customer, ground=ground, fields=fields, case=case, by=by, on=on)
        matter.restriction = restriction
        letters.issue_decision(matter, restriction, by=by, on=on)
    if decision != "granted":
        refusals.issue_certificate(
            case=case, right=CODE, items=[_refused(matter)], granted=_granted(matter), by=by, on=on
        )
    db.session.flush()
    audit.record(
        events.DECIDED,
        subject=case.subject,
        by=by,
        decision=decision,
        ground=ground if decision != "refused" else refusal_ground,
        restriction=matter.restriction_id,
    )
    cases.advance(case=case, state="decided", by=by)


def _refused(matter: RestrictionMatter) -> dict[str, str]:
    _label, sentence, article = rules.REFUSALS[matter.refusal_ground or "other"]
    return {
        "title": "Käsittelyn rajoittaminen",
        "demanded": matter.case.content or "Henkilötietojen käsittelyn rajoittaminen",
        "reasons": f"{sentence}\n{matter.reasons}",
        "ground": article,
    }


def _granted(matter: RestrictionMatter) -> list[str]:
    restriction = matter.restriction
    if restriction is None:
        return []
    return [
        f"käsittelyä on rajoitettu seuraavien tietojen osalta: {rules.what(restriction.fields, FIELDS[restriction.customer.kind])}"
    ]
