"""What the trial sheet for window envelopes shows.

The windows are those that Nordic envelopes have; the address of every letter lies inside all of them (SFS 2487:2024).
"""

from dataclasses import dataclass

TITLE = "Ikkunakuoren koetuloste"
ADDRESSEE = (
    "Maija Esimerkki",
    "c/o Pohjoinen Puu ja Kivi Oy",
    "Pitkänsillanrantakatu 123 B 45",
    "00100 HELSINKI",
    "SUOMI",
)


@dataclass(frozen=True)
class Window:
    """An envelope and where its window is on the folded sheet, in millimetres from the sheet's left and upper edge."""

    name: str
    fold: str
    left: int
    top: int
    width: int
    height: int


WINDOWS = (
    Window("C5", "kerran", 15, 44, 105, 35),
    Window("C65", "kahdesti", 15, 39, 100, 35),
    Window("E65", "kahdesti", 15, 40, 95, 30),
    Window("C4", "ei lainkaan", 15, 42, 100, 40),
)
