"""Recording what left the company, and answering to whom a datum has gone."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.audit import service as audit
from rekisteri.customers import service as customers
from rekisteri.customers import uses
from rekisteri.customers.merging import repeats
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import FIELDS
from rekisteri.disclosures import door, rules
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Recipient
from rekisteri.kernel.clock import in_finland, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date
from rekisteri.staff.models import User

RECORDED = audit.event(
    "disclosure.recorded",
    "luovutus kirjattu",
    fields={"disclosure_id": int, "recipient_id": int, "fields": list, "ground": str},
)


def record_disclosure(
    *,
    customer: Customer,
    recipient: Recipient,
    fields: Iterable[str],
    disclosed_on: date,
    purpose: str,
    ground: str,
    by: User | None,
    way: str = "other",
) -> Disclosure:
    """Put on record that these fields of a customer went to a recipient, as they stood in the register on that day.

    :raises RuleViolation: the recipient may not receive, the customer's data may not be disclosed, the day has not come, or
        a field held nothing then.
    """
    fields = list(fields)
    door.check_recipient(recipient, ground, fields, on=disclosed_on)
    uses.check(customer.id, "disclosure")
    rules.check_disclosed_on(disclosed_on, today=today())
    rules.check_purpose(purpose, ground)
    data = _data_on(customer, fields, disclosed_on)
    disclosure = Disclosure(
        customer=customer,
        recipient=recipient,
        disclosed_on=disclosed_on,
        purpose=purpose,
        ground=ground,
        way=way if way in rules.WAYS else "other",
        by_id=by.id if by else None,
        data=[DisclosedDatum(datum=datum) for datum in data],
    )
    db.session.add(disclosure)
    door.note(disclosure, fields, by)
    db.session.flush()
    audit.record(
        RECORDED,
        subject=customer.subject,
        by=by,
        disclosure_id=disclosure.id,
        recipient_id=recipient.id,
        fields=[datum.field for datum in data],
        ground=ground,
    )
    return disclosure


def _data_on(customer: Customer, fields: list[str], day: date) -> list[Datum]:
    if not fields:
        raise RuleViolation("Valitse, mitkä tiedot luovutettiin.", field="fields")
    rows = {datum.id: datum for datum in customers.history(customer)}
    held = [
        rules.Held(
            id=datum.id,
            field=datum.field,
            obtained_on=datum.obtained_on,
            entered_on=in_finland(datum.entered_at).date(),
            ended_on=in_finland(datum.ended_at).date() if datum.ended_at else None,
        )
        for datum in rows.values()
    ]
    chosen = []
    for field in fields:
        found = rules.held_on((row for row in held if row.field == field), day)
        if found is None:
            label = FIELDS[customer.kind].get(field, field).lower()
            raise RuleViolation(f"Tietoa ”{label}” ei ollut rekisterissä {fi_date(day)}.", field="fields")
        chosen.append(rows[found.id])
    return chosen


def recipients_of(datum: Datum) -> list[Recipient]:
    """Everybody to whom this value has been disclosed, also from a card merged into this: whom to tell (GDPR art. 19)."""
    went = (
        select(Disclosure.recipient_id)
        .join(DisclosedDatum, DisclosedDatum.disclosure_id == Disclosure.id)
        .where(DisclosedDatum.datum_id.in_([same.id for same in repeats(datum)]))
    )
    query = select(Recipient).where(Recipient.id.in_(went)).order_by(Recipient.sort_key, Recipient.id)
    return list(db.session.scalars(query))


def for_customer(customer: Customer, limit: int = 50) -> list[Disclosure]:
    """What of one customer has gone to whom, the latest first (GDPR art. 15(1)(c))."""
    query = select(Disclosure).filter_by(customer_id=customer.id)
    query = query.order_by(Disclosure.disclosed_on.desc(), Disclosure.id.desc()).limit(limit)
    whole = (
        joinedload(Disclosure.customer),
        joinedload(Disclosure.recipient),
        joinedload(Disclosure.by),
        selectinload(Disclosure.data).joinedload(DisclosedDatum.datum),
    )
    return list(db.session.scalars(query.options(*whole)))
