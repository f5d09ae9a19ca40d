"""What is done to a request from registering (`registering`) over its letters (`letters`) to closing."""

from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import codes, events, matters, pauses, rules
from rekisteri.cases.advancing import advance
from rekisteri.cases.letters import (
    acknowledge,
    answer_not_held,
    ask_for_details,
    extend,
    next_document_number,
    unposted_letters,
)
from rekisteri.cases.matter_changes import add_matter, remove_matter
from rekisteri.cases.models import Case
from rekisteri.cases.registering import amend, register, register_own_initiative, standing
from rekisteri.cases.rules import Requester
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.paper import service as paper

__all__ = [
    "Requester",
    "acknowledge",
    "add_matter",
    "advance",
    "amend",
    "answer_not_held",
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
    "remove_matter",
    "set_person",
    "withdraw",
]


def find(case_id: int) -> Case | None:
    """The case with this id, or None."""
    return db.session.get(Case, case_id)


def find_by_number(typed: str) -> Case | None:
    """The case with this diary number, as it is written on the paper."""
    return db.session.scalar(select(Case).filter_by(number="".join(typed.split())))


def set_person(*, case: Case, customer: Any, by: Any) -> None:
    """The person whose data the request concerns was found in the register; whoever was merged is who they were merged into.

    One who was not in the register when the request was decided may have come later, and is joined to it then.
    """
    rules.check_person_may_be_set(state=case.state, person_state=case.person_state)
    customer = standing(customer)
    case.customer_id, case.person_state = customer.id, "found"
    db.session.flush()
    paper.know_whose(case.number, customer.id)
    audit.record(events.PERSON_SET, subject=case.subject, by=by, customer=customer.id)
    if case.state != "withdrawn":
        _tell_of_person(case, by)


def _tell_of_person(case: Case, by: Any) -> None:
    """Also to a right whose matter has ended already: what the person's word had bound may still bind."""
    for kind in filter(None, map(matters.kind_of, case.kinds)):
        if kind.person_set:
            kind.person_set(case, by)


def person_not_found(*, case: Case, by: Any) -> None:
    """The register was searched and does not hold the person; the requester is told so."""
    rules.check_person_may_change(case.state)
    case.customer_id, case.person_state = None, "not_found"
    db.session.flush()
    audit.record(events.PERSON_NOT_FOUND, subject=case.subject, by=by)
    _tell_of_person(case, by)


def record_identity(*, case: Case, method: str, checked_on: date, by: Any, on: date) -> None:
    """Record how the requester's identity was made sure of: the way, the day and who did it, nothing else."""
    rules.check_open(case.state)
    rules.check_identity(method, checked_on=checked_on, received=case.received_on, on=on)
    case.identity_method, case.identity_checked_on = method, checked_on
    case.identity_checked_by_id = by.id
    pauses.end_if_paused(case=case, day=checked_on, by=by, on=on)
    db.session.flush()
    audit.record(events.IDENTITY_RECORDED, subject=case.subject, by=by, method=method)


def withdraw(*, case: Case, channel: str, withdrawn_on: date, by: Any, on: date) -> None:
    """The requester takes the request back, in any way; the case ends undecided."""
    rules.check_open(case.state)
    if channel not in codes.CHANNELS:
        raise RuleViolation("Valitse, miten pyyntö peruutettiin.", field="channel")
    rules.check_withdrawal(state=case.state, withdrawn=withdrawn_on, received=case.received_on, on=on)
    pauses.end_if_paused(case=case, day=withdrawn_on, by=by, on=on)
    case.state, case.closed_on, case.withdrawn_channel = "withdrawn", withdrawn_on, channel
    for kind in matters.of(case):
        if kind.ended is not None:
            kind.ended(case, by, on)
    db.session.flush()
    audit.record(events.WITHDRAWN, subject=case.subject, by=by, channel=channel)


def blockers(case: Case) -> list[str]:
    """What still prevents closing, as Finnish sentences: undecided matters, unposted letters, an unsought person."""
    found = [sentence for kind in matters.of(case) for sentence in kind.blockers(case)]
    unposted = [letter.title for letter in unposted_letters(case)]
    if pauses.open_pause(case) is not None:
        found.append("Määräaika on keskeytetty, eikä henkilöllisyyttä ole vahvistettu.")
    return found + rules.own_blockers(person_state=case.person_state, unposted=unposted)


def close(case: Case, by: Any, on: date) -> None:
    """End a case whose matters are decided and whose letters are posted or shown impossible to post."""
    rules.check_open(case.state)
    rules.check_closing(blockers(case))
    case.state, case.closed_on = "closed", on
    db.session.flush()
    audit.record(events.CLOSED, subject=case.subject, by=by)
    for kind in matters.of(case):
        if kind.closed is not None:
            kind.closed(case)


def newest_of_customer(customer_id: int, limit: int = 20) -> list[Case]:
    """The customer's requests, newest first, for the card."""
    query = select(Case).filter_by(customer_id=customer_id).order_by(Case.id.desc()).limit(limit)
    return list(db.session.scalars(query))
