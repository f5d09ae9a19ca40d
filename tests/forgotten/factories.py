"""People who have been forgotten, as an erasure leaves them: marks and a line of the journal, nothing else."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app

from rekisteri.forgotten import journal, service
from rekisteri.kernel.db import transaction

ERASED_ON = date(2026, 3, 5)
MAIJA = {
    "last_name": "Mäkinen",
    "first_name": "Maija",
    "email": "maija.makinen@esimerkki.fi",
    "phone": "+358415058567",
    "street": "Mäkitie 4 A 3",
    "postcode": "00100",
    "city": "Helsinki",
}


def forget(values: dict[str, str] | None = None, *, forbidden: bool = False, on: date = ERASED_ON, **more: str) -> int:
    """Mark somebody as erased: Maija Mäkinen of Mäkitie unless told otherwise."""
    given: dict[str, Any] = {**(MAIJA if values is None else values), **more}
    with transaction():
        return service.remember(given.items(), forbidden=forbidden, on=on)


def erase(customer_id: int, *, kind: str = "erased", on: date = ERASED_ON) -> None:
    """Put on record that a customer is gone."""
    with transaction():
        journal.append(kind, customer_id, on)


def data() -> Path:
    """The folder beside the database."""
    return Path(current_app.config["DATA"])


def undone(work: Callable[[], object]) -> None:
    """Do `work` in a transaction that an error undoes."""
    with suppress(ZeroDivisionError), transaction():
        work()
        raise ZeroDivisionError
