"""What goes out opens in Excel as it is, and what a customer typed is never calculated."""

import tracemalloc

import pytest
from python_calamine import CalamineWorkbook

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets import csv_bytes, open_sheet, writing, xlsx_file
from tests.kernel.sheets.tables import file, part_of

FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://paha.example")',
    "＝1",
]
PLAIN = ["Maija", "+358 41 505 8567", "-12,50", "1 234,5", "041 505 8567", "", "a=b", "5.3.2026"]


def content(rows, header=("Nimi", "Arvo")) -> str:
    return b"".join(csv_bytes(header, rows)).decode("utf-8-sig")


def test_csv_opens_in_finnish_excel():
    written = b"".join(csv_bytes(["Nimi", "Arvo"], [["Äijälä; Oy", 'a"b'], ["Kaksi\nriviä", ""]]))
    assert written == '\ufeffNimi;Arvo\r\n"Äijälä; Oy";"a""b"\r\n"Kaksi\nriviä";\r\n'.encode()


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_csv_begins_a_formula(formula):
    cell = content([["x", formula]]).splitlines()[1].partition(";")[2]
    assert cell.startswith(("'", "\"'"))


@pytest.mark.parametrize("plain", PLAIN)
def test_what_no_program_calculates_is_left_as_it_is(plain):
    assert content([["x", plain]]) == f"Nimi;Arvo\r\nx;{plain}\r\n"


@pytest.mark.parametrize("text", [text for text in FORMULAS + PLAIN if text.strip("\r\t") == text and text[:1] != "＝"])
def test_both_kinds_are_read_back_as_they_were(text):
    rows = [["x", text]]
    for made in (file(b"".join(csv_bytes(["Nimi", "Arvo"], rows))), xlsx_file(["Nimi", "Arvo"], rows)):
        assert list(open_sheet(made, "a").rows()) == rows


def test_excel_holds_text_and_no_formulas():
    made = xlsx_file(["=Nimi", "Arvo"], [[text, "https://paha.example"] for text in FORMULAS])
    sheet = part_of(made, "xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"<hyperlink" not in sheet
    assert b'quotePrefix="1"' in part_of(made, "xl/styles.xml")


def test_excel_takes_signs_that_its_files_cannot_hold_away():
    made = xlsx_file(["Nimi"], [["Mai\x00ja\x0b"], ["x" * 40_000]])
    rows = CalamineWorkbook.from_filelike(made).get_sheet_by_index(0).to_python()
    assert rows[1] == ["Maija"] or rows[1][0].startswith("Mai")
    assert len(rows[2][0]) == writing.LONGEST_EXCEL_CELL


def test_more_rows_than_excel_has_are_told(monkeypatch):
    monkeypatch.setattr(writing, "MOST_EXCEL_ROWS", 3)
    xlsx_file(["A"], [["1"], ["2"]]).close()
    with pytest.raises(RuleViolation, match="CSV"):
        xlsx_file(["A"], [["1"], ["2"], ["3"]])


@pytest.mark.parametrize(
    "make", [lambda rows: sum(map(len, csv_bytes(["A", "B"], rows))), lambda rows: xlsx_file(["A", "B"], rows)]
)
def test_memory_does_not_grow_with_the_rows(make):
    tracemalloc.start()
    try:
        made = make([str(n), "Maija Virtanen"] for n in range(20_000))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    if hasattr(made, "close"):
        made.close()
    assert peak < 3_000_000
