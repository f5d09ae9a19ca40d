"""A database of the wanted kind for each test, copied from one that was migrated once."""

import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from psycopg import Error
from sqlalchemy.engine import make_url

from tests.support.contents import Contents
from tests.support.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")
TEMPLATE = "template_rekisteri"
USES = 50  # rows once deleted stay in the files, and a test's database must not grow slow
_serial = itertools.count(1)


def wanted_kinds() -> list[str]:
    """What REKISTERI_TEST_DATABASE asks for: sqlite (as such), postgresql, or both with a comma between."""
    kinds = [kind.strip() for kind in os.environ.get("REKISTERI_TEST_DATABASE", "sqlite").split(",")]
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise ValueError(f"REKISTERI_TEST_DATABASE: {unknown[0]!r} is neither {' nor '.join(KINDS)}")
    return kinds


class SqliteStock:
    """Database files, each a copy of one template file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.sqlite"

    def prepare(self, migrate: Callable[[str], None]) -> None:
        """Make the template: `migrate` brings the database at a URL to today's schema."""
        migrate(f"sqlite:///{self.template}")

    def fresh(self, folder: Path) -> str:
        """The URL of a new copy in `folder`."""
        copy = folder / f"rekisteri-{next(_serial)}.sqlite"
        shutil.copyfile(self.template, copy)
        return f"sqlite:///{copy}"

    def empty(self, folder: Path) -> str:
        """The URL of a database without any table."""
        return f"sqlite:///{folder / f'empty-{next(_serial)}.sqlite'}"

    def drop(self, url: str) -> None:
        """Forget a copy; its file goes with the test's own folder."""

    def close(self) -> None:
        """Nothing runs, so nothing has to be stopped."""


class PostgresStock:
    """Databases of a server of our own, made from one template database and used again by the next test once they are as
    empty as the template: making one anew costs more than most tests."""

    def __init__(self) -> None:
        self.server = PostgresServer()
        self._template: Contents | None = None
        self._resting: list[str] = []
        self._uses: Counter[str] = Counter()

    def prepare(self, migrate: Callable[[str], None]) -> None:
        """Make the template: `migrate` brings the database at a URL to today's schema."""
        self.server.execute(f"CREATE DATABASE {TEMPLATE}")
        migrate(self.server.url(TEMPLATE))
        with self.server.connect(TEMPLATE) as connection:
            self._template = Contents.of(connection)

    def fresh(self, _folder: Path) -> str:
        """The URL of a database just like the template."""
        return self.server.url(self._resting.pop()) if self._resting else self._create(TEMPLATE)

    def empty(self, _folder: Path) -> str:
        """The URL of a database without any table."""
        return self._create("template0")

    def _create(self, template: str) -> str:
        name = f"test_{next(_serial)}"
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.server.url(name)

    def drop(self, url: str) -> None:
        """Take back a database: it rests until the next test if it could be made as it was, and else it is removed."""
        name = make_url(url).database or ""
        self._uses[name] += 1
        if self._uses[name] < USES and self._template and self._made_as_new(name, self._template):
            self._resting.append(name)
        else:
            self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _made_as_new(self, name: str, template: "Contents") -> bool:
        try:
            with self.server.connect(name) as connection:
                return template.restore(connection)
        except Error:  # removed or closed to writing by the test itself
            return False

    def close(self) -> None:
        """Stop the server."""
        self.server.stop()


Stock = SqliteStock | PostgresStock


def open_stock(kind: str, folder: Path) -> Stock:
    """The stock of one kind of database."""
    return SqliteStock(folder) if kind == "sqlite" else PostgresStock()
