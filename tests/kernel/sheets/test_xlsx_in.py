"""Excel workbooks are read as the person sees them, and a bad one harms nobody."""

import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets import limits, open_sheet
from tests.kernel.sheets.tables import file, part_of, with_part, workbook

AFTERNOON = datetime(2026, 3, 5, 14, 5)  # noqa: DTZ001 - Excel knows no zones
PEOPLE = ("Asiakkaat", [["Nimi", "Katu"], ["Äijälä", "Tie 1"], ["Maija", "Tie 2"]])
SHEET = "xl/worksheets/sheet1.xml"


def refused(packed) -> str:
    with pytest.raises(RuleViolation) as violation:
        list(open_sheet(packed, "asiakkaat.xlsx").rows())
    assert violation.value.field == "file"
    return violation.value.sentence


def test_a_workbook_is_read_whatever_its_name():
    for name in ("asiakkaat.xlsx", "asiakkaat.csv", "liite"):
        sheet = open_sheet(workbook(PEOPLE), name)
        assert (sheet.kind, sheet.name, sheet.header) == ("xlsx", "Asiakkaat", ["Nimi", "Katu"])
        assert list(sheet.numbered()) == [(2, ["Äijälä", "Tie 1"]), (3, ["Maija", "Tie 2"])]


def test_text_named_xlsx_is_read_as_text():
    assert open_sheet(file("Nimi;Katu\nMaija;Tie 1\n"), "asiakkaat.xlsx").kind == "csv"


def test_cells_are_read_as_a_finn_would_type_them():
    values = [date(2026, 3, 5), AFTERNOON, 100, 12.5, "5.3.2026", True, None, 415058567, "00100"]
    sheet = open_sheet(workbook(("A", [[f"S{n}" for n in "abcdefghi"], values])), "a.xlsx")
    expected = ["5.3.2026", "5.3.2026 14.05", "100", "12,5", "5.3.2026", "TOSI", "", "415058567", "00100"]
    assert list(sheet.rows()) == [expected]


def test_of_a_formula_its_last_result_is_read_and_nothing_is_calculated():
    def formulas(book):
        book.get_worksheet_by_name("A").write_formula("A2", '=HYPERLINK("http://paha.example","x")', None, "Maija")

    assert list(open_sheet(workbook(("A", [["Nimi"], ["x"]]), change=formulas), "a.xlsx").rows()) == [["Maija"]]


def test_of_merged_cells_the_first_has_the_value():
    def merge(book):
        book.get_worksheet_by_name("A").merge_range("A2:B3", "Maija")

    sheet = open_sheet(workbook(("A", [["Nimi", "Katu"], [], [], ["Matti", "Tie"]]), change=merge), "a.xlsx")
    assert list(sheet.rows()) == [["Maija", ""], ["Matti", "Tie"]]


def test_the_first_visible_sheet_with_something_in_it_is_read():
    def hide(book):
        book.get_worksheet_by_name("Piilossa").hide()
        book.get_worksheet_by_name("Tyhjä").activate()

    made = workbook(("Tyhjä", []), ("Piilossa", [["Salaisuus"], ["x"]]), PEOPLE, ("Muu", [["X"], ["y"]]), change=hide)
    assert open_sheet(made, "a.xlsx").name == "Asiakkaat"


def test_rows_keep_their_numbers_below_empty_ones():
    sheet = open_sheet(workbook(("A", [[], [], ["Nimi"], [], ["Maija"]])), "a.xlsx")
    assert list(sheet.numbered()) == [(5, ["Maija"])]


@pytest.mark.parametrize("rows", [[], [[]], [[" "]]])
def test_a_workbook_with_nothing_in_it_is_told(rows):
    assert refused(workbook(("A", rows))).startswith(("Työkirjassa ei ole", "Tiedosto on tyhjä"))


def test_macros_are_refused_with_a_word():
    assert "makroja" in refused(with_part(workbook(PEOPLE), "xl/vbaProject.bin", b"Sub Auto_Open()"))


def test_a_zip_that_is_no_workbook_is_told():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("asiakkaat.csv", "Nimi;Katu\n")
    packed.seek(0)
    assert "pakattu (zip)" in refused(packed)


@pytest.mark.parametrize("cut", [30, 200, 2000, -50])
def test_a_workbook_cut_short_is_told(cut):
    assert "vioittunut" in refused(file(workbook(PEOPLE).read()[:cut]))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<worksheet><sheetData><row", b"\0\xff\0", b"<a/>"])
def test_a_broken_part_is_told_or_passed_over(part, content):
    with suppress(RuleViolation):
        assert len(list(open_sheet(with_part(workbook(PEOPLE), part, content), "a.xlsx").rows())) <= 2


def test_entities_that_grow_are_refused():
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert "vioittunut" in refused(with_part(workbook(PEOPLE), SHEET, laughs))


def test_a_bomb_that_tells_its_size_is_not_opened(monkeypatch):
    monkeypatch.setattr("rekisteri.kernel.sheets.workbook.LARGEST_UNPACKED", 1_000_000)
    bomb = with_part(workbook(PEOPLE), "xl/media/kuva.bin", b"\0" * 2_000_000)
    assert len(bomb.read()) < 50_000
    bomb.seek(0)
    assert "liian suuri" in refused(bomb)


def test_a_bomb_that_lies_of_its_size_is_found_out():
    bomb = bytearray(with_part(workbook(PEOPLE), "xl/media/kuva.bin", b"\0" * 2_000_000).read())
    told, lie = struct.pack("<I", 2_000_000), struct.pack("<I", 20)
    assert told in bomb
    assert "vioittunut" in refused(file(bytes(bomb.replace(told, lie))))


def test_a_cell_in_the_last_corner_does_not_fill_the_memory():
    made = workbook(PEOPLE)
    sheet = part_of(made, SHEET).replace(b'<c r="B3"', b'<c r="XFD1048576"')
    assert "liian suuri" in refused(with_part(made, SHEET, sheet))


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr("rekisteri.kernel.sheets.workbook.MOST_PARTS", 5)
    assert "liian suuri" in refused(workbook(PEOPLE))


def test_a_file_protected_with_a_password_is_told():
    assert "salasanalla" in refused(file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))


def test_the_limits_are_told_in_the_sentence():
    assert limits.LARGEST // limits.MEGABYTE == 60
