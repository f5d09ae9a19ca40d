"""Choices and saved selections for tests."""

from typing import Any

from rekisteri.kernel.db import db, transaction
from rekisteri.selections import service
from rekisteri.selections.models import Selection
from rekisteri.selections.rules import Choice
from tests.customers.factories import make_clerk


def save(name: str = "Joulukirje", **criteria: Any) -> Selection:
    """A selection for direct mail by letter, unless told otherwise."""
    clerk = make_clerk()
    with transaction():
        return service.save(name=name, choice=Choice(**criteria), by=clerk)


def chosen(**criteria: Any) -> set[str]:
    """The names of those who may be used."""
    from rekisteri.customers.models import Customer

    db.session.rollback()
    people = service.people(Choice(**criteria))
    return {
        customer.display_name for customer in db.session.scalars(db.select(Customer).where(Customer.id.in_(people)))
    }
