"""One call by a key: whether the key opens, how often it has been used, and the row of the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from rekisteri.audit import service as audit
from rekisteri.disclosures.models import Recipient
from rekisteri.disclosures.receiving import COLUMNS, receiver_of
from rekisteri.interfaces import rules
from rekisteri.interfaces.models import Call, Connection, Key
from rekisteri.interfaces.operations import Entry
from rekisteri.interfaces.problems import Problem
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import connection, db

EXPOSED = audit.event("interface.key_exposed", "avain on lähetetty osoitteessa", fields={"key": int})
_KEY = (
    select(
        Key.id,
        Key.connection_id,
        Key.expires_on,
        Key.ends_at,
        Key.revoked_at,
        Connection.networks,
        Connection.scopes,
        Connection.rate,
    )
    .join(Connection, Connection.id == Key.connection_id)
    .where(Key.hash == bindparam("hash"))
)
_ENTRY = (
    select(
        Key.window_at,
        Key.window_count,
        Connection.id,
        Connection.recipient_id,
        Connection.fields,
        Connection.use,
        Connection.ground,
        Connection.purpose,
        *COLUMNS,
    )
    .join(Connection, Connection.id == Key.connection_id)
    .join(Recipient, Recipient.id == Connection.recipient_id)
    .where(Key.id == bindparam("key"))
)
_COUNT = (
    update(Key.__table__)
    .where(Key.id == bindparam("key"))
    .values(window_at=bindparam("since"), window_count=bindparam("count"), used_at=bindparam("now"))
)
_LOG = insert(Call.__table__)
KEPT_BETWEEN_CLEANINGS = 1000


@dataclass(frozen=True)
class Caller:
    """Who calls, as the rows stood when the call came."""

    key_id: int
    connection_id: int
    held: rules.Held
    networks: list[str]
    scopes: list[str]
    rate: int

    def check(self, *, address: str | None) -> None:
        """Whether the key opens now, from where the call comes."""
        if rules.why_closed(self.held, now=now(), today=today()):
            raise Problem("bad-key")
        if not rules.is_inside(address, self.networks):
            raise Problem("wrong-network")


def caller_of(secret: str) -> Caller | None:
    """Whose key it is; None when nobody's."""
    row = connection().execute(_KEY, {"hash": rules.hash_of(secret)}).first()
    if row is None:
        return None
    held = rules.Held(row.expires_on, row.ends_at, row.revoked_at)
    return Caller(row.id, row.connection_id, held, row.networks, row.scopes, row.rate)


def enter(caller: Caller) -> Entry:
    """Count one call to the key's minute, and give the connection as it now stands.

    :raises Problem: there are too many; the call is then counted by whoever logs the refusal.
    """
    row, since, number = _count(caller)
    if number > caller.rate:
        wait = rules.seconds_left(since, now())
        raise Problem("too-many", headers={"Retry-After": str(wait)})
    return Entry(row.id, receiver_of(row), row.fields, row.use, row.ground, row.purpose)


def _count(caller: Caller) -> tuple[Any, datetime, int]:
    moment = now()
    row = connection().execute(_ENTRY, {"key": caller.key_id}).one()
    since, number = rules.count_call(since=row.window_at, count=row.window_count, now=moment)
    connection().execute(_COUNT, {"key": caller.key_id, "since": since, "count": number, "now": moment})
    return row, since, number


def log(caller: Caller, operation: str, *, status: int, outgoing_id: int | None = None, problem: str = "") -> None:
    """Put one call on the log."""
    row: dict[str, Any] = {
        "at": now(),
        "connection_id": caller.connection_id,
        "key_id": caller.key_id,
        "operation": operation,
        "status": status,
        "problem": problem,
        "outgoing_id": outgoing_id,
    }
    done = connection().execute(_LOG, row)
    if (done.inserted_primary_key or (1,))[0] % KEPT_BETWEEN_CLEANINGS == 0:
        forget_old()


def log_refusal(caller: Caller, operation: str, problem: Problem) -> None:
    """Count and log a call that was refused; of calls beyond the limit only the first, so that nobody can fill the log."""
    _entry, _since, number = _count(caller)
    if number <= caller.rate + 1:
        log(caller, operation, status=problem.status, problem=problem.code)


def forget_old() -> int:
    """Let go of what the log has kept long enough; the ledger of disclosures has its own time."""
    old = delete(Call).where(Call.at < now() - rules.FORGOTTEN_AFTER)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]


def note_exposed(caller: Caller) -> None:
    """A key that has been in an address stands in logs along the way, so it must be changed."""
    key = db.session.get_one(Key, caller.key_id)
    if key.exposed_at is None:
        key.exposed_at = now()
        audit.record(EXPOSED, subject=f"interface_connection:{caller.connection_id}", key=key.id)
