"""The database: one transaction at the edge, the same on SQLite and PostgreSQL.

Reading happens in a snapshot; writing only inside `transaction()`, which takes the write lock first. So whatever a use
case checks is still true when it is saved, and an update is never lost silently. The lock is one for the whole register:
SQLite has no other, and PostgreSQL takes an advisory one, so that a rule that looks at several rows holds there as well.
"""

import logging
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, MetaData, String, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from rekisteri.kernel.clock import now
from rekisteri.kernel.errors import Conflict, Repeated, without_text

log = logging.getLogger(__name__)
WRITE_LOCK = 0x52454B49  # any number, the same in every process


class Base(DeclarativeBase):
    """Every constraint gets a name of its own from the first revision on, so that a later revision can drop it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Aware datetimes go in and come out in UTC, also on SQLite, which knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must be aware")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def sort_key_type(length: int = 200) -> String:
    """A column for `formats.sort_key` values: compared byte by byte on both databases."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Versioned:
    """A row that two people may have open at once. The form carries the version it was read at."""

    version: Mapped[int] = mapped_column(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - called with the class
        return {"version_id_col": cls.version}


def check_version(row: Versioned, version: int | None, *, theirs: dict[str, str] | None = None) -> None:
    """Raise `Conflict` unless the form was filled from the row as it now is.

    The mapper's own check sees only saves that overlap in the database; two forms open on two desks need this one.
    """
    if version != row.version:
        raise Conflict(theirs=theirs, version=row.version)


class Submission(db.Model):  # type: ignore[name-defined]
    """A form that has been done once. Its key came with the form, so a double click finds the first one's result."""

    __tablename__ = "submission"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    location: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class NumberSeries(db.Model):  # type: ignore[name-defined]
    """The last number given in a yearly series; a rolled-back transaction gives its number back."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Transaction:
    """What a view may say about the transaction it runs: where its result is to be seen."""

    location: str = "/"


_writing: ContextVar[bool] = ContextVar("writing", default=False)
_patient = False
_before_commit: list[Callable[[], None]] = []


def before_commit(hook: Callable[[], None]) -> Callable[[], None]:
    """Run `hook` as the last step of every transaction (the audit chain is appended there)."""
    _before_commit.append(hook)
    return hook


def after_commit(action: Callable[[], None]) -> None:
    """Run `action` once the transaction in progress has been committed, outside any lock. Forgotten if it fails.

    What it does may fail without undoing the transaction, so it must be something that can be done again later.
    """
    require_transaction("work for after the commit")
    db.session.info.setdefault("after_commit", []).append(action)


def require_transaction(what: str) -> None:
    """Raise RuntimeError outside a transaction, where `what` would be lost in silence."""
    if not _writing.get():
        raise RuntimeError(f"{what} belongs inside a transaction")


def connection() -> Connection:
    """Where a ready statement is run that needs no objects; of the transaction in progress it is asked for once."""
    if not _writing.get():
        return db.session.connection()
    info = db.session.info
    if "connection" not in info:
        info["connection"] = db.session.connection()
    found: Connection = info["connection"]
    return found


@contextmanager
def transaction(once: str | None = None) -> Iterator[Transaction]:
    """The only commit in the application.

    Ends the read snapshot, so that objects loaded before are read again under the write lock.

    :param once: the form's key. The second transaction with the same key does nothing and raises `Repeated`.
    :raises Conflict: another transaction changed a row that this one changes.
    """
    session = db.session
    if _writing.get():
        raise RuntimeError("a transaction inside a transaction")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed before the transaction and would be lost")
    session.rollback()
    session.info.clear()
    token = _writing.set(True)
    outcome = Transaction()
    try:
        submission = _claim(once) if once else None
        yield outcome
        session.flush()
        for hook in _before_commit:
            hook()
        if submission is not None:
            submission.location = outcome.location
        session.commit()
    except StaleDataError as error:
        session.rollback()
        raise Conflict from error
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(token)
        session.info.pop("connection", None)
        actions = session.info.pop("after_commit", [])
    for action in actions:
        _run_afterwards(action)


def _run_afterwards(action: Callable[[], None]) -> None:
    try:
        action()
    except Exception as error:
        db.session.rollback()
        log.error("work after the commit failed: %s", type(error).__name__, exc_info=without_text(error))


def _claim(key: str) -> Submission:
    done = db.session.get(Submission, key)
    if done is not None:
        raise Repeated(done.location)
    submission = Submission(key=key)
    db.session.add(submission)
    return submission


def new_key() -> str:
    """A fresh key for one form on one page."""
    return secrets.token_urlsafe(18)


def next_number(series: str, year: int) -> int:
    """The next number of a yearly series: without gaps and without doubles, also when rivals ask at once."""
    return next_numbers(series, year, 1)[0]


def reach_number(series: str, year: int, number: int) -> None:
    """Let a yearly series go on after a number that was given before a restore."""
    if (row := db.session.get(NumberSeries, (series, year))) is None:
        db.session.add(NumberSeries(name=series, year=year, last=number))
    else:
        row.last = max(row.last, number)


def next_numbers(series: str, year: int, count: int) -> range:
    """So many next numbers of a yearly series at once."""
    require_transaction("taking a number")
    row = db.session.get(NumberSeries, (series, year))
    if row is None:
        row = NumberSeries(name=series, year=year, last=0)
        db.session.add(row)
    row.last += count
    db.session.flush()
    return range(row.last - count + 1, row.last + 1)


def init_database(app: Flask) -> None:
    """Bind the database to the application and set what each connection must have."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "do_connect", _keep_private)
            event.listen(db.engine, "connect", _prepare_sqlite)
        begin = _begin_sqlite if db.engine.dialect.name == "sqlite" else _begin_postgresql
        setattr(db.engine.dialect, "do_begin", begin)  # noqa: B010 - a listener of "begin" would slow every statement


def _keep_private(_dialect: Any, _record: Any, arguments: list[Any], _options: dict[str, Any]) -> None:
    """A new database file is for this user only; SQLite gives its companions (-wal, -shm) the same rights."""
    path = str(arguments[0])
    if not path.startswith((":", "file:")):
        with suppress(OSError):
            os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN loses updates; ours is in `_begin_sqlite`
    cursor = connection.cursor()
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    with suppress(connection.OperationalError):  # a database that can only be read stays as it is
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def be_patient() -> None:
    """Let statements of this process take the time they need on PostgreSQL: nobody waits for a page where a command runs."""
    global _patient
    _patient = True


def _begin_postgresql(connection: Any) -> None:
    """Reading sees one moment (REPEATABLE READ, set for the engine); writing sees what the last writer left."""
    if _writing.get():
        connection.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    if _patient:
        connection.execute("SET LOCAL statement_timeout = 0")
    if _writing.get():
        connection.execute(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
