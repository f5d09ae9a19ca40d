"""The sheets of labels: their geometry, measured on the page as the printer draws it."""

import pymupdf
import pytest
from PIL import Image

from rekisteri.kernel.errors import RuleViolation
from rekisteri.lists import labels
from rekisteri.lists.sheets import PAGE_HEIGHT, PAGE_WIDTH, SHEETS, check_offset, check_sheet, check_start

DPI = 200
TOLERANCE = 0.3
NOTE = "Osoitelähde: Asiakasrekisteri, Suomen Malliyritys Oy, Mallikatu 1, 00100 HELSINKI, 09\u00a0123\u00a04567"


def picture(file: bytes) -> Image.Image:
    """The first page as the printer draws it: white where there is ink."""
    with pymupdf.open(stream=file, filetype="pdf") as document:
        found = document[0].get_pixmap(dpi=DPI, colorspace="gray")
        page = Image.frombytes("L", (found.width, found.height), found.samples)
    return page.point([255 if shade < 160 else 0 for shade in range(256)])


def lines_at(page: Image.Image, *, upright: bool) -> list[float]:
    """Where ink runs along most of the page, in millimetres: the edges of the frames."""
    size = (page.width, 1) if upright else (1, page.height)
    shares = page.resize(size, Image.Resampling.BOX).tobytes()
    inked = [place for place, share in enumerate(shares) if share > 0.6 * 255]
    return [(place + 0.5) * 25.4 / DPI for place in inked]


@pytest.mark.parametrize("code", SHEETS)
def test_the_frames_of_a_test_print_are_where_the_labels_are_cut(code: str) -> None:
    sheet = SHEETS[code]
    with labels.test_print(labels.Setting(sheet, dx=1.2, dy=0.4)).file as file:
        page = picture(file.read())
    columns = sorted({edge for x, _, wide, _ in sheet.frames(1.2, 0.4) for edge in (x, x + wide)})
    rows = sorted({edge for _, top, _, high in sheet.frames(1.2, 0.4) for edge in (top, top + high)})
    seen_columns, seen_rows = lines_at(page, upright=True), lines_at(page, upright=False)
    for wanted, seen, edge in ((columns, seen_columns, PAGE_WIDTH), (rows, seen_rows, PAGE_HEIGHT)):
        inside = [place for place in wanted if 0.2 < place < edge - 0.2]
        assert all(min(abs(place - line) for line in seen) <= TOLERANCE for place in inside)


@pytest.mark.parametrize("code", ["3474", "L7160", "L7162", "L7651"])
def test_the_text_of_every_label_stays_inside_it_and_away_from_where_no_printer_reaches(code: str) -> None:
    sheet = SHEETS[code]
    setting = labels.Setting(sheet, note=NOTE)
    with labels.draw(setting, [("W" * 200, "Mäkitie 4 A 3", "00100 HELSINKI")] * sheet.count).file as file:
        page = picture(file.read())
    assert page.getbbox() is not None
    for x, top, wide, high in sheet.frames():
        edges = (
            max(x + 1, 4.5),
            min(x + wide - 1, PAGE_WIDTH - 4.5),
            max(top + 1, 4.5),
            min(top + high - 1, PAGE_HEIGHT - 4.5),
        )
        left, right, above, below = (round(edge * DPI / 25.4) for edge in edges)
        page.paste(0, (left, above, right, below))
    assert page.getbbox() is None, "ink outside the labels"


@pytest.mark.parametrize("code", SHEETS)
def test_every_label_lies_on_the_paper_and_apart_from_the_next(code: str) -> None:
    sheet = SHEETS[code]
    assert sheet.pitch_x >= sheet.width
    assert sheet.pitch_y >= sheet.height
    x, top, wide, high = sheet.frames()[-1]
    assert x + wide <= PAGE_WIDTH + 1e-6
    assert top + high <= PAGE_HEIGHT + 1e-6
    assert len(sheet.frames()) == sheet.count


def test_a_used_sheet_is_begun_from_its_first_free_label() -> None:
    sheet = SHEETS["3474"]
    drawn = labels.draw(labels.Setting(sheet, start=5), [("Maija Virtanen", "Mäkitie 4", "00100 HELSINKI")])
    with drawn.file as file, pymupdf.open(stream=file.read(), filetype="pdf") as document:
        found = document[0].search_for("Maija Virtanen")[0]
    x, top, wide, high = (size * 72 / 25.4 for size in sheet.frames()[4])
    assert x < found.x0 < found.x1 < x + wide
    assert top < found.y0 < found.y1 < top + high


@pytest.mark.parametrize("start", [0, -1, 25, 99, None])
def test_a_label_that_the_sheet_does_not_have_is_refused_with_the_right_numbers(start: int | None) -> None:
    with pytest.raises(RuleViolation, match=r"Arkilla on 24 tarraa\. Anna luku väliltä 1–24\.") as refused:
        check_start(SHEETS["3474"], start)
    assert refused.value.field == "start"


def test_an_unknown_sheet_and_a_shift_of_more_than_a_centimetre_are_refused() -> None:
    with pytest.raises(RuleViolation, match="Valitse tarra-arkki"):
        check_sheet("9999")
    with pytest.raises(RuleViolation, match="enintään 10 mm"):
        check_offset(-10.5, field="dx")
    assert check_offset(-2.5, field="dx") == -2.5
