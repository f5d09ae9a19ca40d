"""Print that lasts: a page in, PDF/A-3a and PDF/UA-1 bytes out, made by a process that the web never waits behind."""

from rekisteri.kernel.pdf.client import PdfError, missing_library, render
from rekisteri.kernel.pdf.drawing import MARK, Copy, Drawn, Layout, draw
from rekisteri.kernel.pdf.fitting import Box
from rekisteri.kernel.pdf.merging import Merged, Part, merge
from rekisteri.kernel.pdf.wire import EmbeddedFile

__all__ = [
    "MARK",
    "Box",
    "Copy",
    "Drawn",
    "EmbeddedFile",
    "Layout",
    "Merged",
    "Part",
    "PdfError",
    "draw",
    "merge",
    "missing_library",
    "render",
]
