"""Letters and forms as they come out of the printer: measured on the sheet (SFS 2487:2024) and read as text."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from rekisteri.documents import composition, scans, service
from rekisteri.kernel.pdf import render
from tests.documents.factories import CONTROLLER, make_document, picture
from tests.kernel.pdf.pages import ink, pixels, sheets, text

WINDOWS = {  # left, top, width, height of an envelope's window on the sheet, in millimetres
    "E65": (15, 40, 95, 30),
    "C65": (15, 39, 100, 35),
    "C5": (15, 44, 105, 35),
    "C4": (15, 42, 100, 40),
}
FULL_ADDRESS = (
    "WWWWWWWWWWWWWWWWWWWWWWWWWW",
    "c/o Pohjoinen Kiinteistöhuolto Oy",
    "Mäkitie 4 A 3",
    "00100 HELSINKI",
    "FINLAND",
)


def letter(**given: Any) -> bytes:
    return service.content(make_document(**given))


@pytest.mark.parametrize(("left", "top", "width", "height"), WINDOWS.values(), ids=WINDOWS)
def test_the_whole_address_and_nothing_else_shows_in_the_window(
    app: Flask, left: int, top: int, width: int, height: int
) -> None:
    sheet = pixels(letter(addressee=FULL_ADDRESS))
    window = (left, top, left + width, top + height)
    address = (22, 46, 105, 69)
    assert ink(sheet, window) == ink(sheet, address) > 500


def test_the_address_stays_clear_of_the_window_edges(app: Flask) -> None:
    """An envelope's content moves a few millimetres: around the address the sheet is empty."""
    sheet = pixels(letter(addressee=FULL_ADDRESS))
    assert ink(sheet, (0, 36, 210, 46)) == 0
    assert ink(sheet, (0, 46, 21.5, 99)) == 0
    assert ink(sheet, (105, 46, 210, 99)) == 0
    assert ink(sheet, (0, 69.5, 210, 99)) == 0


def test_metadata_begins_112_millimetres_from_the_edge_and_title_below_100(app: Flask) -> None:
    sheet = pixels(letter())
    assert ink(sheet, (111, 13, 180, 31)) > 200
    assert ink(sheet, (107, 10, 111.8, 36)) == 0
    assert ink(sheet, (19.5, 99.5, 100, 110)) > 200
    assert ink(sheet, (0, 0, 19.5, 297)) == 0, "the left margin is 20 mm"


def test_the_body_stands_at_43_millimetres(app: Flask) -> None:
    sheet = pixels(letter(paragraphs=["Kappale, joka jatkuu ja jatkuu seuraavalle riville asti. " * 3]))
    body = (20, 115, 43, 125)
    assert ink(sheet, body) == 0
    assert ink(sheet, (43, 115, 195, 125)) > 200


def test_every_sheet_repeats_what_it_belongs_to_and_which_sheet_it_is(app: Flask) -> None:
    document = make_document(paragraphs=["Kappale, joka täyttää arkkia."] * 60)
    words = text(service.content(document))
    assert all(f"{sheet} (3)" in words for sheet in (1, 2, 3))
    assert words.count("23.11.2026") >= 3
    assert words.count(f"{document.number}\n") >= 3


def test_the_parts_stand_in_the_order_of_the_standard(app: Flask) -> None:
    context = {"controller": CONTROLLER, "paragraphs": ["Leipäteksti."]}
    context |= {"enclosures": ["Pyynnön jäljennös"], "distribution": ["Rekisteröity"], "copies": ["Asiakaspalvelu"]}
    words = text(letter(context=context))
    order = [
        "Kuusikon Kello Oy",
        "Kieltäytymistodistus",
        "Šakki Žukov",
        "Todistus oikaisupyynnön epäämisestä",
        "Leipäteksti.",
        "Onni Saari, toimitusjohtaja",
        "Liitteet",
        "Jakelu",
        "Tiedoksi",
        "Y-tunnus 9000009-7",
        "SHA-256",
    ]
    places = [words.index(part) for part in order]
    assert places == sorted(places)


def test_lists_that_are_empty_leave_no_heading(app: Flask) -> None:
    words = text(letter())
    assert not [label for label in ("Liitteet", "Jakelu", "Tiedoksi", "Tyhjä") if label in words]


def test_a_signature_is_never_left_alone_on_a_sheet_without_its_line(app: Flask) -> None:
    for count in range(14, 26):
        document = make_document(paragraphs=["Kappale, joka täyttää arkkia."] * count)
        signed = [page for page in text(service.content(document)).split("SHA-256") if "Onni Saari" in page]
        assert len(signed) == 1
        assert "Tampere 23.11.2026" in signed[0]


def test_words_of_eighty_letters_stay_on_the_sheet(app: Flask) -> None:
    word = "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilaskunnanhallinnoijatar"
    sheet = pixels(letter(paragraphs=[word, word * 3]))
    assert ink(sheet, (195.5, 0, 210, 297)) == 0


def test_a_letter_full_of_strange_signs_is_still_archival(app: Flask, verapdf: Callable[..., None]) -> None:
    strange = ["😀 שלום مرحبا", "Đorđe Łukasz Ğül Ștefan", "A\U000131f8B", "漢字"]
    printed = letter(paragraphs=strange, addressee=("Đorđe Łukasz", "Ğül Ștefanin tie 1", "00100 HELSINKI"))
    verapdf(printed)
    assert "Đorđe Łukasz Ğül Ștefan" in text(printed)


@pytest.fixture
def form(app: Flask) -> Callable[..., bytes]:
    """Print the form of these tests."""

    def print_it(**context: Any) -> bytes:
        page = composition.page(
            "koe/form.html", title="Oikaisupyyntö", on=date(2026, 11, 23), context={"controller": CONTROLLER, **context}
        )
        return render(page, title="Oikaisupyyntö")

    return print_it


def test_a_form_to_fill_in_is_archival_and_accessible_with_its_code_and_without(
    form: Callable[..., bytes], verapdf: Callable[..., None]
) -> None:
    verapdf(form())
    verapdf(form(return_code="http://127.0.0.1:8000/pyynnot/lomake/K7QF2M9X4TBR"))


def test_a_form_has_lines_to_write_on_and_what_is_known_is_printed_on_them(form: Callable[..., bytes]) -> None:
    printed = form()
    assert {"Nimi", "Puhelinnumero", "Perusteet", "☐", "Paikka ja päiväys", "Nimenselvennys"} <= set(
        text(printed).splitlines()
    )
    assert "Šakki Žukov" in text(printed)
    sheet = pixels(printed)
    dark_rows = [row for row in range(sheet.height) if sheet.crop((130, row, 1150, row + 1)).getextrema()[1] < 160]
    assert len(dark_rows) >= 4, "writing lines reach across the sheet"
    assert sheets(printed) == 1


def test_the_code_on_a_printed_form_is_read_from_a_scan_of_it(form: Callable[..., bytes]) -> None:
    import io

    code = "http://127.0.0.1:8000/pyynnot/lomake/K7QF2M9X4TBR"
    scanned = io.BytesIO()
    pixels(form(return_code=code), dots=200).rotate(2, fillcolor="white").save(scanned, "JPEG", quality=60)
    assert scans.read_qr(scanned.getvalue()) == [code]
    assert scans.read_qr(picture()) == []
