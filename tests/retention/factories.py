"""Things that have been kept for long enough, for tests."""

from datetime import date
from typing import Any

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.settings import periods
from tests.customers.factories import make_person
from tests.staff.factories import make_user

LONG_AGO = date(2019, 5, 3)


def make_silent(since: date = LONG_AGO, *, state: str = "active", **values: Any) -> int:
    """A customer with whom nothing has been done since a day; the id."""
    customer = make_person(**values)
    with transaction():
        row = db.session.get_one(Customer, customer.id)
        row.active_on, row.state = since, state
    return int(customer.id)


def set_length(kind: str, amount: int) -> None:
    """Another length than the usual."""
    owner = make_user("vastuuhenkilo")
    with transaction():
        periods.change(kind=kind, amount=amount, version=periods.version(kind), by=owner)
