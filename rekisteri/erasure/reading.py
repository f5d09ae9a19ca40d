"""Reading bytes through for patterns; run by its path, it reads stretches of files in a process of its own.

Never in the process that serves: closing any descriptor of the database there would drop SQLite's locks on it, and another
process could take the write-ahead log away from under the register. Beside that, every core reads a part. So that it
starts at once, nothing of the register is imported here.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick, Implementation

CHUNK = 256 * 1024
"""Small enough that the same memory is used again: a larger piece is fetched from the system anew each time."""
QUICK = 50_000
"""Bytes of patterns of which a table of all steps is made: twice as fast, but a thousand times as large as they."""

Stretch = tuple[str, str, int, int | None]
"""What the place is called, the file, where to begin and where to end; None is the end of the file."""


class Reader:
    """Seeks all patterns at once, so that the time depends on the bytes and not on how many patterns there are."""

    def __init__(self, patterns: list[bytes]) -> None:
        self.overlap = max(map(len, patterns), default=1) - 1
        kind = Implementation.DFA if sum(map(len, patterns)) <= QUICK else Implementation.ContiguousNFA
        self._automaton = BytesAhoCorasick(patterns, implementation=kind) if patterns else None

    def read(self, chunks: Iterable[bytes], tail: bytes = b"") -> tuple[int, Counter[int]]:
        """How many bytes there were, and how many times each pattern was there, also over the border of two chunks.

        :param tail: what stands before the first chunk: a pattern may begin there, but not end.
        """
        read, found = 0, Counter[int]()
        for chunk in chunks:
            read += len(chunk)
            together, before = tail + chunk, len(tail)
            tail = together[-self.overlap :] if self.overlap else b""
            if self._automaton:
                matches = self._automaton.find_matches_as_indexes(together)
                found.update(pattern for pattern, _start, end in matches if end > before)
        return read, found

    def read_file(self, path: str, start: int, end: int | None) -> tuple[int, Counter[int]]:
        """A stretch of a file as it lies on the disk; one that is gone meanwhile holds nothing."""
        try:
            with Path(path).open("rb") as file:
                file.seek(before := max(0, start - self.overlap))
                return self.read(_chunks(file, None if end is None else end - start), file.read(start - before))
        except FileNotFoundError:
            return 0, Counter()


def _chunks(file: object, left: int | None) -> Iterator[bytes]:
    while left is None or left > 0:
        chunk: bytes = file.read(CHUNK if left is None else min(CHUNK, left))  # type: ignore[attr-defined]
        if not chunk:
            return
        left = None if left is None else left - len(chunk)
        yield chunk


def main() -> None:
    """Read what the other process asks for on standard input, and tell what was found."""
    told = json.load(sys.stdin)
    reader, read = Reader([bytes.fromhex(one) for one in told["patterns"]]), 0
    found: dict[str, Counter[int]] = {}
    for place, path, start, end in told["stretches"]:
        size, hits = reader.read_file(path, start, end)
        read += size
        found.setdefault(place, Counter()).update(hits)
    json.dump({"read": read, "found": {place: list(hits.items()) for place, hits in found.items()}}, sys.stdout)


if __name__ == "__main__":
    main()
