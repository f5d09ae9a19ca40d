"""Whatever the bytes of a file are, it is read or it is told in one sentence why not; what goes out comes back whole."""

import codecs
import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets import csv_bytes, csv_file, open_sheet, xlsx_file
from rekisteri.kernel.sheets.writing import is_formula_like
from tests.kernel.sheets.tables import file, with_part, workbook

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)
LINES = st.lists(
    st.binary(max_size=12) | st.sampled_from([b'"', b";", b"\n", b"\r", b"\0", b"\xe4", b"Nimi"]), max_size=20
)
NASTY = [
    "=1+1",
    '=cmd|"/c calc"!A1',
    "-2+3",
    "@SUM(A1)",
    "O'Brien",
    'Oy "Äijä" Ab',
    "a;b,c",
    "Kirves\nLapio",
    "12,50",
    "-5",
    "00100",
    "+358 41 505 8567",
    "1E5",
    "5.3.2026",
    "TOSI",
    "Šakira Žukov 李 😀",
]


def read_or_told(content: bytes, name: str = "a.csv") -> list[list[str]] | str:
    """The rows, or the sentence. Any other error fails the test."""
    try:
        sheet = open_sheet(file(content), name)
        rows = list(sheet.rows())
    except RuleViolation as violation:
        return violation.sentence
    width = len(sheet.header)
    return [row if len(row) >= width else ["too short"] for row in rows]


def check(answer: list[list[str]] | str) -> None:
    if isinstance(answer, str):
        assert answer.endswith(".")
        assert answer[0].isupper()
    else:
        assert answer
        assert ["too short"] not in answer


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told(content):
    check(read_or_told(content))


@given(LINES)
def test_pieces_of_tables_in_any_mixture_are_read_or_told(pieces):
    check(read_or_told(b"Nimi;Katu\n" + b";".join(pieces)))
    check(read_or_told(b"".join(pieces)))


@given(st.sampled_from([codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE]), st.binary(max_size=40))
def test_a_mark_that_promises_an_encoding_is_not_believed_blindly(mark, content):
    check(read_or_told(mark + content))


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"GIF8", b"Rar!", b"\xff\xd8\xff"]
)
@pytest.mark.parametrize("rest", [b"", b"\0" * 100, b";Nimi\nMaija;\n", bytes(range(256))])
def test_the_beginning_of_another_kind_of_file_is_told_whatever_follows(start, rest):
    answer = read_or_told(start + rest)

    assert isinstance(answer, str)
    assert answer.endswith(".")


@pytest.mark.parametrize("names", [["../../etc/passwd"], ["/xl/workbook.xml"], ["xl/workbook.xml/"], ["x"] * 3, []])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_strange_parts_is_told(names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name in names:
            made.writestr(name, "x")

    assert isinstance(read_or_told(packed.getvalue()), str)


@pytest.mark.parametrize("head", [b"<!DOCTYPE x>", b'<?xml version="1.0"?>\n<!ENTITY a "b">'])
def test_no_part_of_a_workbook_may_declare_entities(head):
    packed = with_part(workbook(("A", [["Nimi"], ["Aho"]])), "docProps/oma.xml", head)
    assert "vioittunut" in str(read_or_told(packed.read()))


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Nimi;nimi;NIMI", ["Nimi", "nimi", "NIMI"]),
        ("Nimi;Nimi;Nimi (2)", ["Nimi", "Nimi (2)", "Nimi (2) (2)"]),
        ("Sarake 2;;x", ["Sarake 2", "Sarake 2 (2)", "x"]),
        ("  Nimi \u200b;\u202eKatu;x", ["Nimi", "Katu", "x"]),
        ('"Kaksi\nriviä";b;c', ["Kaksi riviä", "b", "c"]),
    ],
)
def test_every_column_has_a_name_of_its_own_that_can_be_read(header, names):
    assert open_sheet(file(f"{header}\n1;2;3\n"), "a.csv").header == names


def test_a_cell_as_long_as_a_book_is_told_and_not_taken():
    assert "Rivillä 2" in str(read_or_told(b"Nimi;Katu\n" + b"x" * 200_000 + b";y\n"))
    assert read_or_told(b"Nimi;Katu\n" + b"x" * 90_000 + b";y\n") == [["x" * 90_000, "y"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_every_way_that_computers_have_ended_them(end):
    table = end.join(["Nimi;Katu", "Maija;Tie 1", "Matti;Tie 2", ""])
    assert read_or_told(table.encode()) == [["Maija", "Tie 1"], ["Matti", "Tie 2"]]


# what goes out


@pytest.mark.parametrize(
    "make", [lambda rows: csv_file(["Nimi", "Arvo"], rows), lambda rows: xlsx_file(["Nimi", "Arvo"], rows)]
)
def test_everything_a_customer_may_have_typed_comes_back_as_it_went(make):
    rows = [[text, other] for text in NASTY for other in ("x", text)]
    with make(rows) as made:
        assert list(open_sheet(made, "a").rows()) == rows


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_no_cell_that_goes_out_begins_a_calculation(rows):
    text = b"".join(csv_bytes(["Nimi", "Arvo"], rows)).decode("utf-8-sig")
    with io.StringIO(text, newline="") as lines:
        for cells in csv.reader(lines, delimiter=";"):
            assert not any(is_formula_like(cell) for cell in cells)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_the_file_has_a_line_for_each_row_and_no_more(rows):
    text = b"".join(csv_bytes(["Nimi", "Arvo"], rows)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(read) == len(rows) + 1
    assert all(len(cells) == 2 for cells in read)


@pytest.mark.parametrize(
    "text", ["=", "=A1", "+", "+x", "-x", "--1", "@a", "\t", "＝1", "＋1", "－1", "＠a", "-1-1", "+1*2"]
)
def test_what_a_spreadsheet_might_calculate_is_known(text):
    assert is_formula_like(text)


@pytest.mark.parametrize(
    "text", ["", "a", "1", "-1", "+358 41 505 8567", "-1\u00a0234,50", "'=1", " =1", "1=1", "a@b.fi", "\u22125"]
)
def test_what_no_spreadsheet_calculates_is_left_alone(text):
    assert not is_formula_like(text)
