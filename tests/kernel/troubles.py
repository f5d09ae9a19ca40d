"""What befalls a database in use: a full disk, rights taken away, a colleague who keeps it locked, a server that is gone."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, text

from rekisteri.kernel.db import db

BALLAST = "ballast"
REFUSE_ALL = """
CREATE OR REPLACE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER disk_is_full BEFORE INSERT OR UPDATE ON trial_note FOR EACH ROW EXECUTE FUNCTION disk_is_full();
"""


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


@contextmanager
def on_each_connection(do: Callable[[Any], None]) -> Iterator[None]:
    """Do something to every connection of the application for a while."""

    def on_connect(connection: Any, _record: Any) -> None:
        do(connection)

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", on_connect)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", on_connect)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A folder on a disk of 2 MB where the machine lets us mount one; else an ordinary folder."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True
    ).returncode
    try:
        yield folder
    finally:
        if mounted == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """While this lasts, nothing more fits on the disk: truly on a small one, else by the database's own limit."""
    if not is_sqlite():
        db.session.execute(text(REFUSE_ALL))
        db.session.commit()
        yield
        db.session.execute(text("DROP TRIGGER disk_is_full ON trial_note"))
        db.session.commit()
    elif folder.is_mount():
        _fill(folder / BALLAST)
        yield
        (folder / BALLAST).unlink()
    else:
        with on_each_connection(lambda connection: connection.execute("PRAGMA max_page_count = 1")):
            yield


def _fill(ballast: Path) -> None:
    """Write until not one byte more is taken."""
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue


def read_only() -> str:
    """Take away the right to write from now on; the address under which the same database can be read."""
    url = db.engine.url
    if is_sqlite():
        return f"sqlite:///file:{url.database}?mode=ro&uri=true"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
    return url.render_as_string()


def nowhere(url: str, folder: Path) -> str:
    """The address of a database that is not there."""
    missing = folder / "missing"
    return f"sqlite:///{missing}/x.sqlite" if url.startswith("sqlite") else f"postgresql+psycopg://p@/x?host={missing}"


@contextmanager
def impatient(_app: Flask) -> Iterator[None]:
    """Let the application wait for a lock for a tenth of a second only."""

    def hurry(connection: Any) -> None:
        if is_sqlite():
            connection.execute("PRAGMA busy_timeout = 100")
            return
        connection.autocommit = True
        connection.execute("SET lock_timeout = '100ms'")
        connection.autocommit = False

    with on_each_connection(hurry):
        yield
