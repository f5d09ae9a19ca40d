"""A database of the wanted kind for each test, copied from one that was migrated once."""

import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.support.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")
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
    """Databases of a server of our own, each made from one template database."""

    def __init__(self) -> None:
        self.server = PostgresServer()

    def prepare(self, migrate: Callable[[str], None]) -> None:
        """Make the template: `migrate` brings the database at a URL to today's schema."""
        self.server.execute("CREATE DATABASE template_rekisteri")
        migrate(self.server.url("template_rekisteri"))

    def fresh(self, _folder: Path) -> str:
        """The URL of a new copy of the template."""
        return self._create("template_rekisteri")

    def empty(self, _folder: Path) -> str:
        """The URL of a database without any table."""
        return self._create("template0")

    def _create(self, template: str) -> str:
        name = f"test_{next(_serial)}"
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.server.url(name)

    def drop(self, url: str) -> None:
        """Remove a copy, whoever is still connected to it."""
        name = url.rpartition("/")[2].partition("?")[0]
        self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self) -> None:
        """Stop the server."""
        self.server.stop()


Stock = SqliteStock | PostgresStock


def open_stock(kind: str, folder: Path) -> Stock:
    """The stock of one kind of database."""
    return SqliteStock(folder) if kind == "sqlite" else PostgresStock()
