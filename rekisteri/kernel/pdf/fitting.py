"""Fitting lines into a box, however long they are: smaller type first, then more rows, and an ellipsis only as the last way.

Pure functions. The last two lines of an address (street and post office) are never cut: without them nothing arrives.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

POINT = 72 / 25.4
"""Points in a millimetre."""
SMALLEST_WHOLE = 8.0
"""So small a type is tried before a line is broken to two rows."""
STEP = 0.5
KEPT = 2
ELLIPSIS = "…"

Width = Callable[[str, float], float]


@dataclass(frozen=True)
class Box:
    """Where a text goes: its place from the top left corner of the sheet in millimetres, and its type in points.

    :param sheet: the page of the background, when there are several.
    :param middle: the text stands half way up; otherwise it begins from the top.
    :param prose: the text is a paragraph, which goes on to the next row before its type is made smaller.
    :param text: what stands there in every copy alike; otherwise the next of what is drawn.
    """

    x: float
    top: float
    width: float
    height: float
    size: float = 10.5
    least: float = 6.0
    sheet: int = 0
    middle: bool = False
    prose: bool = False
    text: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fitted:
    """The rows as they fit, at what size, and whether something had to be left out."""

    rows: tuple[str, ...]
    size: float
    shortened: bool = False

    @property
    def leading(self) -> float:
        """From row to row, in points."""
        return leading(self.size)


def leading(size: float) -> float:
    """From row to row, in points."""
    return size * 1.2


def fitted(lines: Sequence[str], box: Box, width: Width) -> Fitted:
    """The lines as they fit the box best: as such, smaller, on more rows, or shortened."""
    room, height = box.width * POINT, box.height * POINT
    widest = max((width(line, 1) for line in lines), default=0.0)
    if widest * box.size <= room and len(lines) * leading(box.size) <= height:
        return Fitted(tuple(lines), box.size)
    for size in [] if box.prose else _sizes(box.size, max(SMALLEST_WHOLE, box.least)):
        if widest * size <= room and len(lines) * leading(size) <= height:
            return Fitted(tuple(lines), size)
    for size in _sizes(box.size, box.least):
        rows = [row for line in lines for row in wrapped(line, room / size, width)]
        if len(rows) * leading(size) <= height:
            return Fitted(tuple(rows), size)
    return _shortened(lines, room, height, box.least, width)


def _sizes(largest: float, least: float) -> list[float]:
    return [largest - STEP * step for step in range(int((largest - least) / STEP) + 1)]


def wrapped(line: str, room: float, width: Width) -> list[str]:
    """A line on as many rows as it takes, broken at ordinary spaces; a word that no row holds is cut.

    :param room: the width of a row for a type of one point.
    """
    rows = [""]
    for word in line.split(" "):
        longer = f"{rows[-1]} {word}".strip()
        if width(longer, 1) <= room:
            rows[-1] = longer
        else:
            rows = [*(rows if rows[-1] else rows[:-1]), *_cut(word, room, width)]
    return rows


def _cut(word: str, room: float, width: Width) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, 1) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _shortened(lines: Sequence[str], room: float, height: float, size: float, width: Width) -> Fitted:
    """The end of the address whole if at all possible, and of what stands before it as much as there is room for."""
    rows = max(1, int(height / leading(size) + 1e-6))
    end = [row for line in lines[-KEPT:] for row in wrapped(line, room / size, width)]
    start = [row for line in lines[:-KEPT] for row in wrapped(line, room / size, width)]
    end = end[-rows:]
    free = rows - len(end)
    kept = start[:free]
    if kept:
        kept[-1] = _with_ellipsis(kept[-1], room / size, width)
    return Fitted((*kept, *end), size, shortened=True)


def _with_ellipsis(row: str, room: float, width: Width) -> str:
    while row and width(row + ELLIPSIS, 1) > room:
        row = row[:-1]
    return row.rstrip() + ELLIPSIS
