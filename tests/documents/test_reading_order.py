"""A letter can be listened to: what a screen reader meets is in order, named, and complete (ISO 14289-1)."""

import io
from datetime import date

import pikepdf
from flask import Flask

from rekisteri.documents import composition, service
from rekisteri.kernel.pdf import render
from tests.documents.factories import CONTROLLER, make_document
from tests.documents.structure import elements
from tests.kernel.pdf.pages import text


def test_a_letter_has_one_main_heading_and_parts_below_it(app: Flask) -> None:
    kinds = [element.kind for element in elements(service.content(make_document()))]
    assert kinds.count("H1") == 1
    assert kinds.index("H1") < kinds.index("Table")


def test_tables_have_captions_and_headers(app: Flask) -> None:
    found = elements(service.content(make_document()))
    tables = [element for element in found if element.kind == "Table"]
    captions = [element for element in found if element.kind == "Caption"]
    headers = [element for element in found if element.kind == "TH"]
    assert len(tables) == len(captions) == 2
    assert len(headers) == 1 + 4 + 1, "one fact, four columns, one row"
    assert all("Table" in header.within for header in headers)


def test_every_cell_knows_its_headers(app: Flask) -> None:
    with pikepdf.open(io.BytesIO(service.content(make_document()))) as document:
        cells = [
            thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TD"
        ]
        assert cells
        assert all(len(cell.A.Headers) >= 1 for cell in cells if "/A" in cell)


def test_the_words_stand_in_the_file_in_the_order_they_are_read(app: Flask) -> None:
    """Also for programs that know nothing of tags: copying, searching, reflowing on a phone."""
    words = text(service.content(make_document(paragraphs=["Leipäteksti."])))
    order = [
        "Kuusikon Kello Oy",
        "1 (1)",
        "Šakki Žukov",
        "Todistus oikaisupyynnön",
        "Leipäteksti.",
        "Asian tiedot",
        "Onni Saari",
    ]
    places = [words.index(part) for part in order]
    assert places == sorted(places)


def test_what_is_repeated_on_every_sheet_is_read_aloud_once(app: Flask) -> None:
    document = make_document(paragraphs=["Kappale, joka täyttää arkkia."] * 60)
    printed = service.content(document)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        sheets = len(pdf.pages)
    titles = [element for element in elements(printed) if element.kind == "H1"]
    assert sheets == 3
    assert len(titles) == 1


def test_a_code_on_a_form_is_described_to_those_who_do_not_see_it(app: Flask) -> None:
    page = composition.page(
        "koe/form.html",
        title="Oikaisupyyntö",
        on=date(2026, 11, 23),
        context={
            "controller": CONTROLLER,
            "return_code": "https://x.example/1",
            "return_code_text": "Lomakkeen koodi K7QF",
        },
    )
    figures = [element for element in elements(render(page, title="Oikaisupyyntö")) if element.kind == "Figure"]
    assert [figure.alternative for figure in figures] == ["Lomakkeen koodi K7QF"]
