"""Text in columns (CSV): which sign separates them, and the rows."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets.limits import FIELD, LONGEST_CELL

SEPARATORS = (";", "\t", ",")
SAMPLE = 30
_SAMPLE_SIGNS = 200_000
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def open_separated(stream: BinaryIO, encoding: str) -> tuple[str, Callable[[], Iterator[tuple[int, list[str]]]]]:
    """The separator, and a function that begins the rows from the top, each with the line it begins on."""
    with _text(stream, encoding) as text:
        sample = text.read(_SAMPLE_SIGNS)
    told = _told(sample)
    separator = told or _guessed(sample)

    def lines() -> Iterator[tuple[int, list[str]]]:
        with _text(stream, encoding) as text:
            if told:
                next(text, None)
            yield from _parsed(text, separator, first=2 if told else 1)

    return separator, lines


@contextmanager
def _text(stream: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The stream as text from its beginning; it stays open afterwards."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield text
    finally:
        with suppress(ValueError):  # the file was closed before the reading came to its end
            text.detach()


def _told(sample: str) -> str | None:
    """Excel's own first line, ”sep=;”."""
    first = sample.split("\n", 1)[0].strip().strip('"').lower()
    return first[4] if len(first) == 5 and first.startswith("sep=") and first[4] in SEPARATORS else None


def _guessed(sample: str) -> str:
    """The separator that gives the most rows as many columns as the first row has, and more than one."""
    scores = {separator: _score(sample, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _score(sample: str, separator: str) -> tuple[float, int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(row):
                widths.append(len(row))
            if len(widths) == SAMPLE:
                break
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] == 1:
        return (0.0, 0)
    return (sum(width == widths[0] for width in widths) / len(widths), widths[0])


def _parsed(text: Iterator[str], separator: str, *, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text, delimiter=separator, strict=True)
    csv.field_size_limit(LONGEST_CELL)
    while True:
        begins = first + reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise RuleViolation(
                f"Rivillä {begins} on lainausmerkki väärässä paikassa tai ilman pariaan, joten rivejä ei voi erottaa "
                "toisistaan. Korjaa rivi tai tallenna tiedot uudelleen muodossa XLSX.",
                field=FIELD,
            ) from error
        yield begins, [_unguarded(cell) for cell in row]


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that was put before it so that no program takes it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _DANGEROUS and len(cell) > 1 else cell
