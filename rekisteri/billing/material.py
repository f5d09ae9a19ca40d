"""What has been handed to a partner and is still open, as a file: each partner its own, for one purpose at a time.

A clerk has first handed the case over on its own page. Who may not go any more stays out of the file, and the page tells
who and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from rekisteri.billing.handing_rules import KINDS, euros, fields_for
from rekisteri.billing.models import Collection, CreditApplication, HandOver, Invoice
from rekisteri.customers import uses
from rekisteri.customers.bulk_changes import held_by
from rekisteri.customers.models import Customer
from rekisteri.disclosures import door
from rekisteri.disclosures.models import Disclosure, Recipient
from rekisteri.disclosures.rules import DATA
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date
from rekisteri.staff.models import User

USE = "disclosure"
CASES: dict[str, tuple[Any, Any, Any]] = {
    "invoice": (Invoice, HandOver.invoice_id, (Invoice.state == "open") & Invoice.written_off_on.is_(None)),
    "collection": (Collection, HandOver.collection_id, Collection.state.in_(("agency", "court"))),
    "application": (CreditApplication, HandOver.application_id, CreditApplication.state == "open"),
}
"""Of each kind its table, how a hand-over names it, and when it is open."""
NOTHING_OPEN = "Kumppanilla ei ole enää avoimia asioita tässä aineistossa."
MOST_TOLD = 50
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Material:
    """The open cases of one kind that one partner has, and how many customers would be kept out, by the reason."""

    kind: str
    recipient: Recipient
    cases: int
    left_out: dict[str, int]

    @property
    def code(self) -> str:
        """What a form calls it: ”collection-7”."""
        return f"{self.kind}-{self.recipient.id}"


@dataclass(frozen=True)
class Case:
    """One open case in a partner's hands: the number of its latest hand-over, whose it is, and its own id."""

    number: int
    customer_id: int
    id: int


@dataclass(frozen=True)
class Staying:
    """A customer who is kept out of a file, and why."""

    customer: Customer
    material: Material
    reason: str


def handed(kind: str, recipient_id: int, *columns: Any) -> Select[Any]:
    """These columns of each open case of a kind that the partner has, once however often it was handed over."""
    case, named, is_open = CASES[kind]
    query = select(*columns).select_from(case).join(HandOver, named == case.id)
    query = query.join(Disclosure, Disclosure.id == HandOver.disclosure_id)
    return query.where(Disclosure.recipient_id == recipient_id, is_open).group_by(case.id)


def materials() -> list[Material]:
    """Every partner that has something open in hand and is still in use, by the kind."""
    found = []
    for kind, (case, named, is_open) in CASES.items():
        query = select(Recipient, func.count(case.id.distinct())).join(Disclosure).join(HandOver)
        query = query.join(case, named == case.id).where(is_open, Recipient.active).group_by(Recipient.id)
        for recipient, count in db.session.execute(query.order_by(Recipient.sort_key, Recipient.id)):
            _, left_out = _leaving(kind, recipient.id)
            found.append(Material(kind, recipient, count, left_out))
    return found


def find(code: str) -> Material:
    """The material of this code, as it now stands.

    :raises RuleViolation: the partner has nothing open in hand any more.
    """
    found = [one for one in materials() if one.code == code]
    if not found:
        raise RuleViolation(NOTHING_OPEN, field="recipient")
    return found[0]


def staying(material: Material) -> list[Staying]:
    """Who would be kept out of the file, and why; the first of them when they are many."""
    going, _ = _leaving(material.kind, material.recipient.id)
    people = select(Customer).where(Customer.id.in_(_people(material.kind, material.recipient.id)))
    kept = list(
        db.session.scalars(people.where(Customer.id.not_in(going)).order_by(Customer.sort_key).limit(MOST_TOLD))
    )
    why = uses.barred([customer.id for customer in kept], USE)
    return [Staying(customer, material, why.get(customer.id, "")) for customer in kept]


def page(kind: str, recipient_id: int, *, after: int, limit: int) -> list[Case]:
    """The partner's open cases of a kind whose customers' data may go, in the order they were handed over."""
    case, (going, _) = CASES[kind][0], _leaving(kind, recipient_id)
    number = func.max(HandOver.disclosure_id)
    query = handed(kind, recipient_id, number, case.customer_id, case.id).where(case.customer_id.in_(going))
    return [Case(*row) for row in db.session.execute(query.having(number > after).order_by(number).limit(limit))]


def rows_of(kind: str, case_ids: Sequence[int]) -> dict[int, list[Invoice | CreditApplication]]:
    """What is told of each case: its own row, or the invoices that are being collected."""
    case = CASES[kind][0]
    told, named = (Invoice, Invoice.collection_id) if kind == "collection" else (case, case.id)
    query = select(named, told).where(named.in_(case_ids)).order_by(told.id)
    found: dict[int, list[Invoice | CreditApplication]] = {}
    for case_id, row in db.session.execute(query):
        found.setdefault(case_id, []).append(row)
    return found


def let_out(*, material: Material, by: User | None) -> door.Passage:
    """Let the open cases of one partner out to a file, and put it on record.

    :raises RuleViolation: the partner may not receive, or nobody is left whose data may go.
    """
    kind = KINDS[material.kind]
    return door.let_out(
        kind="hand_over",
        use=USE,
        people=_people(material.kind, material.recipient.id),
        fields=[*fields_for(material.recipient.fields), kind.content],
        purpose=kind.purpose,
        by=by,
        recipient=material.recipient,
        ground=kind.ground,
        way="file",
        origin=material.recipient.subject,
    )


def header(material: Material) -> list[str]:
    """The names of the columns."""
    return ["Viite", *(DATA[field] for field in fields_for(material.recipient.fields)), *KINDS[material.kind].columns]


def rows(material: Material, passage: door.Passage) -> Iterator[list[str]]:
    """A row of each invoice or application, with whose it is; the reference is that of the latest hand-over."""
    fields = fields_for(material.recipient.fields)
    found = db.session.execute(_told(material, passage), execution_options={"yield_per": ROWS_AT_ONCE})
    for part in found.partitions():
        held = held_by([customer_id for _, customer_id, _ in part])
        for number, customer_id, row in part:
            values = [held[customer_id][field]["value"] if field in held[customer_id] else "" for field in fields]
            yield [str(number), *values, *_cells(row)]


def _leaving(kind: str, recipient_id: int) -> tuple[Select[int], dict[str, int]]:
    return door.would_leave(_people(kind, recipient_id), kind="hand_over", use=USE, to_a_recipient=True)


def _people(kind: str, recipient_id: int) -> Select[Any]:
    return handed(kind, recipient_id, CASES[kind][0].customer_id)


def _told(material: Material, passage: door.Passage) -> Select[Any]:
    """Reference, customer and what is told of the case: an invoice, also of a collection, or an application."""
    case = CASES[material.kind][0]
    handed_over = handed(
        material.kind, material.recipient.id, case.id, func.max(HandOver.disclosure_id).label("number")
    )
    cases = handed_over.where(case.customer_id.in_(passage.people())).subquery()
    told = case if material.kind == "application" else Invoice
    query = select(cases.c.number, told.customer_id, told)
    on = Invoice.collection_id == cases.c.id if material.kind == "collection" else told.id == cases.c.id
    return query.join(cases, on).order_by(cases.c.number, told.id)


def _cells(row: Invoice | CreditApplication) -> list[str]:
    if isinstance(row, CreditApplication):
        return [fi_date(row.applied_on), euros(row.amount)]
    days = [fi_date(row.invoiced_on), fi_date(row.due_on)]
    return [row.number, *days, euros(row.amount), euros(row.paid), euros(row.unpaid)]
