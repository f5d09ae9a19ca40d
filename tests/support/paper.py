"""Reading a PDF as a person does: its words, and pictures of its pages."""

import pymupdf


def words_of(pdf: bytes) -> str:
    """All text of all pages, white space folded and soft hyphens removed."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        text = " ".join(page.get_text() for page in document)
    return " ".join(text.replace("\u00ad\n", "").replace("\u00ad", "").split())


def page_count(pdf: bytes) -> int:
    """How many sheets' sides it takes."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return len(document)


def pictures_of(pdf: bytes, dpi: int = 70) -> list[bytes]:
    """Each page as a PNG."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return [page.get_pixmap(dpi=dpi).tobytes("png") for page in document]
