"""The sheets of labels sold in Finland, to a tenth of a millimetre. Pure.

Printers draw paper in a little askew, so every print may be moved; and no printer reaches the very edge of a sheet, so a
label that touches it keeps its text five millimetres away.
"""

from dataclasses import dataclass

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.pdf import Box

Frame = tuple[float, float, float, float]
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
FARTHEST = 10.0
UNREACHED = 5.0
NOTE_SIZE = 5.0
NOTE_ROW = 2.2


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet: its name in the shop, the size of a label, how many there are, and where the first one begins."""

    name: str
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    @property
    def label(self) -> str:
        """What the list of sheets calls it: the name, the size, how many there are."""
        size = f"{self.width:g} × {self.height:g} mm".replace(".", ",")
        return f"{self.name}: {size}, {self.count} tarraa arkilla"

    def frames(self, dx: float = 0, dy: float = 0) -> tuple[Frame, ...]:
        """The edges of every label (x, top, width, height), row by row, moved as the printer needs."""
        return tuple(
            (self.left + column * self.pitch_x + dx, self.top + row * self.pitch_y + dy, self.width, self.height)
            for row in range(self.rows)
            for column in range(self.columns)
        )

    def places(self, dx: float = 0, dy: float = 0, *, note: str = "") -> tuple[tuple[Box, ...], ...]:
        """Where the text of every label goes; above the address in small type what stands on all of them."""
        return tuple(tuple(self._boxes(x, top, note)) for x, top, _width, _height in self.frames(dx, dy))

    def _boxes(self, x: float, top: float, note: str) -> list[Box]:
        beside, above = self._padding
        width, height = self.width - 2 * beside, self.height - 2 * above
        rows = 0 if not note else 2 if width > 50 else 3
        address = Box(x + beside, top + above + rows * NOTE_ROW, width, height - rows * NOTE_ROW, middle=True)
        told = Box(x + beside, top + above, width, rows * NOTE_ROW, size=NOTE_SIZE, least=3.5, text=(note,))
        return [told, address] if note else [address]

    @property
    def _padding(self) -> tuple[float, float]:
        """How far inside a label its text keeps, beside and above."""
        if self.height < 25:
            return 2.0, 1.5
        beside = UNREACHED if self.left < UNREACHED else 3.0
        above = UNREACHED if self.top < UNREACHED else 3.0
        return beside, above


SHEETS = {
    "3474": Sheet("Avery Zweckform 3474", 70, 37, 3, 8, 0, 0.5, 70, 37),
    "3475": Sheet("Avery Zweckform 3475, 3490", 70, 36, 3, 8, 0, 4.5, 70, 36),
    "L7160": Sheet("Avery L7160, J8160", 63.5, 38.1, 3, 7, 7.2, 15.15, 66.04, 38.1),
    "L7159": Sheet("Avery L7159, J8159", 63.5, 33.9, 3, 8, 7.2, 12.9, 66.04, 33.9),
    "L7161": Sheet("Avery L7161", 63.5, 46.6, 3, 6, 7.2, 8.7, 66.04, 46.6),
    "L7162": Sheet("Avery L7162", 99.1, 33.9, 2, 8, 4.65, 12.9, 101.6, 33.9),
    "L7163": Sheet("Avery L7163, J8163", 99.1, 38.1, 2, 7, 4.65, 15.15, 101.6, 38.1),
    "L7165": Sheet("Avery L7165", 99.1, 67.7, 2, 4, 4.65, 13.1, 101.6, 67.7),
    "3425": Sheet("Avery Zweckform 3425", 105, 57, 2, 5, 0, 6, 105, 57),
    "3424": Sheet("Avery Zweckform 3424", 105, 48, 2, 6, 0, 4.5, 105, 48),
    "3477": Sheet("Avery Zweckform 3477", 105, 41, 2, 7, 0, 5, 105, 41),
    "3659": Sheet("Avery Zweckform 3659", 97, 42.3, 2, 6, 8, 21.6, 97, 42.3),
    "L7651": Sheet("Avery L7651", 38.1, 21.2, 5, 13, 4.7, 10.9, 40.6, 21.2),
}
"""By code, the most common first."""


def check_sheet(code: str | None) -> Sheet:
    """The sheet of a code."""
    if code not in SHEETS:
        raise RuleViolation("Valitse tarra-arkki luettelosta.", field="sheet")
    return SHEETS[code]


def check_start(sheet: Sheet, start: int | None) -> int:
    """From which label of a part-used sheet the print begins; the first is 1, counted row by row."""
    if start is None or not 1 <= start <= sheet.count:
        raise RuleViolation(f"Arkilla on {sheet.count} tarraa. Anna luku väliltä 1–{sheet.count}.", field="start")
    return start


def check_offset(millimetres: float, *, field: str) -> float:
    """How far a print is moved; more than a centimetre means that the paper is another one."""
    if not -FARTHEST <= millimetres <= FARTHEST:
        raise RuleViolation(
            f"Tulostusta voi siirtää enintään {FARTHEST:g} mm. Tarkista, että arkki on oikea.", field=field
        )
    return millimetres
