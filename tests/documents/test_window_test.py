"""The sheet to try envelopes with: the address is where every letter has it, inside every window drawn around it."""

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest

from rekisteri.documents import service, testing
from tests.documents.factories import make_document
from tests.support.client import ReadingClient

SignIn = Callable[..., Any]
MM = 72 / 25.4


@pytest.fixture
def sheet(client: ReadingClient, sign_in: SignIn) -> Any:
    sign_in("lukija")
    answer = client.get("/asiakirjat/koetuloste.pdf")
    assert answer.mimetype == "application/pdf"
    with pymupdf.open(stream=answer.data) as file:
        assert len(file) == 1
        yield file[0]


def box_of(page: Any, rows: tuple[str, ...]) -> Any:
    """Where these rows stand, in millimetres from the sheet's left and upper edge."""
    found = [page.search_for(row)[0] for row in rows]
    box = found[0]
    for other in found[1:]:
        box |= other
    return box / MM


def test_the_address_is_inside_every_window(sheet: Any) -> None:
    box = box_of(sheet, testing.ADDRESSEE)
    for window in testing.WINDOWS:
        assert window.left <= box.x0 and box.x1 <= window.left + window.width, window.name
        assert window.top <= box.y0 and box.y1 <= window.top + window.height, window.name


def test_the_address_is_where_letters_have_it(sheet: Any) -> None:
    letter = make_document(addressee=testing.ADDRESSEE)
    with pymupdf.open(stream=service.content(letter)) as file:
        there = box_of(file[0], testing.ADDRESSEE)
    here = box_of(sheet, testing.ADDRESSEE)
    assert abs(there.x0 - here.x0) < 0.5
    assert abs(there.y0 - here.y0) < 0.5


def test_every_window_is_drawn_in_its_place_and_size(sheet: Any) -> None:
    drawn = [drawing["rect"] / MM for drawing in sheet.get_drawings()]
    left, top = min(window.left for window in testing.WINDOWS), min(window.top for window in testing.WINDOWS)
    right = max(window.left + window.width for window in testing.WINDOWS)
    bottom = max(window.top + window.height for window in testing.WINDOWS)
    near = [box for box in drawn if box.y1 < 90]
    assert abs(min(box.x0 for box in near) - left) < 0.5
    assert abs(min(box.y0 for box in near) - top) < 0.5
    assert abs(max(box.x1 for box in near) - right) < 0.5
    assert abs(max(box.y1 for box in near) - bottom) < 0.5
    assert all(sheet.search_for(window.name) for window in testing.WINDOWS)


def test_the_measure_is_a_hundred_millimetres(sheet: Any) -> None:
    low = [drawing["rect"] / MM for drawing in sheet.get_drawings() if drawing["rect"].y0 / MM > 175]
    assert abs(max(box.x1 for box in low if box.y0 < 190) - min(box.x0 for box in low if box.y0 < 190) - 100) < 0.5


def test_the_page_tells_how_to_use_it_and_which_envelopes_fit(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    page = client.get("/asiakirjat/koetuloste")
    assert "todellisessa koossa" in page.main
    assert all(window.name in page.main for window in testing.WINDOWS)
    assert page.page.select_one('a[href="/asiakirjat/koetuloste.pdf"]')


def test_who_may_not_see_papers_gets_no_sheet(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("paakayttaja")
    assert client.get("/asiakirjat/koetuloste").status_code == 403
