"""The company's own letter to many: laid out once, and each person's own lines set into the copies.

A letter goes into a window envelope like every other letter of the house. The copies are for the printer and are not kept:
the text and the people are on record (GDPR art. 5(2)).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rekisteri.documents import composition
from rekisteri.kernel import pdf
from rekisteri.kernel.pdf.measuring import rows, text_width
from rekisteri.lists import rules
from rekisteri.lists.households import Addressee

WINDOW = pdf.Box(22, 46, 83, 23)
"""What shows in the window of every envelope in use, from the corner of the sheet in millimetres."""
BODY_WIDTH, BODY_SIZE = 152.0, 11.0
EXAMPLE = Addressee(0, True, "Mallikas, Maija", ("Mallikatu 1 A 2", "00100 HELSINKI"))


@dataclass(frozen=True)
class Letter:
    """What is written to everybody: the title, the paragraphs, who sends it and what the law asks to be told."""

    title: str
    paragraphs: tuple[str, ...]
    on: date
    controller: dict[str, Any]
    signer: str = ""
    told: tuple[str, ...] = ()


def draw(letter: Letter, people: Sequence[Addressee]) -> pdf.Drawn:
    """A copy for each of the people. Raises `PdfError` when it cannot be printed now."""
    return _draw(letter, people)


def test_print(letter: Letter) -> pdf.Drawn:
    """One copy to an invented person, with the edge of the envelope's window. No customer is in it."""
    return _draw(letter, [EXAMPLE], frames=((WINDOW.x, WINDOW.top, WINDOW.width, WINDOW.height),))


def _draw(letter: Letter, people: Sequence[Addressee], frames: tuple[Any, ...] = ()) -> pdf.Drawn:
    personal = [text for text in letter.paragraphs if rules.is_personal(text)]
    background = pdf.render(_page(letter, people), title=letter.title)
    layout = pdf.Layout(letter.title, ((WINDOW,),), frames=frames, background=background)
    return pdf.draw(layout, _copies(people, personal))


def _copies(people: Iterable[Addressee], personal: Sequence[str]) -> Iterator[pdf.Copy]:
    for one in people:
        values = _values(one)
        yield (one.lines, *((rules.filled(text, values),) for text in personal))


def _page(letter: Letter, people: Sequence[Addressee]) -> str:
    """What all copies have alike, with room left for what differs, as much as the longest name needs."""
    longest = _longest(people)
    numbers = iter(range(len(letter.paragraphs)))
    pieces = [
        {"mark": f"{pdf.MARK}{next(numbers)}", "rows": _rows(rules.filled(text, longest))}
        if rules.is_personal(text)
        else {"text": text}
        for text in letter.paragraphs
    ]
    context = {"controller": letter.controller, "addressee": (), "letter": letter, "pieces": pieces}
    return composition.page(
        "lists/paper/letter.html", title=letter.title, on=letter.on, context=context, doctype="Kirje"
    )


def _rows(text: str) -> int:
    return rows(text, width=BODY_WIDTH, size=BODY_SIZE)


def _longest(people: Sequence[Addressee]) -> dict[str, str]:
    """Of each blank the widest that fills it."""
    filled = [_values(one) for one in people]
    return {blank: max((values[blank] for values in filled), key=text_width, default="") for blank in rules.BLANKS}


def _values(one: Addressee) -> dict[str, str]:
    given = one.name.partition(", ")[2] if one.person else ""
    return {"nimi": one.full_name, "etunimi": given or one.full_name}
