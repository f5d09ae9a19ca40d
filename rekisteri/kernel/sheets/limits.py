"""How large a table may be that comes in."""

import os
from typing import BinaryIO

from rekisteri.kernel.errors import RuleViolation

MEGABYTE = 1024 * 1024
LARGEST = 60 * MEGABYTE
LARGEST_UNPACKED = 400 * MEGABYTE
MEMORY = 1024  # megabytes, for the process that opens a workbook
MOST_PARTS = 2000
MOST_ROWS = 250_000
MOST_COLUMNS = 100
LONGEST_CELL = 100_000
FIELD = "file"
"""The name of the form's field that the sentences belong to."""


def check_size(stream: BinaryIO) -> None:
    """The file is there, and is not larger than what is read; it stands at its beginning afterwards."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if not size:
        raise RuleViolation("Tiedosto on tyhjä.", field=FIELD)
    if size > LARGEST:
        sentence = f"Tiedosto on liian suuri: enintään {LARGEST // MEGABYTE} megatavua. Jaa se pienempiin tiedostoihin."
        raise RuleViolation(sentence, field=FIELD)
