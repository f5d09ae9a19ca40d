"""A renderer of the test's own, so that tests which hurt it hurt no other test."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from rekisteri.kernel.pdf import client


@pytest.fixture
def own_renderer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], psutil.Process]]:
    """Print through a renderer that no other test uses; the value gives its process."""
    with tempfile.TemporaryDirectory(prefix="tuloste-") as name:
        place = Path(name)
        monkeypatch.setattr(client, "_meeting_place", lambda: place)

        def found() -> psutil.Process:
            (process,) = renderers(place)
            return process

        yield found
        for process in renderers(place):
            process.kill()
            process.wait(10)


def renderers(place: Path) -> list[psutil.Process]:
    """The renderers that meet at a place: those that were started, not their children."""
    found = [process for process in psutil.process_iter(["cmdline"]) if str(place) in (process.info["cmdline"] or [])]
    ids = {process.pid for process in found}
    return [process for process in found if process.ppid() not in ids]
