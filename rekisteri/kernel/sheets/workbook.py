"""Excel workbooks that come in: looked at before they are opened, opened by a process with a limit, never calculated.

A workbook is a zip of XML. A small file may unpack to fill the memory, declare entities that grow, name a cell in the
last corner, or carry programs; what it declares and what it holds is counted first.
"""

import csv
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets import unpacking
from rekisteri.kernel.sheets.limits import FIELD, LARGEST_UNPACKED, LONGEST_CELL, MEMORY, MOST_PARTS

_WORKBOOK = "xl/workbook.xml"
_DAMAGED = "Excel-tiedosto on vioittunut, eikä sitä voi lukea. Tallenna se uudelleen tai käytä muotoa CSV."
_NO_WORKBOOK = "Tiedosto on pakattu (zip), mutta siinä ei ole Excel-työkirjaa. Pura se ja lähetä taulukko sellaisenaan."
_MACROS = (
    "Työkirjassa on makroja, eikä niitä oteta rekisteriin. Tallenna se Excelissä muodossa ”Excel-työkirja (.xlsx)”."
)
_TOO_LARGE = (
    "Excel-tiedosto on avattuna liian suuri. Poista tyhjät rivit ja sarakkeet taulukon lopusta, "
    "jaa se pienempiin tiedostoihin tai tallenna se muodossa CSV."
)
_EMPTY = "Työkirjassa ei ole taulukkoa, jossa olisi tietoja."
_HEAD = 1024
_PIECE = 1 << 20


def open_workbook(stream: BinaryIO) -> tuple[str, Callable[[], Iterator[tuple[int, list[str]]]]]:
    """The name of the first visible sheet with something in it, and a function that begins its rows from the top."""
    _examine(stream)
    text = _unpacked(stream)
    name = next(csv.reader(text))[0]

    def lines() -> Iterator[tuple[int, list[str]]]:
        text.seek(0)
        csv.field_size_limit(LONGEST_CELL)
        rows = csv.reader(text)
        next(rows, None)
        return ((int(row[0]), row[1:]) for row in rows)

    return name, lines


def _examine(stream: BinaryIO) -> None:
    """Look at the parts before any of them is opened: what they are, how large they say they are and how large they are."""
    try:
        with zipfile.ZipFile(stream) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            if _WORKBOOK not in names:
                raise RuleViolation(_NO_WORKBOOK, field=FIELD)
            if any(name.endswith("vbaproject.bin") for name in names):
                raise RuleViolation(_MACROS, field=FIELD)
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise RuleViolation(_TOO_LARGE, field=FIELD)
            for part in parts:
                _look_through(packed, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise RuleViolation(_DAMAGED, field=FIELD) from error


def _look_through(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part to its end: it is as long as it says (the zip reader checks), and declares no entities."""
    with packed.open(part) as content:
        head = content.read(_HEAD)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise RuleViolation(_DAMAGED, field=FIELD)
        while content.read(_PIECE):
            pass


def _unpacked(stream: BinaryIO) -> TextIO:
    """The lines of the sheet, in a temporary file that is gone when it is closed."""
    with tempfile.TemporaryDirectory() as folder:
        workbook, lines = Path(folder, "workbook.xlsx"), Path(folder, "lines.csv")
        stream.seek(0)
        with workbook.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        command = [sys.executable, "-I", unpacking.__file__, str(workbook), str(lines), str(MEMORY)]
        try:
            done = subprocess.run(command, check=False, capture_output=True, timeout=2 * unpacking.SECONDS)
        except subprocess.TimeoutExpired as error:
            raise RuleViolation(_TOO_LARGE, field=FIELD) from error
        if done.returncode == unpacking.NOTHING_THERE:
            raise RuleViolation(_EMPTY, field=FIELD)
        if done.returncode:
            full = done.returncode < 0 or b"MemoryError" in done.stderr or b"memory" in done.stderr
            raise RuleViolation(_TOO_LARGE if full else _DAMAGED, field=FIELD)
        return lines.open(encoding="utf-8", newline="")
