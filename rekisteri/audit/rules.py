"""How the processing log is chained, and how a break in it is found.

Each row's hash covers the row before it, keyed with a secret outside the database. Taking away the tail together with the
head would still go unseen; that is what anchors, kept outside the database, are for (GDPR art. 5(2), 32).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FIRST = "0" * 64


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


def first_fault(key: bytes, rows: Iterable[Row], *, head: Anchor, anchors: Iterable[Anchor] = ()) -> str | None:
    """The first thing wrong with the chain as a Finnish sentence, or None when all is well."""
    expected = {anchor.seq: anchor.hash for anchor in anchors}
    previous, count = FIRST, 0
    for row in rows:
        count += 1
        if row.seq != count:
            return f"Lokista puuttuu rivi {count}."
        if row.previous != previous or row.hash != row_hash(key, row):
            return f"Lokin riviä {row.seq} on muutettu."
        if expected.pop(row.seq, row.hash) != row.hash:
            return f"Lokin rivi {row.seq} ei vastaa talteen otettua tarkistetta."
        previous = row.hash
    if expected:
        return f"Lokin lopusta on poistettu rivejä: rivi {min(expected)} on otettu talteen, mutta sitä ei enää ole."
    if (head.seq, head.hash) != (count, previous):
        return f"Lokin lopusta on poistettu tai lisätty rivejä rivin {min(head.seq, count)} jälkeen."
    return None
