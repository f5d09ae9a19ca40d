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

import hyperscan

CHUNK = 256 * 1024
"""Small enough to stay in the processor's own memory while it is searched."""

Stretch = tuple[str, str, int, int | None]
"""What the place is called, the file, where to begin and where to end; None is the end of the file."""


class Reader:
    """Seeks all patterns at once, many bytes a step, so that a large database takes seconds and not minutes."""

    def __init__(self, patterns: list[bytes]) -> None:
        self.overlap = max(map(len, patterns), default=1) - 1
        self._sought = _compiled(patterns) if patterns else None

    def read(self, chunks: Iterable[bytes], tail: bytes = b"") -> tuple[int, Counter[int]]:
        """How many bytes there were, and how many times each pattern was there, also over the border of two chunks.

        :param tail: what stands before the first chunk: a pattern may begin there, but not end.
        """
        read, found = 0, Counter[int]()
        for chunk in chunks:
            read += len(chunk)
            together, before = tail + chunk, len(tail)
            tail = together[-self.overlap :] if self.overlap else b""
            found.update(pattern for pattern, end in self._matches(together) if end > before)
        return read, found

    def _matches(self, content: bytes) -> list[tuple[int, int]]:
        """Which patterns end where, also those that lie over one another."""
        met: list[tuple[int, int]] = []
        if self._sought:
            self._sought.scan(content, match_event_handler=lambda pattern, _start, end, *_: met.append((pattern, end)))
        return met

    def read_file(self, path: str, start: int, end: int | None) -> tuple[int, Counter[int]]:
        """A stretch of a file as it lies on the disk; one that is gone meanwhile holds nothing."""
        try:
            with Path(path).open("rb") as file:
                file.seek(before := max(0, start - self.overlap))
                return self.read(_chunks(file, None if end is None else end - start), file.read(start - before))
        except FileNotFoundError:
            return 0, Counter()


def _compiled(patterns: list[bytes]) -> hyperscan.Database:
    """Every byte is written by its number: no mark of a text means anything but itself, not even a zero byte."""
    spelled = ["".join(f"\\x{byte:02x}" for byte in pattern).encode() for pattern in patterns]
    sought = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    sought.compile(expressions=spelled, ids=range(len(spelled)), elements=len(spelled), flags=hyperscan.HS_FLAG_DOTALL)
    return sought


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
