"""From a file to a title and (heading, text) pairs, whatever form the notice is kept in.

Text has its headings before a tab, on lines of their own or before a colon; the values may hold literal HTML and run on
over several lines. HTML has them in table rows, definition lists or headings. No word is dropped on the way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rekisteri.notice.importing.pages import Heading, Matter, Name, walk
from rekisteri.notice.richtext import Document, from_html, from_markup
from rekisteri.notice.rows import recognised

LARGEST_FILE = 1024 * 1024
_TAG = re.compile(r"</?(?:p|br|ul|ol|li|b|i|strong|em|a|div|span|table|tr|td|h[1-6])\b[^<>]*>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype|html|body|table|dl|h[1-6])\b", re.IGNORECASE)
_LONGEST_HEADING = 120


class UnreadableFile(ValueError):
    """The file is no text that could be a notice; the sentence says why."""


@dataclass
class Piece:
    """One heading of the source and what stands under it."""

    heading: str
    raw: list[str] = field(default_factory=list)
    html: bool = False

    def text(self) -> Document:
        """What stands under the heading, as a document."""
        raw = "\n".join(self.raw).strip()
        if self.html or _TAG.search(raw):
            return from_html(raw)
        return from_markup(_literally(raw))


@dataclass
class Source:
    """A notice as it was read: its title, its pieces in order, and what came before the first heading."""

    title: str = ""
    pieces: list[Piece] = field(default_factory=list)
    loose: Piece = field(default_factory=lambda: Piece(""))


def decoded(content: bytes) -> str:
    """The file as text: UTF-8, or the coding of old Windows files."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("Tiedosto on liian suuri: enintään 1 megatavu.")
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("Tiedosto ei ole tekstiä eikä HTML-sivu. Tallenna seloste ensin tekstinä tai HTML-sivuna.")
    coding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(coding)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read(text: str) -> Source:
    """Read a notice from text or HTML."""
    if _PAGE.search(text) and not _tabbed(text):
        return _read_page(text)
    return _read_lines(text)


def _tabbed(text: str) -> bool:
    """Whether lines begin with known headings and a tab: then any tag belongs to a value."""
    return sum("\t" in row and recognised(row.split("\t")[0]) is not None for row in text.splitlines()) >= 2


def _read_lines(text: str) -> Source:
    source = Source()
    for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        heading, value = _split(row)
        if heading is not None:
            source.pieces.append(Piece(heading, [value]))
        elif source.pieces:
            source.pieces[-1].raw.append(value)
        elif value.strip() and not source.title and len(value) <= _LONGEST_HEADING:
            source.title = value.strip()
        else:
            source.loose.raw.append(value)
    return source


def _split(row: str) -> tuple[str | None, str]:
    """The heading that a line begins, if it does, and the rest of the line."""
    before, tab, after = row.partition("\t")
    if tab:
        return (before.strip(), after) if before.strip() else (None, after.strip("\t"))
    bare = row.strip()
    if len(bare) <= _LONGEST_HEADING and recognised(bare):
        return bare.rstrip(":").strip(), ""
    before, colon, after = bare.partition(": ")
    if colon and recognised(before):
        return before.strip(), after
    return None, row


def _literally(raw: str) -> str:
    """Plain text as markup: its paragraphs and dashed lists are read, its stars and brackets stay as they are."""
    return re.sub(r"[\\*]|\](?=\()", lambda sign: "\\" + sign.group(), raw)


def _read_page(text: str) -> Source:
    source = Source()
    for part in _joined(walk(text)):
        if isinstance(part, Name):
            source.title = source.title or part.text
        elif isinstance(part, Heading):
            source.pieces.append(Piece(part.text, html=True))
        else:
            (source.pieces[-1] if source.pieces else source.loose).raw.append(part.html)
    source.loose.html = True
    return source


def _joined(parts: Iterator[Name | Heading | Matter]) -> Iterator[Name | Heading | Matter]:
    """The page's parts, with a heading's text that repeats the title left as the title alone."""
    title = ""
    for part in parts:
        if isinstance(part, Name):
            title = title or part.text
        elif isinstance(part, Heading) and part.text == title:
            continue
        yield part
