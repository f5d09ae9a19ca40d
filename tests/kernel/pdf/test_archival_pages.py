"""What comes out is an archival, accessible file that prints every letter right."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pikepdf
import pytest
from PIL import ImageChops

from rekisteri.kernel.pdf import EmbeddedFile, render
from tests.kernel.pdf.pages import fonts, ink, pixels, text, whole

NAMES = ["Šakki Žukov", "Đorđe Łukasz Ğül Ștefan", "Åsa Öhman", "Jürgen Weiß", "Ķēniņš Ņemiro", "Őze Űrhajós"]
LETTERS = "ŠšŽžĐđŁłĞğȘșȚțÅåÄäÖöĶķĒēŅņŐőŰűÐðÞþÆæØøĀāĪīŪūČčĆćŐőÍíÚúÝýŘřĚěŮů"


def test_one_file_is_both_pdf_a_and_pdf_ua(verapdf: Callable[..., None]) -> None:
    verapdf(render(whole("<h1>Otsikko</h1><p>Teksti</p><ul><li>yksi</li></ul>"), title="Koe"))


def test_a_file_that_travels_inside_keeps_both_standards(verapdf: Callable[..., None]) -> None:
    page = whole("<p>Sisältö</p>").encode()
    file = EmbeddedFile("lahde.html", page, "Lähde", datetime(2026, 11, 23, tzinfo=UTC))
    printed = render(whole("<p>Sisältö</p>"), title="Koe", attachments=[file])
    verapdf(printed)
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert document.attachments["lahde.html"].get_file().read_bytes() == page


def test_title_author_and_language_are_told_as_printed() -> None:
    head = '<meta name="author" content="Esimerkkikauppa Oy">'
    printed = render(whole("<p>Sisältö</p>", head=head), title="Kieltäytymistodistus")
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert document.docinfo["/Title"] == "Kieltäytymistodistus"
        assert document.docinfo["/Author"] == "Esimerkkikauppa Oy"
        assert document.Root.Lang == "fi"
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Kieltäytymistodistus"
            assert metadata["dc:creator"] == ["Esimerkkikauppa Oy"]


def test_the_same_page_gives_the_same_bytes() -> None:
    page = whole("<h1>Sama</h1><p>Šakki Žukov</p>")
    assert render(page, title="Koe") == render(page, title="Koe")


def test_our_own_typeface_stands_in_the_file() -> None:
    printed = render(whole("<p>Tavallinen <b>lihava</b> <i>kursiivi</i></p>"), title="Koe")
    assert fonts(printed) == {"Source-Sans-Pro", "Source-Sans-Pro-Bold", "Source-Sans-Pro-Italic"}


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_every_letter_of_a_european_name_has_its_own_shape(weight: str) -> None:
    """Text can be read right from a file that draws wrong letters, so each is compared with its look-alike in pixels."""
    plain = str.maketrans("ŠšŽžĐđŁłĞğȘșÅåÄäÖö", "SsZzDdLlGgSsAaAaOo")
    style = f"body {{ font-weight: {weight}; font-size: 40pt }}"
    for letter in "ŠšŽžĐđŁłĞğȘșÅåÄäÖö":
        marked = pixels(render(whole(letter, style=style), title="Koe"), dots=50)
        bare = pixels(render(whole(letter.translate(plain), style=style), title="Koe"), dots=50)
        assert ink(marked, (0, 0, 210, 297), dots=50) > 0
        assert ImageChops.difference(marked, bare).getbbox() is not None, (
            f"{letter} looks like {letter.translate(plain)}"
        )


def test_names_of_all_europe_are_printed_and_read_back(verapdf: Callable[..., None]) -> None:
    body = "".join(f"<p>{name}</p><p><b>{name}</b></p><p><i>{name}</i></p>" for name in NAMES)
    printed = render(whole(f"{body}<p>{LETTERS}</p>"), title="Koe")
    verapdf(printed)
    assert all(name in text(printed) for name in NAMES)
    assert all(face.startswith("Source-Sans-Pro") for face in fonts(printed))


def test_emoji_and_right_to_left_text_do_no_harm(verapdf: Callable[..., None]) -> None:
    printed = render(whole("<p>Terveisin 😀 👩‍👩‍👧 שלום עולם مرحبا بالعالم</p>"), title="Koe")
    verapdf(printed)
    assert "😀" in text(printed)


def test_a_sign_that_no_font_has_is_an_empty_box_and_never_another_sign(verapdf: Callable[..., None]) -> None:
    printed = render(whole("<p>A\U000131f8B\ue000C\U000e0041D</p>"), title="Koe")
    verapdf(printed)
    assert "A▯B▯C▯D" in text(printed)
