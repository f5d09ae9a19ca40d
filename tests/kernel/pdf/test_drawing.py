"""The drawer: many alike sheets in one file, measured on the pages as a printer would draw them."""

import pymupdf
import pytest

from rekisteri.kernel import pdf
from rekisteri.kernel.pdf.fitting import Box
from rekisteri.kernel.pdf.measuring import rows, text_width
from rekisteri.kernel.pdf.typeface import Typeface

TWO = ((Box(20, 30, 60, 20),), (Box(120, 30, 60, 20),))


def drawn(layout: pdf.Layout, copies: list[pdf.Copy]) -> tuple[pymupdf.Document, pdf.Drawn]:
    found = pdf.draw(layout, copies)
    with found.file as file:
        return pymupdf.open(stream=file.read(), filetype="pdf"), found


def test_copies_fill_the_places_of_a_sheet_in_order_and_go_on_to_the_next() -> None:
    document, found = drawn(pdf.Layout("Koe", TWO, first=1), [[["Yksi"]], [["Kaksi"]], [["Kolme"]]])
    assert found.pages == len(document) == 2
    assert [page.get_text().split() for page in document] == [["Yksi"], ["Kaksi", "Kolme"]]
    assert document[0].search_for("Yksi")[0].x0 == pytest.approx(120 * 72 / 25.4, abs=1)


def test_finnish_and_foreign_letters_can_be_searched_and_copied() -> None:
    text = "Åke Äijälä-Šemeikka Жуков Łódź"
    document, _ = drawn(pdf.Layout("Koe", TWO), [[[text]]])
    assert document[0].get_text().strip() == text


def test_a_sign_that_the_typeface_lacks_is_an_empty_box_and_never_a_gap() -> None:
    document, _ = drawn(pdf.Layout("Koe", TWO), [[["日本 Ab"]]])
    assert document[0].get_text().strip() == "▯▯ Ab"


def test_the_file_tells_its_title_and_language() -> None:
    document, _ = drawn(pdf.Layout("Osoitetarrat", TWO), [[["Yksi"]]])
    assert document.metadata["title"] == "Osoitetarrat"
    assert document.language == "fi"


def test_what_had_to_be_left_out_is_counted() -> None:
    _, found = drawn(
        pdf.Layout("Koe", ((Box(20, 30, 30, 6),),)), [[["W" * 200, "Tie 1", "00100 HELSINKI"]], [["Yksi"]]]
    )
    assert found.shortened == 1


def test_the_background_lies_under_every_copy_and_is_once_in_the_file() -> None:
    left_open = f'<a style="display: block" href="{pdf.MARK}0">&nbsp;</a>'
    page = f'<!doctype html><html lang="fi"><title>K</title><p>Yhteinen teksti</p><p>{left_open}</p>'
    background = pdf.render(page, title="K")
    layout = pdf.Layout("K", ((Box(20, 200, 60, 20),),), background=background)
    document, found = drawn(layout, [[["Maija"], ["Hyvä Maija"]], [["Matti"], ["Hyvä Matti"]]])
    assert found.pages == 2
    first, second = (page.get_text() for page in document)
    assert "Yhteinen teksti" in first
    assert "Yhteinen teksti" in second
    assert "Hyvä Maija" in first
    assert "Matti" not in first
    assert "Hyvä Matti" in second
    whole = len(document.tobytes())
    more, _ = drawn(layout, [[["Maija"], ["Hyvä Maija"]]] * 40)
    assert len(more.tobytes()) < 1.3 * whole


def test_the_web_measures_a_text_as_the_drawer_does() -> None:
    typeface = Typeface()
    for text in ("Hyvä Aleksandra von Schwarzenberg", "WWW", "iiiiii", "Äijälä Öhman"):
        assert text_width(text, 11) == pytest.approx(typeface.width(text, 11), rel=0.02)
    assert rows("sana " * 60, width=152, size=11) > 1
