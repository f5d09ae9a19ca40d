"""Bringing in a file of the accounting system: proposed, looked at row by row, then applied as a whole or not at all.

The file is the accounting system's word on sums and days. It never takes back a payment or a credit that the register
knows: an older file must not open what has been settled since.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from rekisteri.audit import service as audit
from rekisteri.billing import bulk, import_reading, rules
from rekisteri.billing.collecting import invoice_settled
from rekisteri.billing.import_matching import Owners
from rekisteri.billing.import_reading import Line
from rekisteri.billing.models import Invoice, InvoiceImport
from rekisteri.customers import uses
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets import Sheet
from rekisteri.notice import beyond
from rekisteri.staff.models import User

APPLIED = audit.event("invoices.imported", "laskut tuotu tiedostosta", fields={"created": int, "changed": int})
FATES = {
    "new": "Uusi",
    "changed": "Muuttuu",
    "same": "Ennallaan",
    "missing": "Asiakasta ei löydy",
    "refused": "Ei tuoda",
}
KEPT_FOR = timedelta(days=1)


@dataclass
class Fate:
    """What becomes of one row: `changes` are the invoice's new values, `why` says what stands in the way."""

    line: Line
    kind: str
    why: str = ""
    customer_id: int | None = None
    customer: str = ""
    invoice: Invoice | None = None
    changes: dict[str, Any] = field(default_factory=dict)


def find(import_id: int) -> InvoiceImport | None:
    """The file with this id."""
    return db.session.get(InvoiceImport, import_id)


def propose(*, content: bytes, filename: str, by: User | None) -> InvoiceImport:
    """Keep a file that has been found readable, its columns guessed; files given up on are forgotten.

    :raises RuleViolation: the notice does not tell of invoices, or the file cannot be read.
    """
    beyond.check_declared("invoices")
    sheet = import_reading.open_invoices(io.BytesIO(content), filename)
    forget_old()
    proposed = InvoiceImport(filename=filename[:200], content=content, by_id=by.id if by else None)
    proposed.columns = json.dumps(import_reading.guess(sheet.header))
    db.session.add(proposed)
    db.session.flush()
    return proposed


def forget_old() -> None:
    """A file that nobody accepted in a day was given up; it is full of people's names and sums (GDPR art. 5(1)(e))."""
    forgotten = delete(InvoiceImport).where(InvoiceImport.state == "proposed", InvoiceImport.at < now() - KEPT_FOR)
    db.session.execute(forgotten)


def opened(proposed: InvoiceImport) -> Sheet:
    """The table of a proposed file."""
    return import_reading.open_invoices(io.BytesIO(proposed.content or b""), proposed.filename)


def columns_of(proposed: InvoiceImport) -> dict[str, int]:
    """Which column holds what, as guessed or as chosen."""
    return dict(json.loads(proposed.columns or "{}"))


def missing_columns(columns: Mapping[str, int]) -> str:
    """What is still to be chosen, as a sentence; empty when the columns will do."""
    try:
        import_reading.check_columns(columns)
    except RuleViolation as violation:
        return violation.sentence
    return ""


def choose_columns(*, proposed: InvoiceImport, columns: Mapping[str, int]) -> None:
    """Say which column holds what, where the guess was wrong."""
    import_reading.check_columns(columns)
    proposed.columns = json.dumps(columns)


def read(proposed: InvoiceImport) -> list[Line]:
    """The rows of the file, by its columns; done before the transaction that applies them."""
    columns = columns_of(proposed)
    import_reading.check_columns(columns)
    return list(import_reading.read_lines(opened(proposed), columns, today=today()))


def fates(lines: Sequence[Line]) -> list[Fate]:
    """What becomes of each row, as the register now stands."""
    sound = [line for line in lines if not line.refused]
    owners, known = Owners(sound), _known({line.number for line in sound})
    found = [_fate(line, owners, known) for line in lines]
    _refuse_barred([fate for fate in found if fate.kind == "new"])
    names = _names({fate.customer_id for fate in found if fate.customer_id})
    for fate in found:
        fate.customer = names.get(fate.customer_id or 0, "")
    return found


def _fate(line: Line, owners: Owners, known: Mapping[str, Invoice]) -> Fate:
    if line.refused:
        return Fate(line, "refused", line.refused)
    try:
        owner = owners.of(line)
    except RuleViolation as violation:
        return Fate(line, "missing", violation.sentence)
    invoice = known.get(line.number)
    if invoice is not None and invoice.customer_id != owner:
        return Fate(line, "refused", "Samalla numerolla on rekisterissä toisen asiakkaan lasku.", owner)
    values = _values(line, invoice)
    if values["state"] == "paid" and values["paid_on"] is None:
        return Fate(line, "refused", "Maksetulta laskulta puuttuu maksupäivä.", owner)
    if invoice is None:
        return Fate(line, "new", "", owner)
    changes = {name: value for name, value in values.items() if getattr(invoice, name) != value}
    return Fate(line, "changed" if changes else "same", "", owner, invoice=invoice, changes=changes)


def _refuse_barred(new: Sequence[Fate]) -> None:
    """No new invoice of a customer whose processing is restricted; a payment of an old one is taken (GDPR art. 18(2)).

    Of who waits to be erased the bookkeeping has none but the last ones.
    """
    for part in in_batches(sorted({fate.customer_id for fate in new if fate.customer_id}), MOST_IN_A_QUERY):
        barred = uses.barred(part, "completing")
        for fate in new:
            if why := barred.get(fate.customer_id or 0):
                fate.kind, fate.why = "refused", why


def _values(line: Line, invoice: Invoice | None) -> dict[str, Any]:
    """The values that an invoice gets from its row, what has been settled kept."""
    paid = max(line.paid, invoice.paid if invoice else 0)
    paid_on = line.paid_on or (invoice.paid_on if invoice else None)
    credited_on = line.credited_on or (invoice.credited_on if invoice else None)
    days = {"invoiced_on": line.invoiced_on, "due_on": line.due_on, "paid_on": paid_on, "credited_on": credited_on}
    state = rules.state_of(amount=line.amount, paid=paid, credited_on=credited_on)
    return {**days, "amount": line.amount, "paid": paid, "state": state}


def _known(numbers: set[str]) -> dict[str, Invoice]:
    found: dict[str, Invoice] = {}
    for part in in_batches(sorted(numbers), MOST_IN_A_QUERY):
        for invoice in db.session.scalars(select(Invoice).where(Invoice.number.in_(part))):
            found[invoice.number] = invoice
    return found


def _names(ids: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in in_batches(sorted(ids), MOST_IN_A_QUERY):
        query = select(Customer.id, Customer.display_name).where(Customer.id.in_(part))
        found |= {row[0]: row[1] for row in db.session.execute(query)}
    return found


def apply(*, proposed: InvoiceImport, lines: Sequence[Line], by: User | None) -> None:
    """Enter the new invoices and bring the changed ones up to date; rows that cannot be taken are left out."""
    if proposed.state != "proposed":
        raise RuleViolation("Tiedosto on jo tuotu.")
    found = fates(lines)
    for fate in found:
        if fate.kind == "changed":
            _change(fate, proposed, by)
    changed = sum(fate.kind == "changed" for fate in found)
    created = bulk.enter_many((_row(fate) for fate in found if fate.kind == "new"), import_id=proposed.id)
    proposed.state, proposed.content = "applied", None
    proposed.created, proposed.changed = created, changed
    audit.record(APPLIED, subject=proposed.subject, by=by, created=created, changed=changed)


def discard(*, proposed: InvoiceImport) -> None:
    """Give a file up; nothing of it is kept."""
    if proposed.state != "proposed":
        raise RuleViolation("Tiedosto on jo tuotu.")
    db.session.delete(proposed)


def _change(fate: Fate, proposed: InvoiceImport, by: User | None) -> None:
    invoice = fate.invoice
    assert invoice is not None  # what changes has been found
    for name, value in fate.changes.items():
        setattr(invoice, name, value)
    invoice.import_id = proposed.id
    if invoice.state != "open":
        invoice_settled(invoice, on=invoice.credited_on or invoice.paid_on or today(), by=by)
    bulk.touch_many([(invoice.customer_id, invoice.paid_on or invoice.invoiced_on)])


def _row(fate: Fate) -> bulk.Row:
    line = fate.line
    assert fate.customer_id is not None  # what is new has an owner
    return bulk.Row(
        customer_id=fate.customer_id,
        number=line.number,
        invoiced_on=line.invoiced_on,
        due_on=line.due_on,
        amount=line.amount,
        paid=line.paid,
        paid_on=line.paid_on,
        credited_on=line.credited_on,
    )
