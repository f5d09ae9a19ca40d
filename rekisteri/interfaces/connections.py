"""Keeping the partners' connections and their keys: made, rotated, closed (GDPR art. 28, 32)."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.audit import service as audit
from rekisteri.disclosures import door
from rekisteri.disclosures import rules as disclosures
from rekisteri.disclosures.models import Recipient
from rekisteri.interfaces import rules
from rekisteri.interfaces.models import Call, Connection, Key
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff.models import User

OPENED = audit.event(
    "interface.opened", "liittymä avattu", fields={"recipient_id": int, "scopes": list, "fields": list, "use": str}
)
CHANGED = audit.event("interface.changed", "liittymää muutettu", fields={"changed": list})
CLOSED = audit.event("interface.closed", "liittymä suljettu", fields={})
KEY_MADE = audit.event("interface.key_made", "liittymän avain tehty", fields={"key": int, "until": str})
KEY_REVOKED = audit.event("interface.key_revoked", "liittymän avain suljettu", fields={"key": int})
DETAILS = tuple(rules.DETAILS)


def find(connection_id: int) -> Connection | None:
    """The connection with this id."""
    return db.session.get(Connection, connection_id)


def find_key(key_id: int) -> Key | None:
    """The key with this id."""
    return db.session.get(Key, key_id)


def all_connections() -> list[Connection]:
    """Every connection, the open ones first, by partner."""
    query = select(Connection).join(Recipient).options(selectinload(Connection.keys))
    return list(
        db.session.scalars(query.order_by(Connection.closed_at.is_not(None), Recipient.sort_key, Connection.id))
    )


def open_connection(*, recipient: Recipient, by: User | None, **details: Any) -> Connection:
    """Let a partner's program in: `details` by the names of `DETAILS`. It opens nothing before it has a key.

    :raises RuleViolation: the partner may not receive anything, or a detail does not hold.
    """
    connection = Connection(recipient=recipient, created_by_id=by.id if by else None)
    _fill(connection, details)
    db.session.add(connection)
    db.session.flush()
    told = {"scopes": connection.scopes, "fields": connection.fields, "use": connection.use}
    audit.record(OPENED, subject=connection.subject, by=by, recipient_id=recipient.id, **told)
    return connection


def change_connection(*, connection: Connection, by: User | None, **details: Any) -> list[str]:
    """Change what a connection may do, from the next call on; the names of what changed."""
    _check_open(connection)
    before = {name: getattr(connection, name) for name in DETAILS}
    _fill(connection, before | details)
    changed = [name for name, value in before.items() if getattr(connection, name) != value]
    if changed:
        audit.record(CHANGED, subject=connection.subject, by=by, changed=changed)
    return changed


def close_connection(*, connection: Connection, by: User | None) -> None:
    """Close a connection and every key of it at once; it is not opened again."""
    _check_open(connection)
    for key in connection.keys:
        if key.revoked_at is None:
            key.revoked_at, key.revoked_by_id = now(), by.id if by else None
    connection.closed_at = now()
    audit.record(CLOSED, subject=connection.subject, by=by)


def make_key(*, connection: Connection, expires_on: date, overlap: int = 0, by: User | None) -> str:
    """A new key, told here and never again. The keys before it still open for `overlap` hours.

    :raises RuleViolation: the connection is closed, or the day is not within a year.
    """
    _check_open(connection)
    door.check_recipient(connection.recipient, connection.ground)
    rules.check_expiry(expires_on, today=today())
    if overlap not in rules.OVERLAPS:
        raise RuleViolation("Valitse, kuinka kauan vanha avain vielä kelpaa.", field="overlap")
    end = now() + timedelta(hours=overlap)
    for old in connection.keys:
        if old.revoked_at is None and (old.ends_at is None or old.ends_at > end):
            old.ends_at = end
    secret = rules.PREFIX + secrets.token_urlsafe(32)
    key = Key(
        connection_id=connection.id,
        hash=rules.hash_of(secret),
        ending=secret[-4:],
        expires_on=expires_on,
        made_by_id=by.id if by else None,
    )
    db.session.add(key)
    db.session.flush()
    audit.record(KEY_MADE, subject=connection.subject, by=by, key=key.id, until=expires_on.isoformat())
    return secret


def revoke_key(*, key: Key, by: User | None) -> None:
    """Let a key open nothing from this moment on."""
    if key.revoked_at is not None:
        raise RuleViolation("Avain on jo suljettu.")
    key.revoked_at, key.revoked_by_id = now(), by.id if by else None
    audit.record(KEY_REVOKED, subject=key.connection.subject, by=by, key=key.id)


def state_of(key: Key) -> str:
    """`open`, or why the key opens nothing: `expired`, `replaced`, `revoked`."""
    return rules.why_closed(key.held, now=now(), today=today()) or "open"


def last_use(connections: Collection[Connection]) -> Mapping[int, Any]:
    """When each connection was last used."""
    used = {one.id: [key.used_at for key in one.keys if key.used_at] for one in connections}
    return {number: max(moments, default=None) for number, moments in used.items()}


def calls(connection: Connection, *, before: int | None = None, size: int = 50) -> Sequence[Call]:
    """The log of a connection's calls, the latest first."""
    query = select(Call).filter_by(connection_id=connection.id).order_by(Call.id.desc()).limit(size)
    return db.session.scalars(query.where(Call.id < before) if before else query).all()


def hearing(recipient_id: int) -> bool:
    """Whether a partner has a connection by which it now hears of changes: open, with a key that opens, and in order."""
    query = select(Connection).filter_by(recipient_id=recipient_id, closed_at=None)
    found = db.session.scalars(query.options(joinedload(Connection.recipient), selectinload(Connection.keys)))
    return any(
        "changes.read" in one.scopes
        and one.recipient.why_not is None
        and any(state_of(key) == "open" for key in one.keys)
        for one in found.unique()
    )


def _check_open(connection: Connection) -> None:
    if connection.closed_at is not None:
        raise RuleViolation("Liittymä on suljettu. Avaa kumppanille uusi liittymä.")


def _fill(connection: Connection, details: Mapping[str, Any]) -> None:
    reads = bool(set(details["scopes"]) & rules.NEEDS_FIELDS)
    fields = [field for field in rules.FIELDS if field in details["fields"]] if reads else []
    told = {name: details[name] for name in ("name", "scopes", "use", "ground", "rate")}
    rules.check_connection(fields=fields, **told)
    disclosures.check_purpose(details["purpose"], details["ground"])
    door.check_recipient(connection.recipient, details["ground"], fields)
    networks = details["networks"]
    connection.networks = rules.read_networks(networks) if isinstance(networks, str) else networks
    connection.name, connection.use, connection.rate = details["name"].strip(), details["use"], details["rate"]
    connection.scopes = [scope for scope in rules.SCOPES if scope in details["scopes"]]
    connection.fields, connection.ground, connection.purpose = fields, details["ground"], details["purpose"].strip()
