"""Open invoices, collections and applications for credit, read by the partner to whom they have been handed.

A connection has one ground, and by it the partner reads what was handed over on that ground and nothing else (GDPR art.
5(1)(b)). A clerk has handed each case over by name; nothing that the partner decides of it moves anything here (art. 22).
"""

from collections.abc import Sequence
from typing import Any

from rekisteri.billing import material
from rekisteri.billing.handing_rules import KINDS, fields_for
from rekisteri.billing.models import CreditApplication, Invoice
from rekisteri.customers.bulk_changes import held_by
from rekisteri.disclosures import door
from rekisteri.interfaces.operations import Answered, Asked
from rekisteri.interfaces.problems import Problem
from rekisteri.kernel.errors import RuleViolation

USUAL = 50


def read_handovers(asked: Asked) -> Answered:
    """The open cases that the partner has in hand, of customers whose data may go; each answer in the ledger."""
    connection = asked.connection
    kind = next((code for code, one in KINDS.items() if one.ground == connection.ground), None)
    fields = [field for field in fields_for(connection.recipient.fields) if field in connection.fields]
    if kind is None or not fields:
        raise Problem("outside-scope")
    limit = asked.query.get("limit", USUAL)
    found = material.page(kind, connection.recipient.id, after=asked.query.get("after", 0), limit=limit + 1)
    cases = found[:limit]
    outgoing_id = _let_out(asked, kind, [*fields, KINDS[kind].content], cases) if cases else None
    return Answered({"handovers": _told(kind, fields, cases), "more": len(found) > limit}, outgoing_id)


def _let_out(asked: Asked, kind: str, fields: list[str], cases: Sequence[material.Case]) -> int:
    connection = asked.connection
    try:
        return door.let_out(
            kind="hand_over",
            use=material.USE,
            people={case.customer_id for case in cases},
            fields=fields,
            purpose=KINDS[kind].purpose,
            by=None,
            recipient=connection.recipient,
            ground=connection.ground,
            way="interface",
            origin=connection.subject,
        ).outgoing_id
    except RuleViolation as violation:
        raise Problem("use-forbidden") from violation


def _told(kind: str, fields: list[str], cases: Sequence[material.Case]) -> list[dict[str, Any]]:
    held = held_by([case.customer_id for case in cases])
    rows = material.rows_of(kind, [case.id for case in cases])
    return [
        {
            "id": case.number,
            "kind": kind,
            "customer": case.customer_id,
            "fields": {
                field: held[case.customer_id][field]["value"] for field in fields if field in held[case.customer_id]
            },
            **_content(rows.get(case.id, [])),
        }
        for case in cases
    ]


def _content(rows: Sequence[Invoice | CreditApplication]) -> dict[str, Any]:
    asked = [row for row in rows if isinstance(row, CreditApplication)]
    if asked:
        return {"application": {"applied_on": asked[0].applied_on.isoformat(), "amount": _decimal(asked[0].amount)}}
    return {"invoices": [_invoice(row) for row in rows if isinstance(row, Invoice)]}


def _invoice(row: Invoice) -> dict[str, str]:
    days = {"invoiced_on": row.invoiced_on.isoformat(), "due_on": row.due_on.isoformat()}
    sums = {"amount": row.amount, "paid": row.paid, "unpaid": row.unpaid}
    return {"number": row.number, **days, **{name: _decimal(cents) for name, cents in sums.items()}}


def _decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
