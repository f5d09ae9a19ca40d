"""A small register with something of everything, and its backup."""

from pathlib import Path
from typing import Any

from flask import current_app

from rekisteri.audit import anchors
from rekisteri.backup import service
from rekisteri.backup.rules import Manifest
from rekisteri.customers.models import Customer, Datum
from rekisteri.forgotten import journal
from rekisteri.forgotten import service as forgotten
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_person


def data() -> Path:
    """The folder of the database, the keys and the journals."""
    return Path(current_app.config["DATA"])


def fill() -> None:
    """Two people, what was done to them in the log, and an anchor of it."""
    make_person()
    make_person(last_name="Aho", first_name="Aino", email="aino@esimerkki.fi", phone="040 123 4567")
    anchors.write_anchor()


def back_up(target: Path) -> Manifest:
    """Take a backup into this file."""
    return service.create(target)[1]


def names() -> list[str]:
    """Who is in the register."""
    db.session.rollback()
    return sorted(db.session.scalars(db.select(Customer.display_name)))


def forget_keys() -> None:
    """A process that starts anew has read no key yet."""
    current_app.extensions.pop("audit_key", None)


def erase(name: str) -> None:
    """Take a person out as an erasure does: rows, marks and a line of the journal."""
    customer = db.session.scalars(db.select(Customer).filter(Customer.display_name.contains(name))).one()
    number, held = customer.id, [(datum.field, datum.value) for datum in customer_data(customer.id)]
    with transaction():
        erase_rows([number])
        forgotten.remember(held, forbidden=False, on=today())
        journal.append("erased", number, today())


def customer_data(customer_id: int) -> Any:
    """The rows of one customer's data."""
    return db.session.scalars(db.select(Datum).filter_by(customer_id=customer_id))


def erase_rows(ids: list[int]) -> None:
    """What the replay does in a restored register."""
    db.session.execute(db.delete(Datum).where(Datum.customer_id.in_(ids)))
    db.session.execute(db.delete(Customer).where(Customer.id.in_(ids)))
