"""Several PDF files put together into one for the printer or for handing over, by a process of its own.

The web process only passes bytes on: neither its memory nor its safety depends on what is in the files. What is put
together is for reading and printing; the archival files it is made of stay as they are.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rekisteri.kernel.pdf.feeding import made

FAILED = "Asiakirjoja ei voitu koota yhdeksi tiedostoksi. Ne ovat tallessa; yritä uudelleen tai avaa ne yksitellen."
_MERGER = Path(__file__).parent / "merger.py"


@dataclass(frozen=True)
class Part:
    """One file to put in.

    :param title: its name among the bookmarks.
    :param doubtful: it came from outside. If it cannot be read, `instead` is put in its place and the file itself travels
        along as an attachment called `name`.
    """

    title: str
    content: bytes
    doubtful: bool = False
    name: str = ""
    instead: bytes = b""


@dataclass(frozen=True)
class Merged:
    """The file put together (closed by the caller), and how many pages each part gave it; None for one left outside."""

    file: BinaryIO
    pages: list[int | None]


def merge(parts: Iterable[Part], *, title: str, two_sided: bool = False) -> Merged:
    """The parts in order as one file, each under a bookmark of its own.

    :param parts: taken one at a time, so that they are never all in this process's memory.
    :param two_sided: every part begins on a new sheet, also when the printer uses both sides.
    :raises PdfError: a file of our own cannot be read, or it took too long or too much memory.
    """
    arguments = [str(_MERGER), title, "2" if two_sided else "1"]
    return Merged(*made(arguments, lambda stream: _send(stream, parts), failed=FAILED))


def _send(stream: BinaryIO, parts: Iterable[Part]) -> None:
    for part in parts:
        head = {
            "title": part.title,
            "name": part.name,
            "doubtful": part.doubtful,
            "sizes": [len(part.content), len(part.instead)],
        }
        stream.write(json.dumps(head).encode() + b"\n" + part.content + part.instead)
