"""What is done with customers: entering, changing, correcting, archiving, looking.

A change never overwrites: the old value's row gets its end and a new row begins, so the history tells what stood in the
register when, whence it came and who entered it (GDPR art. 5(2)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import flag_modified

from rekisteri.audit import service as audit
from rekisteri.customers import projection, rules
from rekisteri.customers.archiving import archive, restore, touch
from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.customers.search import find_organisation, search
from rekisteri.customers.sources import own_source, self_source
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
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
    "own_source",
    "record_look",
    "restore",
    "search",
    "self_source",
    "touch",
]

CREATED = audit.event("customer.created", "asiakas lisätty", fields={"fields": list, "source_id": int})
CHANGED = audit.event("customer.changed", "asiakkaan tietoja muutettu", fields={"fields": list, "source_id": int})
CORRECTED = audit.event("customer.corrected", "asiakkaan tieto oikaistu", fields={"field": str, "source_id": int})
VIEWED = audit.event("customer.viewed", "asiakkaan tiedot katsottu", fields={"fields": list})


def find(customer_id: int) -> Customer | None:
    """The customer with this id."""
    return db.session.get(Customer, customer_id)


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


def held_fields(customer: Customer) -> list[str]:
    """The names of the fields in which something stands, without what stands in them."""
    query = select(Datum.field).filter_by(customer_id=customer.id, ended_at=None).distinct()
    held = set(db.session.scalars(query))
    return [field for field in rules.FIELDS[customer.kind] if field in held]


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
    entry = _Entry.of(source, obtained_on, by)
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
) -> list[str]:
    """Bring data up to date and return the fields that changed; what stays the same keeps its source and date.

    :param values: the fields to look at; an empty text removes the datum.
    :raises RuleViolation: a value is not accepted, or the customer is in the archive.
    """
    if customer.state == "archived":
        raise RuleViolation("Asiakas on arkistossa. Palauta asiakas ensin arkistosta.")
    entry = _Entry.of(source, obtained_on, by)
    held = current(customer)
    before = {field: datum.value for field, datum in held.items()}
    after = rules.check_values(customer.kind, before | dict(values))
    changed = [field for field in rules.FIELDS[customer.kind] if before.get(field) != after.get(field)]
    for field in changed:
        entry.replace(customer, field, held.get(field), after.get(field), reason)
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
    entry = _Entry.of(source, obtained_on, by)
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


def addressee(customer: Customer) -> tuple[str, ...]:
    """The lines of a letter's window, the person first (so that nobody else opens it); empty without an address.

    A person without an address of their own, or at the very address of the organisation they represent, is written to
    there, by the name and then the organisation's.
    """
    own = {field: datum.value for field, datum in current(customer).items()}
    place = _place(own)
    if customer.organisation is not None:
        theirs = _place({field: datum.value for field, datum in current(customer.organisation).items()})
        if theirs and (not place or place == theirs):
            return (customer.full_name, customer.organisation.full_name, *theirs)
    return (customer.full_name, *place) if place else ()


def _place(values: Mapping[str, str]) -> tuple[str, ...]:
    street, postcode, city, country = (values.get(name, "") for name in ("street", "postcode", "city", "country"))
    return rules.postal_lines(street, postcode, city, country)


@dataclass(frozen=True)
class _Entry:
    """What the values of one use case have in common."""

    source: Source
    obtained_on: date
    by_id: int | None
    at: datetime

    @classmethod
    def of(cls, source: Source, obtained_on: date, by: User | None) -> "_Entry":
        """The entry made now; the day the data were obtained must have come."""
        rules.check_obtained_on(obtained_on, today=today())
        return cls(source, obtained_on, by.id if by else None, now())

    def replace(
        self, customer: Customer, field: str, held: Datum | None, value: str | None, reason: str = ""
    ) -> Datum | None:
        """End the value that stood in a field, and begin the new one if there is one."""
        if held is not None:
            held.ended_at, held.ended_by_id, held.ended_reason = self.at, self.by_id, reason[:200]
        if not value:
            return None
        datum = Datum(
            customer_id=customer.id,
            field=field,
            value=value,
            match=rules.match_key(field, value),
            source=self.source,
            obtained_on=self.obtained_on,
            entered_by_id=self.by_id,
            entered_at=self.at,
            replaces_id=held.id if held else None,
        )
        db.session.add(datum)
        return datum


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
