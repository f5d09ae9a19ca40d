"""Run on its own: reads an Excel workbook and writes its first sheet with something in it as lines of text.

    python unpacking.py WORKBOOK LINES MEGABYTES

A workbook may be made to fill the memory with a few bytes, so it is opened in a process that has a limit and that nobody
misses. On the first line stands the sheet's name, on each other one a row's number and its cells as a Finn types them.
"""

import csv
import resource
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

SECONDS = 60
NOTHING_THERE = 3


def main(workbook: str, lines: str, megabytes: str) -> int:
    """The process: 0 when the lines are written, `NOTHING_THERE` when no visible sheet has anything in it."""
    most = int(megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(workbook) as book, Path(lines).open("w", encoding="utf-8", newline="") as out:
        for sheet in book.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
                write = csv.writer(out).writerow
                write([sheet.name])
                if _write_rows(book.get_sheet_by_name(sheet.name), write):
                    return 0
                out.seek(0)
                out.truncate()
    return NOTHING_THERE


def _write_rows(sheet: Any, write: Any) -> bool:
    """The rows that have something in them; whether there was one."""
    found = False
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            found = True
            write([number, *cells])
    return found


def text(value: Any) -> str:
    """What stands in a cell; a date as 5.3.2026, a decimal with a comma, a whole number without one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TOSI" if value else "EPÄTOSI"
    if isinstance(value, datetime):
        day = f"{value.day}.{value.month}.{value.year}"
        return day if value.time() == time() else f"{day} {value:%H.%M}"
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    return str(value)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
