"""The same sheet drawn again and again with other words: labels, and letters whose body is laid out once.

A process of its own draws (`drawer`), while this one goes on reading the database: neither the other visitors nor the
memory of the web depend on how many there are. What comes out is for the printer and is not kept.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from rekisteri.kernel.pdf.feeding import made
from rekisteri.kernel.pdf.fitting import Box

FAILED = "Tulostetta ei voitu tehdä. Tiedot ovat tallessa; yritä uudelleen tai tulosta vähemmän kerralla."
ROW, BLOCK = "\x1f", "\x1e"
"""What stands between the rows of a box and between the boxes of one copy; no text of ours has control characters."""
MARK = "paikka:"
_START = Path(__file__).parent / "start.py"

Copy = Sequence[Sequence[str]]
"""One label or one letter: the lines of each box whose text is not the same in all."""


@dataclass(frozen=True)
class Layout:
    """What is drawn: the places of a sheet, each the boxes of one copy, filled in order.

    :param first: places left empty on the first sheet, because they have been used already.
    :param frames: the edges of each place (x, top, width, height), drawn to see whether the printer hits them.
    :param background: a PDF that lies under every copy, all its pages. Where it has a link to `MARK` and a number, there is a
        box for what differs from copy to copy, in the order of the numbers, after the boxes of the place.
    """

    title: str
    places: tuple[tuple[Box, ...], ...]
    first: int = 0
    frames: tuple[tuple[float, float, float, float], ...] = ()
    background: bytes = b""


@dataclass(frozen=True)
class Drawn:
    """The file (closed by the caller), its pages, and in how many copies something had to be left out."""

    file: BinaryIO
    pages: int
    shortened: int


def draw(layout: Layout, copies: Iterable[Copy]) -> Drawn:
    """Every copy on its place, sheet after sheet.

    :param copies: taken one at a time.
    :raises PdfError: it took too long or too much memory.
    """
    file, report = made([str(_START), "drawer"], lambda stream: _send(stream, layout, copies), failed=FAILED)
    return Drawn(file, **report)


def _send(stream: BinaryIO, layout: Layout, copies: Iterable[Copy]) -> None:
    head = {**asdict(layout), "background": len(layout.background)}
    stream.write(json.dumps(head).encode() + b"\n" + layout.background)
    stream.writelines(
        (BLOCK.join([ROW.join(lines) for lines in copy]) + "\n").encode("utf-8", "replace") for copy in copies
    )
