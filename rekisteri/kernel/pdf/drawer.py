"""The process that draws many alike sheets: a layout and copies in, one PDF out (see `drawing`).

Each page is one short text of glyph codes written straight into the file, so that fifty thousand labels take a second or two.
It knows nothing of the register and reads no file but what it is sent and the typeface.
"""

import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from rekisteri.kernel.pdf.fitting import POINT, Box, Fitted, fitted
from rekisteri.kernel.pdf.typeface import Typeface

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 90
ROW, BLOCK, MARK = "\x1f", "\x1e", "paikka:"
PROSE, SLACK = 11.0, 0.1
WIDTH, HEIGHT = 210 * POINT, 297 * POINT
RISE = 0.796
"""Of a row's height, how far below its top the letters stand; the same as in the pages that WeasyPrint lays out."""


class Drawer:
    """One file while it is drawn."""

    def __init__(self, head: dict[str, Any], background: bytes) -> None:
        self._places = [[Box(**box) for box in place] for place in head["places"]]
        self._frames, self._first = head["frames"], head["first"]
        self._typeface = Typeface()
        self._pdf = pikepdf.new()
        self._font = self._typeface.embed(self._pdf)
        self._forms = self._under(background)
        self._always = [self._standing(place) for place in self._places]
        self.pages = self.shortened = 0

    def _under(self, background: bytes) -> list[pikepdf.Object | None]:
        """The pages that lie under every copy, each once in the file."""
        if not background:
            return [None]
        with pikepdf.open(io.BytesIO(background)) as laid_out:
            left_open = _marked(laid_out.pages)
            self._places = [[*place, *left_open] for place in self._places]
            return [self._pdf.copy_foreign(page.as_form_xobject()) for page in laid_out.pages]

    def _standing(self, place: list[Box]) -> str:
        """What stands in a place in every copy alike."""
        return "".join(self._text(fitted(box.text, box, self._typeface.width), box) for box in place if box.text)

    def draw(self, copies: Iterator[list[list[str]]]) -> None:
        """All copies in order."""
        at, texts = self._first, [""] * len(self._forms)
        begun = False
        for copy in copies:
            texts[0] += self._always[at]
            boxes = [box for box in self._places[at] if not box.text]
            for box, lines in zip(boxes, copy, strict=True):
                found = fitted(lines, box, self._typeface.width)
                self.shortened += found.shortened
                texts[box.sheet] += self._text(found, box)
            at, begun = at + 1, True
            if at == len(self._places):
                self._pages(texts)
                at, texts, begun = 0, [""] * len(self._forms), False
        if begun:
            self._pages(texts)

    def _text(self, found: Fitted, box: Box) -> str:
        x = box.x * POINT
        step, written = found.leading, self._typeface.written
        y = HEIGHT - box.top * POINT - RISE * step
        if box.middle:
            y -= (box.height * POINT - len(found.rows) * step) / 2
        rows = [f"/F {found.size:g} Tf\n"]
        for row in found.rows:
            rows.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm <{written(row)}> Tj\n")
            y -= step
        return "".join(rows)

    def _pages(self, texts: list[str]) -> None:
        for form, text in zip(self._forms, texts, strict=True):
            page = self._pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            page.obj.Resources = Dictionary(Font=Dictionary(F=self._font))
            under = ""
            if form is not None:
                page.obj.Resources.XObject = Dictionary(Under=form)
                under = "q /Under Do Q\n"
            drawing = f"{under}{self._edges()}BT\n{text}ET\n"
            page.obj.Contents = self._pdf.make_stream(drawing.encode())
            self.pages += 1

    def _edges(self) -> str:
        """The frames of a test print, a hair wide."""
        drawn = [
            f"{x * POINT:.3f} {HEIGHT - (top + high) * POINT:.3f} {wide * POINT:.3f} {high * POINT:.3f} re"
            for x, top, wide, high in self._frames
        ]
        return f"0.4 w\n{' '.join(drawn)} S\n" if drawn else ""

    def save(self, title: str, target: BinaryIO) -> None:
        """The whole file, with its title and language."""
        pdf: Pdf = self._pdf
        pdf.docinfo[Name.Title] = title
        pdf.Root.Lang = pikepdf.String("fi")
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _marked(pages: Iterable[pikepdf.Page]) -> list[Box]:
    """The boxes that the background leaves for what differs from copy to copy, in their order.

    A box of several rows has a link for each of them; together they make it up.
    """
    edges: dict[tuple[int, int], list[tuple[float, ...]]] = {}
    for sheet, page in enumerate(pages):
        for link in page.obj.get("/Annots", []):
            address = str(link["/A"].get("/URI", "")) if "/A" in link else ""
            if address.startswith(MARK):
                found = edges.setdefault((int(address.removeprefix(MARK)), sheet), [])
                found.append(tuple(float(edge) for edge in link.Rect))
    return [_box(sheet, edges[mark, sheet]) for mark, sheet in sorted(edges)]


def _box(sheet: int, links: list[tuple[float, ...]]) -> Box:
    """The box that links make up, whichever of their corners a file names first."""
    across = [edge for link in links for edge in link[::2]]
    upwards = [edge for link in links for edge in link[1::2]]
    width, height = (max(across) - min(across)) / POINT, (max(upwards) - min(upwards)) / POINT
    place = Box(min(across) / POINT, (HEIGHT - max(upwards)) / POINT, width, height + SLACK, size=PROSE, least=7)
    return replace(place, sheet=sheet, prose=True)


def _copies(source: BinaryIO) -> Iterator[list[list[str]]]:
    for line in source:
        yield [block.split(ROW) for block in line.decode()[:-1].split(BLOCK)]


def main() -> int:
    """Draw what standard input sends, and tell on standard error how many pages there are and what was left out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source = sys.stdin.buffer
    head = json.loads(source.readline())
    drawer = Drawer(head, source.read(head["background"]))
    drawer.draw(_copies(source))
    drawer.save(head["title"], sys.stdout.buffer)
    sys.stdout.buffer.flush()
    sys.stderr.write(json.dumps({"pages": drawer.pages, "shortened": drawer.shortened}))
    return 0
