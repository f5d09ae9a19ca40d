"""Where the register's bytes lie: the database with its log, and every file beside it.

On SQLite the files themselves are read: pages in use and free ones, the search index, the write-ahead log. PostgreSQL keeps
its files to itself, so every table is read as the server hands it out, byte for byte; what lies in the server's own files
after its VACUUM is the server's administrator's to look after.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import text

from rekisteri.erasure.reading import CHUNK
from rekisteri.erasure.searching import Search
from rekisteri.kernel.db import db

DATABASE, LOG = "tietokanta", "kirjausloki"
ATTEMPTS = 20
BACKUP_SUFFIXES = (".tar", ".rekisteri-backup")
"""Backups are no part of the register in use: they end by their own age, and a restored one is cleaned by the journal."""


def search(texts: list[str]) -> Search:
    """Seek the texts in every place."""
    found, files = Search(texts), [(f"tiedosto {path.name}", path) for path in _other_files()]
    if is_sqlite():
        files += [(_called(path), path) for path in _database_files()]
    else:
        for table in _tables():
            found.look(f"taulu {table}", _copied(table))
    found.look_at_files(files)
    return found


def names() -> list[str]:
    """The places in words, for the certificate."""
    database = (
        ["tietokannan tiedosto: taulut, historia, hakemistot ja vapautetut sivut", "tietokannan kirjausloki"]
        if is_sqlite()
        else ["tietokannan kaikki taulut"]
    )
    return [
        *database,
        "skannaukset, annetut asiakirjat ja tuontitiedostot niin kuin ne on tallennettu, pakattuja avaamatta",
        "ohjelman muut tiedostot ja lokit",
    ]


def is_sqlite() -> bool:
    """Whether the database is a file of ours."""
    return db.engine.dialect.name == "sqlite"


def settle() -> None:
    """Bring what was committed to its final place: the write-ahead log is emptied, on PostgreSQL dead rows are removed."""
    db.session.rollback()
    if not is_sqlite():
        _vacuum_postgresql()
        return
    for _ in range(ATTEMPTS):
        if _empty_log():
            return
        time.sleep(0.1)  # somebody reads an older moment; the search tells if that still matters


def _empty_log() -> bool:
    """Whether the write-ahead log could be emptied: not while somebody still reads from it."""
    with db.engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA busy_timeout=200")
        try:
            busy: int = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            driver.execute("PRAGMA busy_timeout=10000")
    return not busy


def size() -> int:
    """How many bytes there are in the database file."""
    return _database_path().stat().st_size


def rewrite() -> None:
    """Write the whole database anew, without the gaps in which old bytes may lie. Takes its time in a large register."""
    db.session.rollback()
    if is_sqlite():
        with db.engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("VACUUM")
        settle()


def _vacuum_postgresql() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        for table in _tables():
            connection.execute(text(f'VACUUM "{table}"'))
        connection.execute(text("RESET statement_timeout"))


def _database_path() -> Path:
    return Path(str(db.engine.url.database))


def _database_files() -> list[Path]:
    main = _database_path()
    return [
        path for path in (main, *(main.with_name(main.name + end) for end in ("-wal", "-journal"))) if path.exists()
    ]


def _called(path: Path) -> str:
    return LOG if path.name.endswith("-wal") else DATABASE


def _other_files() -> Iterator[Path]:
    data, database = Path(current_app.config["DATA"]), _database_path() if is_sqlite() else None
    for path in sorted(data.rglob("*")):
        own = database is not None and path.name in {
            f"{database.name}{end}" for end in ("", "-wal", "-shm", "-journal")
        }
        if path.is_file() and not own and not path.name.endswith(BACKUP_SUFFIXES):
            yield path


def _tables() -> list[str]:
    return [table.name for table in db.metadata.sorted_tables]


def _copied(table: str) -> Iterator[bytes]:
    """A table as the server hands it out: text as UTF-8, bytes as they are."""
    connection: Any = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("SET statement_timeout = 0")
        with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
            yield from _gathered(bytes(part) for part in copy)
        connection.rollback()
    finally:
        connection.close()


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Rows come one by one; they are sought through many at a time."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
