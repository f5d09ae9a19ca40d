"""Itemising: what exactly is demanded, word for word, against what stands in the register."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases import matters
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import FIELDS, check_value, country_of, offered
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.rectification import rules
from rekisteri.rectification.models import Item, Rectification
from rekisteri.restrictions import service as restrictions

OPENED = audit.event("rectification.opened", "oikaisuasia avattu")
ITEMISED = audit.event("rectification.itemised", "vaatimukset yksilöity", fields={"fields": list})
REFRESHED = audit.event("rectification.refreshed", "vaatimuksen nykyinen tieto päivitetty", fields={"item": int})


@dataclass(frozen=True)
class Itemised:
    """A demand as the clerk typed it; `item_id` is that of an earlier saved row, None for a new one."""

    demand: rules.Demand
    item_id: int | None = None


def open_matter(*, case: Case, by: Any) -> Rectification:
    """Start a rectification matter for a case; the demands are itemised later."""
    matter = Rectification(case=case)
    db.session.add(matter)
    audit.record(OPENED, subject=case.subject, by=by)
    return matter


def of_case(case: Case) -> Rectification | None:
    """The rectification matter of a case, if it has one."""
    return db.session.scalar(select(Rectification).filter_by(case_id=case.id))


def check_workable(matter: Rectification, decision: str | None = None) -> None:
    """Something may still be done: the case is open, the matter alive, and the demand in question undecided.

    :raises RuleViolation: it has ended, also when only this one of the request's matters was withdrawn or refused.
    """
    matters.check_alive(matter.case, "rectification")
    rules.check_open(case_state=matter.case.state, decision=decision)


def customer_of(matter: Rectification) -> Customer | None:
    """The person or organisation whose data the demands are about, once found."""
    return db.session.get(Customer, matter.case.customer_id) if matter.case.customer_id else None


def field_labels(matter: Rectification) -> dict[str, str]:
    """The data that can be demanded to be corrected, by field; a person's when the customer is not known."""
    customer = customer_of(matter)
    return FIELDS[customer.kind if customer else "person"]


def offered_labels(matter: Rectification) -> dict[str, str]:
    """The data that a new demand is offered: a second address only when there is one, or a demand speaks of it already."""
    customer = customer_of(matter)
    held = {*register_now(matter), *(item.field for item in matter.items)}
    return offered(customer.kind if customer else "person", held)


def register_now(matter: Rectification) -> dict[str, Datum]:
    """What the register holds on the customer now, by field; empty when the person has not been found."""
    customer = customer_of(matter)
    return customers.current(customer) if customer else {}


def normalised(matter: Rectification, field: str, value: str) -> str:
    """A demanded or granted text as the register would hold it.

    :raises RuleViolation: the register cannot hold such a text (a malformed postcode, an identity code).
    """
    customer = customer_of(matter)
    country = register_now(matter).get(country_of(field))
    return check_value(customer.kind if customer else "person", field, value, country=country.value if country else "")


def itemise(*, matter: Rectification, demands: list[Itemised], by: Any) -> None:
    """Save the whole list of demands: add the new, change the undecided, drop those left out.

    The wrong text is taken from the register word for word at this moment.

    :raises RuleViolation: a demand is not complete, two speak of the same datum, or a decided one would be dropped. Its
        `field` is `rows-<n>-<field>`, so that the sentence lands on its row.
    """
    check_workable(matter)
    if not demands:
        raise RuleViolation("Yksilöi ainakin yksi tieto, jota vaaditaan korjattavaksi.")
    now, labels = register_now(matter), field_labels(matter)
    existing = {item.id: item for item in matter.items}
    seen: set[str] = set()
    kept: list[Item] = []
    for number, row in enumerate(demands):
        with _on_row(number):
            if row.demand.field not in labels:
                raise RuleViolation("Valitse tieto, jota vaatimus koskee.", field="field")
            if row.demand.field in seen:
                raise RuleViolation("Samasta tiedosta on jo vaatimus tässä asiassa.", field="field")
            seen.add(row.demand.field)
            item = existing.get(row.item_id or 0)
            if item is None or item.decision is None:
                item = _fill(item or Item(), matter, row.demand, now.get(row.demand.field))
            item.position = number
            kept.append(item)
    if any(item.decision and item not in kept for item in matter.items):
        raise RuleViolation("Ratkaistua vaatimusta ei voi poistaa.")
    matter.items[:] = kept
    matter.version = matter.version + 1
    audit.record(ITEMISED, subject=matter.case.subject, by=by, fields=sorted(seen))
    restrict_contested(matter=matter, by=by)


def restrict_contested(*, matter: Rectification, by: Any) -> None:
    """Let the data that the person contests only be kept until the decision; what the company itself doubts it may use."""
    customer = customer_of(matter)
    if customer is None or matter.own_initiative:
        return
    open_demands = [item for item in matter.items if item.decision is None and item.current_value is not None]
    contested = [item.field for item in open_demands if item.kind in rules.CONTESTING]
    restrictions.contest(customer=customer, case=matter.case, fields=contested, by=by, on=today())


@contextmanager
def _on_row(number: int) -> Iterator[None]:
    """Point what the rules refuse to the row it speaks of."""
    try:
        yield
    except RuleViolation as violation:
        raise RuleViolation(violation.sentence, field=f"rows-{number}-{violation.field or 'field'}") from violation


def _fill(item: Item, matter: Rectification, demand: rules.Demand, datum: Datum | None) -> Item:
    current = datum.value if datum else None
    requested = demand.requested
    if demand.kind != "unnecessary":
        try:
            requested = normalised(matter, demand.field, requested)
        except RuleViolation as violation:
            raise RuleViolation(violation.sentence, field="requested") from violation
    own = matter.own_initiative
    rules.check_demand(
        rules.Demand(demand.field, demand.kind, requested, demand.ground), current=current, own_initiative=own
    )
    item.field, item.kind, item.ground = demand.field, demand.kind, demand.ground
    item.requested_value = requested
    item.datum_id, item.current_value = (datum.id, datum.value) if datum else (None, None)
    return item


def refresh(*, item: Item, by: Any) -> None:
    """Take what the register now holds as the text the demand speaks of, after somebody else has changed it."""
    check_workable(item.rectification, decision=item.decision)
    datum = register_now(item.rectification).get(item.field)
    item.datum_id, item.current_value = (datum.id, datum.value) if datum else (None, None)
    audit.record(REFRESHED, subject=item.rectification.case.subject, by=by, item=item.id)
