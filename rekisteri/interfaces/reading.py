"""Reading one customer's data: only permitted fields, of who has not forbidden it, and each time in the ledger."""

from sqlalchemy import select

from rekisteri.customers import service as customers
from rekisteri.customers.listing import SEEN
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import base, match_key, slots
from rekisteri.disclosures import door
from rekisteri.interfaces.operations import Answered, Asked
from rekisteri.interfaces.problems import Problem
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.text import email_address


def read_customer(asked: Asked) -> Answered:
    """The customer's data for the use of the connection."""
    allowed = asked.connection.fields
    fields = asked.query.get("fields") or allowed
    if not set(fields) <= set(allowed):
        raise Problem("outside-scope", errors=[("/fields", "one_of", ", ".join(allowed))])
    found = customers.whose(asked.path["customer"])
    if found is None:
        raise Problem("not-found")
    number, kind = found
    try:
        door.check_recipient(asked.connection.recipient, asked.connection.ground, fields)
    except RuleViolation as violation:  # the partner gets less than it did when the connection was made
        raise Problem("outside-scope") from violation
    passage = _let_out(asked, number, fields)
    values = {name: value for name, value in customers.values(number, kind).items() if base(name) in fields}
    return Answered({"id": number, "kind": kind, "fields": values}, passage.outgoing_id)


def find_customer(asked: Asked) -> Answered:
    """The number of the one customer who has this e-mail address; nobody when there are two, or one who has forbidden it."""
    try:
        address = email_address(asked.body["email"].strip())
    except RuleViolation as violation:
        raise Problem("misshapen", errors=[("/email", "value", "")]) from violation
    query = (
        select(Datum.customer_id)
        .join(Customer, Customer.id == Datum.customer_id)
        .where(Datum.field.in_(slots("email")), Datum.match == match_key("email", address))
        .where(Datum.ended_at.is_(None), Customer.state.in_(SEEN))
        .distinct()
        .limit(2)
    )
    found = list(db.session.scalars(query))
    if len(found) != 1:
        raise Problem("not-found")
    try:
        passage = _let_out(asked, found[0], ["email"])
    except Problem as problem:
        raise Problem("not-found") from problem
    return Answered({"id": found[0]}, passage.outgoing_id)


def _let_out(asked: Asked, number: int, fields: list[str]) -> door.Passage:
    connection = asked.connection
    try:
        return door.let_out(
            kind="interface",
            use=connection.use,
            people=[number],
            fields=fields,
            purpose=connection.purpose,
            by=None,
            recipient=connection.recipient,
            ground=connection.ground,
            way="interface",
            origin=connection.subject,
        )
    except RuleViolation as violation:
        raise Problem("use-forbidden") from violation
