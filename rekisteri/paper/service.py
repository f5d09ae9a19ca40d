"""Binders and boxes: where they are, bringing them to the locked place, taking them out and back, what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.audit import service as audit
from rekisteri.customers.models import Source
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.paper import events, requests, rules, storing
from rekisteri.paper.models import PaperBinder, PaperHandler, PaperItem, PaperLoan, PaperPlace

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some papers of a binder by their numbers, and the number from which the next page goes on."""

    rows: list[PaperItem]
    after: int | None


def find(binder_id: int) -> PaperBinder | None:
    """The binder or box with this id."""
    return db.session.get(PaperBinder, binder_id)


def binders(*, gone: bool = False) -> Sequence[PaperBinder]:
    """Every binder and box that is kept, or those that have been destroyed, the latest first."""
    there = PaperBinder.destroyed_on.is_not(None) if gone else PaperBinder.destroyed_on.is_(None)
    whole = (joinedload(PaperBinder.place), joinedload(PaperBinder.source), selectinload(PaperBinder.loans))
    query = select(PaperBinder).where(there).options(*whole)
    return db.session.scalars(query.order_by(PaperBinder.id.desc()).limit(500)).all()


def counts() -> dict[int, int]:
    """How many papers there are in each binder."""
    query = select(PaperItem.binder_id, func.count()).where(PaperItem.state != "destroyed")
    return {row[0]: row[1] for row in db.session.execute(query.group_by(PaperItem.binder_id))}


def items(binder: PaperBinder, *, after: int = 0) -> Page:
    """What is in a binder, a page at a time."""
    query = select(PaperItem).where(PaperItem.binder_id == binder.id, PaperItem.number > after)
    query = query.where(PaperItem.state != "destroyed").options(joinedload(PaperItem.customer))
    rows = list(db.session.scalars(query.order_by(PaperItem.number).limit(PAGE_SIZE + 1)))
    return Page(rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].number if len(rows) > PAGE_SIZE else None)


def add_binder(
    *,
    kind: str,
    holds: str,
    name: str,
    source: Source | None,
    collected_on: date | None,
    by: Any,
    on: date,
) -> PaperBinder:
    """Begin a binder or a box. Collected cards begin at the fair: they are brought to the locked place afterwards."""
    if kind not in rules.KINDS or holds not in rules.HOLDS:
        raise RuleViolation("Valitse laji luettelosta.", field="kind" if kind not in rules.KINDS else "holds")
    rules.check_collected(holds=holds, collected_on=collected_on, source=source is not None, on=on)
    cards = holds == "cards"
    binder = PaperBinder(
        kind=kind,
        holds=holds,
        name=name,
        source_id=source.id if source and cards else None,
        collected_on=collected_on if cards else None,
    )
    db.session.add(binder)
    db.session.flush()
    audit.record(events.BINDER_ADDED, subject=binder.subject, by=by, kind=kind)
    return binder


def lock(
    *, binder: PaperBinder, place: PaperPlace | None, handler: PaperHandler | None, locked_on: date, by: Any, on: date
) -> None:
    """A named person brings a binder to a locked place, or moves it to another. The first day there is what counts."""
    if binder.destroyed_on is not None:
        raise RuleViolation("Aineisto on hävitetty.")
    if binder.loan is not None:
        raise RuleViolation("Aineisto on otettu esille. Kirjaa ensin palautus.")
    if place is None or not place.active:
        raise RuleViolation("Valitse säilytyspaikka.", field="place")
    rules.check_place(locked=place.locked, fireproof=place.fireproof)
    rules.check_locking(locked_on, collected_on=binder.collected_on, on=on)
    able = storing.check_able(handler)
    binder.place = place
    binder.locked_on = binder.locked_on or locked_on
    db.session.flush()
    told = {"place": place.id, "handler": able.id, "on": locked_on.isoformat()}
    audit.record(events.LOCKED, subject=binder.subject, by=by, **told)


def take(
    *, binder: PaperBinder, handler: PaperHandler | None, due_on: date, reason: str, by: Any, on: date
) -> PaperLoan:
    """A named person takes a binder out: why, and until when."""
    out, gone = binder.loan is not None, binder.destroyed_on is not None
    rules.check_loan(out=out, destroyed=gone, in_place=binder.place is not None, due_on=due_on, reason=reason, on=on)
    able = storing.check_able(handler)
    loan = PaperLoan(binder=binder, handler=able, taken_on=on, due_on=due_on, reason=reason, recorded_by_id=by.id)
    db.session.add(loan)
    db.session.flush()
    audit.record(events.TAKEN, subject=binder.subject, by=by, handler=able.id, until=due_on.isoformat())
    return loan


def bring_back(*, binder: PaperBinder, handler: PaperHandler | None, returned_on: date, by: Any, on: date) -> None:
    """The binder is back in its place."""
    loan = binder.loan
    if loan is None:
        raise RuleViolation("Aineisto on jo palautettu.")
    rules.check_not_later(returned_on, on=on, field="returned_on", word="Palautuspäivä")
    if returned_on < loan.taken_on:
        raise RuleViolation("Palautus ei voi olla ennen ottoa.", field="returned_on")
    able = storing.check_able(handler)
    loan.returned_on, loan.returned_by = returned_on, able
    db.session.flush()
    audit.record(events.RETURNED, subject=binder.subject, by=by, handler=able.id, on=returned_on.isoformat())


def next_number(binder: PaperBinder) -> int:
    """The number to be written on the next paper of a binder."""
    last = db.session.scalar(select(func.max(PaperItem.number)).where(PaperItem.binder_id == binder.id))
    return (last or 0) + 1


def place_request(*, binder: PaperBinder, number: str, by: Any) -> PaperItem:
    """Put the signed original of a request into a binder, by the request's number."""
    storing.check_handles(by)
    if binder.destroyed_on is not None or binder.holds == "cards":
        raise RuleViolation("Pyyntöjen papereita ei säilytetä tässä kansiossa.")
    known = requests.find(number.strip())
    rules.check_case_number(known)
    already = select(PaperItem).filter_by(case_number=number.strip(), binder_id=binder.id, state="kept")
    if db.session.scalar(already) is not None:
        raise RuleViolation("Pyynnön paperit on jo kirjattu tähän kansioon.", field="case_number")
    item = PaperItem(
        binder=binder,
        number=next_number(binder),
        kind="request",
        case_number=number.strip(),
        customer_id=known["customer_id"] if known else None,
        entered_by_id=by.id,
    )
    db.session.add(item)
    db.session.flush()
    audit.record(events.PLACED, subject=binder.subject, by=by, number=number.strip())
    return item


def know_whose(number: str, customer_id: int) -> None:
    """The person of a request was found after its papers were put away: erasing the person finds them too."""
    mine = update(PaperItem).where(PaperItem.case_number == number, PaperItem.state == "kept")
    db.session.execute(mine.values(customer_id=customer_id))


def of_customer(customer_ids: Sequence[int]) -> list[PaperItem]:
    """The cards and papers kept of these customers."""
    query = select(PaperItem).where(PaperItem.customer_id.in_(customer_ids), PaperItem.state == "kept")
    whole = joinedload(PaperItem.binder)
    query = query.options(whole.joinedload(PaperBinder.place), whole.selectinload(PaperBinder.loans))
    return list(db.session.scalars(query.order_by(PaperItem.binder_id, PaperItem.number)))


def of_case(number: str) -> list[PaperItem]:
    """Where the signed originals of a request are."""
    query = select(PaperItem).where(PaperItem.case_number == number, PaperItem.state != "destroyed")
    return list(db.session.scalars(query.order_by(PaperItem.id)))
