"""Recording to the processing log, and verifying it.

Rooms declare their events once (`event`) and record them while a use case runs (`record`). The rows are appended as the
last step of the transaction: committed with what they tell of, or not at all.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Text, bindparam, cast, delete, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError

from rekisteri.audit.models import AuditEvent, AuditHead, AuditStart
from rekisteri.audit.rules import (
    FIRST,
    KINDS,
    Anchor,
    Row,
    Start,
    check_facts,
    check_subject,
    first_fault,
    row_hash,
    seal,
)
from rekisteri.kernel.clock import now
from rekisteri.kernel.config import SHORTEST_KEY, SettingError, private_file
from rekisteri.kernel.db import before_commit, connection, db, require_transaction

_HEAD = select(AuditHead.seq, AuditHead.hash)
_ADD = insert(AuditEvent.__table__)
_BEGIN = insert(AuditHead.__table__).values(id=1, seq=bindparam("end"), hash=bindparam("end_hash"))
_MOVE = update(AuditHead.__table__).values(seq=bindparam("end"), hash=bindparam("end_hash"))
EVENTS: dict[str, tuple[str, dict[str, type]]] = {}
Hearer = Callable[[str, Mapping[str, Any]], None]
_hearers: dict[str, list[Hearer]] = {}


def event(name: str, label: str, *, fields: dict[str, type] | None = None) -> str:
    """Declare an event: its name (`room.verb`), what it is called in Finnish, and the exact set of its facts.

    :raises ValueError: another event has this name, or a fact is of a type that could hold a personal value.
    """
    declared = fields or {}
    if name in EVENTS and EVENTS[name] != (label, declared):
        raise ValueError(f"{name} is declared twice")
    if not set(declared.values()) <= set(KINDS):
        raise ValueError(f"a fact of {name} must be one of {[kind.__name__ for kind in KINDS]}")
    EVENTS[name] = (label, declared)
    return name


def label(name: str) -> str:
    """What the event is called in Finnish."""
    return EVENTS[name][0] if name in EVENTS else name


def hear(name: str, hearer: Hearer) -> None:
    """Let a higher room act on an event in the same transaction: it gets the subject and the facts."""
    if hearer not in _hearers.setdefault(name, []):
        _hearers[name].append(hearer)


def record(name: str, /, *, subject: str, by: Any = None, **facts: Any) -> None:
    """Add one row to the log when the transaction in progress commits.

    :param subject: what it was done to, as `room:id` (for example `customer:7`).
    :param by: the user, anything with an `id`; None for the system itself.
    :raises ValueError: the facts are not exactly those declared, or could hold a personal value.
    :raises RuntimeError: no transaction is in progress.
    """
    require_transaction("a row of the processing log")
    check_subject(subject)
    check_facts(EVENTS[name][1], facts)
    actor_id = None if by is None else by.id
    if by is not None and not isinstance(actor_id, int):
        raise ValueError("the user has no id yet: flush before recording what was done")
    db.session.info.setdefault("audit", []).append((name, subject, actor_id, facts))
    for hearer in _hearers.get(name, ()):
        hearer(subject, facts)


@before_commit
def _append() -> None:
    waiting = db.session.info.pop("audit", [])
    if not waiting:
        return
    run = connection()
    found = run.execute(_HEAD).first()
    end = Anchor(found.seq, found.hash) if found else Anchor(0, FIRST)
    key, rows = _key(end.seq), []
    for name, subject, actor_id, facts in waiting:
        row = Row(end.seq + 1, now(), actor_id, name, subject, facts, end.hash)
        end = Anchor(row.seq, row_hash(key, row))
        rows.append({**vars(row), "hash": end.hash})
    run.execute(_ADD, rows)
    run.execute(_MOVE if found else _BEGIN, {"end": end.seq, "end_hash": end.hash})


def _key(rows: int) -> bytes:
    """The chain's secret, made with the first row. A log whose secret is lost is not continued with another one."""
    key: bytes | None = current_app.extensions.get("audit_key")
    if key is None:
        path = Path(current_app.config["DATA"]) / "audit.key"
        if rows and not path.exists():
            raise SettingError(f"Käsittelylokin avain {path.name} puuttuu. Palauta se varmuuskopiosta.")
        key = private_file(path, secrets.token_hex(32).encode())
        if len(key) < SHORTEST_KEY:
            raise SettingError(f"Käsittelylokin avain {path.name} on vioittunut. Palauta se varmuuskopiosta.")
        current_app.extensions["audit_key"] = key
    return key


def head() -> Anchor:
    """Where the chain ends now."""
    row = db.session.get(AuditHead, 1)
    return Anchor(row.seq, row.hash) if row else Anchor(0, FIRST)


def start() -> Start | None:
    """Where the chain begins; None while all of its rows are there."""
    row = db.session.get(AuditStart, 1)
    return Start(row.seq, row.hash, row.first, row.seal) if row else None


def gone() -> int:
    """How many of the oldest rows have been taken away, their time having passed."""
    begun = start()
    return begun.seq if begun else 0


def first_hash() -> str | None:
    """The hash of the first row of all, by which the register and its backups are known; None of an empty log."""
    if begun := start():
        return begun.first
    row = db.session.get(AuditEvent, 1)
    return row.hash if row else None


def let_go(last: int) -> None:
    """Take away the rows up to this one, and seal where the chain begins from then on.

    :raises RuntimeError: no transaction is in progress.
    """
    require_transaction("letting the oldest of the log go")
    row, first = db.session.get_one(AuditEvent, last), first_hash() or FIRST
    begin = Start(row.seq, row.hash, first)
    told = {"seq": row.seq, "hash": row.hash, "first": first, "seal": seal(_key(row.seq), begin)}
    kept = db.session.get(AuditStart, 1) or AuditStart(id=1)
    for name, value in told.items():
        setattr(kept, name, value)
    db.session.add(kept)
    db.session.flush()
    rows = delete(AuditEvent).where(AuditEvent.seq <= last)
    db.session.execute(rows, execution_options={"synchronize_session": False})
    db.session.expire_all()


def verify(anchors: list[Anchor] | None = None) -> str | None:
    """Walk the whole chain. A Finnish sentence naming the first bad row, or None when all is well."""
    db.session.rollback()  # the rows and the head are read from one moment
    try:
        end = head()
        return first_fault(_key(end.seq), _rows(), head=end, anchors=anchors or [], start=_start_if_any())
    except SettingError as error:
        return str(error)
    except DBAPIError:
        db.session.rollback()
        return "Lokia ei voi lukea loppuun: tietokanta on vioittunut."


def _start_if_any() -> Start | None:
    """A backup of an earlier release has no start."""
    return start() if inspect(db.session.connection()).has_table(AuditStart.__tablename__) else None


def _rows() -> Iterator[Row]:
    columns = (
        AuditEvent.seq,
        cast(AuditEvent.at, Text),
        AuditEvent.actor_id,
        AuditEvent.event,
        AuditEvent.subject,
        cast(AuditEvent.facts, Text),
        AuditEvent.previous,
        AuditEvent.hash,
    )
    query = select(*columns).order_by(AuditEvent.seq).execution_options(yield_per=1000)
    for values in db.session.execute(query):
        yield _readable(*values)


def _readable(seq: int, at: str, actor_id: int | None, event: str, subject: str, facts: str, *hashes: str) -> Row:
    """The row as it stands; one whose content is garbage becomes a row that matches no hash."""
    try:
        moment, known = datetime.fromisoformat(at), dict(json.loads(facts))
        if not all(isinstance(text, str) for text in (event, subject, *hashes)):
            raise TypeError("not a text")
    except (TypeError, ValueError):
        return Row(seq, datetime.min.replace(tzinfo=UTC), None, "", "", {}, "")
    return Row(seq, moment if moment.tzinfo else moment.replace(tzinfo=UTC), actor_id, event, subject, known, *hashes)
