"""What is done with customers: entering, changing, correcting, archiving, looking.

A change never overwrites: the old value's row gets its end and a new row begins, so the history tells what stood in the
register when, whence it came and who entered it (GDPR art. 5(2)).
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, literal, or_, select, union, update
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import flag_modified

from rekisteri.audit import service as audit
from rekisteri.customers import frozen, projection, rules
from rekisteri.customers.addresses import addressee
from rekisteri.customers.archiving import archive, restore, touch
from rekisteri.customers.entering import Entry
from rekisteri.customers.models import ContactNote, Customer, Datum, Representation, Source
from rekisteri.customers.relationship_rules import GROUPS
from rekisteri.customers.representing import leave
from rekisteri.customers.search import find_organisation, search
from rekisteri.customers.sources import own_source, self_source
from rekisteri.customers.validity import Detail, check_detail, renewed
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import connection, db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff.models import User

__all__ = [
    "addressee",
    "any_customers",
    "archive",
    "change",
    "correct",
    "create",
    "current",
    "find",
    "held_fields",
    "history",
    "on_the_card",
    "own_source",
    "record_look",
    "restore",
    "search",
    "self_source",
    "touch",
    "values",
    "whose",
]

_WHOSE = select(Customer.id, Customer.kind, Customer.state, Customer.merged_into_id).where(
    Customer.id == bindparam("customer")
)
_VALUES = (
    select(Datum.field, Datum.value)
    .where(Datum.customer_id == bindparam("customer"), Datum.ended_at.is_(None))
    .order_by(Datum.id)
)
CREATED = audit.event("customer.created", "asiakas lisätty", fields={"fields": list, "source_id": int})
CHANGED = audit.event("customer.changed", "asiakkaan tietoja muutettu", fields={"fields": list, "source_id": int})
CORRECTED = audit.event("customer.corrected", "asiakkaan tieto oikaistu", fields={"field": str, "source_id": int})
VIEWED = audit.event("customer.viewed", "asiakkaan tiedot katsottu", fields={"fields": list})


def find(customer_id: int) -> Customer | None:
    """The customer with this id; of one merged into another, that other; of one still waiting for an import, nobody."""
    customer = db.session.get(Customer, customer_id)
    while customer is not None and customer.merged_into_id is not None:
        customer = db.session.get(Customer, customer.merged_into_id)
    return customer if customer is not None and customer.state in rules.STATES else None


def whose(customer_id: int) -> tuple[int, str] | None:
    """The id and the kind of whom `find` would find: all that a program needs which knows the customer by the number."""
    number = customer_id
    while (row := connection().execute(_WHOSE, {"customer": number}).first()) and row.merged_into_id is not None:
        number = row.merged_into_id
    return (row.id, row.kind) if row and row.state in rules.STATES else None


def any_customers() -> bool:
    """Whether the register holds anybody."""
    return db.session.scalar(select(Customer.id).limit(1)) is not None


def history(customer: Customer) -> list[Datum]:
    """Every value the register has held of a customer, oldest first, each with its source and who entered it."""
    query = select(Datum).filter_by(customer_id=customer.id).order_by(Datum.entered_at, Datum.id)
    whence = (joinedload(Datum.source), joinedload(Datum.entered_by), joinedload(Datum.ended_by))
    return list(db.session.scalars(query.options(*whence)))


def current(customer: Customer) -> dict[str, Datum]:
    """The data that now stand in the register, by field, in the order of the fields."""
    query = select(Datum).filter_by(customer_id=customer.id, ended_at=None).order_by(Datum.id)
    found = {datum.field: datum for datum in db.session.scalars(query.options(joinedload(Datum.source)))}
    return {field: found[field] for field in rules.FIELDS[customer.kind] if field in found}


def values(customer_id: int, kind: str) -> dict[str, str]:
    """The values that `current` would give, without whence they came."""
    rows = connection().execute(_VALUES, {"customer": customer_id})
    found = {row.field: row.value for row in rows}
    return {field: found[field] for field in rules.FIELDS[kind] if field in found}


def held_fields(customer: Customer) -> list[str]:
    """The names of the fields in which something stands, without what stands in them."""
    query = select(Datum.field).filter_by(customer_id=customer.id, ended_at=None).distinct()
    held = set(db.session.scalars(query))
    return [field for field in rules.FIELDS[customer.kind] if field in held]


def on_the_card(customer: Customer) -> list[str]:
    """What a card shows, by name: the fields in which something stands, and the contacts and roles if there are any."""
    data = select(Datum.field).filter_by(customer_id=customer.id, ended_at=None)
    notes = select(literal("contact_notes")).where(
        ContactNote.customer_id == customer.id, ContactNote.ended_at.is_(None)
    )
    roles = select(literal("representations")).where(
        or_(Representation.person_id == customer.id, Representation.organisation_id == customer.id),
        Representation.ended_at.is_(None),
    )
    found = set(db.session.scalars(union(data, notes, roles)))
    return [name for name in (*rules.FIELDS[customer.kind], *GROUPS) if name in found]


def record_look(customer: Customer, *, by: User, fields: list[str]) -> None:
    """Put on record that a user saw a customer's data: which fields, never what stood in them."""
    audit.record(VIEWED, subject=customer.subject, by=by, fields=fields)


def create(
    *,
    kind: str,
    values: Mapping[str, str],
    source: Source,
    obtained_on: date,
    by: User | None,
    organisation: Customer | None = None,
) -> Customer:
    """Enter a new customer; every value gets the source and the day it was obtained.

    :param organisation: the organisation a person represents, when it was picked rather than only named.
    :raises RuleViolation: a value, the day or the lack of a name is not accepted.
    """
    entry = Entry.of(source, obtained_on, by)
    checked = rules.check_values(kind, values)
    kept = {field: checked[field] for field in rules.FIELDS[kind] if field in checked}
    customer = Customer(kind=kind)
    _project(customer, kept, picked=organisation)
    db.session.add(customer)
    db.session.flush()
    for field, value in kept.items():
        entry.replace(customer, field, None, value)
    _link_people(customer)
    audit.record(CREATED, subject=customer.subject, by=by, fields=list(kept), source_id=source.id)
    return customer


def change(
    *,
    customer: Customer,
    values: Mapping[str, str],
    source: Source,
    obtained_on: date,
    by: User | None,
    reason: str,
    organisation: Customer | None = None,
    details: Mapping[str, Detail] | None = None,
) -> list[str]:
    """Bring data up to date and return the fields that changed; what stays the same keeps its source and date.

    :param values: the fields to look at; an empty text removes the datum.
    :param details: for what and how long an address or a number holds, by its field, where that is told anew.
    :raises RuleViolation: a value is not accepted, the customer is in the archive, or the data are to stay as they are.
    """
    if customer.state == "archived":
        raise RuleViolation("Asiakas on arkistossa. Palauta asiakas ensin arkistosta.")
    entry = Entry.of(source, obtained_on, by)
    held = current(customer)
    before = {field: datum.value for field, datum in held.items()}
    after = rules.check_values(customer.kind, before | dict(values))
    told = {field: check_detail(detail) for field, detail in (details or {}).items() if field in after}
    told_anew = {field for field, detail in told.items() if detail != Detail.of(held.get(field))}
    asked = rules.FIELDS[customer.kind]
    changed = [field for field in asked if field in told_anew or before.get(field) != after.get(field)]
    if changed:
        frozen.check(customer.id, changed)
    for field in changed:
        detail = told.get(field) or renewed(Detail.of(held.get(field)), today())
        entry.replace(customer, field, held.get(field), after.get(field), reason, detail)
    if "organisation" in changed and "organisation" in before and reason == rules.REASONS["changed"]:
        leave(customer, before["organisation"], entry, reason)
    if changed:
        _project(customer, after, picked=organisation)
        _link_people(customer)
        audit.record(CHANGED, subject=customer.subject, by=by, fields=changed, source_id=source.id)
    return changed


def correct(
    *,
    customer: Customer,
    field: str,
    value: str | None,
    source: Source,
    obtained_on: date,
    by: User | None,
    reason: str,
) -> tuple[Datum | None, Datum | None]:
    """Correct, complete (`value`) or remove (None) one datum, also of an archived customer.

    :returns: the datum as it was and as it is now; None where there is none.
    :raises RuleViolation: the value is not accepted, is there already, or the customer would be left without a name.
    """
    entry = Entry.of(source, obtained_on, by)
    held = current(customer)
    values = {name: datum.value for name, datum in held.items()}
    new = rules.check_value(customer.kind, field, value or "", country=values.get(rules.country_of(field), ""))
    if new == values.get(field, ""):
        raise RuleViolation(
            "Rekisterissä on jo juuri tämä tieto." if new else "Tietoa ei ole rekisterissä.", field=field
        )
    after = {name: text for name, text in {**values, field: new}.items() if text}
    rules.check_named(customer.kind, after)
    entered = entry.replace(customer, field, held.get(field), new, reason)
    _project(customer, after)
    _link_people(customer)
    db.session.flush()
    audit.record(CORRECTED, subject=customer.subject, by=by, field=field, source_id=source.id)
    return held.get(field), entered


def _project(customer: Customer, values: Mapping[str, str], *, picked: Customer | None = None) -> None:
    """Repeat the current values on the customer's own row; its new version tells rivals that something changed."""
    named, before = values.get("organisation", ""), customer.represents or ""
    for column, value in projection.columns(customer.kind, values).items():
        setattr(customer, column, value)
    if picked is not None and picked.display_name == named:
        customer.organisation = picked
    elif named != before:
        customer.organisation = find_organisation(named) if named else None
    customer.changed_at = now()
    flag_modified(customer, "changed_at")  # a new version also when no projected value changed


def _link_people(customer: Customer) -> None:
    """People who had named this organisation before it was in the register are now linked to it."""
    if customer.kind != "organisation" or find_organisation(customer.display_name) is not customer:
        return
    match = rules.match_key("organisation", customer.display_name)
    naming = select(Datum.customer_id).where(
        Datum.field == "organisation", Datum.match == match, Datum.ended_at.is_(None)
    )
    unlinked = update(Customer).where(Customer.id.in_(naming), Customer.organisation_id.is_(None))
    db.session.execute(unlinked.values(organisation_id=customer.id))
    told = update(Representation).where(Representation.match == match, Representation.organisation_id.is_(None))
    db.session.execute(told.values(organisation_id=customer.id))
