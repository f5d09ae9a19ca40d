"""Collecting what is overdue: from the first reminder to the end, step by step.

Handing a debt to an agency is a disclosure: it is put on record in the same transaction, with the fields that went.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.audit import service as audit
from rekisteri.billing import rules
from rekisteri.billing.handing_over import hand_over
from rekisteri.billing.handing_rules import KINDS
from rekisteri.billing.models import Collection, CollectionStep, Invoice
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond
from rekisteri.staff.models import User

STARTED = audit.event("collection.started", "perintä aloitettu", fields={"customer": int, "invoices": int, "on": str})
STEPPED = audit.event("collection.stepped", "perintä eteni", fields={"state": str, "on": str})
ENDED = audit.event("collection.ended", "perintä päättyi", fields={"outcome": str, "on": str})
PURPOSE = KINDS["collection"].purpose


@dataclass(frozen=True)
class HandedTo:
    """To which agency a debt was handed, and which of the debtor's data went with it."""

    agency: Recipient
    fields: list[str]
    way: str = "other"


def find(collection_id: int) -> Collection | None:
    """The collection with this id."""
    return db.session.get(Collection, collection_id)


def of_invoice(invoice: Invoice) -> list[Collection]:
    """Every collection an invoice has been in, the latest first."""
    query = select(Collection).where(Collection.invoices.any(Invoice.id == invoice.id))
    return list(db.session.scalars(query.order_by(Collection.started_on.desc(), Collection.id.desc())))


def for_customer(customer: Customer) -> list[Collection]:
    """A customer's collections in progress, the eldest first."""
    query = select(Collection).where(Collection.customer_id == customer.id, Collection.state != "ended")
    whole = (joinedload(Collection.agency), selectinload(Collection.steps))
    return list(db.session.scalars(query.order_by(Collection.started_on, Collection.id).options(*whole)))


def collectable(customer_id: int, on: date) -> list[Invoice]:
    """The invoices of a customer that are overdue and not being collected yet."""
    query = select(Invoice).where(
        Invoice.customer_id == customer_id,
        Invoice.state == "open",
        Invoice.due_on < on,
        Invoice.collection_id.is_(None),
    )
    return list(db.session.scalars(query.order_by(Invoice.due_on, Invoice.id)))


def start(*, customer: Customer, invoices: Iterable[Invoice], on: date, by: User | None) -> Collection:
    """Begin collecting invoices of one customer: the first step is a reminder, sent on that day.

    :raises RuleViolation: the notice does not tell of collections, or an invoice is not overdue on that day, is another's,
        or is being collected already.
    """
    beyond.check_declared("collections")
    chosen = [invoice for invoice in invoices if invoice.customer_id == customer.id]
    rules.check_step_day(on, last_on=None, today=today())
    rules.check_start(
        overdue=[rules.is_overdue(invoice.state, invoice.due_on, on) for invoice in chosen],
        collected=[invoice.collection_id is not None for invoice in chosen],
    )
    collection = Collection(customer_id=customer.id, state="reminder", started_on=on, invoices=chosen)
    db.session.add(collection)
    db.session.flush()
    for invoice in chosen:
        invoice.collection_id, invoice.written_off_on = collection.id, None
    _step(collection, "reminder", on, by)
    audit.record(
        STARTED, subject=collection.subject, by=by, customer=customer.id, invoices=len(chosen), on=on.isoformat()
    )
    return collection


def advance(*, collection: Collection, state: str, on: date, by: User | None, to: HandedTo | None = None) -> None:
    """Record the next step. With the step to an agency, what was handed over is recorded as a disclosure.

    :raises RuleViolation: the step does not follow, its day cannot be, or the agency or what went to it is not told.
    """
    rules.check_step(state=collection.state, new=state, on=on, last_on=_last_on(collection), today=today())
    if state == "ended":
        raise RuleViolation("Kirjaa perinnän päättyminen sen omalla toiminnolla.", field="state")
    if state == "agency":
        if to is None:
            raise RuleViolation("Valitse perintätoimisto.", field="recipient")
        sent: dict[str, Any] = {
            "recipient": to.agency,
            "fields": to.fields,
            "way": to.way,
            "disclosed_on": on,
            "by": by,
        }
        hand_over(collection, purpose=PURPOSE, ground="collection", **sent)
        collection.agency = to.agency
    collection.state = state
    _step(collection, state, on, by)
    customers.touch(collection.customer_id, on)
    audit.record(STEPPED, subject=collection.subject, by=by, state=state, on=on.isoformat())


def end(*, collection: Collection, outcome: str | None, on: date, by: User | None) -> None:
    """End a collection; what is still unpaid stays open and can be collected anew."""
    rules.check_step(state=collection.state, new="ended", on=on, last_on=_last_on(collection), today=today())
    ended = rules.check_end(outcome, unpaid=collection.unpaid)
    _end(collection, ended, on, by)


def invoice_settled(invoice: Invoice, *, on: date, by: User | None) -> None:
    """An invoice was paid or credited: it is collected no more, and with the last one its collection ends."""
    with db.session.no_autoflush:  # a settled invoice is in no collection, and must not be written as if it were
        collection = invoice.collection
    invoice.collection_id = invoice.written_off_on = None
    if collection is None or any(other.collection_id == collection.id for other in collection.invoices):
        return
    paid = any(other.state == "paid" for other in collection.invoices)
    _end(collection, "paid" if paid else "withdrawn", max(on, _last_on(collection) or on), by)


def _end(collection: Collection, outcome: str, on: date, by: User | None) -> None:
    collection.state, collection.outcome, collection.ended_on = "ended", outcome, on
    for invoice in collection.invoices:
        if invoice.collection_id == collection.id:
            invoice.collection_id = None
            invoice.written_off_on = on if outcome == "written_off" else None
    _step(collection, "ended", on, by)
    audit.record(ENDED, subject=collection.subject, by=by, outcome=outcome, on=on.isoformat())


def _step(collection: Collection, state: str, on: date, by: User | None) -> None:
    collection.steps.append(CollectionStep(state=state, on=on, by_id=by.id if by else None))


def _last_on(collection: Collection) -> date | None:
    return max((step.on for step in collection.steps), default=None)


def _any_held() -> bool:
    return db.session.scalar(select(Collection.id).limit(1)) is not None


beyond.add_held("collections", _any_held)
