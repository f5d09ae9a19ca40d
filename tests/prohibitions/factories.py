"""Customers who forbid, and the letters in which they do. Nobody in them exists."""

from datetime import date
from typing import Any

from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.prohibitions import service
from rekisteri.prohibitions.models import Prohibition
from tests.cases.factories import MAIJA, RECEIVED, TODAY
from tests.customers.factories import make_person
from tests.settings.factories import fill_settings


def forbid(
    customer: Customer, *kinds: str, by: Any = None, told_on: date = TODAY, channel: str = "phone"
) -> list[Prohibition]:
    """The customer calls and forbids."""
    with transaction():
        return service.record(customer=customer, kinds=list(kinds), told_on=told_on, channel=channel, by=by, on=TODAY)


def make_case(by: Any, *, found: bool = True, **changes: Any) -> Case:
    """Maija Virtanen's letter that forbids, registered today."""
    fill_settings(owner_name="Ilmari Kiviharju", company_name="Esimerkkitukku Oy")
    told: dict[str, Any] = {
        "received_on": RECEIVED,
        "channel": "letter",
        "signature": "signed",
        "requester": MAIJA,
        "kinds": ["prohibition"],
        "customer": make_person() if found else None,
    }
    with transaction():
        return cases.register(**(told | changes), by=by, on=TODAY)


def standing(customer: Customer) -> list[str]:
    """What binds now, as the database has it."""
    db.session.rollback()
    return service.standing(customer.id)
