"""Labels: the addresses of many on the sheets of `sheets`, and a print with frames to see whether the printer hits them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rekisteri.kernel import pdf
from rekisteri.lists.sheets import Sheet

TITLE = "Osoitetarrat"
TEST_TITLE = "Tarrojen koetuloste"
EXAMPLE = ("Maija Mallikas", "Mallikatu 1 A 2", "00100 HELSINKI")


@dataclass(frozen=True)
class Setting:
    """How labels are set on a sheet: from which label on, moved how far, and what stands on all of them."""

    sheet: Sheet
    start: int = 1
    dx: float = 0
    dy: float = 0
    note: str = ""


def draw(setting: Setting, labels: Iterable[tuple[str, ...]]) -> pdf.Drawn:
    """The labels as a file for the printer; a text too long for its label is made smaller, then set on more rows."""
    places = setting.sheet.places(setting.dx, setting.dy, note=setting.note)
    layout = pdf.Layout(TITLE, places, first=setting.start - 1)
    return pdf.draw(layout, ((label,) for label in labels))


def test_print(setting: Setting) -> pdf.Drawn:
    """One sheet with the edges of every label and an invented address on those that are still left. No customer is in it."""
    sheet = setting.sheet
    places = sheet.places(setting.dx, setting.dy, note=setting.note)
    layout = pdf.Layout(TEST_TITLE, places, setting.start - 1, frames=sheet.frames(setting.dx, setting.dy))
    left = range(setting.start, sheet.count + 1)
    return pdf.draw(layout, (((f"{number}. {EXAMPLE[0]}", *EXAMPLE[1:]),) for number in left))
