"""Hashing passwords: slow on purpose, so always outside a transaction and only a few at a time."""

from collections.abc import Iterable
from threading import BoundedSemaphore

from flask import current_app
from werkzeug.security import check_password_hash, generate_password_hash

from rekisteri.staff import company
from rekisteri.staff import password_rules as rules

_hashing = BoundedSemaphore(2)  # one hash takes 128 MB: a rush of sign-ins must not take the machine's memory


def accept(password: str, *, names: Iterable[str]) -> str:
    """The hash of a new password, once the rules have nothing against it.

    :param names: what its owner is called (user name, full name, employer).
    :raises RuleViolation: the password is not accepted; the sentence says why.
    """
    return hashed(rules.check_password(password, context=[*names, *company.names()]))


def hashed(password: str) -> str:
    """The salted hash of a password, made the way the settings say."""
    with _hashing:
        return generate_password_hash(rules.normal(password), current_app.config["PASSWORD_METHOD"])


def is_right(stored: str, password: str) -> bool:
    """Whether the password fits the stored hash. Takes as long for somebody who does not exist."""
    decoy = _decoy()
    if len(password) > rules.LONGEST:
        return False
    with _hashing:
        fits = check_password_hash(stored or decoy, rules.normal(password))
    return fits and bool(stored)


def renewed(stored: str, password: str) -> str | None:
    """A new hash when the stored one was made another way than the settings now say."""
    method = current_app.config["PASSWORD_METHOD"]
    return None if stored.startswith(f"{method}$") else hashed(password)


def _decoy() -> str:
    """A hash that no password fits, made once, before it is known whether it is needed."""
    decoy: str | None = current_app.extensions.get("decoy_password")
    if decoy is None:
        decoy = hashed(rules.one_time_password())
        current_app.extensions["decoy_password"] = decoy
    return decoy
