"""What a backup says of itself, and when it is too old (GDPR art. 32(1)(c): restoring in a timely manner)."""

import errno
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rekisteri.kernel.errors import RuleViolation

FORMAT = 1
MANIFEST, JOURNAL, ANCHORS = "manifest.json", "erasures.jsonl", "anchors.jsonl"
DUMPS = {"sqlite": "rekisteri.sqlite", "postgresql": "rekisteri.pgdump"}
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
FRESH_DAYS = 2
"""A backup is taken nightly; one missed night is told of."""
REHEARSED_DAYS = 92
NOT_ONE = "Tiedosto ei ole rekisterin varmuuskopio, tai se on vioittunut: {}"
_DISK = {
    errno.ENOSPC: "Levy on täynnä. Vapauta tilaa ja yritä uudelleen.",
    errno.EDQUOT: "Käyttäjän levytila on täynnä. Vapauta tilaa ja yritä uudelleen.",
    errno.EACCES: "Tiedostoon ei ole oikeutta.",
    errno.EPERM: "Tiedostoon ei ole oikeutta.",
    errno.EROFS: "Levylle ei voi kirjoittaa.",
    errno.ENOENT: "Tiedostoa ei ole.",
    errno.EIO: "Levyä ei voi lukea tai kirjoittaa. Se voi olla rikki.",
}
_OWN_NAME = re.compile(r"rekisteri-(\d{4}-\d{2}-\d{2}-\d{6})\.tar")


@dataclass(frozen=True)
class Manifest:
    """What is in a backup: of what moment, how many rows, where the log ended, which keys belong to it, every file's hash.

    `faults` are what was wrong with the register itself when it was copied; a restore brings no more of them.
    """

    made_at: str
    database: str
    revision: str
    counts: Mapping[str, int]
    log_rows: int
    log_hash: str
    keys: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, list[Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    format: int = FORMAT

    def written(self) -> bytes:
        """As it stands in the file, for people to read as well."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @property
    def moment(self) -> datetime:
        """When the backup was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def dump(self) -> str:
        """The name of the file that holds the database."""
        return DUMPS[self.database]


def read_manifest(content: bytes) -> Manifest:
    """The manifest of a backup.

    :raises RuleViolation: it is not one of ours, or of a form that this release does not know.
    """
    try:
        told = json.loads(content)
        if told.get("format") != FORMAT:
            raise RuleViolation("Varmuuskopio on tehty ohjelman uudemmalla versiolla. Päivitä ohjelma ensin.")
        manifest = Manifest(**told)
        sound = manifest.moment.tzinfo is not None and manifest.database in DUMPS and manifest.dump in manifest.files
        numbers = [*manifest.counts.values(), manifest.log_rows, *(size for size, _hash in manifest.files.values())]
        if not sound or not all(type(number) is int for number in numbers):
            raise ValueError("a value is missing")
        if not set(manifest.files) <= {*DUMPS.values(), JOURNAL, ANCHORS}:
            raise ValueError("it holds files that are none of ours")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RuleViolation(NOT_ONE.format("luettelo on lukukelvoton.")) from error
    return manifest


def told_of(error: OSError) -> str:
    """What is wrong with a disk or a file, in a sentence; nothing half done has taken anything's place."""
    what = _DISK.get(error.errno or 0, "Tiedostoa ei voi käsitellä.")
    return f"{what} ({Path(error.filename).name})" if isinstance(error.filename, str) else what


def file_name(moment: datetime) -> str:
    """What a backup is called in a folder of backups."""
    return f"rekisteri-{moment:%Y-%m-%d-%H%M%S}.tar"


def moment_of(name: str) -> datetime | None:
    """When a backup in a folder was taken, by the clock on the wall; None when it is none of ours."""
    found = _OWN_NAME.fullmatch(name)
    with suppress(ValueError):
        return datetime.strptime(found[1], "%Y-%m-%d-%H%M%S") if found else None  # noqa: DTZ007 - names tell no zone
    return None


def is_outdated(name: str, *, today: date, keep_days: int) -> bool:
    """Whether a file in a folder of backups is ours and older than they are kept.

    An erased person stays in older backups, so these are kept only for a stated time (GDPR art. 5(1)(e), 17).
    """
    moment = moment_of(name)
    return moment is not None and (today - moment.date()).days > keep_days


def check_counts(expected: Mapping[str, int], found: Mapping[str, int]) -> None:
    """Raise `RuleViolation` unless every table has as many rows as it had when the backup was made."""
    for table, rows in sorted(expected.items()):
        if found.get(table) != rows:
            raise RuleViolation(f"Taulussa {table} pitäisi olla {rows} riviä, mutta niitä on {found.get(table, 0)}.")


def check_faults(known: list[str], found: list[str]) -> None:
    """Raise `RuleViolation` for the first thing wrong that was not wrong already when the backup was made."""
    for sentence in found:
        if sentence not in known:
            raise RuleViolation(f"Palautettu tietokanta ei ole eheä: {sentence}")


def is_other(expected: Mapping[str, str], found: Mapping[str, str]) -> bool:
    """Whether the keys that a register holds tell that it is another one than that of the backup."""
    return any(found.get(name, mark) != mark for name, mark in expected.items())


def check_keys(expected: Mapping[str, str], found: Mapping[str, str]) -> None:
    """Raise `RuleViolation` unless the keys that belong to the backup are at hand."""
    for name, fingerprint in sorted(expected.items()):
        if found.get(name) != fingerprint:
            what = "on toinen" if name in found else "puuttuu"
            raise RuleViolation(
                f"Varmuuskopioon kuuluva avain {name} (tunniste {fingerprint}) {what}."
                " Anna avainten kopion kansio valinnalla --keys."
            )
