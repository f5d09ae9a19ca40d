"""Counting sign-in tries in the database, so that the count holds over workers and restarts."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from rekisteri.audit import service as audit
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db
from rekisteri.staff import events
from rekisteri.staff import sign_in_rules as rules
from rekisteri.staff.models import SignInThrottle, User


def count_try(*, username: str, address: str) -> timedelta:
    """Count one try before its password is looked at. How long to wait when it may not be made; then it is not counted."""
    moment = now()
    by_address = _row(f"address:{address}", moment)
    wait = rules.address_wait(by_address.tries, by_address.since, moment)
    if wait:
        return wait
    if rules.window_is_over(by_address.since, moment):
        by_address.tries, by_address.since = 0, moment
    by_address.tries += 1
    by_address.last_at = moment
    return _count_for_account(_row(account_key(username), moment), moment)


def _count_for_account(row: SignInThrottle, moment: datetime) -> timedelta:
    wait = rules.account_wait(row.tries, row.last_at, moment)
    if not wait:
        row.tries = rules.tries_now(row.tries, row.last_at, moment)
        row.last_at = moment
    return wait


def account_key(username: str) -> str:
    """The name as a hash: people type their password there by mistake."""
    return "account:" + hashlib.sha256(username.encode()).hexdigest()


def _row(key: str, moment: datetime) -> SignInThrottle:
    query = select(SignInThrottle).filter_by(key=key).with_for_update()
    row = db.session.scalar(query)
    if row is None:
        row = SignInThrottle(key=key, tries=0, since=moment, last_at=moment)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:  # PostgreSQL: a rival's first try was stored while we waited
            row = db.session.scalars(query).one()
    return row


def forgive(username: str) -> None:
    """The right password was given: start counting anew, and drop what nobody waits for any more."""
    db.session.execute(delete(SignInThrottle).where(SignInThrottle.key == account_key(username)))
    old = SignInThrottle.last_at < now() - rules.FORGOTTEN_AFTER
    unused = select(SignInThrottle.key).where(old).with_for_update(skip_locked=True)
    db.session.execute(delete(SignInThrottle).where(SignInThrottle.key.in_(unused)))


def current_wait(user: User) -> timedelta:
    """How long the user must now wait before the next try."""
    row = db.session.get(SignInThrottle, account_key(user.username))
    return rules.account_wait(row.tries, row.last_at, now()) if row else rules.NOTHING


def lift_wait(*, user: User, by: User) -> None:
    """Let a user who has mistyped, or whose name somebody else has tried, sign in at once."""
    forgive(user.username)
    audit.record(events.WAIT_LIFTED, subject=user.subject, by=by)
