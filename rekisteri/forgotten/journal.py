"""The journal: a file outside the database, by which a restored backup forgets again whom it still knows.

What is written there is first a row of the database, committed with the act itself; a process that dies before the file is
written leaves a row that the file lacks, and the next look completes the file. Lines hold internal numbers, codes and
marks, never a person's data. The same row always makes the same line.
"""

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from rekisteri.forgotten import bars
from rekisteri.forgotten.lines import NAME, Journal, journal_file, line, read, write, write_after_commit
from rekisteri.forgotten.models import KINDS, ErasureEntry, Mark
from rekisteri.kernel.clock import end_of, now
from rekisteri.kernel.db import db, require_transaction, transaction
from rekisteri.kernel.errors import RuleViolation

__all__ = ["KINDS", "NAME", "Journal", "add_replay", "append", "complete", "journal_file", "keep_marks", "missing"]
__all__ += ["read", "replay", "write"]

Replay = Callable[[list[int]], None]
_replays: dict[str, list[Replay]] = {}


def append(kind: str, customer_id: int, on: date) -> None:
    """Put on record, in the transaction that does it, that a customer is `erased` or `anonymised`."""
    require_transaction("the journal of erasures")
    if kind not in KINDS:
        raise ValueError(f"the journal knows {KINDS}, not {kind}")
    key = secrets.token_hex(16)
    entry = ErasureEntry(key=key, kind=kind, customer_id=customer_id, on=on, at=now())
    db.session.add(entry)
    write_after_commit([_entry_line(entry)])


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
    write_after_commit(lines)


def add_replay(replay: Replay, kind: str = "erased") -> None:
    """Have `replay` erase (or anonymise) these customers again in a restored register.

    It is called inside a transaction for each journal entry that the restored database lacks, with the customer's id;
    there may be no such customer any more.
    """
    _replays.setdefault(kind, []).append(replay)


def _entry_line(entry: ErasureEntry) -> str:
    told = {"kind": entry.kind, "customer": entry.customer_id, "on": entry.on.isoformat()}
    at = entry.at.isoformat() if entry.at else None
    return line(key=entry.key, **told, at=at, register=bars.register_id())


def _mark_line(mark: Mark) -> str:
    return line(mark=mark.mark, forbidden=mark.forbidden, since=mark.since.isoformat(), register=bars.register_id())


def fault() -> str | None:
    """What is wrong with the file, as a sentence; None when all of it can be read and is this register's."""
    try:
        told = read(journal_file())
    except RuleViolation as violation:
        return violation.sentence
    return told.fault or _strange(told)


def _strange(told: Journal) -> str | None:
    own = bars.register_id()
    if not own or told.registers <= {own}:
        return None
    return (
        f"Poistojen luettelo {NAME} on toisen rekisterin. Siirrä se pois datahakemistosta ja kopioi tilalle tämän"
        " rekisterin luettelo."
    )


def lacks() -> int:
    """How many lines `missing` would tell of; none of a file that cannot be read, of which `fault` tells."""
    with suppress(RuleViolation):
        return len(missing())
    return 0


def missing() -> list[str]:
    """Lines that the database knows and the file lacks: a process died, or the file was left behind in a move.

    :raises RuleViolation: the file cannot be read.
    """
    told = read(journal_file())
    entries = db.session.scalars(select(ErasureEntry).order_by(ErasureEntry.on, ErasureEntry.key))
    lines = [_entry_line(entry) for entry in entries if entry.key not in told.entries]
    marks = db.session.scalars(select(Mark).order_by(Mark.mark))
    lines += [_mark_line(mark) for mark in marks if not _is_told(mark, told.marks.get(mark.mark))]
    return lines + bars.missing(told)


def _is_told(mark: Mark, told: Mapping[str, Any] | None) -> bool:
    return told is not None and told["forbidden"] >= mark.forbidden and told["since"] >= mark.since.isoformat()


def complete() -> int:
    """Write what the file lacks; how many lines that was."""
    lines = missing()
    if lines:
        write(journal_file(), lines)
    return len(lines)


def replay(journal: Journal) -> bars.Replayed:
    """Do again, in a restored register, each act that it does not know of, in the order in which they were done.

    :raises RuleViolation: a line cannot be read, or is another register's: somebody might come back unnoticed, or somebody
        else might go.
    """
    if wrong := journal.fault or _strange(journal):
        raise RuleViolation(wrong)
    known = set(db.session.scalars(select(ErasureEntry.key)))
    lacking = [told for key, told in journal.entries.items() if key not in known]
    barring = bars.Replay(journal)
    acts: list[tuple[datetime, Callable[[], None]]] = [(_moment(told), partial(_again, told)) for told in lacking]
    acts += barring.acts([(_moment(told), told["customer"]) for told in lacking])
    for _at, act in sorted(acts, key=lambda one: one[0]):
        act()
    with transaction():
        for told in journal.marks.values():
            _restore_mark(told)
    barring.done.erased = len(lacking)
    return barring.done


def _moment(told: Mapping[str, Any]) -> datetime:
    """When an act was done; of one from before the moments were told, the end of its day."""
    if told["at"]:
        return datetime.fromisoformat(told["at"])
    return end_of(date.fromisoformat(told["on"]))


def _again(told: Mapping[str, Any]) -> None:
    with transaction():
        for one in _replays.get(told["kind"], ()):
            one([told["customer"]])
        entry = ErasureEntry(key=told["key"], kind=told["kind"], customer_id=told["customer"])
        entry.on = date.fromisoformat(told["on"])
        entry.at = datetime.fromisoformat(told["at"]) if told["at"] else None
        db.session.add(entry)


def _restore_mark(told: Mapping[str, Any]) -> None:
    held = db.session.get(Mark, told["mark"])
    since = date.fromisoformat(told["since"])
    if held is None:
        db.session.add(Mark(mark=told["mark"], forbidden=told["forbidden"], since=since))
    else:
        held.forbidden, held.since = held.forbidden or told["forbidden"], max(held.since, since)
