"""Recording to the processing log, and verifying it.

Rooms declare their events once (`event`) and record them while a use case runs (`record`). The rows are appended as the
last step of the transaction: committed with what they tell of, or not at all.
"""

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent, AuditHead
from rekisteri.audit.rules import FIRST, Anchor, Row, first_fault, row_hash
from rekisteri.kernel.clock import now
from rekisteri.kernel.config import private_file
from rekisteri.kernel.db import before_commit, db

EVENTS: dict[str, tuple[str, dict[str, type]]] = {}


def event(name: str, label: str, *, fields: dict[str, type] | None = None) -> str:
    """Declare an event: its name (`room.verb`), what it is called in Finnish, and the exact set of its facts."""
    EVENTS[name] = (label, fields or {})
    return name


def label(name: str) -> str:
    """What the event is called in Finnish."""
    return EVENTS[name][0] if name in EVENTS else name


def record(name: str, *, subject: str, by: Any = None, **facts: Any) -> None:
    """Add one row to the log when the transaction in progress commits.

    :param subject: what it was done to, as `room:id` (for example `customer:7`).
    :param by: the user, anything with an `id`; None for the system itself.
    :raises ValueError: the facts are not exactly those declared, or could hold a personal value.
    """
    _, declared = EVENTS[name]
    if set(facts) != set(declared):
        raise ValueError(f"{name} takes exactly {sorted(declared)}, got {sorted(facts)}")
    for key, value in facts.items():
        if value is not None and not isinstance(value, declared[key]):
            raise ValueError(f"{name}.{key} must be {declared[key].__name__}")
    waiting = db.session.info.setdefault("audit", [])
    waiting.append((name, subject, getattr(by, "id", None), facts))


@before_commit
def _append() -> None:
    waiting = db.session.info.pop("audit", [])
    if not waiting:
        return
    head = db.session.scalar(select(AuditHead).with_for_update())
    if head is None:
        head = AuditHead(id=1, seq=0, hash=FIRST)
        db.session.add(head)
    key = _key()
    for name, subject, actor_id, facts in waiting:
        head.seq += 1
        row = Row(head.seq, now(), actor_id, name, subject, facts, head.hash)
        head.hash = row_hash(key, row)
        db.session.add(
            AuditEvent(
                seq=row.seq,
                at=row.at,
                actor_id=actor_id,
                event=name,
                subject=subject,
                facts=facts,
                previous=row.previous,
                hash=head.hash,
            )
        )


def _key() -> bytes:
    key: bytes | None = current_app.extensions.get("audit_key")
    if key is None:
        key = private_file(Path(current_app.config["DATA"]) / "audit.key", secrets.token_hex(32).encode())
        current_app.extensions["audit_key"] = key
    return key


def head() -> Anchor:
    """Where the chain ends now."""
    row = db.session.get(AuditHead, 1)
    return Anchor(row.seq, row.hash) if row else Anchor(0, FIRST)


def verify(anchors: list[Anchor] | None = None) -> str | None:
    """Walk the whole chain. A Finnish sentence naming the first bad row, or None when all is well."""
    return first_fault(_key(), _rows(), head=head(), anchors=anchors or [])


def _rows() -> Iterator[Row]:
    query = select(AuditEvent).order_by(AuditEvent.seq).execution_options(yield_per=1000)
    for row in db.session.scalars(query):
        yield Row(row.seq, row.at, row.actor_id, row.event, row.subject, row.facts, row.previous, row.hash)


def anchors_file() -> Path:
    """Where anchors are kept unless told otherwise: beside the database, to be copied elsewhere."""
    return Path(current_app.config["DATA"]) / "anchors.jsonl"


def write_anchor() -> Anchor:
    """Append the chain's end to the anchors file and return it."""
    anchor = head()
    handle = os.open(anchors_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps({"seq": anchor.seq, "hash": anchor.hash, "at": now().isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def read_anchors(path: Path) -> list[Anchor]:
    """The anchors of a file; an absent file holds none."""
    if not path.exists():
        return []
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [Anchor(line["seq"], line["hash"]) for line in lines]
