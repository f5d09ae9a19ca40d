"""Tables that go out, so that no program takes what a customer once typed for a formula, and so that the memory holds.

In CSV a cell that begins with a sign of a formula gets an apostrophe before it, which reading takes off again; a plain
number with its sign is left as it is. In Excel the cell is marked as text, and stays text when it is edited.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.text import visible

MOST_EXCEL_ROWS = 1_048_576
LONGEST_EXCEL_CELL = 32_767
ROWS_AT_ONCE = 500
_FORMULA = re.compile(r"[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9 \u00a0.,]*")


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet might calculate it."""
    return _FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The table as Finnish Excel opens it (UTF-8 with its mark, semicolons), in pieces as it is made."""
    buffer = io.StringIO()
    write = csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow
    buffer.write("\ufeff")
    write([_guarded(cell) for cell in header])
    for count, row in enumerate(rows, 1):
        write([_guarded(cell) for cell in row])
        if not count % ROWS_AT_ONCE:
            yield _taken(buffer)
    yield _taken(buffer)


def csv_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> BinaryIO:
    """The same whole, in a temporary file that is gone when it is closed: what fails half way is never sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.writelines(csv_bytes(header, rows))
    file.seek(0)
    return file


def _guarded(cell: str) -> str:
    text = cell.replace("\0", "")
    return f"'{text}" if is_formula_like(text) else text


def _taken(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece


def xlsx_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> BinaryIO:
    """The table as an Excel workbook, in a temporary file that is gone when it is closed.

    :raises RuleViolation: there are more rows than Excel can hold.
    """
    from xlsxwriter import Workbook  # few pages need it

    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    book = Workbook(file, {"constant_memory": True})
    sheet, bold, text = book.add_worksheet("Taulukko"), book.add_format({"bold": True}), book.add_format()
    text.set_quote_prefix()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(header) - 1, 0), 24)
    for place, name in enumerate(header):
        sheet.write_string(0, place, _kept(name), bold)
    for number, row in enumerate(rows, 1):
        if number == MOST_EXCEL_ROWS:
            raise RuleViolation("Excel-tiedostoon ei mahdu näin monta riviä. Valitse muoto CSV.")
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, _kept(cell), text if is_formula_like(cell) else None)
    book.close()
    file.seek(0)
    return file


def _kept(text: str) -> str:
    return (text if text.isascii() and text.isprintable() else visible(text))[:LONGEST_EXCEL_CELL]
