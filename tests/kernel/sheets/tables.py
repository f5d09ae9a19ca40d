"""Tables as other programs save them: text in every encoding, Excel workbooks good and bad."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from xlsxwriter import Workbook

TABLE = "Nimi;Kaupunki\r\nÄijälä Öljy;Åbo\r\nŠakkola Žofia;Käkisalmi\r\n"
READ = [["Äijälä Öljy", "Åbo"], ["Šakkola Žofia", "Käkisalmi"]]


def file(content: str | bytes, encoding: str = "utf-8") -> BinaryIO:
    """A file with this in it."""
    return io.BytesIO(content.encode(encoding) if isinstance(content, str) else content)


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], change: Callable[[Any], None] | None = None) -> BinaryIO:
    """An Excel workbook with these sheets."""
    made = io.BytesIO()
    book = Workbook(made, {"default_date_format": "d.m.yyyy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                _write(sheet, number, place, value)
    if change:
        change(book)
    book.close()
    made.seek(0)
    return made


def _write(sheet: Any, number: int, place: int, value: Any) -> None:
    if isinstance(value, date | datetime):
        sheet.write_datetime(number, place, value)
    elif value is not None:
        sheet.write(number, place, value)


def with_part(packed: BinaryIO, name: str, content: bytes) -> BinaryIO:
    """The same zip with one part more, or another one in the place of one it had."""
    made = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    made.seek(0)
    return made


def part_of(packed: BinaryIO, name: str) -> bytes:
    """What stands in one part of a zip."""
    with zipfile.ZipFile(packed) as opened:
        return opened.read(name)
