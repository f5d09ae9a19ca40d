"""Which of the two databases holds the register, and so how it is copied and put back."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, cast

from rekisteri.backup import postgresql, sqlite
from rekisteri.kernel.db import db


class Engine(Protocol):
    """What both modules can do."""

    def dumping(self, target: Path) -> AbstractContextManager[bool]: ...
    def reading(self, dump: Path) -> str: ...
    def load(self, dump: Path) -> str: ...
    def discard(self, url: str, /) -> None: ...
    def clear_leftovers(self) -> None: ...
    def faults(self) -> Iterator[str]: ...
    def compact(self) -> None: ...
    def check_idle(self) -> None: ...
    def take_into_use(self, url: str, kept: Path) -> str: ...


def kind() -> str:
    """`sqlite` or `postgresql`."""
    return db.engine.dialect.name


def engine() -> Engine:
    """The module of the database in use."""
    return cast(Engine, sqlite if kind() == "sqlite" else postgresql)
