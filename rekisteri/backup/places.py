"""Folders that backups work in: private, one worker at a time, and nothing of anybody left behind by a process that died."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rekisteri.backup import databases
from rekisteri.backup.keys import data_folder
from rekisteri.kernel.errors import RuleViolation

LOCK, WORKING, KEPT = "backup.lock", ".varmuuskopiointi-", "ennen-palautusta-"


@contextmanager
def workplace() -> Iterator[Path]:
    """An empty folder beside the database for one piece of work; gone afterwards, also when an earlier one was killed.

    :raises RuleViolation: another backup or restore is under way.
    """
    data = data_folder()
    with _alone(data):
        databases.engine().clear_leftovers()
        for left in data.glob(f"{WORKING}*"):
            shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(prefix=WORKING, dir=data))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    handle = os.open(data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise RuleViolation("Toinen varmuuskopiointi tai palautus on kesken. Odota, että se päättyy.") from error
    finally:
        os.close(handle)


def kept_folders() -> list[str]:
    """Where restores have put the registers they replaced."""
    return sorted(path.name for path in data_folder().glob(f"{KEPT}*"))
