"""Taking a backup: one moment of the whole register in one file, looked through before it counts as one."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rekisteri.audit import service as audit
from rekisteri.backup import archive, databases, events, folders, keys, looking, rules
from rekisteri.backup.places import workplace
from rekisteri.backup.rules import Manifest
from rekisteri.forgotten import journal
from rekisteri.kernel.clock import in_finland, now
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation


def create(target: Path) -> tuple[Path, Manifest]:
    """Write a backup to a file, or under its own name into a folder, and put it on record.

    :raises RuleViolation: the register cannot be read to its end, or something that is no backup would be replaced.
    """
    path = target / rules.file_name(in_finland(now())) if target.is_dir() else target
    _check_target(path)
    journal.complete()
    with workplace() as place:
        manifest = pack(path, place)
    with transaction():
        audit.record(events.CREATED, subject=events.REGISTER, size=path.stat().st_size, rows=manifest.log_rows)
    if target.is_dir():
        folders.remember(target)
    return path, manifest


def _check_target(path: Path) -> None:
    if not path.parent.is_dir():
        raise RuleViolation(f"Kansiota {path.parent} ei ole.")
    if path.exists() and path.stat().st_size:
        try:
            archive.verify(path)
        except RuleViolation as violation:
            raise RuleViolation(f"Tiedosto {path.name} on jo olemassa eikä ole ehjä varmuuskopio.") from violation


def pack(path: Path, place: Path) -> Manifest:
    """Write a backup by way of an empty folder beside the database."""
    engine, dump = databases.engine(), place / rules.DUMPS[databases.kind()]
    lay_out(place, keys.at_hand(keys.data_folder()), keys.data_folder())
    with engine.dumping(dump) as same_moment:
        seen = _seen() if same_moment else None
    with looking.register_at(engine.reading(dump), place):
        seen = seen or _seen()
        found = looking.faults()
    if broken := [sentence for sentence in found if sentence.startswith("SQLite")]:
        raise RuleViolation(f"Varmuuskopiota ei voi ottaa, koska tietokanta on vioittunut. {broken[0]}")
    members = [place / name for name in (dump.name, rules.JOURNAL, rules.ANCHORS) if (place / name).exists()]
    manifest = replace(seen, keys=keys.fingerprints(keys.at_hand(place)), faults=found)
    return archive.pack(path, manifest, members)


def lay_out(place: Path, held: Mapping[str, bytes], data: Path) -> None:
    """Put keys and journals into a folder that is to look like the register's own."""
    for name, key in held.items():
        (place / name).write_bytes(key)
    for name in (rules.JOURNAL, rules.ANCHORS):
        if (data / name).exists():
            shutil.copyfile(data / name, place / name)


def _seen() -> Manifest:
    """What the open register looks like at this moment."""
    end = audit.head()
    return Manifest(
        made_at=now().isoformat(timespec="seconds"),
        database=databases.kind(),
        revision=looking.revision(),
        counts=looking.counts(),
        log_rows=end.seq,
        log_hash=end.hash,
    )


def copy_keys(folder: Path) -> dict[str, str]:
    """Copy the keys elsewhere and put on record that it was done; their fingerprints."""
    told = keys.copy_to(folder)
    together = keys.together(keys.at_hand(keys.data_folder()))
    with transaction():
        audit.record(events.KEYS_COPIED, subject=events.REGISTER, keys=together)
    return told


def keys_are_copied() -> bool:
    """Whether the keys as they now are have been copied elsewhere."""
    held = keys.at_hand(keys.data_folder())
    latest = events.latest(events.KEYS_COPIED)
    return not held or (latest is not None and latest.facts.get("keys") == keys.together(held))
