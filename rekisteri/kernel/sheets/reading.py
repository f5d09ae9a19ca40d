"""Opening a table that comes in. What it is, is seen from its content; its name is only for the person.

Whatever is wrong with a file is told in a sentence that says what to do about it; no file opens half way.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number, fold
from rekisteri.kernel.sheets.encodings import encoding_of
from rekisteri.kernel.sheets.limits import FIELD, LARGEST, MOST_COLUMNS, MOST_ROWS, check_size
from rekisteri.kernel.sheets.separated import open_separated
from rekisteri.kernel.text import clean

__all__ = ["LARGEST", "Sheet", "open_sheet"]

Lines = Iterator[tuple[int, list[str]]]
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
OTHERS = {b"%PDF": "PDF-tiedosto", b"\x89PNG": "kuva", b"\xff\xd8\xff": "kuva", b"GIF8": "kuva", b"Rar!": "RAR-paketti"}


@dataclass
class Sheet:
    """A table whose columns are named by its first row.

    `encoding` and `separator` are told of CSV, `name` of the Excel sheet that was chosen; `repeated` counts the rows that
    were the header over again, as when files have been put one after another.
    """

    kind: str
    header: list[str]
    lines: Callable[[], Lines]
    encoding: str = ""
    separator: str = ""
    name: str = ""
    repeated: int = field(default=0, init=False)

    def rows(self) -> Iterator[list[str]]:
        """The rows below the header, as many cells in each as there are columns."""
        return (cells for _number, cells in self.numbered())

    def numbered(self) -> Lines:
        """The rows below the header with the number each has in the file; empty ones are passed over.

        A row that has more in it than there are columns keeps what is too much, so that it can be told.
        """
        self.repeated, count, lines = 0, 0, self._below_header()
        for number, cells in lines:
            if _named(cells[:1]) == self.header[:1] and _named(cells, len(self.header)) == self.header:
                self.repeated += 1
                continue
            count += 1
            if count > MOST_ROWS:
                sentence = f"Tiedostossa on yli {fi_number(MOST_ROWS)} riviä. Jaa se pienempiin tiedostoihin."
                raise RuleViolation(sentence, field=FIELD)
            yield number, cells + [""] * (len(self.header) - len(cells))

    def _below_header(self) -> Lines:
        filled = ((number, _trimmed(cells)) for number, cells in self.lines())
        seen = ((number, cells) for number, cells in filled if cells)
        next(seen, None)
        return seen


def open_sheet(stream: BinaryIO, filename: str) -> Sheet:
    """The table in a file; read as it is asked for, so that a long one fits in little memory.

    :raises RuleViolation: it cannot be read, with what to do about it; also while the rows are read.
    """
    check_size(stream)
    sheet = _opened(stream, filename)
    first = next((cells for _number, cells in ((n, _trimmed(c)) for n, c in sheet.lines()) if cells), None)
    if first is None:
        raise RuleViolation("Tiedosto on tyhjä.", field=FIELD)
    if len(first) > MOST_COLUMNS:
        sentence = (
            f"Tiedostossa on {len(first)} saraketta; enintään {MOST_COLUMNS} luetaan. Poista tarpeettomat sarakkeet."
        )
        raise RuleViolation(sentence, field=FIELD)
    _check_header(first)
    sheet.header = _named(first)
    if next(sheet.rows(), None) is None:
        raise RuleViolation("Tiedostossa on vain otsikkorivi.", field=FIELD)
    return sheet


def _opened(stream: BinaryIO, filename: str) -> Sheet:
    start = stream.read(16)
    stream.seek(0)
    if start.startswith(ZIP):
        from rekisteri.kernel.sheets.workbook import open_workbook

        name, lines = open_workbook(stream)
        return Sheet("xlsx", [], lines, name=name)
    if start.startswith(OLD_EXCEL):
        raise RuleViolation(
            "Tiedosto on vanhaa Excel-muotoa (.xls) tai suojattu salasanalla. "
            "Tallenna se Excelissä ilman salasanaa muodossa ”Excel-työkirja (.xlsx)”.",
            field=FIELD,
        )
    other = next((what for magic, what in OTHERS.items() if start.startswith(magic)), None)
    if other:
        raise RuleViolation(f"Tiedosto on {other}, ei taulukko. Tallenna tiedot muodossa CSV tai XLSX.", field=FIELD)
    encoding = encoding_of(stream)
    separator, lines = open_separated(stream, encoding)
    return Sheet("csv", [], lines, encoding=encoding, separator=separator)


def _trimmed(cells: list[str]) -> list[str]:
    """The cells without the empty ones at the end; nothing is left of an empty row."""
    last = len(cells)
    while last and not cells[last - 1].strip():
        last -= 1
    return cells[:last]


def _named(cells: list[str], columns: int = 0) -> list[str]:
    """Names of columns, each its own: an empty one by its place, a second of the same name by its number."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = wanted = clean(cell)[:100] or f"Sarake {place}"
        again = 1
        while name in names:
            again += 1
            name = f"{wanted} ({again})"
        names.append(name)
    return names + [f"Sarake {place}" for place in range(len(cells) + 1, columns + 1)]


def _check_header(cells: list[str]) -> None:
    """The first row names the columns. One that holds an address or a number is somebody's data."""
    for cell in cells:
        digits = sum(sign.isdigit() for sign in cell)
        if "@" in cell or digits >= 5 or fold(cell).count("\n") > 3:
            raise RuleViolation(
                "Tiedoston ensimmäisellä rivillä on tietoja. Lisää ensimmäiseksi rivi, jolla on sarakkeiden otsikot.",
                field=FIELD,
            )
