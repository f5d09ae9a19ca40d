"""Letting in, or not: who says they are whom, and knows the password.

Two transactions, because the try is counted before the slow hash and whatever comes of it afterwards: a hundred guesses sent
at once are a hundred counted guesses.
"""

from datetime import timedelta

from rekisteri.audit import service as audit
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff import events, passwords, service, sessions, throttle
from rekisteri.staff import sign_in_rules as rules
from rekisteri.staff.models import User
from rekisteri.staff.rules import NOT_ACTIVE

WRONG = "Käyttäjätunnus tai salasana on väärä."
NOT_YOURS = "Nykyinen salasana on väärä."
RUN_OUT = "Kertakäyttösalasana on vanhentunut. Pyydä pääkäyttäjältä uusi."


class TooManyTries(Exception):
    """The next try has to wait (HTTP 429). It was not made, so it is no violation of a rule and costs nothing."""

    def __init__(self, wait: timedelta) -> None:
        self.sentence = rules.wait_sentence(wait)
        super().__init__(self.sentence)
        self.wait = wait


def admit(*, username: str, password: str, address: str, browser: str, carried: str | None) -> User:
    """The user, with a new session whose token is on the object.

    :param carried: the token of the session that the browser still holds; it ends.
    :raises TooManyTries: this name or this address has been tried too often.
    :raises RuleViolation: the name, the password, or the state of the user lets nobody in.
    """
    name = username.strip().casefold()
    _count(name, address)
    known = service.find_user(name)
    user_id, stored = (known.id, known.password_hash) if known else (None, "")
    db.session.rollback()  # no snapshot is held while the hash is computed
    right = passwords.is_right(stored, password)
    fresh = passwords.renewed(stored, password) if right else None
    with transaction():
        user = db.session.get(User, user_id) if user_id else None
        refusal = _refusal(user, stored) if right else WRONG
        if user is None or refusal:
            audit.record(events.SIGN_IN_FAILED, subject=user.subject if user else "user:unknown")
        else:
            user.password_hash = fresh or user.password_hash
            throttle.forgive(name)
            sessions.replace(token=carried)
            sessions.start(user=user, browser=browser)
            audit.record(events.SIGNED_IN, subject=user.subject, by=user)
    if user is None or refusal:
        raise RuleViolation(refusal or WRONG)
    return user


def _refusal(user: User | None, stored: str) -> str | None:
    """Why a person who knows the password is not let in. The password may have been changed while it was compared."""
    if user is None or user.password_hash != stored:
        return WRONG
    if not user.active:
        return NOT_ACTIVE
    if user.must_change_password and rules.one_time_password_is_over(user.password_set_at, now()):
        return RUN_OUT
    return None


def confirm(*, user: User, password: str, address: str) -> None:
    """Make sure that the person at the keyboard is still the one who signed in, before their password is changed.

    :raises RuleViolation: the password is not theirs; counted like a try to sign in.
    """
    username, stored = user.username, user.password_hash
    _count(username, address)
    if not passwords.is_right(stored, password):
        raise RuleViolation(NOT_YOURS, field="current")


def _count(username: str, address: str) -> None:
    with transaction():
        wait = throttle.count_try(username=username, address=address)
    if wait:
        raise TooManyTries(wait)
