"""A register to back up, and the erasing room's part of a restore."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rekisteri.backup.rules import Manifest
from rekisteri.forgotten import journal
from tests.backup.factories import back_up, erase_rows, fill


@pytest.fixture
def backup(app, tmp_path) -> tuple[Path, Manifest]:
    """A register of two people and its backup: the file and what it says of itself."""
    fill()
    return tmp_path / "kopio.tar", back_up(tmp_path / "kopio.tar")


@pytest.fixture
def erasing() -> Iterator[list[int]]:
    """Erase as plainly as can be in a restored register; whom it was asked to erase."""
    asked: list[int] = []
    before = {kind: list(found) for kind, found in journal._replays.items()}
    journal._replays.clear()
    journal.add_replay(lambda ids: (asked.extend(ids), erase_rows(ids))[0])
    yield asked
    journal._replays.clear()
    journal._replays.update(before)
