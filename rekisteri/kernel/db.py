"""The database: one transaction at the edge, the same on SQLite and PostgreSQL.

Reading happens in a snapshot; writing only inside `transaction()`, which takes the write lock first. So whatever a use
case checks is still true when it is saved, and an update is never lost silently.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, String, TypeDecorator, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from rekisteri.kernel.clock import now
from rekisteri.kernel.errors import Conflict, Repeated


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


class Submission(db.Model):  # type: ignore[name-defined, misc]
    """A form that has been done once. Its key came with the form, so a double click finds the first one's result."""

    __tablename__ = "submission"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    location: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class NumberSeries(db.Model):  # type: ignore[name-defined, misc]
    """The last number given in a yearly series; a rolled-back transaction gives its number back."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Transaction:
    """What a view may say about the transaction it runs: where its result is to be seen."""

    location: str = "/"


_writing: ContextVar[bool] = ContextVar("writing", default=False)
_before_commit: list[Callable[[], None]] = []


def before_commit(hook: Callable[[], None]) -> Callable[[], None]:
    """Run `hook` as the last step of every transaction (the audit chain is appended there)."""
    _before_commit.append(hook)
    return hook


def after_commit(action: Callable[[], None]) -> None:
    """Run `action` once the transaction in progress has been committed, outside any lock. Forgotten if it fails."""
    db.session.info.setdefault("after_commit", []).append(action)


@contextmanager
def transaction(once: str | None = None) -> Iterator[Transaction]:
    """The only commit in the application.

    Ends the read snapshot, so that objects loaded before are read again under the write lock.

    :param once: the form's key. The second transaction with the same key does nothing and raises `Repeated`.
    :raises Conflict: another transaction changed a row that this one changes.
    """
    if _writing.get():
        raise RuntimeError("a transaction inside a transaction")
    session = db.session
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
        actions = session.info.pop("after_commit", [])
    for action in actions:
        action()


def _claim(key: str) -> Submission:
    done = db.session.get(Submission, key)
    if done is None:
        submission = Submission(key=key)
        db.session.add(submission)
        try:
            db.session.flush()
            return submission
        except IntegrityError:  # PostgreSQL: the rival has committed while we waited for its row
            db.session.rollback()
            done = db.session.get(Submission, key)
    raise Repeated(done.location if done else "/")


def new_key() -> str:
    """A fresh key for one form on one page."""
    return secrets.token_urlsafe(18)


def next_number(series: str, year: int) -> int:
    """The next number of a yearly series: without gaps and without doubles, also when rivals ask at once."""
    if not _writing.get():
        raise RuntimeError("a number is taken only inside a transaction")
    query = select(NumberSeries).filter_by(name=series, year=year).with_for_update()
    row = db.session.scalar(query)
    if row is None:
        row = NumberSeries(name=series, year=year, last=0)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            row = db.session.scalars(query).one()
    row.last += 1
    db.session.flush()
    return row.last


def init_database(app: Flask) -> None:
    """Bind the database to the application and set what each connection must have."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _prepare_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN loses updates; ours is in `_begin_sqlite`
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
