"""How the processing log is chained, and how a break in it is found.

Each row's hash covers the row before it, keyed with a secret outside the database. Taking away the tail together with the
head would still go unseen; that is what anchors, kept outside the database, are for (GDPR art. 5(2), 32). When the oldest
rows have been kept long enough, they go from the beginning, and the chain then begins from a start sealed with the same key.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FIRST = "0" * 64
KINDS = (int, bool, str, list)
LONGEST_FACT = 80
_SUBJECT = re.compile(r"[a-z_]{1,30}:[a-z0-9_-]{1,29}")
_CODE = re.compile(r"(?:[A-Z]{1,4}(?: |$))?[a-z0-9_./:-]*")
"""A code, a date, a hash, a number of a series (KT 2026/0003): never a name, an address, a phone number or an e-mail."""


@dataclass(frozen=True)
class Row:
    """One row of the log as it is hashed."""

    seq: int
    at: datetime
    actor_id: int | None
    event: str
    subject: str
    facts: Mapping[str, Any]
    previous: str
    hash: str = ""


@dataclass(frozen=True)
class Anchor:
    """What was known of the chain at some moment, written outside the database."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Start:
    """What the chain begins from: the last row that went, the hash of the first of all, and the seal on both."""

    seq: int = 0
    hash: str = FIRST
    first: str = ""
    seal: str = ""


def is_subject(text: str) -> bool:
    """Whether this is `room:id`."""
    return _SUBJECT.fullmatch(text) is not None


def check_subject(subject: str) -> None:
    """Raise ValueError unless this is `room:id`."""
    if not is_subject(subject):
        raise ValueError(f"a subject is written room:id, not {subject!r}")


def check_facts(declared: Mapping[str, type], facts: Mapping[str, Any]) -> None:
    """Raise ValueError unless these are exactly the declared facts, each of its type and none a personal value.

    The log outlives the person's data, so it may hold ids, codes, dates and counts only (GDPR art. 5(1)(c) and 17).
    """
    if set(facts) != set(declared):
        raise ValueError(f"the facts must be exactly {sorted(declared)}, not {sorted(facts)}")
    for name, value in facts.items():
        if value is not None and type(value) is not declared[name]:
            raise ValueError(f"{name} must be {declared[name].__name__}, not {type(value).__name__}")
        for one in value if isinstance(value, list) else [value]:
            _check_value(name, one)


def _check_value(name: str, value: Any) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST_FACT or not _CODE.fullmatch(value):
            raise ValueError(f"{name} must be a code, as text might be personal")
    elif value is not None and not isinstance(value, int):
        raise ValueError(f"{name} holds a {type(value).__name__}, which the log does not take")


def row_hash(key: bytes, row: Row) -> str:
    """HMAC-SHA256 over the row's content and its predecessor's hash, 64 hex digits."""
    content = json.dumps(
        [
            row.seq,
            row.at.isoformat(),
            row.actor_id,
            row.event,
            row.subject,
            dict(sorted(row.facts.items())),
            row.previous,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def seal(key: bytes, start: Start) -> str:
    """HMAC-SHA256 over where the chain begins, 64 hex digits: who has no key takes no rows away unseen."""
    content = json.dumps(["start", start.seq, start.hash, start.first], separators=(",", ":"))
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def first_fault(
    key: bytes, rows: Iterable[Row], *, head: Anchor, anchors: Iterable[Anchor] = (), start: Start | None = None
) -> str | None:
    """The first thing wrong with the chain as a Finnish sentence, or None when all is well.

    :param start: where it begins, when its oldest rows have gone; of those no anchor can tell any more.
    """
    if start and start.seal != seal(key, start):
        return f"Lokin alun sinetti ei ole aito (rivit 1–{start.seq})."
    begin = start or Start()
    expected: dict[int, set[str]] = {}
    for anchor in anchors:
        if anchor.seq == 0 or anchor.seq >= begin.seq:
            expected.setdefault(anchor.seq, set()).add(anchor.hash)
    if expected.pop(0, {FIRST}) != {FIRST}:
        return "Tyhjästä lokista otettu tarkiste ei ole aito."
    if expected.pop(begin.seq, {begin.hash}) != {begin.hash}:
        return f"Lokin rivi {begin.seq} ei vastaa talteen otettua tarkistetta."
    previous, count = begin.hash, begin.seq
    for row in rows:
        count += 1
        fault = _fault_of(key, row, previous, count)
        if fault:
            return fault
        if expected.pop(row.seq, {row.hash}) != {row.hash}:
            return f"Lokin rivi {row.seq} ei vastaa talteen otettua tarkistetta."
        previous = row.hash
    if expected:
        return f"Lokin lopusta on poistettu rivejä: rivi {min(expected)} on otettu talteen, mutta sitä ei enää ole."
    if (head.seq, head.hash) != (count, previous):
        return f"Lokin lopusta on poistettu tai lisätty rivejä rivin {min(head.seq, count)} jälkeen."
    return None


def _fault_of(key: bytes, row: Row, previous: str, expected_seq: int) -> str | None:
    if row.seq < expected_seq:
        return f"Lokiin on lisätty rivi {row.seq}."
    if row.seq > expected_seq:
        return f"Lokista puuttuu rivi {expected_seq}."
    if row.previous != previous or row.hash != row_hash(key, row):
        return f"Lokin riviä {row.seq} on muutettu."
    return None
