"""What is done with invoices: entering, marking paid or credited, taking a marking back.

The accounting system is where invoices are made; here they are known well enough to tell what is owed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.billing import rules
from rekisteri.billing.collecting import invoice_settled
from rekisteri.billing.models import Invoice
from rekisteri.billing.obstacles import obstacles
from rekisteri.customers import service as customers
from rekisteri.customers import uses
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond
from rekisteri.orders import rules as order_rules
from rekisteri.orders import service as orders
from rekisteri.staff.models import User

__all__ = ["change", "create", "credit", "find", "find_number", "for_customer", "obstacles", "pay", "reopen"]

ENTERED = audit.event("invoice.entered", "lasku kirjattu", fields={"customer": int})
CHANGED = audit.event("invoice.changed", "laskua muutettu", fields={"fields": list})
PAID = audit.event("invoice.paid", "laskun maksu kirjattu", fields={"on": str, "state": str})
CREDITED = audit.event("invoice.credited", "lasku hyvitetty", fields={"on": str})
REOPENED = audit.event("invoice.reopened", "lasku palautettu avoimeksi")

DETAILS = ("number", "order_id", "invoiced_on", "due_on", "amount")


def find(invoice_id: int) -> Invoice | None:
    """The invoice with this id."""
    return db.session.get(Invoice, invoice_id)


def find_number(number: str) -> Invoice | None:
    """The invoice of this number, however its letters are typed."""
    return db.session.scalar(select(Invoice).filter_by(number=" ".join(number.split()).upper()))


def for_customer(customer: Customer, limit: int = 50) -> list[Invoice]:
    """A customer's invoices, the latest first."""
    query = select(Invoice).filter_by(customer_id=customer.id).options(joinedload(Invoice.collection))
    return list(db.session.scalars(query.order_by(Invoice.invoiced_on.desc(), Invoice.id.desc()).limit(limit)))


def create(*, customer: Customer, by: User | None, **details: Any) -> Invoice:
    """Enter an invoice of a customer.

    :param details: number, invoiced_on, due_on, amount and perhaps order_number, of an order of the same customer.
    An open order that kept somebody from being erased wholly may be billed: for that it was kept (GDPR art. 17(3)(e)).

    :raises RuleViolation: the notice does not tell of invoices, the number is taken, the order is not there, the days
        or the sum cannot be, or the customer's data may not be used for it.
    """
    beyond.check_declared("invoices")
    kept = _checked(details, customer.id)
    uses.check(customer.id, "completing" if kept["order_id"] else "dealing")
    invoice = Invoice(customer_id=customer.id, **kept)
    db.session.add(invoice)
    db.session.flush()
    customers.touch(customer.id, invoice.invoiced_on)
    audit.record(ENTERED, subject=invoice.subject, by=by, customer=customer.id)
    return invoice


def change(*, invoice: Invoice, by: User | None, **details: Any) -> list[str]:
    """Mend an open invoice that was entered wrong, and return the names of what changed."""
    if invoice.state != "open":
        raise RuleViolation("Vain avointa laskua voi muuttaa. Palauta lasku ensin avoimeksi.")
    checked = _checked(details, invoice.customer_id, own=invoice)
    changed = [field for field, value in checked.items() if getattr(invoice, field) != value]
    for field in changed:
        setattr(invoice, field, checked[field])
    if changed:
        audit.record(CHANGED, subject=invoice.subject, by=by, fields=changed)
    return changed


def _checked(details: Mapping[str, Any], customer_id: int, own: Invoice | None = None) -> dict[str, Any]:
    kept: dict[str, Any] = {field: details.get(field) for field in DETAILS}
    kept["order_id"] = _order_id(details.get("order_number") or "", customer_id)
    kept["number"] = rules.check_number(kept["number"] or "")
    rules.check_invoice(invoiced_on=kept["invoiced_on"], due_on=kept["due_on"], amount=kept["amount"], today=today())
    with db.session.no_autoflush:
        rival = find_number(kept["number"])
    if rival is not None and rival is not own:
        raise RuleViolation(f"Lasku {kept['number']} on jo rekisterissä.", field="number")
    if own is not None and kept["amount"] <= own.paid:
        raise RuleViolation("Summan on oltava suurempi kuin laskusta jo maksettu osa.", field="amount")
    return kept


def _order_id(number: str, customer_id: int) -> int | None:
    """Which order is meant; an invoice is for its own customer's order or for none."""
    if not number:
        return None
    wanted = order_rules.wanted(number)
    order = orders.find_number(wanted.exact) if wanted and wanted.exact else None
    if order is None or order.customer_id != customer_id:
        raise RuleViolation(f"Asiakkaalla ei ole tilausta {number}.", field="order_number")
    return order.id


def pay(*, invoice: Invoice, paid: int, paid_on: date, by: User | None) -> None:
    """Record a payment. When all is paid, the invoice is, and a collection that has nothing else to collect ends."""
    rules.check_payment(state=invoice.state, invoiced_on=invoice.invoiced_on, paid=paid, paid_on=paid_on, today=today())
    invoice.paid += paid
    invoice.paid_on = paid_on
    if invoice.paid >= invoice.amount:
        invoice.state = "paid"
        invoice_settled(invoice, on=paid_on, by=by)
    customers.touch(invoice.customer_id, paid_on)
    audit.record(PAID, subject=invoice.subject, by=by, on=paid_on.isoformat(), state=invoice.state)


def credit(*, invoice: Invoice, credited_on: date, by: User | None) -> None:
    """Record that an invoice was credited; of a paid one, what had been paid stays on record."""
    rules.check_credit(state=invoice.state, invoiced_on=invoice.invoiced_on, credited_on=credited_on, today=today())
    invoice.state, invoice.credited_on = "credited", credited_on
    invoice_settled(invoice, on=credited_on, by=by)
    audit.record(CREDITED, subject=invoice.subject, by=by, on=credited_on.isoformat())


def reopen(*, invoice: Invoice, by: User | None) -> None:
    """Take back a marking made by mistake: nothing is paid or credited any more. An ended collection stays ended."""
    if invoice.state == "open" and not invoice.paid:
        raise RuleViolation("Lasku on jo avoin.")
    invoice.state, invoice.paid, invoice.paid_on, invoice.credited_on = "open", 0, None, None
    audit.record(REOPENED, subject=invoice.subject, by=by)


def _any_held() -> bool:
    return db.session.scalar(select(Invoice.id).limit(1)) is not None


beyond.add_held("invoices", _any_held)
