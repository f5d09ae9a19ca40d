"""Everything there is to say of one version: what the law asks for, what looks wrong, where the register says otherwise."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from rekisteri.kernel.formats import fi_phone, fold
from rekisteri.notice.beyond import undeclared
from rekisteri.notice.content import Content, found_defects, lacking
from rekisteri.notice.models import NoticeVersion
from rekisteri.notice.service import shown
from rekisteri.settings import periods
from rekisteri.settings import service as settings
from rekisteri.settings.models import Settings

LACKING = "Tietosuoja-asetuksen vaatimista tiedoista ei löytynyt"
DEFECTS = "Tekstissä on tarkistettavaa"
DISAGREES = "Seloste ja asetukset ovat eri mieltä"
SILENT = "Rekisterissä on tietoja, joista seloste ei kerro"


@dataclass(frozen=True)
class Finding:
    """One thing to look at, and the group it is told in."""

    group: str
    sentence: str


def check(version: NoticeVersion, *, on: date) -> list[Finding]:
    """Check one version against the law, against good sense, and against the settings."""
    content = shown(version, on=on)
    found = [Finding(LACKING, f"{item.name} ({item.law}). {item.advice}") for item in lacking(content)]
    found += [Finding(DEFECTS, f"{defect.heading}: {defect.sentence}") for defect in found_defects(content)]
    found += [Finding(DISAGREES, sentence) for sentence in disagreements(content, settings.current())]
    words = {piece.section.key: piece.part.words for piece in content if piece.section.key}
    untold = [sentence for ask in _askers for sentence in ask(words)]
    return found + [Finding(SILENT, sentence) for sentence in [*silences(content), *untold]]


_askers: list[Callable[[Mapping[str, str]], list[str]]] = []


def add_asker(asker: Callable[[Mapping[str, str]], list[str]]) -> None:
    """Let a higher room say what it knows and the notice does not tell, given the notice's words by the key of its rows."""
    _askers.append(asker)


def silences(content: list[Content]) -> list[str]:
    """What the register holds and the row of its content does not mention."""
    said = "\n".join(piece.part.words for piece in content if piece.section.key == "content")
    return [f"Kerro kohdassa ”Rekisterin tietosisältö” myös {group.told_of}." for group in undeclared(said)]


def disagreements(content: list[Content], known: Settings) -> list[str]:
    """What the settings say of the company and its people, and the notice's own rows do not."""
    words = {piece.section.key: piece.part.words for piece in content if piece.section.key}
    expected = {
        "controller": [
            ("yrityksen nimi", known.company_name),
            ("Y-tunnus", known.business_id),
            ("osoite", known.street),
            ("postinumero", known.postcode),
            ("puhelinnumero", known.phone),
            ("sähköpostiosoite", known.email),
        ],
        "contact": [
            ("yhteyshenkilö", known.contact_name),
            ("yhteyshenkilön puhelinnumero", known.contact_phone),
            ("yhteyshenkilön sähköpostiosoite", known.contact_email),
        ],
        "name": [("rekisterin nimi", known.register_name)],
    }
    found = []
    for key, facts in expected.items():
        for name, value in facts:
            if key in words and value and not _mentions(words[key], value):
                found.append(f"Asetuksissa {name} on {_shown(value)}, mutta selosteessa sitä ei ole.")
    return found + _authority(content, known) + _periods(content)


def _periods(content: list[Content]) -> list[str]:
    """The lengths in use that the row of retention does not tell; without such a row the checklist asks for one."""
    rows = [piece for piece in content if piece.section.key == "retention" and piece.part.words.strip()]
    return [
        f"Säilytysajoissa on ”{line}”, mutta selosteessa sitä ei ole."
        for piece in rows
        for line in periods.untold(piece.part.words, exactly=bool(piece.section.wording))
    ]


def _authority(content: list[Content], known: Settings) -> list[str]:
    """The Ombudsman's contact data, where the notice gives any."""
    said = "\n".join(piece.part.words for piece in content if piece.section.key == "complaint")
    facts = [("puhelinnumero", known.ombudsman_phone), ("sähköpostiosoite", known.ombudsman_email)]
    given = "@" in said or len(re.sub(r"\D", "", said)) > 6
    return [
        f"Asetuksissa tietosuojavaltuutetun {name} on {_shown(value)}, mutta selosteessa sitä ei ole."
        for name, value in facts
        if given and value and not _mentions(said, value)
    ]


def _shown(value: str) -> str:
    return fi_phone(value) if value.startswith("+") else value


def _mentions(words: str, value: str) -> bool:
    """Whether the text has the value; a phone number however it is spaced."""
    if value.startswith("+"):
        digits = re.sub(r"\D", "", words)
        return re.sub(r"\D", "", value) in digits or re.sub(r"\D", "", fi_phone(value)) in digits
    return fold(value) in fold(words)
