"""The folders that backups are taken into: remembered, watched, and cleared of backups that are kept no longer.

They are remembered in a file beside the database and not in it: a restored register would know the folders of its past,
or of another machine.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rekisteri.backup import archive, events, rules
from rekisteri.backup.keys import data_folder
from rekisteri.kernel.clock import in_finland, now
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number
from rekisteri.settings import periods

NAME = "backup-folders.json"


def remembered() -> list[Path]:
    """The folders in use, in the order of their names."""
    with suppress(OSError, ValueError):
        told = json.loads((data_folder() / NAME).read_text("utf-8"))
        return sorted(Path(path) for path in told if isinstance(path, str))
    return []


def remember(folder: Path) -> None:
    """Watch over a folder from now on."""
    known = remembered()
    if folder.resolve() not in known:
        _write([*known, folder.resolve()])


def forget(folder: Path) -> None:
    """Watch over a folder no more; its backups stay where they are.

    :raises RuleViolation: it is not being watched.
    """
    known = remembered()
    if folder.resolve() not in known:
        raise RuleViolation("Kansioon ei ole otettu varmuuskopioita, joten sitä ei valvota.")
    _write([path for path in known if path != folder.resolve()])


def _write(folders: list[Path]) -> None:
    draft = data_folder() / f".{NAME}.tmp"
    draft.unlink(missing_ok=True)
    with archive.open_new(draft) as file:
        file.write(json.dumps(sorted(map(str, folders)), ensure_ascii=False).encode())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(data_folder() / NAME)


def remove_outdated(folder: Path, *, keep_days: int | None = None) -> list[str]:
    """Remove our own backups that are kept no longer from a folder; erased people are still in them.

    :param keep_days: a time shorter than the one that the company keeps backups and the notice tells.
    """
    outdated = _outdated(_names(folder), keep_days)
    for name in outdated:
        (folder / name).unlink()
    return outdated


def _outdated(names: list[str], keep_days: int | None = None) -> list[str]:
    told = periods.length("backups")
    days, today = min(keep_days or told, told), in_finland(now()).date()
    return sorted(name for name in names if rules.is_outdated(name, today=today, keep_days=days))


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_file()]


def warnings() -> Iterator[str]:
    """What somebody should do about taking backups, each a sentence; none when all is well."""
    there: dict[Path, list[str]] = {}
    for folder in remembered():
        try:
            there[folder] = _names(folder)
        except OSError:
            yield f"Varmuuskopioiden kansiota {folder} ei tavoiteta. Jos se ei ole käytössä: flask backup forget {folder}"
    yield from _age(list(there.values()))
    for folder, names in there.items():
        if outdated := _outdated(names):
            yield (
                f"Kansiossa {folder} on säilytysaikaa vanhempia varmuuskopioita: {fi_number(len(outdated))}."
                f" Ne poistaa: flask backup create {folder}"
            )


def _age(found: list[list[str]]) -> Iterator[str]:
    taken = events.last(events.CREATED)
    if taken is None:
        yield "Varmuuskopiota ei ole otettu. Ajasta öisin: flask backup create KANSIO"
        return
    moments = [moment for names in found for name in names if (moment := rules.moment_of(name))]
    if found and not moments:
        yield "Kansiossa, johon varmuuskopiot otetaan, ei ole yhtään kopiota. Ota uusi: flask backup create KANSIO"
        return
    days = _days_since(max(moments)) if moments else (now() - taken).days
    if days > rules.FRESH_DAYS:
        yield f"Viimeisin varmuuskopio on {days} päivää vanha. Ajasta öisin: flask backup create KANSIO"


def _days_since(moment: datetime) -> int:
    return (in_finland(now()).replace(tzinfo=None) - moment).days
