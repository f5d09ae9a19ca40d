"""Which letters the bytes of a text stand for. Finnish offices have five ways, and no file says which it has.

Guessing by letter frequency takes Finnish for other languages. So what can be known is looked at: the mark at the
beginning, whether the whole is well-formed UTF-8, and the few bytes in which cp1252 and Latin-9 differ.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets.limits import FIELD

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SHOWN = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "iso8859-15": "Latin-9",
}
_PIECE = 1 << 20
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_LATIN_9_LETTER = re.compile(rb"[A-Za-z][\xa6\xa8\xb4\xb8\xbd]|[\xa6\xa8\xb4\xb8\xbd][A-Za-z]")  # Š š Ž ž œ in a word
_NOT_TEXT = (
    "Tiedosto ei ole taulukko eikä tekstiä, tai se on vioittunut. Tallenna tiedot uudelleen muodossa CSV tai XLSX."
)


def encoding_of(stream: BinaryIO) -> str:
    """The encoding of the whole text; the stream stands at its beginning afterwards.

    :raises RuleViolation: it is no text.
    """
    start = stream.read(4096)
    stream.seek(0)
    encoding = next((name for mark, name in MARKS.items() if start.startswith(mark)), None)
    encoding = encoding or _wide(start) or ("utf-8" if _decodes(stream, "utf-8") else _one_byte(stream))
    if not encoding or not _decodes(stream, encoding):
        raise RuleViolation(_NOT_TEXT, field=FIELD)
    return encoding


def _wide(start: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of plain text is null."""
    odd, even = start[1::2].count(0), start[::2].count(0)
    half = len(start) // 2
    if half > 2 and odd > half * 0.7 and not even:
        return "utf-16-le"
    return "utf-16-be" if half > 2 and even > half * 0.7 and not odd else None


def _one_byte(stream: BinaryIO) -> str:
    letters = windows = False
    for piece in _pieces(stream):
        windows = windows or bool(_WINDOWS_ONLY.search(piece))
        letters = letters or bool(_LATIN_9_LETTER.search(piece))
    return "iso8859-15" if letters and not windows else "cp1252"


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    """Whether the whole is text in this encoding, with no sign in it that no text has."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in _pieces(stream):
            if "\0" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while piece := stream.read(_PIECE):
        yield piece
    stream.seek(0)
