"""How wide a text will be on paper, asked by the web process before the paper is laid out."""

import io
from functools import cache
from importlib.resources import files

from PIL import ImageFont

from rekisteri.kernel.pdf.fitting import POINT, wrapped

_FACE = "SourceSansPro-Regular.ttf"
_SCALE = 1000
_CAUTION = 0.99
"""The measure of a row is taken a little short, so that what is promised to fit does fit."""


def rows(text: str, *, width: float, size: float) -> int:
    """On how many rows a paragraph goes.

    :param width: of a row, in millimetres.
    :param size: of the type, in points.
    """
    return len(wrapped(text, _CAUTION * width * POINT / size, text_width))


def text_width(text: str, size: float = 1) -> float:
    """How wide a line is at a size, both in points."""
    return _face().getlength(text) * size / _SCALE


@cache
def _face() -> ImageFont.FreeTypeFont:
    content = (files("font_source_sans_pro") / "files" / _FACE).read_bytes()
    return ImageFont.truetype(io.BytesIO(content), _SCALE, layout_engine=ImageFont.Layout.BASIC)
