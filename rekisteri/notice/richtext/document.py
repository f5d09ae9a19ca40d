"""What a section's text consists of, freed of how it is written.

The model is flat on purpose: a document is a list of blocks, a block holds lines of runs, and nothing nests. So no input
can make it deep, and every document can be written down both as markup and as HTML.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from rekisteri.kernel.text import clean

BREAK = "\n"
NO_BREAK = "\u00a0"
_SAFE = "-._~:/?#@!$&*+,;=%[]'"
_WEB = re.compile(r"https://(?P<host>[\w.-]+)(?P<port>:[0-9]{1,5})?(?P<rest>(?:[/?#].*)?)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_MAIL = re.compile(r"mailto:[\w.+-]+@[\w.-]+(?:\?[^\s]*)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; a line break is the sign `BREAK` in a plain one. A link has no other style."""

    text: str
    strong: bool = False
    em: bool = False
    href: str | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, perhaps with line breaks in it."""

    runs: Line


@dataclass(frozen=True)
class Items:
    """A list of items, with dashes or with numbers."""

    items: tuple[Line, ...]
    ordered: bool = False


Block = Paragraph | Items
Document = tuple[Block, ...]


def safe_address(address: str) -> str | None:
    """The address as a link may carry it, or None: only https and e-mail, and nothing that could be anything else."""
    cleaned = clean(address)
    web = _WEB.fullmatch(cleaned)
    if web:
        host = _host(web["host"])
        return f"https://{host}{web['port'] or ''}{quote(web['rest'], safe=_SAFE)}" if host else None
    written = quote(cleaned, safe=_SAFE)
    return written if _MAIL.fullmatch(written) else None


def _host(name: str) -> str | None:
    """A host's name as the network knows it: letters of ours are written as they are in the name service."""
    try:
        known = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return known if _HOST.fullmatch(known) else None


_Style = tuple[bool, bool, str | None]
_PLAIN: _Style = (False, False, None)


def line(runs: Iterable[Run]) -> Line:
    """The runs in the one form they have: spaces folded, edges bare, neighbours of one style joined."""
    pieces: list[tuple[str, _Style]] = []
    gap, edge = "", True
    for run in runs:
        style = (False, False, run.href) if run.href else (run.strong, run.em, None)
        for part in re.findall(r"\s+|\S+", run.text):
            if part.isspace():
                gap = _wider(gap, part)
                continue
            if gap and not edge:
                pieces.append((gap, style if gap != BREAK and pieces[-1][1] == style else _PLAIN))
            pieces.append((part, style))
            gap, edge = "", False
    return tuple(
        Run("".join(text for text, _ in same), *style) for style, same in groupby(pieces, key=lambda piece: piece[1])
    )


def _wider(gap: str, white: str) -> str:
    """One sign for a stretch of white space: a line break, a no-break space, or a space."""
    return next((sign for sign in (BREAK, NO_BREAK) if sign in gap + white), " ")


def document(blocks: Iterable[Block]) -> Document:
    """The blocks in the one form they have: no empty ones, lists of one kind that follow each other joined."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            runs = line(block.runs)
            if runs:
                kept.append(Paragraph(runs))
            continue
        items = tuple(item for item in map(line, block.items) if item)
        last = kept[-1] if kept else None
        if isinstance(last, Items) and last.ordered == block.ordered:
            kept[-1] = Items(last.items + items, block.ordered)
        elif items:
            kept.append(Items(items, block.ordered))
    return tuple(kept)


def is_blank(text: Document) -> bool:
    """Whether there is nothing to read."""
    return not text


def plain(text: Document) -> str:
    """The words alone: a paragraph or an item on each line."""
    lines: list[Sequence[Run]] = []
    for block in text:
        lines.extend([block.runs] if isinstance(block, Paragraph) else block.items)
    return "\n".join("".join(run.text for run in runs).replace(BREAK, " ") for runs in lines)


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, white space aside."""
    return one.split() == other.split()
