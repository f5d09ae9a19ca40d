"""Searching for texts byte by byte, in whatever holds bytes: one reading finds all texts in all their spellings.

A text may stand as it was written, folded for the search index, in capitals, escaped for JSON, HTML or an address, or as
UTF-16. Each spelling is a pattern; the automaton seeks all of them at once, so the time depends on the bytes read and not
on how many texts there are.
"""

import html
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from ahocorasick_rs import BytesAhoCorasick

from rekisteri.kernel.formats import fold

SHORTEST = 6
"""A shorter text stands in many places by chance."""
LONGEST = 60
"""Of a longer text its pieces are sought: a database may lay it on several pages."""
MOST_PIECES = 12
CHUNK = 8 * 1024 * 1024


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
        self._owners = list(sought.values())
        self._overlap = max(map(len, sought), default=1) - 1
        self._automaton = BytesAhoCorasick(list(sought)) if sought else None

    @property
    def patterns(self) -> int:
        """How many spellings are sought."""
        return len(self._owners)

    def look(self, place: str, chunks: Iterable[bytes]) -> None:
        """Read a place to its end; what lies over the border of two chunks is found as well."""
        tail = b""
        for chunk in chunks:
            self.read += len(chunk)
            together = tail + chunk
            tail = together[-self._overlap :] if self._overlap else b""
            for pattern, _start, end in self._automaton.find_matches_as_indexes(together) if self._automaton else ():
                if end > len(together) - len(chunk):
                    self.hits.setdefault(self._owners[pattern], Counter())[place] += 1

    def look_at_file(self, place: str, path: Path) -> None:
        """Read a file as it lies on the disk; one that is gone meanwhile holds nothing."""
        try:
            with path.open("rb") as file:
                self.look(place, _chunks(file))
        except FileNotFoundError:
            return


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
