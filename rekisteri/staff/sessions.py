"""Sessions kept on the server: ending the row ends the session, whatever cookies somebody has copied."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from rekisteri.audit import service as audit
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db
from rekisteri.staff import events
from rekisteri.staff import sign_in_rules as rules
from rekisteri.staff.models import User, UserSession


def digest(token: str) -> str:
    """What is stored of a secret that only its holder knows."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(*, user: User, browser: str) -> str:
    """Begin a session and return its token (256 bits), which is stored nowhere but in the cookie."""
    token = secrets.token_urlsafe(32)
    moment = now()
    _forget_old(user, moment)
    row = UserSession(
        token_hash=digest(token), user_id=user.id, started_at=moment, last_seen_at=moment, browser=browser[:80]
    )
    db.session.add(row)
    user.session_token = token
    return token


def _forget_old(user: User, moment: datetime) -> None:
    """Sessions that ended long ago are of no use to anybody; the log keeps when they began."""
    old = UserSession.started_at < moment - rules.SESSION_KEPT
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id, old))


def find(token: str | None) -> UserSession | None:
    """The session of a token, alive or not."""
    if not token:
        return None
    return db.session.scalar(select(UserSession).where(UserSession.token_hash == digest(token)))


def touch(session_id: int) -> None:
    """Note that the session is in use."""
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(last_seen_at=now()))


def list_alive(user: User) -> Sequence[UserSession]:
    """The user's sessions that still let in (`visitor_of`), the newest first."""
    if not user.active:
        return []
    query = (
        select(UserSession)
        .where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
        .order_by(UserSession.started_at.desc())
    )
    moment = now()
    return [row for row in db.session.scalars(query) if not rules.ended(row.started_at, row.last_seen_at, moment)]


def sign_out(*, token: str | None, user: User) -> None:
    """End the session of one's own that the token stands for."""
    if token and _end(UserSession.token_hash == digest(token), reason="sign_out"):
        audit.record(events.SIGNED_OUT, subject=user.subject, by=user)


def replace(*, token: str | None) -> None:
    """End the session that a browser still carries when somebody signs in with it anew."""
    if token:
        _end(UserSession.token_hash == digest(token), reason="replaced")


def end_all(*, user: User, reason: str, by: User | None, but: str | None = None) -> int:
    """End all of a user's sessions.

    :param but: the token of a session that goes on (one's own, when one ends the others).
    """
    condition = UserSession.user_id == user.id
    if but:
        condition &= UserSession.token_hash != digest(but)
    count = _end(condition, reason=reason)
    if count:
        audit.record(events.SESSIONS_ENDED, subject=user.subject, by=by, sessions=count, reason=reason)
    return count


def _end(condition: object, *, reason: str) -> int:
    ending = (
        update(UserSession)
        .where(condition, UserSession.ended_at.is_(None))  # type: ignore[arg-type]
        .values(ended_at=now(), ended_reason=reason)
    )
    return db.session.execute(ending).rowcount  # type: ignore[attr-defined]
