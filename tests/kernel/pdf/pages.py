"""Reading printed pages as a person sees them: rendered to pixels, and as text."""

import pymupdf
from PIL import Image

DOTS = 150  # dots an inch; 1 mm is 5.9 dots


def whole(body: str, *, style: str = "", head: str = "") -> str:
    """A whole page around a piece of HTML."""
    return (
        f'<!doctype html><html lang="fi"><head><title>Koe</title>{head}<style>@page {{ size: A4; margin: 20mm }}'
        f'body {{ font: 12pt "Source Sans Pro", "DejaVu Sans" }} {style}</style></head><body>{body}</body></html>'
    )


def pixels(pdf: bytes, page: int = 0, dots: int = DOTS) -> Image.Image:
    """One printed sheet in shades of grey."""
    with pymupdf.open(stream=pdf) as document:
        drawn = document[page].get_pixmap(dpi=dots, colorspace=pymupdf.csGRAY)
        return Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)


def ink(sheet: Image.Image, box: tuple[float, float, float, float], dots: int = DOTS) -> int:
    """How many dark dots stand in a rectangle given in millimetres from the sheet's upper left corner."""
    scale = dots / 25.4
    left, top, right, bottom = (round(edge * scale) for edge in box)
    return sum(sheet.crop((left, top, right, bottom)).point(lambda shade: shade < 128).histogram()[1:])


def text(pdf: bytes) -> str:
    """All words of the document, page after page."""
    with pymupdf.open(stream=pdf) as document:
        return "\n".join(page.get_text() for page in document)


def sheets(pdf: bytes) -> int:
    """How many sheets it takes."""
    with pymupdf.open(stream=pdf) as document:
        return len(document)


def fonts(pdf: bytes) -> set[str]:
    """The typefaces inside the file, without the mark of a subset."""
    with pymupdf.open(stream=pdf) as document:
        return {font[3].partition("+")[2] or font[3] for page in document for font in page.get_fonts()}
