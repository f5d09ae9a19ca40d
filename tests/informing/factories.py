"""People whose data came from somebody else, for tests. Nobody in them exists."""

from datetime import date
from typing import Any

from rekisteri.customers.models import Customer, Source
from rekisteri.informing import finding
from rekisteri.informing.models import Duty
from rekisteri.kernel.db import db
from tests.customers.factories import make_person, make_source

OBTAINED = date(2026, 11, 2)


def make_lead(source: Source, obtained_on: date = OBTAINED, **values: Any) -> Customer:
    """A person whose data one source gave on 2.11.2026."""
    return make_person(source=source, obtained_on=obtained_on, **values)


def make_fair(name: str = "Rakentajamessut 2026", kind: str = "fair") -> Source:
    """A source that is not the person."""
    return make_source(name, kind)


def duties(**of: Any) -> list[Duty]:
    """What stands on record of telling, after everything new has been looked through."""
    finding.find_all()
    return list(db.session.scalars(db.select(Duty).filter_by(**of).order_by(Duty.id)))
