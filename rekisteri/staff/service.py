"""The users: who they are, what they may do, whether they are still in use."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from rekisteri.audit import service as audit
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import check_version, db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import sort_key
from rekisteri.staff import events, rules, sessions
from rekisteri.staff.models import User, UserRole

NAME_TAKEN = "Käyttäjätunnus on jo käytössä. Valitse toinen."


def find_user(username: str) -> User | None:
    """The user of this user name, however it is capitalised."""
    return db.session.scalar(select(User).where(User.username == username.strip().casefold()))


def list_users() -> Sequence[User]:
    """Everybody, those in use first, then by name."""
    query = select(User).options(selectinload(User.role_rows), selectinload(User.commitments))
    return sorted(db.session.scalars(query), key=lambda user: (not user.active, sort_key(user.full_name)))


def names(ids: Iterable[int]) -> dict[int, str]:
    """The full names of these users, for pages that know only ids."""
    query = select(User.id, User.full_name).where(User.id.in_(list(ids)))
    return {user.id: user.full_name for user in db.session.execute(query)}


def is_empty() -> bool:
    """Whether the register has no user yet."""
    return db.session.scalar(select(User.id).limit(1)) is None


def create_user(
    *,
    username: str,
    full_name: str,
    roles: Iterable[str],
    title: str = "",
    employer: str = "",
    password_hash: str = "",
    must_change_password: bool = False,
    by: User | None = None,
) -> User:
    """Add a named person. Without a password hash the person cannot sign in yet.

    :param by: who adds; None for the command line.
    """
    chosen = rules.check_roles(roles)
    user = User(
        username=rules.check_username(username),
        full_name=full_name,
        title=title,
        employer=employer,
        password_hash=password_hash,
        password_set_at=now() if password_hash else None,
        must_change_password=must_change_password,
        role_rows=[UserRole(role=role) for role in chosen],
    )
    _save(user)
    audit.record(events.CREATED, subject=user.subject, by=by, roles=chosen)
    return user


def change_user(
    *,
    user: User,
    version: int | None,
    username: str,
    full_name: str,
    title: str,
    employer: str,
    roles: Iterable[str],
    by: User,
) -> None:
    """Change who a person is or what they may do. New roles end the person's sessions, so that they hold at once.

    :raises Conflict: somebody else changed the same person after the form was opened.
    """
    check_version(user, version, theirs=shown(user))
    chosen = rules.check_roles(roles)
    given = {
        "username": rules.check_username(username),
        "full_name": full_name,
        "title": title,
        "employer": employer,
    }
    changed = [name for name, value in given.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, given[name])
    if changed:
        audit.record(events.CHANGED, subject=user.subject, by=by, fields=changed)
    if chosen != user.roles:
        _give_roles(user, chosen, by=by)
    user.changed_at = now()  # a change of roles alone must also be a new version
    _save(user)


def shown(user: User) -> dict[str, str]:
    """What stands in the register, by the fields of the form."""
    return {
        "username": user.username,
        "full_name": user.full_name,
        "title": user.title,
        "employer": user.employer,
        "roles": user.role_names,
    }


def _save(user: User) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        raise RuleViolation(NAME_TAKEN, field="username") from error


def _give_roles(user: User, roles: list[str], *, by: User | None) -> None:
    before = user.roles
    if rules.ADMIN_ROLE in before and rules.ADMIN_ROLE not in roles and user.active:
        rules.check_admin_remains(other_admins=_other_admins(user))
    kept = {row.role: row for row in user.role_rows}
    user.role_rows = [kept.get(role) or UserRole(role=role) for role in roles]
    audit.record(events.ROLES_CHANGED, subject=user.subject, by=by, before=before, after=roles)
    sessions.end_all(user=user, reason="roles", by=by)


def _other_admins(user: User) -> int:
    """How many others can manage the users. Their rows are locked: two admins may not remove each other at once."""
    query = (
        select(User.id)
        .join(UserRole)
        .where(UserRole.role == rules.ADMIN_ROLE, User.active)
        .order_by(User.id)
        .with_for_update(of=User)
    )
    return sum(found != user.id for found in db.session.scalars(query))


def disable(*, user: User, by: User | None) -> None:
    """Put a person out of use, for example on the day they leave: signed out at once everywhere."""
    if not user.active:
        return
    if rules.ADMIN_ROLE in user.roles:
        rules.check_admin_remains(other_admins=_other_admins(user))
    user.active = False
    user.changed_at = now()
    audit.record(events.DISABLED, subject=user.subject, by=by)
    sessions.end_all(user=user, reason="disabled", by=by)


def enable(*, user: User, by: User | None) -> None:
    """Bring a person back into use, with the roles and commitments they had."""
    if user.active:
        return
    user.active = True
    user.changed_at = now()
    audit.record(events.ENABLED, subject=user.subject, by=by)


def give_one_time_password(*, user: User, password_hash: str, by: User | None) -> None:
    """A password that lets in once, to choose one's own: for a new user, or one who has forgotten theirs."""
    _set_password(user, password_hash, must_change=True)
    audit.record(events.PASSWORD_GIVEN, subject=user.subject, by=by)
    sessions.end_all(user=user, reason="password", by=by)


def change_password(*, user: User, password_hash: str, by: User | None) -> None:
    """A password that its owner has chosen. Whoever used the old one is signed out."""
    _set_password(user, password_hash, must_change=False)
    audit.record(events.PASSWORD_CHANGED, subject=user.subject, by=by)
    sessions.end_all(user=user, reason="password", by=by)


def _set_password(user: User, password_hash: str, *, must_change: bool) -> None:
    user.password_hash = password_hash
    user.password_set_at = now()
    user.must_change_password = must_change
