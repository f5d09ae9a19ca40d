"""Copying and putting back a register in PostgreSQL, by its own tools."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import URL, make_url, text

from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation

IN_USE = "Rekisteri on käytössä. Sammuta palvelin palautuksen ajaksi."
BESIDE, KEPT = "_palautus_", "_ennen_"


@contextmanager
def dumping(target: Path) -> Iterator[bool]:
    """Write one moment of the database into a file, while others read and write; the block reads the same moment."""
    db.session.rollback()
    snapshot = db.session.scalar(text("SELECT pg_export_snapshot()"))
    _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", to=db.engine.url)
    target.chmod(0o600)
    yield True
    db.session.rollback()


def reading(dump: Path) -> str:
    """The address of the register in use, once the dump has been read to its end: it opens in PostgreSQL only by loading."""
    _run("pg_restore", "--file=/dev/null", str(dump))
    return db.engine.url.render_as_string(hide_password=False)


def load(dump: Path) -> str:
    """The address of a new database with the dump's content, beside the one in use."""
    name = f"{db.engine.url.database}{BESIDE}{token_hex(4)}"
    with _maintenance() as connection:
        _said(connection, f'CREATE DATABASE "{name}" TEMPLATE template0{_alike(connection)}')
    url = db.engine.url.set(database=name)
    try:
        options = ("--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", "--single-transaction")
        _run("pg_restore", *options, f"--dbname={name}", str(dump), to=url)
    except BaseException:
        discard(url.render_as_string(hide_password=False))
        raise
    return url.render_as_string(hide_password=False)


def _alike(connection: Any) -> str:
    """The encoding and the language of the database in use, for the new one; PostgreSQL 17 has renamed a column."""
    query = "SELECT to_jsonb(one), pg_encoding_to_char(encoding) FROM pg_database one WHERE datname = %s"
    told, encoding = connection.execute(query, (db.engine.url.database,)).fetchone()
    given = {"ENCODING": encoding, "LC_COLLATE": told["datcollate"], "LC_CTYPE": told["datctype"]}
    if told.get("datlocprovider") == "i":
        given |= {"LOCALE_PROVIDER": "icu", "ICU_LOCALE": told.get("daticulocale") or told.get("datlocale")}
    return "".join(f" {name} '{value}'" for name, value in given.items())


def discard(url: str) -> None:
    """Drop a database of ours beside the one in use."""
    with _maintenance() as connection:
        _said(connection, f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


def clear_leftovers() -> None:
    """Drop what a killed restore left behind: it holds people's data."""
    for name in _databases(BESIDE):
        discard(db.engine.url.set(database=name).render_as_string(hide_password=False))


def faults() -> Iterator[str]:
    """PostgreSQL watches over its pages and references itself."""
    yield from ()


def compact() -> None:
    """Leave nothing of what was erased in the tables' pages."""
    db.session.remove()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM FULL")


def check_idle() -> None:
    """Let our own connections go.

    :raises RuleViolation: a server or somebody else is connected.
    """
    name = db.engine.url.database
    db.session.remove()
    db.engine.dispose()
    with _maintenance() as connection:
        others = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (name,)).fetchone()[0]
    if others:
        raise RuleViolation(IN_USE)


def take_into_use(url: str, kept: Path) -> str:
    """Let the prepared database and the old one change names in one transaction, so that a cut leaves either.

    Returns where the old one is.
    """
    check_idle()
    name, old = db.engine.url.database, f"{db.engine.url.database}{KEPT}{kept.name.rpartition('palautusta-')[2]}"
    with _maintenance(autocommit=False) as connection:
        _said(connection, f'ALTER DATABASE "{name}" RENAME TO "{old}"', busy=IN_USE)
        _said(connection, f'ALTER DATABASE "{make_url(url).database}" RENAME TO "{name}"', busy=IN_USE)
        connection.commit()
    return f"tietokannassa {old}"


def _databases(mark: str) -> list[str]:
    with _maintenance() as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return [name for (name,) in rows if name.startswith(f"{db.engine.url.database}{mark}")]


def kept_databases() -> list[str]:
    """Old registers that restores have put aside."""
    return _databases(KEPT)


@contextmanager
def _maintenance(*, autocommit: bool = True) -> Iterator[Any]:
    """A connection to the server's own database: another one can be neither made nor renamed from inside itself."""
    import psycopg

    url = db.engine.url
    given = {"host": url.host, "port": url.port, "user": url.username, "password": url.password, **url.query}
    known: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    with psycopg.connect(dbname="postgres", autocommit=autocommit, **known) as connection:
        yield connection


def _said(connection: Any, statement: str, *, busy: str = "") -> None:
    import psycopg

    try:
        connection.execute(statement)
    except psycopg.errors.ObjectInUse as error:
        raise RuleViolation(busy or IN_USE) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise RuleViolation(
            "Tietokannan käyttäjä ei saa luoda tietokantaa, johon kopio palautetaan."
            " Pyydä ylläpitäjää antamaan oikeus CREATEDB."
        ) from error


def _run(program: str, *arguments: str, to: URL | None = None) -> None:
    """Run a tool of PostgreSQL; how to connect goes by the environment, so that no password stands in a list of processes."""
    try:
        done = subprocess.run(
            [program, *arguments], env=os.environ | (_environment(to) if to else {}), capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise RuleViolation(f"Ohjelma {program} puuttuu. Asenna paketti postgresql-client.") from error
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["syytä ei kerrottu"])[0]
        raise RuleViolation(f"{program} ei onnistunut: {told}")


def _environment(url: URL) -> dict[str, str]:
    given = {
        "PGDATABASE": url.database,
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port and str(url.port),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGSSLMODE": url.query.get("sslmode"),
    }
    return {name: str(value) for name, value in given.items() if value}
