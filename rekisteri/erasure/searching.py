"""Searching for texts byte by byte, in whatever holds bytes: one reading finds all texts in all their spellings.

A text may stand as it was written, folded for the search index, in capitals, escaped for JSON, HTML or an address, or as
UTF-16. Each spelling is a pattern, and all of them are sought at once, so the time depends on the bytes read much more than
on how many texts there are.
"""

import html
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rekisteri.erasure import reading
from rekisteri.erasure.reading import Reader, Stretch
from rekisteri.kernel.formats import fold

SHORTEST = 6
"""A shorter text stands in many places by chance."""
LONGEST = 60
"""Of a longer text its pieces are sought: a database may lay it on several pages."""
MOST_PIECES = 12
STRETCH = 64 * 1024 * 1024


def pieces(text: str) -> list[str]:
    """A text as it is sought: whole when it is short, otherwise stretches of it, spread over its length."""
    if len(text) <= LONGEST:
        return [text] if len(text) >= SHORTEST else []
    step = max(LONGEST, len(text) // MOST_PIECES)
    cut = (text[start : start + LONGEST].strip() for start in range(0, len(text) - LONGEST + 1, step))
    return [piece for piece in cut if len(piece) >= SHORTEST]


def spellings(text: str) -> set[bytes]:
    """The bytes in which a text may stand."""
    written = {text, text.casefold(), text.upper(), fold(text)}
    escaped = {json.dumps(text)[1:-1], html.escape(text), quote(text)}
    wide = {one.encode("utf-16-le") for one in (text, text.casefold())}
    return {one.encode() for one in written | escaped if len(one) >= SHORTEST} | wide


@dataclass
class Search:
    """What was sought, how much was read, and what was found where: piece of text → place → how many times."""

    texts: list[str]
    read: int = 0
    hits: dict[str, Counter[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sought = {spelling: piece for text in self.texts for piece in pieces(text) for spelling in spellings(piece)}
        self._owners, self._patterns = list(sought.values()), list(sought)

    @property
    def patterns(self) -> int:
        """How many spellings are sought."""
        return len(self._owners)

    def look(self, place: str, chunks: Iterable[bytes]) -> None:
        """Read a place to its end; what lies over the border of two chunks is found as well."""
        read, found = Reader(self._patterns).read(chunks)
        self.read += read
        self._note(place, found.items())

    def look_at_files(self, files: Iterable[tuple[str, Path]]) -> None:
        """Read files as they lie on the disk, large ones in as many processes as there are cores."""
        for told in _in_processes(self._patterns, [one for file in files for one in _stretches(*file)]):
            self.read += told["read"]
            for place, found in told["found"].items():
                self._note(place, found)

    def _note(self, place: str, found: Iterable[tuple[int, int]]) -> None:
        for pattern, count in found:
            self.hits.setdefault(self._owners[pattern], Counter())[place] += count


def _stretches(place: str, path: Path) -> Iterator[Stretch]:
    size = path.stat().st_size if path.exists() else 0
    starts = range(0, max(size, 1), STRETCH)
    return ((place, str(path), start, start + STRETCH if start != starts[-1] else None) for start in starts)


def _in_processes(patterns: list[bytes], stretches: list[Stretch]) -> Iterator[dict[str, Any]]:
    """What each process found in its share. One that fails fails the search: nothing is then known."""
    hexed, begun = [one.hex() for one in patterns], []
    shares = min(len(os.sched_getaffinity(0)), 1 + sum(start > 0 for _place, _path, start, _end in stretches))
    for number in range(shares):
        process = subprocess.Popen(
            [sys.executable, "-I", reading.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert process.stdin is not None
        with process.stdin as asked:
            json.dump({"patterns": hexed, "stretches": stretches[number::shares]}, asked)
        begun.append(process)
    for process in begun:
        with process:
            assert process.stdout is not None
            said = process.stdout.read()
        if process.returncode:
            raise RuntimeError(f"the search was cut short: {process.returncode}")
        yield json.loads(said)
