"""Who makes a request: what the gate and the pages ask of a signed-in person, read in one query before anything else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select

from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.staff import rules
from rekisteri.staff import sign_in_rules as lives
from rekisteri.staff.models import Commitment, User, UserRole, UserSession

_WHO = (
    select(
        UserSession.id,
        UserSession.started_at,
        UserSession.last_seen_at,
        UserSession.ended_at,
        User.id.label("user_id"),
        User.username,
        User.full_name,
        User.must_change_password,
        User.active,
        UserRole.role,
        Commitment.signed_on,
        Commitment.revoked_on,
    )
    .join(User, User.id == UserSession.user_id)
    .outerjoin(UserRole, UserRole.user_id == User.id)
    .outerjoin(Commitment, Commitment.user_id == User.id)
    .where(UserSession.token_hash == bindparam("token_hash"))
)


@dataclass(frozen=True)
class Visitor:
    """A signed-in person as the rows stood when the request began.

    Not kept from one request to the next: what is taken away from a person is gone at their next click.
    """

    id: int
    username: str
    full_name: str
    must_change_password: bool
    roles: frozenset[str]
    committed: bool
    session_id: int
    last_seen_at: datetime
    allowed: frozenset[str] = field(init=False)

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "allowed", _allowed(self.roles, self.committed))

    @property
    def subject(self) -> str:
        """What the processing log calls this person."""
        return f"user:{self.id}"

    @property
    def account(self) -> User:
        """The person's own row, for what is done in their name."""
        return db.session.get_one(User, self.id)

    def why_not(self, permission: str) -> str | None:
        """Why this person may not do what `permission` stands for; None when they may."""
        if permission in self.allowed:
            return None
        return rules.why_not(permission, roles=self.roles, committed=self.committed)


@lru_cache(maxsize=32)
def _allowed(roles: frozenset[str], committed: bool) -> frozenset[str]:
    """What the table of roles gives; the table itself changes only with the program."""
    return frozenset(code for code in rules.PERMISSIONS if not rules.why_not(code, roles=roles, committed=committed))


def visitor_of(token_hash: str) -> Visitor | None:
    """The person whose session lives under this token: not ended, not run out, and its user in use."""
    found = db.session.connection().execute(_WHO, {"token_hash": token_hash}).all()
    if not found:
        return None
    row = found[0]
    if row.ended_at is not None or not row.active or lives.ended(row.started_at, row.last_seen_at, now()):
        return None
    return Visitor(
        id=row.user_id,
        username=row.username,
        full_name=row.full_name,
        must_change_password=row.must_change_password,
        roles=frozenset(one.role for one in found if one.role),
        committed=_is_committed(found),
        session_id=row.id,
        last_seen_at=row.last_seen_at,
    )


def _is_committed(rows: Iterable[Any]) -> bool:
    signed = (rules.Signed(one.signed_on, one.revoked_on) for one in rows if one.signed_on)
    day = today()
    return any(rules.in_force(commitment, day) for commitment in signed)
