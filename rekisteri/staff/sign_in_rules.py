"""How guessing is slowed down, and how long a session lives.

Followed is OWASP ASVS 5.0, 6.3.1 and 7.3: the wait grows with each failure but has a ceiling, so nobody can lock another
person out for good; a session ends when it is not used and, used or not, after a working day.
"""

from datetime import datetime, timedelta

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)
ADDRESS_TRIES = 30
ADDRESS_WINDOW = timedelta(minutes=1)

IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=12)
TOUCH_INTERVAL = timedelta(minutes=1)
SESSION_KEPT = timedelta(days=30)
ONE_TIME_PASSWORD_LIVES = timedelta(days=7)

NOTHING = timedelta()


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries in a row: five are free, then 2, 4, 8 … seconds, at most a quarter of an hour."""
    if tries < FREE_TRIES:
        return NOTHING
    return min(timedelta(seconds=2 ** min(tries - FREE_TRIES + 1, 20)), LONGEST_WAIT)


def account_wait(tries: int, last_at: datetime, now: datetime) -> timedelta:
    """How long a user name must still wait. Never longer than the wait itself, even if the clock was set back."""
    wait = wait_after(tries)
    return max(NOTHING, min(last_at + wait - now, wait))


def tries_now(tries: int, last_at: datetime, now: datetime) -> int:
    """The number of the try that is about to be made; after a quiet hour the earlier ones are forgotten."""
    return 1 if now - last_at >= FORGOTTEN_AFTER else tries + 1


def address_wait(tries: int, since: datetime, now: datetime) -> timedelta:
    """How long a network address must still wait: thirty tries a minute, whatever names they were for."""
    if tries < ADDRESS_TRIES or not since <= now < since + ADDRESS_WINDOW:
        return NOTHING
    return since + ADDRESS_WINDOW - now


def window_is_over(since: datetime, now: datetime) -> bool:
    """Whether an address starts counting from the beginning."""
    return not since <= now < since + ADDRESS_WINDOW


def wait_sentence(wait: timedelta) -> str:
    """What the person reads who must wait."""
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    if seconds == 1:
        span = "sekunnin"
    elif seconds < 60:
        span = f"{seconds} sekunnin"
    elif seconds <= 90:
        span = "minuutin"
    else:
        span = f"{-(-seconds // 60)} minuutin"
    return f"Kirjautumista on yritetty liian monta kertaa. Yritä uudelleen {span} kuluttua."


def ended(started_at: datetime, last_seen_at: datetime, now: datetime) -> str | None:
    """Why a session has run out by itself, or None while it lives."""
    if now - started_at >= ABSOLUTE_LIMIT:
        return "absolute"
    return "idle" if now - last_seen_at >= IDLE_LIMIT else None


def is_to_be_touched(last_seen_at: datetime, now: datetime) -> bool:
    """Whether use is noted again: at most once a minute, so that reading does not turn into writing."""
    return now - last_seen_at >= TOUCH_INTERVAL


def one_time_password_is_over(set_at: datetime | None, now: datetime) -> bool:
    """Whether a password given for the first sign-in was left unused for so long that it no longer counts."""
    return set_at is None or now - set_at >= ONE_TIME_PASSWORD_LIVES


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def describe_browser(user_agent: str) -> str:
    """A browser as its owner knows it (”Firefox, Windows”), to tell one's own sessions apart by."""
    named = [next((name for sign, name in known if sign in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in named if name) or "Tuntematon selain"
