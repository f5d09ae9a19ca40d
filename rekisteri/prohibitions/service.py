"""Recording what a customer forbids, and taking it back by the customer's own word."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.cases.models import Case
from rekisteri.consents import service as consents
from rekisteri.customers.listing import SEEN
from rekisteri.customers.models import Customer
from rekisteri.documents import service as documents
from rekisteri.documents.models import Scan
from rekisteri.documents.upload_rules import Examined
from rekisteri.forgotten import bars
from rekisteri.kernel.db import db
from rekisteri.prohibitions import events, journaling, rules
from rekisteri.prohibitions.models import Prohibition

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some prohibitions, the latest first; `after` continues from the last one, None at the end."""

    rows: list[Prohibition]
    after: int | None


def find(prohibition_id: int) -> Prohibition | None:
    """The prohibition with this id."""
    return db.session.get(Prohibition, prohibition_id)


def of_customer(customer_id: int) -> list[Prohibition]:
    """Everything a customer has forbidden, what stands first, then what has been taken back."""
    query = select(Prohibition).filter_by(customer_id=customer_id).options(joinedload(Prohibition.case))
    return list(db.session.scalars(query.order_by(Prohibition.withdrawn_on.is_not(None), Prohibition.id)))


def papers(prohibitions: Iterable[Prohibition]) -> dict[int, list[Scan]]:
    """The customer's own words that came on paper, by prohibition; one question for a whole card."""
    by_subject = {one.subject: one.id for one in prohibitions}
    found: dict[int, list[Scan]] = {number: [] for number in by_subject.values()}
    for scan in db.session.scalars(select(Scan).where(Scan.subject.in_(by_subject)).order_by(Scan.id)):
        found[by_subject[scan.subject]].append(scan)
    return found


def standing(customer_id: int) -> list[str]:
    """The kinds of prohibition that bind now, in the order of the table."""
    query = select(Prohibition.kind).filter_by(customer_id=customer_id, withdrawn_on=None)
    found = set(db.session.scalars(query))
    return [kind for kind in rules.KINDS if kind in found]


def record(
    *,
    customer: Customer,
    kinds: Collection[str],
    told_on: date,
    channel: str | None,
    by: Any,
    on: date,
    case: Case | None = None,
    paper: Examined | None = None,
) -> list[Prohibition]:
    """Put on record what the customer forbids. It binds at once; what stands already keeps its earlier day.

    A consent to the same ends with it.

    :param paper: the customer's word as it came, kept with the first of the prohibitions, also when all of them stood.
    :returns: the prohibitions that are new.
    :raises RuleViolation: nothing is forbidden, or how and when it was told is not known.
    """
    wanted = rules.check_kinds(kinds)
    rules.check_told(channel=channel, told_on=told_on, on=on)
    held = set(standing(customer.id))
    made = [
        Prohibition(
            customer_id=customer.id,
            kind=kind,
            since=told_on,
            channel=channel,
            case_id=case.id if case else None,
            recorded_by_id=by.id if by else None,
            key=bars.new_key(),
        )
        for kind in wanted
        if kind not in held
    ]
    db.session.add_all(made)
    bars.note(journaling.NAME, [one.key for one in made])
    new = [one.kind for one in made]
    repeated = [kind for kind in wanted if kind not in new]
    for event, said in ((events.RECORDED, new), (events.REPEATED, repeated)):
        if said:
            told: dict[str, Any] = {"kinds": said, "channel": channel, "since": told_on.isoformat()}
            audit.record(event, subject=customer.subject, by=by, **told)
    consents.end(customer_id=customer.id, uses=wanted, told_on=told_on, channel=channel or "", by=by)
    if paper is not None:
        keeper = next(one for one in made or of_customer(customer.id) if one.stands and one.kind in wanted)
        documents.store_scan(file=paper, by=by, subject=keeper.subject)
    return made


def withdraw(*, prohibition: Prohibition, told_on: date, channel: str | None, by: Any, on: date) -> None:
    """The customer allows the use again, by the customer's own word and in no other way; the word stands on record.

    A merged customer may have forbidden the same twice; the word is about the use, so it ends both.
    To allow again is no consent to e-mail (Act 917/2014, section 200): what was consented to earlier does not revive.
    """
    query = select(Prohibition).filter_by(customer_id=prohibition.customer_id, kind=prohibition.kind, withdrawn_on=None)
    same = list(db.session.scalars(query))
    since = max((one.since for one in same), default=prohibition.since)
    rules.check_withdrawal(stands=prohibition.stands, channel=channel, told_on=told_on, since=since, on=on)
    for one in same:
        one.withdrawn_on, one.withdrawn_channel, one.withdrawn_by_id = told_on, channel, by.id
    bars.note(journaling.NAME, {one.key for one in same})
    consents.end(
        customer_id=prohibition.customer_id, uses=[prohibition.kind], told_on=since, channel=same[0].channel, by=by
    )
    told: dict[str, Any] = {"kind": prohibition.kind, "channel": channel, "on": told_on.isoformat()}
    audit.record(events.WITHDRAWN, subject=f"customer:{prohibition.customer_id}", by=by, **told)


def counts() -> dict[str, int]:
    """How many customers have forbidden what, of those who are seen in the register."""
    query = (
        select(Prohibition.kind, func.count())
        .join(Customer, Customer.id == Prohibition.customer_id)
        .where(Prohibition.withdrawn_on.is_(None), Customer.state.in_(SEEN))
        .group_by(Prohibition.kind)
    )
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {kind: found.get(kind, 0) for kind in rules.KINDS}


def page(*, kind: str | None = None, after: int | None = None, size: int = PAGE_SIZE) -> Page:
    """One page of the prohibitions that stand, of one kind or of all."""
    query = select(Prohibition).join(Customer).where(Prohibition.withdrawn_on.is_(None), Customer.state.in_(SEEN))
    if kind in rules.KINDS:
        query = query.where(Prohibition.kind == kind)
    if after:
        query = query.where(Prohibition.id < after)
    query = query.options(joinedload(Prohibition.customer)).order_by(Prohibition.id.desc()).limit(size + 1)
    rows = list(db.session.scalars(query))
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else None)
