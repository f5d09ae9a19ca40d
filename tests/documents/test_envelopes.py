"""Whatever the name and the address, what is printed fits the window: measured with the typeface itself."""

from importlib.resources import files

from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ImageFont

from rekisteri.documents.rules import WINDOW_ROWS, envelope_rows
from rekisteri.kernel.errors import RuleViolation

POINTS, WINDOW_MM = 10.5, 83
LETTERS = st.text(
    "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖšžŠŽđłğșéüß0123456789 .,-/'&():", min_size=1, max_size=60
)
LINES = st.lists(LETTERS.filter(lambda line: line.strip()), min_size=1, max_size=4)
FONT = ImageFont.truetype(str(files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf"), 1000)


def millimetres(row: str) -> float:
    """How wide a row is on paper."""
    return FONT.getlength(row) / 1000 * POINTS * 25.4 / 72


@given(LINES)
@example(["Pohjois-Pohjanmaan Sähköasennus ja Kiinteistöhuolto Oy", "Mäkitie 4 A 3", "00100 HELSINKI"])
@example(["W" * 60])
@example(["MMMMMMMM WWWWWWWW ÄÄÄÄÄÄÄÄ"])
@example(["Ääkköset & Œuvre %"])
def test_every_row_stays_inside_the_window(lines: list[str]) -> None:
    try:
        rows = envelope_rows(lines)
    except RuleViolation:
        return
    assert 1 <= len(rows) <= WINDOW_ROWS
    assert all(millimetres(row) <= WINDOW_MM for row in rows)


@given(LINES)
def test_nothing_of_the_address_is_lost(lines: list[str]) -> None:
    try:
        rows = envelope_rows(lines)
    except RuleViolation:
        return
    assert "".join("".join(rows).split()) == "".join("".join(lines).split())


@given(LINES)
def test_no_row_is_empty(lines: list[str]) -> None:
    try:
        rows = envelope_rows(lines)
    except RuleViolation:
        return
    assert all(row and row.strip() == row for row in rows)
