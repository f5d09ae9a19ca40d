"""People who use the register, for tests."""

import itertools
from datetime import date

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.staff import passwords, service
from rekisteri.staff.commitments import record_commitment
from rekisteri.staff.models import User

PASSWORD = "siniset kivet soivat aamulla"
_NAMES = ["Aino Koivu", "Eero Lahti", "Helmi Rauta", "Onni Saari", "Tyyne Harju", "Väinö Niemelä"]
_serial = itertools.count(1)


def make_user(
    *roles: str,
    username: str | None = None,
    full_name: str | None = None,
    title: str = "",
    employer: str = "",
    committed: bool = True,
    signed_on: date | None = None,
    password: str = PASSWORD,
) -> User:
    """A named person with these roles, saved; their commitment is in force unless `committed` says no."""
    number = next(_serial)
    password_hash = passwords.hashed(password)
    with transaction():
        user = service.create_user(
            username=username or f"kayttaja{number}",
            full_name=full_name or _NAMES[number % len(_NAMES)],
            roles=roles or ["lukija"],
            title=title,
            employer=employer,
            password_hash=password_hash,
        )
        if committed:
            record_commitment(user=user, signed_on=signed_on or today(), today=today(), by=None)
    return user
