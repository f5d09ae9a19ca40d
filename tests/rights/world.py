"""The world around an office: a database, a data directory, a calendar, and a copy that may be brought back."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any

import time_machine
from flask import Flask

from rekisteri.forgotten import journal
from rekisteri.kernel.clock import HELSINKI
from rekisteri.kernel.db import db
from tests.rights.office import BEGINS
from tests.support.databases import Stock


class World:
    """A database, a data directory and a calendar of one life."""

    def __init__(self, stand: Callable[..., Flask], stock: Stock, folder: Path) -> None:
        self._stand, self._stock, self._folder = stand, stock, folder
        self._travel: Any = None

    def __enter__(self) -> "World":
        self._open = self._opened()
        self._open.__enter__()
        return self

    def __exit__(self, *_: Any) -> None:
        self._open.__exit__(None, None, None)

    @contextmanager
    def _opened(self) -> Iterator[None]:
        url = self._stock.fresh(self._folder)
        data = Path(tempfile.mkdtemp(dir=self._folder))
        self.travel(BEGINS)
        try:
            with self._stand(self._stock, url, data).app_context():
                yield
                db.session.remove()
                db.engine.dispose()
        finally:
            self._travel.stop()
            self._stock.drop(url)

    @property
    def can_be_copied(self) -> bool:
        """Whether the database is a file that can be copied in a blink; on the other kind the backups' own tests do it."""
        return db.engine.dialect.name == "sqlite"

    def back_up(self) -> None:
        """Keep the register as it is now, in the place of the last copy."""
        with self._copy() as (own, copy):
            own.backup(copy)

    def restore(self) -> None:
        """Bring the copy back, and do again what the journal of erasures tells."""
        with self._copy() as (own, copy):
            copy.backup(own)
        db.engine.dispose()
        journal.replay(journal.read(journal.journal_file()))
        db.session.rollback()
        db.session.expire_all()

    @contextmanager
    def _copy(self) -> Iterator[tuple[Any, Any]]:
        db.session.rollback()
        connection = db.engine.raw_connection()
        try:
            with closing(db.engine.dialect.dbapi.connect(str(self._folder / "kopio.sqlite"))) as copy:  # type: ignore[union-attr]
                yield connection.driver_connection, copy
        finally:
            connection.close()

    def travel(self, day: Any) -> None:
        """Stop the clock at noon of a day."""
        if self._travel is not None:
            self._travel.stop()
        noon = datetime.combine(day, clock_time(12), tzinfo=HELSINKI)
        self._travel = time_machine.travel(noon, tick=False)
        self._travel.start()
