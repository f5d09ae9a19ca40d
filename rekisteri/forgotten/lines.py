"""The file of the journal: one act a line, appended and never changed, read to its end or not at all.

Whatever the order of its lines, and however many copies of the journal have been joined, it tells the same: an erasure is
known by its key, a mark by itself, a prohibition or restriction by its key and its turn, of which the last one counts.
"""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import current_app

from rekisteri.forgotten.models import BARS, KINDS
from rekisteri.kernel.db import after_commit
from rekisteri.kernel.errors import RuleViolation

NAME = "erasures.jsonl"
_TORN_BAR = re.compile(r'\{"bar": "([^"]+)", "turn": (\d+),')


@dataclass
class Journal:
    """What the file tells: erasures and bars by their keys, marks, whose register's they are, and lines nobody can read."""

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: dict[str, dict[str, Any]] = field(default_factory=dict)
    bars: dict[str, dict[str, Any]] = field(default_factory=dict)
    registers: set[str] = field(default_factory=set)
    broken: list[int] = field(default_factory=list)

    @property
    def fault(self) -> str | None:
        """What is wrong with the file, as a sentence; None when every line of it has been read."""
        if not self.broken:
            return None
        return (
            f"Poistojen luettelon {NAME} rivi {self.broken[0]} on vioittunut tai katkennut. Hae luettelosta ehjä kopio."
            " Jos sitä ei ole, poista rivi: silloin yksi poisto, kielto tai rajoitus voi jäädä tekemättä uudelleen."
        )


def journal_file() -> Path:
    """Beside the database; every backup takes it along."""
    return Path(current_app.config["DATA"]) / NAME


def line(**told: Any) -> str:
    """One act as it stands in the file; what is None is left out."""
    return json.dumps({name: value for name, value in told.items() if value is not None})


def write_after_commit(lines: list[str]) -> None:
    """Append lines once the transaction in progress has been committed."""
    path = journal_file()
    after_commit(lambda: write(path, lines))


def write(path: Path, lines: Iterable[str]) -> None:
    """Append lines and see them on the disk. A line that a dying process left half written is not glued to."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        text = "".join(f"{line}\n" for line in lines)
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(-1, os.SEEK_END)
            text = text if file.read(1) == b"\n" else f"\n{text}"
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Journal:
    """What a journal tells; an absent one tells nothing.

    :raises RuleViolation: the file is there but cannot be read.
    """
    journal = Journal()
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return journal
    except OSError as error:
        raise RuleViolation(f"Poistojen luetteloa {NAME} ei voi lukea. Tarkista levy ja tiedoston oikeudet.") from error
    unread = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not _take(journal, line)]
    journal.broken = [number for number, line in unread if not _is_told_elsewhere(journal, line)]
    return journal


def _is_told_elsewhere(journal: Journal, torn: str) -> bool:
    """Whether this is the beginning of a line about what another, whole line tells: it was written again later."""
    if found := _TORN_BAR.match(torn):
        told = journal.bars.get(found[1])
        return told is not None and told["turn"] >= int(found[2])
    heads = [line(key=key)[:-1] for key in journal.entries]
    heads += [line(mark=mark)[:-1] for mark in journal.marks] + [line(bar=key)[:-1] for key in journal.bars]
    return any(torn.startswith(head) or head.startswith(torn) for head in heads)


def _take(journal: Journal, text: str) -> bool:
    try:
        told = json.loads(text)
        if "mark" in told:
            _take_mark(journal, str(told["mark"]), told["forbidden"] is True, _day(told["since"]))
        elif "bar" in told:
            _take_bar(journal, told)
        else:
            _take_entry(journal, told)
        if "register" in told:
            journal.registers.add(str(told["register"]))
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _take_mark(journal: Journal, mark: str, forbidden: bool, since: str) -> None:
    held = journal.marks.get(mark, {"forbidden": forbidden, "since": since})
    told = {"forbidden": forbidden or held["forbidden"], "since": max(since, held["since"])}
    journal.marks[mark] = {"mark": mark, **told}


def _take_entry(journal: Journal, told: dict[str, Any]) -> None:
    key, kind = str(told["key"]), str(told["kind"])
    if kind not in KINDS:
        raise ValueError(f"{kind} is no kind of erasure")
    journal.entries[key] = {
        "key": key,
        "kind": kind,
        "customer": int(told["customer"]),
        "on": _day(told["on"]),
        "at": _moment(told["at"]) if "at" in told else None,
    }


def _take_bar(journal: Journal, told: dict[str, Any]) -> None:
    key, turn = str(told["bar"]), int(told["turn"])
    if told["kind"] not in BARS or type(told["binds"]) is not bool or type(told["facts"]) is not dict:
        raise ValueError("this is no bar")
    read = {
        "bar": key,
        "turn": turn,
        "kind": told["kind"],
        "binds": told["binds"],
        "at": _moment(told["at"]),
        "customers": [int(number) for number in told["customers"]],
        "facts": told["facts"],
    }
    held = journal.bars.get(key, read)
    read["began"] = min(read["at"], held.get("began", read["at"]), key=datetime.fromisoformat)
    later = (turn, read["binds"]) > (held["turn"], held["binds"])
    journal.bars[key] = read if later else {**held, "began": read["began"]}


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a moment must be aware")
    return text
