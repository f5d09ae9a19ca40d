"""The journal of erasures: a file outside the database, by which a restored backup forgets again whom it still knows.

What is written there is first a row of the database, committed with the erasure itself; a process that dies before the
file is written leaves a row that the file lacks, and the next look completes the file. Lines hold an internal number or a
mark, never a person's data. The same row always makes the same line.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from rekisteri.forgotten.models import KINDS, ErasureEntry, Mark
from rekisteri.kernel.db import after_commit, db, require_transaction, transaction
from rekisteri.kernel.errors import RuleViolation

NAME = "erasures.jsonl"
Replay = Callable[[list[int]], None]
_replays: dict[str, list[Replay]] = {}


@dataclass
class Journal:
    """What the file tells: erasures by their keys, marks, and lines that nobody can read."""

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: dict[str, dict[str, Any]] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)


def journal_file() -> Path:
    """Beside the database; every backup takes it along."""
    return Path(current_app.config["DATA"]) / NAME


def append(kind: str, customer_id: int, on: date) -> None:
    """Put on record, in the transaction that does it, that a customer is `erased` or `anonymised`."""
    require_transaction("the journal of erasures")
    if kind not in KINDS:
        raise ValueError(f"the journal knows {KINDS}, not {kind}")
    entry = ErasureEntry(key=secrets.token_hex(16), kind=kind, customer_id=customer_id, on=on)
    db.session.add(entry)
    _write_after_commit([_entry_line(entry)])


def keep_marks(marks: Mapping[str, bool], since: date) -> None:
    """Keep marks, each with whether marketing was forbidden. What was once forbidden stays so."""
    require_transaction("marking the forgotten")
    lines = []
    for mark, forbidden in sorted(marks.items()):
        held = db.session.get(Mark, mark)
        if held is None:
            held = Mark(mark=mark, forbidden=forbidden, since=since)
            db.session.add(held)
        else:
            held.forbidden, held.since = held.forbidden or forbidden, max(held.since, since)
        lines.append(_mark_line(held))
    _write_after_commit(lines)


def add_replay(replay: Replay, kind: str = "erased") -> None:
    """Have `replay` erase (or anonymise) these customers again in a restored register.

    It is called inside a transaction for each journal entry that the restored database lacks, with the customer's id;
    there may be no such customer any more.
    """
    _replays.setdefault(kind, []).append(replay)


def _entry_line(entry: ErasureEntry) -> str:
    return _line(key=entry.key, kind=entry.kind, customer=entry.customer_id, on=entry.on.isoformat())


def _mark_line(mark: Mark) -> str:
    return _line(mark=mark.mark, forbidden=mark.forbidden, since=mark.since.isoformat())


def _line(**told: Any) -> str:
    return json.dumps(told)


def _write_after_commit(lines: list[str]) -> None:
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
    """What a journal tells; an absent one tells nothing."""
    journal = Journal()
    if not path.exists():
        return journal
    lines = path.read_text("utf-8", errors="replace").splitlines()
    unread = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not _take(journal, line)]
    journal.broken = [number for number, line in unread if not _is_told_elsewhere(journal, line)]
    return journal


def _is_told_elsewhere(journal: Journal, torn: str) -> bool:
    """Whether this is the beginning of a line about what another, whole line tells: it was written again later."""
    heads = [_line(key=key)[:-1] for key in journal.entries] + [_line(mark=mark)[:-1] for mark in journal.marks]
    return any(torn.startswith(head) or head.startswith(torn) for head in heads)


def _take(journal: Journal, line: str) -> bool:
    try:
        told = json.loads(line)
        if "mark" in told:
            _take_mark(journal, str(told["mark"]), told["forbidden"] is True, _day(told["since"]))
        else:
            _take_entry(journal, str(told["key"]), str(told["kind"]), int(told["customer"]), _day(told["on"]))
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _take_mark(journal: Journal, mark: str, forbidden: bool, since: str) -> None:
    held = journal.marks.get(mark, {"forbidden": forbidden, "since": since})
    told = {"forbidden": forbidden or held["forbidden"], "since": max(since, held["since"])}
    journal.marks[mark] = {"mark": mark, **told}


def _take_entry(journal: Journal, key: str, kind: str, customer: int, on: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"{kind} is no kind of erasure")
    journal.entries[key] = {"key": key, "kind": kind, "customer": customer, "on": on}


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def missing() -> list[str]:
    """Lines that the database knows and the file lacks: a process died, or the file was left behind in a move."""
    told = read(journal_file())
    entries = db.session.scalars(select(ErasureEntry).order_by(ErasureEntry.on, ErasureEntry.key))
    lines = [_entry_line(entry) for entry in entries if entry.key not in told.entries]
    marks = db.session.scalars(select(Mark).order_by(Mark.mark))
    return lines + [_mark_line(mark) for mark in marks if not _is_told(mark, told.marks.get(mark.mark))]


def _is_told(mark: Mark, told: Mapping[str, Any] | None) -> bool:
    return told is not None and told["forbidden"] >= mark.forbidden and told["since"] >= mark.since.isoformat()


def complete() -> int:
    """Write what the file lacks; how many lines that was."""
    lines = missing()
    if lines:
        write(journal_file(), lines)
    return len(lines)


def replay(journal: Journal) -> int:
    """Do again, in a restored register, each erasure that it does not know of; how many there were.

    :raises RuleViolation: a line of the journal cannot be read, so that somebody might come back unnoticed.
    """
    if journal.broken:
        raise RuleViolation(
            f"Poistojen luettelon {NAME} rivi {journal.broken[0]} on vioittunut. Korjaa luettelo ensin."
        )
    known = set(db.session.scalars(select(ErasureEntry.key)))
    lacking = [told for key, told in journal.entries.items() if key not in known]
    for told in sorted(lacking, key=lambda told: told["on"]):
        _again(told)
    with transaction():
        for told in journal.marks.values():
            _restore_mark(told)
    return len(lacking)


def _again(told: Mapping[str, Any]) -> None:
    with transaction():
        for one in _replays.get(told["kind"], ()):
            one([told["customer"]])
        day = date.fromisoformat(told["on"])
        db.session.add(ErasureEntry(key=told["key"], kind=told["kind"], customer_id=told["customer"], on=day))


def _restore_mark(told: Mapping[str, Any]) -> None:
    held = db.session.get(Mark, told["mark"])
    since = date.fromisoformat(told["since"])
    if held is None:
        db.session.add(Mark(mark=told["mark"], forbidden=told["forbidden"], since=since))
    else:
        held.forbidden, held.since = held.forbidden or told["forbidden"], max(held.since, since)
