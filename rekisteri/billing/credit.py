"""Applications for credit: what was asked, on what data it was decided, and by whom (GDPR art. 22)."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.billing import rules
from rekisteri.billing.handing_over import hand_over
from rekisteri.billing.handing_rules import KINDS
from rekisteri.billing.models import CreditApplication
from rekisteri.customers import service as customers
from rekisteri.customers import uses
from rekisteri.customers.models import Customer
from rekisteri.disclosures.models import Disclosure
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.notice import beyond
from rekisteri.staff.models import User

APPLIED = audit.event("credit.applied", "luottohakemus kirjattu", fields={"customer": int})
ASKED = audit.event("credit.asked", "luottotiedot kysytty", fields={"disclosure_id": int})
DECIDED = audit.event("credit.decided", "luottohakemus ratkaistu", fields={"credit": str, "on": str})
WITHDRAWN = audit.event("credit.withdrawn", "luottohakemus peruutettu", fields={"on": str})
PURPOSE = KINDS["application"].purpose


def find(application_id: int) -> CreditApplication | None:
    """The application with this id."""
    return db.session.get(CreditApplication, application_id)


def for_customer(customer: Customer, limit: int = 10) -> list[CreditApplication]:
    """A customer's applications, the latest first."""
    query = select(CreditApplication).filter_by(customer_id=customer.id)
    query = query.options(joinedload(CreditApplication.decided_by))
    latest = query.order_by(CreditApplication.applied_on.desc(), CreditApplication.id.desc())
    return list(db.session.scalars(latest.limit(limit)))


def apply(*, customer: Customer, applied_on: date, amount: int, purpose: str, by: User | None) -> CreditApplication:
    """Record that a customer asks for credit.

    :raises RuleViolation: the notice does not tell of credit decisions, or the sum, the day or the purpose cannot be.
    """
    beyond.check_declared("credit")
    uses.check(customer.id, "dealing")
    rules.check_application(applied_on=applied_on, amount=amount, purpose=purpose, today=today())
    application = CreditApplication(customer_id=customer.id, applied_on=applied_on, amount=amount, purpose=purpose)
    db.session.add(application)
    db.session.flush()
    customers.touch(customer.id, applied_on)
    audit.record(APPLIED, subject=application.subject, by=by, customer=customer.id)
    return application


def ask_for_credit_data(*, application: CreditApplication, by: User | None, **disclosure: Any) -> Disclosure:
    """Record that credit data were asked for: what of the applicant went to the provider, on the ground of credit.

    :param disclosure: recipient, fields, disclosed_on and way.
    """
    rules.check_undecided(application.state)
    recorded = hand_over(application, purpose=PURPOSE, ground="credit", by=by, **disclosure)
    audit.record(ASKED, subject=application.subject, by=by, disclosure_id=recorded.id)
    return recorded


def decide(
    *, application: CreditApplication, decision: str | None, granted: int | None, reasons: str, on: date, by: User
) -> None:
    """Grant or refuse; the decision is `by`'s own, and its reasons stay with it."""
    rules.check_decision(
        state=application.state,
        decision=decision,
        granted=granted,
        reasons=reasons,
        applied_on=application.applied_on,
        on=on,
        today=today(),
    )
    application.state = str(decision)
    application.granted = granted if decision == "granted" else None
    application.ended_on, application.decided_by, application.reasons = on, by, reasons
    audit.record(DECIDED, subject=application.subject, by=by, credit=application.state, on=on.isoformat())


def withdraw(*, application: CreditApplication, on: date, by: User | None) -> None:
    """The applicant takes the application back."""
    rules.check_withdrawal(state=application.state, applied_on=application.applied_on, on=on, today=today())
    application.state, application.ended_on = "withdrawn", on
    audit.record(WITHDRAWN, subject=application.subject, by=by, on=on.isoformat())


def _any_held() -> bool:
    return db.session.scalar(select(CreditApplication.id).limit(1)) is not None


beyond.add_held("credit", _any_held)
