"""Print that lasts: a page in, PDF/A-3a and PDF/UA-1 bytes out, made by a process that the web never waits behind."""

from rekisteri.kernel.pdf.client import PdfError, missing_library, render
from rekisteri.kernel.pdf.merging import Merged, Part, merge
from rekisteri.kernel.pdf.wire import EmbeddedFile

__all__ = ["EmbeddedFile", "Merged", "Part", "PdfError", "merge", "missing_library", "render"]
