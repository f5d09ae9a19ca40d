"""The company's own opening and closing in letters: which kinds of letter may have them, and what they say on a paper.

A room that issues letters names them here (`add_letters`); the room of settings keeps the texts and tells them. Every
letter gets them in one place, when it is issued.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from rekisteri.documents import wording_rules
from rekisteri.kernel.formats import fi_date

EVERY = "every"
Texts = tuple[str, str]
_letters: dict[str, str] = {}
_told: list[Callable[[str], Texts]] = []


def add_letter(kind: str, name: str) -> None:
    """Let the company write its own opening and closing for this kind of letter."""
    _letters[kind] = name


def add_letters(names: Mapping[str, str]) -> None:
    """Let the company write its own opening and closing for several kinds of letters, each by its name."""
    _letters.update(names)


def letters() -> dict[str, str]:
    """All kinds of letters by their names, in alphabetical order; first what stands in all that have nothing of their own."""
    return {EVERY: "Kaikki kirjeet"} | dict(sorted(_letters.items(), key=lambda letter: letter[1]))


def told_by(teller: Callable[[str], Texts]) -> None:
    """Let `teller` say what is written for a kind of letter: its opening and its closing, empty where there is none."""
    _told[:] = [teller]


def in_letter(
    kind: str, *, number: str, on: date, addressee: Iterable[str], controller: Mapping[str, Any]
) -> dict[str, list[str]]:
    """The paragraphs that open and close one letter, their blanks filled."""
    texts = _told[0](kind) if _told else ("", "")
    return paragraphs(texts, number=number, on=on, addressee=addressee, controller=controller)


def paragraphs(
    texts: Texts, *, number: str, on: date, addressee: Iterable[str], controller: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Opening and closing as paragraphs, their blanks filled with what the letter says elsewhere, too."""
    contact: Mapping[str, Any] = controller.get("contact") or {}
    values = {
        "numero": number,
        "päiväys": fi_date(on),
        "vastaanottaja": next(iter(addressee), ""),
        "yritys": str(controller.get("name") or ""),
        "rekisteri": str(controller.get("register_name") or ""),
        "yhteyshenkilö": str(contact.get("name") or ""),
        "puhelin": str(contact.get("phone") or controller.get("phone") or ""),
        "sähköposti": str(contact.get("email") or controller.get("email") or ""),
    }
    opening, closing = (wording_rules.filled(text, values) for text in texts)
    return {"opening": opening, "closing": closing}
