"""What the tests of merging ask again and again: two customers merged, and how everything in the database stands."""

from typing import Any

from sqlalchemy import select

from rekisteri.customers import merge_rules, merging, service, undoing
from rekisteri.customers.merge_models import Merge
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_clerk

OWN_BOOKS = {"audit_event", "audit_head", "audit_start", "submission", "customer_merge", "user_session", "user"}
"""Tables that tell of the merging itself, and of who sits at the desk."""


def merged(kept: Customer, dropped: Customer, **choices: str) -> Merge:
    """Merge two customers; what is not chosen goes as the page proposes."""
    clerk, kept_id, dropped_id = make_clerk(), kept.id, dropped.id
    with transaction():
        one, other = db.session.get_one(Customer, kept_id), db.session.get_one(Customer, dropped_id)
        asked = merge_rules.differences(one.kind, service.current(one), service.current(other))
        proposed = {difference.unit.code: difference.default for difference in asked}
        return merging.merge(kept=one, dropped=other, choices=proposed | choices, by=clerk)


def undo(done: Merge) -> None:
    """Take a merge back."""
    clerk, merge_id = make_clerk(), done.id
    with transaction():
        undoing.undo(merge=db.session.get_one(Merge, merge_id), by=clerk)


def values_of(customer: Customer) -> dict[str, str]:
    """What now stands of a customer, by field."""
    db.session.rollback()
    return {field: datum.value for field, datum in service.current(customer).items()}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the merging's own books; of the customers' rows all but the counter of versions."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name in OWN_BOOKS:
            continue
        rows = [dict(row._mapping) for row in db.session.execute(select(table))]
        if table.name == "customer":
            rows = [row | {"version": None} for row in rows]
        found[table.name] = sorted(rows, key=str)
    return found
