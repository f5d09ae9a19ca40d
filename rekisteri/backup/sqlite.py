"""Copying and putting back a register that is one SQLite file."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rekisteri.backup.archive import sync_folder
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation

IN_USE = "Rekisteri on käytössä. Sammuta palvelin palautuksen ajaksi."
NAME = "vanha.sqlite"
"""What the replaced database is called; not as the one in use, so that a search for an erased person's data reads it."""


@contextmanager
def dumping(target: Path) -> Iterator[bool]:
    """Write one moment of the database into a file, while others read and write; only the file shows that moment."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
    except _errors() as error:
        raise RuleViolation("Tietokantaa ei voi lukea loppuun: se on vioittunut, tai levy on täynnä.") from error
    finally:
        connection.close()
    yield False


def reading(dump: Path) -> str:
    """The address of a dump that is only looked at: a copy opens as it is."""
    return f"sqlite:///{dump}"


def load(dump: Path) -> str:
    """The address of a database with the dump's content, beside the one in use."""
    return f"sqlite:///{dump}"


def discard(_url: str) -> None:
    """The file goes with its folder."""


def clear_leftovers() -> None:
    """What a killed restore left lies in a folder, and goes with it."""


def faults() -> Iterator[str]:
    """What SQLite itself finds wrong with the database."""
    with db.engine.connect() as connection:
        for row in connection.exec_driver_sql("PRAGMA integrity_check(3)"):
            if row[0] != "ok":
                yield f"SQLite: {row[0]}"
        if orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            yield f"Tietokannassa on {len(orphans)} viittausta, joilla ei ole kohdetta."


def compact() -> None:
    """Leave nothing of what was erased in free pages, and nothing beside the file."""
    db.session.remove()
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def check_idle() -> None:
    """Let our own connections go and gather the database into its one file, which SQLite refuses while others are there.

    :raises RuleViolation: a server or somebody else has it open.
    """
    db.session.remove()
    db.engine.dispose()
    _gather(_path())


def _gather(path: Path) -> None:
    if not path.exists() or path.stat().st_size == 0:
        return
    with closing(_module().connect(str(path), isolation_level=None, timeout=2)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except _module().OperationalError:
            mode = "wal"
        except _errors():  # damaged beyond reading: there is nobody to wait for, and the file is kept as it is
            mode = "delete"
    if mode != "delete":
        raise RuleViolation(IN_USE)


def take_into_use(url: str, kept: Path) -> str:
    """Put the prepared database in the place of the old one, which is kept; in one step, so that a cut leaves either.

    Returns where the old one is.
    """
    check_idle()
    old = _path()
    new = _on_the_same_disk(Path(url.removeprefix("sqlite:///")), old)
    _gather(new)
    if old.exists():
        _keep(old, kept / NAME)
        for companion in old.parent.glob(f"{old.name}-*"):  # only beside a damaged file: what could not be gathered
            companion.rename(kept / f"{NAME}{companion.name.removeprefix(old.name)}")
    new.replace(old)
    sync_folder(old.parent)
    sync_folder(kept)
    return f"kansiossa {kept.name}"


def _keep(old: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(old)
    except OSError:  # another disk, or one that knows no links
        shutil.copy2(old, kept)


def _on_the_same_disk(new: Path, old: Path) -> Path:
    """A rename is one step only inside one disk."""
    if new.stat().st_dev == old.parent.stat().st_dev:
        return new
    near = old.with_name(f".{old.name}.palautus")
    shutil.copy2(new, near)
    with near.open("rb") as file:
        os.fsync(file.fileno())
    return near


def _path() -> Path:
    return Path(str(db.engine.url.database))


def _module() -> Any:
    return db.engine.dialect.dbapi


def _errors() -> Any:
    return _module().Error
