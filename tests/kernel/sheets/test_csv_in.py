"""CSV as Finnish offices have it is read whatever its letters and separators; what cannot be read is told in Finnish."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets import csv_bytes, limits, open_sheet
from tests.kernel.sheets.tables import READ, TABLE, file


def refused(content: str | bytes, encoding: str = "utf-8", name: str = "asiakkaat.csv") -> str:
    with pytest.raises(RuleViolation) as violation:
        list(open_sheet(file(content, encoding), name).rows())
    assert violation.value.field == "file"
    return violation.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_usual_encoding_and_separator_is_read(encoding, separator):
    sheet = open_sheet(file(TABLE.replace(";", separator), encoding), "asiakkaat.csv")

    assert sheet.header == ["Nimi", "Kaupunki"]
    assert list(sheet.rows()) == READ
    assert (sheet.kind, sheet.separator) == ("csv", separator)
    assert sheet.encoding.replace("-", "")[:5] == encoding.replace("-", "")[:5]


def test_a_file_with_both_marks_of_utf_16_is_read():
    for mark, encoding in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le")):
        assert list(open_sheet(file(mark + TABLE.encode(encoding)), "a.txt").rows()) == READ


def test_a_windows_file_with_a_long_dash_and_an_accent_between_words_is_not_taken_for_latin_9():
    table = "Nimi;Tilaus\nMäkelä;Kirves – ½ kg ´terä´ 5 €\n"
    assert list(open_sheet(file(table, "cp1252"), "a.csv").rows()) == [["Mäkelä", "Kirves – ½ kg ´terä´ 5 €"]]


def test_a_comma_inside_the_data_does_not_mislead_the_guess_of_the_separator():
    table = "Nimi;Katu\n" + "".join(f"Virtanen, Maija;Mäkitie {n}, as. 4\n" for n in range(40))
    sheet = open_sheet(file(table), "a.csv")
    assert sheet.separator == ";"
    assert next(sheet.rows()) == ["Virtanen, Maija", "Mäkitie 0, as. 4"]


def test_one_column_is_a_table_too():
    sheet = open_sheet(file("Nimi\nMaija Virtanen\nMatti Meikäläinen\n"), "a.csv")
    assert list(sheet.rows()) == [["Maija Virtanen"], ["Matti Meikäläinen"]]


def test_the_line_by_which_excel_tells_the_separator_is_no_row():
    sheet = open_sheet(file("sep=,\r\nNimi,Katu\r\nMaija,Mäkitie 1; A 2\r\n"), "a.csv")
    assert (sheet.separator, sheet.header) == (",", ["Nimi", "Katu"])
    assert list(sheet.numbered()) == [(3, ["Maija", "Mäkitie 1; A 2"])]


def test_a_quoted_cell_may_have_lines_separators_and_quotes_in_it():
    sheet = open_sheet(file('Nimi;Tilaukset\n"Oy ""Äijä"" Ab";"Kirves; 1\nLapio"\nSeuraava;\n'), "a.csv")
    assert list(sheet.numbered()) == [(2, ['Oy "Äijä" Ab', "Kirves; 1\nLapio"]), (4, ["Seuraava", ""])]


def test_empty_lines_are_passed_over_and_the_others_keep_their_numbers():
    sheet = open_sheet(file("\n;;\nNimi;Katu\n\n ; \nMaija;\n;;;\nMatti;Tie 2\n\n"), "a.csv")
    assert list(sheet.numbered()) == [(6, ["Maija", ""]), (8, ["Matti", "Tie 2"])]


def test_the_header_over_again_is_no_customer():
    sheet = open_sheet(file("Nimi;Katu\nMaija;Tie 1\nNimi;Katu\nMatti;Tie 2\n"), "a.csv")
    assert [row[0] for row in sheet.rows()] == ["Maija", "Matti"]
    assert sheet.repeated == 1


def test_columns_without_a_name_or_with_the_same_name_get_names_of_their_own():
    sheet = open_sheet(file("Puhelin;;Puhelin;Puhelin;;\n1;2;3;4;;\n"), "a.csv")
    assert sheet.header == ["Puhelin", "Sarake 2", "Puhelin (2)", "Puhelin (3)"]


def test_a_row_that_is_too_long_keeps_what_is_too_much_and_a_short_one_is_filled():
    sheet = open_sheet(file("A;B;C\n1\n1;2;3;4;5;\n"), "a.csv")
    assert list(sheet.rows()) == [["1", "", ""], ["1", "2", "3", "4", "5"]]


@pytest.mark.parametrize(
    ("row", "number"), [('"Maija;Tie 1', 3), ('"Maija"x;Tie 1', 3), ('Matti;"Tie 2', 3), ('"Mai"ja;', 3)]
)
def test_a_quotation_mark_without_its_pair_is_told_with_its_row(row, number):
    sentence = refused(f"Nimi;Katu\nAino;Tie 0\n{row}\nLasse;Tie 3\n")
    assert f"Rivillä {number} on lainausmerkki" in sentence


def test_an_opened_quotation_mark_does_not_swallow_a_long_file():
    rows = "".join(f"Nimi {n};Mäkitie {n} A 12, 00100 Helsinki\n" for n in range(5000))
    assert "Rivillä 2 on lainausmerkki" in refused('Nimi;Katu\n"Maija;Tie\n' + rows)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "tyhjä"),
        (b"\xef\xbb\xbf", "tyhjä"),
        (b"\n;;;\n\n", "tyhjä"),
        (b"Nimi;Katu\n", "vain otsikkorivi"),
        (b"Nimi;Katu\nMai\0ja;Tie\n", "vioittunut"),
        (b"\x00\x01\x02\x03" * 50, "vioittunut"),
        (b"Nimi;Katu\nM\x81ij\x8d;\x8f\n", "vioittunut"),
        (b"\xff\xfeN\0i\0m", "vioittunut"),
        (b"%PDF-1.7 ...", "PDF-tiedosto, ei taulukko"),
        (b"\x89PNG\r\n\x1a\n....", "kuva, ei taulukko"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "vanhaa Excel-muotoa"),
        (b"maija@esimerkki.fi;Maija\nmatti@esimerkki.fi;Matti\n", "otsikot"),
        (b"Maija;0415058567\nMatti;0415058568\n", "otsikot"),
    ],
)
def test_what_is_no_table_is_told_in_finnish(content, told):
    sentence = refused(content)
    assert told in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("columns", [101, 300])
def test_three_hundred_columns_are_too_many(columns):
    row = ";".join(f"Sarake {chr(97 + n % 26)}" for n in range(columns))
    assert f"{columns} saraketta" in refused(f"{row}\n{row.replace('Sarake', 'x')}\n")


def test_a_file_too_large_is_not_read_at_all(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST", 1000)
    assert "liian suuri" in refused("Nimi\n" + "Maija\n" * 300)


def test_more_rows_than_are_read_at_once_are_told(monkeypatch):
    from rekisteri.kernel.sheets import reading

    monkeypatch.setattr(reading, "MOST_ROWS", 20)
    assert "yli 20 riviä" in refused("Nimi\n" + "Maija\n" * 21)


def test_a_table_is_read_again_from_the_top_each_time():
    sheet = open_sheet(file(TABLE), "a.csv")
    first = sheet.rows()
    next(first)
    assert list(sheet.rows()) == READ
    assert list(sheet.rows()) == READ


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12), min_size=2, max_size=2
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_was_written_is_read_back(rows):
    kept = [row for row in rows if row[1].strip() and row != ["Nimi", "Katu"]]
    if kept:
        content = b"".join(csv_bytes(["Nimi", "Katu"], kept))
        assert list(open_sheet(file(content), "a.csv").rows()) == kept
