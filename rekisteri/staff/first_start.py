"""Taking an empty register into use: a one-time link with which the first user is made in the browser."""

import secrets
from datetime import date

from sqlalchemy import select, update

from rekisteri.audit import service as audit
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff import events, service
from rekisteri.staff.commitments import record_commitment
from rekisteri.staff.models import FirstLink, User
from rekisteri.staff.sessions import digest

USED = "Linkki on jo käytetty. Kirjaudu sisään tunnuksella, joka sillä luotiin."


def make_link() -> str | None:
    """The token of a new one-time link; those made before no longer count. None when there is a user already."""
    if not service.is_empty():
        return None
    token = secrets.token_urlsafe(32)
    db.session.execute(update(FirstLink).where(FirstLink.used_at.is_(None)).values(used_at=now()))
    db.session.add(FirstLink(token_hash=digest(token)))
    audit.record(events.FIRST_LINK_MADE, subject="register:1")
    return token


def is_open(token: str) -> bool:
    """Whether the link still makes the first user."""
    row = db.session.get(FirstLink, digest(token))
    return row is not None and row.used_at is None and service.is_empty()


def create_first_user(
    *,
    token: str,
    username: str,
    full_name: str,
    title: str,
    roles: list[str],
    password_hash: str,
    signed_on: date,
    place: str,
    today: date,
) -> User:
    """Make the first user, who has signed the commitment and records it: so that a company of one can begin.

    :raises RuleViolation: the link has been used, by whoever it was.
    """
    row = db.session.scalar(select(FirstLink).filter_by(token_hash=digest(token)).with_for_update())
    if row is None or row.used_at is not None or not service.is_empty():
        raise RuleViolation(USED)
    row.used_at = now()
    user = service.create_user(
        username=username, full_name=full_name, title=title, roles=roles, password_hash=password_hash
    )
    record_commitment(user=user, signed_on=signed_on, place=place, today=today, by=user)
    audit.record(events.FIRST_LINK_USED, subject=user.subject, by=user)
    return user
