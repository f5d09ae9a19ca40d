"""The secret of the marks. It lives beside the database and in no backup: without it nobody can try values against them."""

import hmac
import secrets
from pathlib import Path

from flask import current_app

from rekisteri.forgotten.models import Mark
from rekisteri.forgotten.rules import Trace
from rekisteri.kernel.config import SHORTEST_KEY, private_file
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation

WITNESS = Trace("key", "")
"""Marked with the first person, so that another key in this one's place is noticed."""
LOST = (
    "Poistettuja asiakkaita ei voi tunnistaa, koska avain forgotten.key puuttuu tai on väärä."
    " Pyydä ylläpitäjää palauttamaan se avainten kopiosta."
)


def key_file() -> Path:
    """Where the key is."""
    return Path(current_app.config["DATA"]) / "forgotten.key"


def hashed(trace: Trace, *, key: bytes) -> str:
    """The mark of a trace."""
    return hmac.digest(key, f"{trace.basis}\n{trace.text}".encode(), "sha256").hex()


def marking_key() -> bytes:
    """The key for new marks, made with the first of them.

    :raises RuleViolation: there are marks already, and the key at hand has not made them.
    """
    if in_use():
        return known_key()
    key = private_file(key_file(), secrets.token_hex(32).encode())
    if len(key) < SHORTEST_KEY:
        raise RuleViolation(LOST)
    return key


def known_key() -> bytes:
    """The key that made the marks in the database.

    :raises RuleViolation: it is not in its place.
    """
    path = key_file()
    key = path.read_bytes() if path.exists() else b""
    if len(key) < SHORTEST_KEY or db.session.get(Mark, hashed(WITNESS, key=key)) is None:
        raise RuleViolation(LOST)
    return key


def in_use() -> bool:
    """Whether anybody has been forgotten yet."""
    return db.session.query(Mark.mark).limit(1).first() is not None
