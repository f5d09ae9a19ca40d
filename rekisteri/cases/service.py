"""What is done to a request from registering to closing. Letters are in `letters`, printed forms in `request_forms`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import codes, events, matters, rules
from rekisteri.cases.letters import (
    acknowledge,
    ask_for_details,
    extend,
    next_document_number,
    unposted_letters,
)
from rekisteri.cases.models import Case, CaseMatter, RequestForm
from rekisteri.cases.rules import Requester
from rekisteri.kernel.db import db, next_number
from rekisteri.kernel.errors import RuleViolation

__all__ = [
    "Requester",
    "acknowledge",
    "advance",
    "ask_for_details",
    "blockers",
    "close",
    "extend",
    "find",
    "find_by_number",
    "newest_of_customer",
    "next_document_number",
    "person_not_found",
    "record_identity",
    "register",
    "register_own_initiative",
    "set_person",
    "withdraw",
]


def find(case_id: int) -> Case | None:
    """The case with this id, or None."""
    return db.session.get(Case, case_id)


def find_by_number(typed: str) -> Case | None:
    """The case with this diary number, as it is written on the paper."""
    return db.session.scalar(select(Case).filter_by(number="".join(typed.split())))


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
    if channel not in codes.CHANNELS:
        raise RuleViolation("Valitse, miten pyyntö saapui.", field="channel")
    rules.check_received(received_on, on=on, dated=request_dated_on)
    requester = rules.check_requester(requester)
    case = Case(
        received_on=received_on,
        channel=channel,
        received_by=received_by or by.full_name,
        request_dated_on=request_dated_on,
        content=content,
        signature=rules.signature_for(channel, signature),
        due_on=rules.due_on(received_on),
        requester_name=requester.name,
        requester_street=requester.street,
        requester_postcode=requester.postcode,
        requester_city=requester.city,
        requester_country=requester.country,
        requester_email=requester.email,
        requester_role=requester.role,
        mandate=requester.mandate,
    )
    _begin(case, kinds, customer=customer, by=by, on=on)
    if form is not None and form.case_id is None:
        form.case_id = case.id
    return case


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


def _begin(case: Case, kinds: Sequence[str], *, customer: Any, by: Any, on: date) -> None:
    known = {kind.code for kind in matters.kinds()}
    if not kinds or not set(kinds) <= known:
        raise RuleViolation("Valitse, mitä pyyntö koskee.", field="kinds")
    case.number = f"{on.year}/{next_number('case', on.year):04}"
    case.registered_on, case.registered_by_id = on, by.id
    case.state = "registered"
    if customer is not None:
        case.customer_id, case.person_state = customer.id, "found"
    case.matters = [CaseMatter(kind=code, position=place) for place, code in enumerate(kinds)]
    db.session.add(case)
    db.session.flush()
    audit.record(events.REGISTERED, subject=case.subject, by=by, number=case.number, channel=case.channel)
    if customer is not None:
        audit.record(events.PERSON_SET, subject=case.subject, by=by, customer=customer.id)
    for kind in matters.of(case):
        kind.open(case, by, on)


def set_person(*, case: Case, customer: Any, by: Any) -> None:
    """The person whose data the request concerns was found in the register."""
    rules.check_person_may_change(case.state)
    case.customer_id, case.person_state = customer.id, "found"
    db.session.flush()
    audit.record(events.PERSON_SET, subject=case.subject, by=by, customer=customer.id)


def person_not_found(*, case: Case, by: Any) -> None:
    """The register was searched and does not hold the person; the requester is told so."""
    rules.check_person_may_change(case.state)
    case.customer_id, case.person_state = None, "not_found"
    db.session.flush()
    audit.record(events.PERSON_NOT_FOUND, subject=case.subject, by=by)


def record_identity(*, case: Case, method: str, checked_on: date, by: Any, on: date) -> None:
    """Record how the requester's identity was made sure of: the way, the day and who did it, nothing else."""
    rules.check_open(case.state)
    rules.check_identity(method, checked_on=checked_on, received=case.received_on, on=on)
    case.identity_method, case.identity_checked_on = method, checked_on
    case.identity_checked_by_id = by.id
    db.session.flush()
    audit.record(events.IDENTITY_RECORDED, subject=case.subject, by=by, method=method)


def advance(case: Case, state: str, by: Any) -> None:
    """Move an open case on as its matters proceed; nothing happens when it is there already."""
    if case.state == state:
        return
    rules.check_step(case.state, state)
    case.state = state
    db.session.flush()
    audit.record(events.MOVED, subject=case.subject, by=by, state=state)


def withdraw(*, case: Case, channel: str, withdrawn_on: date, by: Any, on: date) -> None:
    """The requester takes the request back, in any way; the case ends undecided."""
    rules.check_open(case.state)
    if channel not in codes.CHANNELS:
        raise RuleViolation("Valitse, miten pyyntö peruutettiin.", field="channel")
    rules.check_withdrawal(state=case.state, withdrawn=withdrawn_on, received=case.received_on, on=on)
    case.state, case.closed_on, case.withdrawn_channel = "withdrawn", withdrawn_on, channel
    db.session.flush()
    audit.record(events.WITHDRAWN, subject=case.subject, by=by, channel=channel)


def blockers(case: Case) -> list[str]:
    """What still prevents closing, as Finnish sentences: undecided matters, unposted letters, an unsought person."""
    found = [sentence for kind in matters.of(case) for sentence in kind.blockers(case)]
    unposted = [letter.title for letter in unposted_letters(case)]
    return found + rules.own_blockers(person_state=case.person_state, unposted=unposted)


def close(case: Case, by: Any, on: date) -> None:
    """End a case whose matters are decided and whose letters are posted or shown impossible to post."""
    rules.check_open(case.state)
    rules.check_closing(blockers(case))
    case.state, case.closed_on = "closed", on
    db.session.flush()
    audit.record(events.CLOSED, subject=case.subject, by=by)


def newest_of_customer(customer_id: int, limit: int = 20) -> list[Case]:
    """The customer's requests, newest first, for the card."""
    query = select(Case).filter_by(customer_id=customer_id).order_by(Case.id.desc()).limit(limit)
    return list(db.session.scalars(query))
