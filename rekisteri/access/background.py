"""What a letter of access tells besides the data themselves (GDPR art. 15(1)(a)–(h), 15(2)).

It is told in the words of the privacy notice in force, so that the letter and the notice never differ. What the notice
does not tell is written for the letter by whoever prepares it; nothing is made up by the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from rekisteri.notice import service as notice

TOLD = {
    "purpose": "Mihin tietojanne käytetään",
    "legal_basis": "Mihin käsittely perustuu",
    "content": "Mitä tietoja rekisterissä on",
    "sources": "Mistä tietoja saadaan",
    "disclosures": "Kenelle tietoja luovutetaan",
    "transfers": "Siirretäänkö tietoja EU:n tai ETA:n ulkopuolelle",
    "retention": "Kuinka kauan tietoja säilytetään",
    "automated": "Tehdäänkö teistä automaattisia päätöksiä tai profiileja",
}
"""The rows of the notice (`notice.rows`) that the letter repeats, under headings that speak to the person."""
NEEDED = ("purpose", "content", "disclosures", "retention", "automated")
"""Those which no letter goes without; each datum's own source is told with it."""


@dataclass(frozen=True)
class Passage:
    """One heading of the letter and its text."""

    key: str
    title: str
    html: Markup


def passages(supplement: Mapping[str, str], *, on: date) -> list[Passage]:
    """What can be told on this day, in the letter's order."""
    rows = _from_notice(on) | {key: _paragraphs(text) for key, text in supplement.items() if text.strip()}
    return [Passage(key, title, rows[key]) for key, title in TOLD.items() if key in rows]


def lacking(*, on: date) -> dict[str, str]:
    """The headings that the notice in force does not fill, and that must be written for the letter."""
    told = _from_notice(on)
    return {key: TOLD[key] for key in NEEDED if key not in told}


def _from_notice(on: date) -> dict[str, Markup]:
    version = notice.in_force(on)
    if version is None:
        return {}
    shown = notice.shown(version, on=on)
    return {piece.section.key: piece.html for piece in shown if piece.section.key in TOLD and piece.text}


def _paragraphs(text: str) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(escape(line)) for line in text.splitlines() if line.strip())
