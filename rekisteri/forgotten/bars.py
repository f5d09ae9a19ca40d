"""Prohibitions and restrictions in the journal: what a restored backup does not know of them is given or ended again.

The rooms that own them say here how each one stands after every change; a whole state a line, with its turn, so that
nothing depends on the order in which lines are read or on how many times a restore is tried.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rekisteri.audit import service as audit
from rekisteri.customers import links
from rekisteri.customers import service as customers
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.models import Customer
from rekisteri.forgotten import lines
from rekisteri.forgotten.models import BarEntry
from rekisteri.kernel.clock import in_finland, now
from rekisteri.kernel.db import db, require_transaction, transaction
from rekisteri.kernel.errors import RuleViolation


@dataclass(frozen=True)
class State:
    """How one bar stands: whom it binds (or bound), and codes and days by which it could be given again.

    `at` and `turn` are told of one that is older than the journal; else a change is of this moment and of the next turn.
    """

    key: str
    binds: bool
    customers: Collection[int]
    facts: Mapping[str, Any]
    at: datetime | None = None
    turn: int = 1


@dataclass(frozen=True)
class Kind:
    """What a room does with its bars.

    `states` tells how those with these keys now stand, `keys` which bind these customers. `replay` makes one with a key
    bind exactly these customers and nobody else, from codes and on a day, and tells how many rows that changed.
    """

    states: Callable[[Collection[str]], list[State]]
    keys: Callable[[Collection[int]], list[str]]
    replay: Callable[[str, Collection[int], Mapping[str, Any], date], int]


@dataclass
class Replayed:
    """What a restore did again: erasures, bars given and ended; and bars of people whom the backup does not know."""

    erased: int = 0
    given: int = 0
    ended: int = 0
    unknown: int = 0

    @property
    def count(self) -> int:
        """How many acts in all."""
        return self.erased + self.given + self.ended


_kinds: dict[str, Kind] = {}


def add_kind(name: str, kind: Kind) -> None:
    """Keep a journal of one kind of bar; once, when the room's modules are imported."""
    _kinds.setdefault(name, kind)


def new_key() -> str:
    """The key of a new bar, which no other register and no restored one gives again."""
    return secrets.token_hex(16)


def old_key(*told: object) -> str:
    """The key of a bar from before the journal knew of bars: the same in the register and in each of its backups."""
    return sha256(":".join(map(str, told)).encode()).hexdigest()[:32]


def register_id() -> str | None:
    """By what a line tells whose register's it is: the beginning of the log, which a restored register has as well."""
    first = audit.first_hash()
    return first[:16] if first else None


def note(name: str, keys: Collection[str]) -> None:
    """Put on record, in the transaction that changes them, how the bars of one kind with these keys now stand."""
    require_transaction("the journal of bars")
    db.session.flush()
    enter(name, _kinds[name].states(keys))


def enter(name: str, states: Collection[State]) -> None:
    """Put these states on record, in the database now and outside it after the commit."""
    known = _known([state.key for state in states])
    families = _families({number for state in states for number in state.customers})
    changed = []
    for state in states:
        everybody = sorted({one for number in state.customers for one in families[number]})
        entry = known.get(state.key)
        if entry is None:
            entry = BarEntry(key=state.key, turn=state.turn, kind=name, at=state.at or now())
            db.session.add(entry)
        else:
            entry.turn, entry.at = entry.turn + 1, entry.at if entry.binds == state.binds else now()
        entry.binds, entry.customers, entry.facts = state.binds, everybody, dict(state.facts)
        changed.append(entry)
    _write(changed)


def _write(entries: Iterable[BarEntry]) -> None:
    register = register_id()
    if written := [_line(entry, register) for entry in entries]:
        lines.write_after_commit(written)


def _line(entry: BarEntry, register: str | None) -> str:
    told = {"kind": entry.kind, "binds": entry.binds, "at": entry.at.isoformat(), "customers": entry.customers}
    return lines.line(bar=entry.key, turn=entry.turn, **told, facts=entry.facts, register=register)


def _known(keys: Collection[str]) -> dict[str, BarEntry]:
    found: dict[str, BarEntry] = {}
    for part in in_batches(keys, MOST_IN_A_QUERY):
        found |= {entry.key: entry for entry in db.session.scalars(select(BarEntry).where(BarEntry.key.in_(part)))}
    return found


def _families(numbers: Collection[int]) -> dict[int, set[int]]:
    """For each customer, its own number and those of all who have been merged into it."""
    root = {number: number for number in numbers}
    newest = list(root)
    while newest:
        found: dict[int, int] = {}
        for part in in_batches(newest, MOST_IN_A_QUERY):
            merged = select(Customer.id, Customer.merged_into_id).where(Customer.merged_into_id.in_(part))
            found |= {child: parent for child, parent in db.session.execute(merged) if parent is not None}
        root |= {child: root[parent] for child, parent in found.items()}
        newest = list(found)
    families: dict[int, set[int]] = {number: {number} for number in numbers}
    for number, own in root.items():
        families[own].add(number)
    return families


def missing(told: lines.Journal) -> list[str]:
    """Lines of bars that the database knows and the file lacks."""
    register = register_id()
    turns = db.session.execute(select(BarEntry.key, BarEntry.turn)).all()
    lacking = [key for key, turn in turns if told.bars.get(key, {"turn": 0})["turn"] < turn]
    return [_line(entry, register) for entry in sorted(_known(lacking).values(), key=lambda entry: entry.at)]


@dataclass
class Replay:
    """Giving and ending bars again in a restored register, one by one; `done` counts them."""

    told: lines.Journal
    done: Replayed = field(default_factory=Replayed)

    def lacking(self) -> list[dict[str, Any]]:
        """The bars of which the restored register knows an earlier turn, or nothing."""
        known = {key: turn for key, turn in db.session.execute(select(BarEntry.key, BarEntry.turn))}  # noqa: C416
        return [one for key, one in self.told.bars.items() if one["turn"] > known.get(key, 0)]

    def acts(self, erasures: Collection[tuple[datetime, int]]) -> Iterator[tuple[datetime, Callable[[], None]]]:
        """What is to be done again and of what moment it is.

        One that has ended is of no consequence, unless it held back an erasure while it bound.

        :param erasures: the moments and the customers of the erasures that are done again as well.
        """
        for one in self.lacking():
            at, began = (datetime.fromisoformat(one[name]) for name in ("at", "began"))
            if not one["binds"] and any(began <= when <= at and who in one["customers"] for when, who in erasures):
                yield began, partial(self._again, {**one, "binds": True, "at": one["began"]}, Replayed())
            yield at, partial(self._again, one, self.done)

    def _again(self, one: Mapping[str, Any], done: Replayed) -> None:
        try:
            with transaction():
                self._apply(one, done)
        except (KeyError, TypeError, ValueError, IntegrityError) as error:
            raise RuleViolation(
                f"Poistojen luettelossa {lines.NAME} on kielto tai rajoitus, jota ei voi lukea ({one['bar'][:8]})."
            ) from error

    def _apply(self, one: Mapping[str, Any], done: Replayed) -> None:
        at = datetime.fromisoformat(one["at"])
        found = [customer for number in one["customers"] if (customer := customers.find(number))]
        targets = {customer.id for customer in found} if one["binds"] else set()
        changed = _kinds[one["kind"]].replay(one["bar"], targets, one["facts"], in_finland(at).date())
        entry = db.session.get(BarEntry, one["bar"])
        if entry is None:
            entry = BarEntry(key=one["bar"], kind=one["kind"])
            db.session.add(entry)
        entry.turn, entry.binds, entry.at = one["turn"], one["binds"], at
        entry.customers, entry.facts = one["customers"], one["facts"]
        self._count(one, done, bool(targets), changed)

    def _count(self, one: Mapping[str, Any], done: Replayed, known: bool, changed: int) -> None:
        if not one["binds"]:
            done.ended += bool(changed)
        elif known:
            done.given += bool(changed)
        elif not {gone["customer"] for gone in self.told.entries.values()}.intersection(one["customers"]):
            done.unknown += 1


def _merge(kept_id: int, dropped_id: int) -> dict[str, list[str]]:
    """Before two customers become one: what binds either binds both, also in a register that knows them as two."""
    both = set().union(*_families([kept_id, dropped_id]).values())
    account = {name: kind.keys([kept_id, dropped_id]) for name, kind in _kinds.items()}
    entries = [entry for keys in account.values() for entry in _known(keys).values()]
    for entry in entries:
        entry.turn, entry.customers = entry.turn + 1, sorted(both.union(entry.customers))
    _write(entries)
    return account


def _part(account: Mapping[str, list[str]]) -> None:
    for name, keys in account.items():
        note(name, keys)


links.add_merger("bars", _merge, _part)
