"""Registering a request or an own initiative, and mending what was registered wrong."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rekisteri.audit import service as audit
from rekisteri.cases import codes, deadlines, events, matters, rules
from rekisteri.cases.models import Case, CaseMatter, RequestForm
from rekisteri.cases.rules import Requester
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.errors import RuleViolation


def register(
    *,
    received_on: date,
    channel: str,
    requester: Requester,
    kinds: Sequence[str],
    by: Any,
    on: date,
    request_dated_on: date | None = None,
    signature: str | None = None,
    received_by: str = "",
    content: str = "",
    customer: Any = None,
    form: RequestForm | None = None,
) -> Case:
    """Register a request: diary number, deadline from the day of receipt, and the matter of each right it concerns.

    :param signature: 'signed' or 'unsigned' on paper; kept as a fact, never asked as a condition.
    :param customer: the person it concerns, when already found.
    :param form: the prefilled form it came on; it then leads back to this case.
    """
    facts = _checked(received_on, channel, requester, request_dated_on, signature, on)
    case = Case(received_by=received_by or by.full_name, content=content, **facts)
    _begin(case, kinds, customer=customer, by=by, on=on)
    if form is not None and form.case_id is None:
        form.case_id = case.id
    return case


def amend(
    *,
    case: Case,
    received_on: date,
    channel: str,
    requester: Requester,
    by: Any,
    on: date,
    request_dated_on: date | None = None,
    signature: str | None = None,
    received_by: str = "",
    content: str = "",
) -> list[str]:
    """Mend what was registered wrong before the decision; the deadline follows the day of receipt. Returns what changed."""
    rules.check_amendable(case.state, own_initiative=case.own_initiative)
    facts = _checked(received_on, channel, requester, request_dated_on, signature, on)
    facts |= {"received_by": received_by or case.received_by, "content": content}
    facts["due_on"] = rules.due_on(received_on, deadlines.paused_days(case, received=received_on))
    changed = sorted(name for name, value in facts.items() if getattr(case, name) != value)
    for name in changed:
        setattr(case, name, facts[name])
    if changed:
        extended = case.extended_due_on
        deadlines.recount(case)
        changed = sorted({*changed, *(["extended_due_on"] if case.extended_due_on != extended else [])})
        db.session.flush()
        audit.record(events.AMENDED, subject=case.subject, by=by, fields=changed)
    return changed


def _checked(
    received_on: date, channel: str, requester: Requester, dated_on: date | None, signature: str | None, on: date
) -> dict[str, Any]:
    """The columns that tell of the request and who made it, once the rules have accepted them."""
    if channel not in codes.CHANNELS:
        raise RuleViolation("Valitse, miten pyyntö saapui.", field="channel")
    rules.check_received(received_on, on=on, dated=dated_on)
    requester = rules.check_requester(requester)
    return {
        "received_on": received_on,
        "due_on": rules.due_on(received_on),
        "channel": channel,
        "request_dated_on": dated_on,
        "signature": rules.signature_for(channel, signature),
        "requester_name": requester.name,
        "requester_street": requester.street,
        "requester_postcode": requester.postcode,
        "requester_city": requester.city,
        "requester_country": requester.country,
        "requester_email": requester.email,
        "requester_role": requester.role,
        "mandate": requester.mandate,
        "represented": requester.represented,
    }


def register_own_initiative(
    *, customer: Any, reason: str, by: Any, on: date, kinds: Sequence[str] | None = None
) -> Case:
    """Begin a correction without a request (GDPR art. 5(1)(d)): same road, nobody to answer, no deadline.

    :param kinds: the matters begun; those the company may begin by itself unless told otherwise.
    """
    if len(reason.split()) < 2:
        raise RuleViolation("Kirjoita, mistä virhe havaittiin.", field="reason")
    allowed = [kind.code for kind in matters.own_initiative_kinds()]
    if kinds is not None and not set(kinds) <= set(allowed):
        raise RuleViolation("Tätä ei voi aloittaa ilman pyyntöä.", field="kinds")
    case = Case(
        received_on=on,
        channel=codes.OWN_INITIATIVE,
        received_by=by.full_name,
        content=reason,
        signature="not_applicable",
    )
    _begin(case, allowed if kinds is None else kinds, customer=customer, by=by, on=on)
    return case


def standing(customer: Customer) -> Customer:
    """The customer as whom the register now knows the person.

    :raises RuleViolation: the register does not hold the person (yet).
    """
    found: Customer | None = customer
    while found is not None and found.state == "merged":
        found = customers.find(found.merged_into_id or 0)
    if found is None or found.state == "incoming":
        raise RuleViolation("Henkilöä ei enää ole rekisterissä. Hae uudelleen.", field="person")
    return found


def _begin(case: Case, kinds: Sequence[str], *, customer: Any, by: Any, on: date) -> None:
    kinds = list(dict.fromkeys(kinds))
    known = {kind.code for kind in matters.kinds()}
    if not kinds or not set(kinds) <= known:
        raise RuleViolation("Valitse, mitä pyyntö koskee.", field="kinds")
    case.number = f"{on.year}/{next_number('case', on.year):04}"
    case.registered_on, case.registered_by_id = on, by.id
    case.state = "registered"
    if customer is not None:
        customer = standing(customer)
        case.customer_id, case.person_state = customer.id, "found"
    case.matters = [CaseMatter(kind=code, position=place) for place, code in enumerate(kinds)]
    db.session.add(case)
    db.session.flush()
    audit.record(events.REGISTERED, subject=case.subject, by=by, number=case.number, channel=case.channel)
    if customer is not None:
        audit.record(events.PERSON_SET, subject=case.subject, by=by, customer=customer.id)
    for kind in matters.of(case):
        kind.open(case, by, on)
