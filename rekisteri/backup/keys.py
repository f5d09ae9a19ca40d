"""The two keys that belong to a register: of its log and of its forgotten. No backup holds them.

Whoever had a backup with its keys could rewrite the log and try names against the marks. So the keys are copied once, to
another place than the backups, and a backup knows only by a fingerprint which they are. `secret.key` is not among them: a
new one only makes everybody sign in again.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from pathlib import Path

from flask import current_app

from rekisteri.backup.archive import open_new, sync_folder
from rekisteri.kernel.errors import RuleViolation

NAMES = ("audit.key", "forgotten.key")


def data_folder() -> Path:
    """Where the register keeps its database, its keys and its journals."""
    return Path(current_app.config["DATA"])


def at_hand(folder: Path) -> dict[str, bytes]:
    """The keys in a folder, by name."""
    return {name: (folder / name).read_bytes() for name in NAMES if (folder / name).is_file()}


def fingerprints(keys: Mapping[str, bytes]) -> dict[str, str]:
    """Which keys these are, without telling anything of them."""
    return {name: hmac.digest(key, b"fingerprint", "sha256").hex()[:16] for name, key in keys.items()}


def together(keys: Mapping[str, bytes]) -> str:
    """One fingerprint of all keys, for the log."""
    return hashlib.sha256(repr(sorted(fingerprints(keys).items())).encode()).hexdigest()[:16]


def copy_to(folder: Path) -> dict[str, str]:
    """Copy the keys to another place and return their fingerprints.

    :raises RuleViolation: there is nothing to copy, or another key of the same name is there already.
    """
    keys = at_hand(data_folder())
    if not keys:
        raise RuleViolation("Avaimia ei vielä ole. Ne syntyvät, kun rekisteriin kirjataan ensimmäinen tapahtuma.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    there = at_hand(folder)
    for name, key in keys.items():
        if there.get(name, key) != key:
            raise RuleViolation(f"Kansiossa on jo toinen {name}. Valitse toinen kansio.")
        if name not in there:
            with open_new(folder / name) as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
    sync_folder(folder)
    return fingerprints(keys)
