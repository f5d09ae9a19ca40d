"""Rules of a letter's own opening and closing: plain text, short, and only the blanks that every letter can fill.

What the law asks of a letter (its matter, reasons, remedies and dates) stands in its template and is out of reach here.
"""

import re
from collections.abc import Mapping

from rekisteri.kernel.errors import RuleViolation

LONGEST = 600
MOST_PARAGRAPHS = 3
BLANKS = {
    "numero": "kirjeen numero",
    "päiväys": "kirjeen päiväys",
    "vastaanottaja": "vastaanottajan nimi",
    "yritys": "yrityksen nimi",
    "rekisteri": "rekisterin nimi",
    "yhteyshenkilö": "yhteyshenkilön nimi",
    "puhelin": "yhteyshenkilön puhelinnumero",
    "sähköposti": "yhteyshenkilön sähköpostiosoite",
}
_BLANK = re.compile(r"\{([^{}]*)\}")


def check(text: str, *, field: str) -> str:
    """The text as it is stored, or why it cannot stand in a letter."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise RuleViolation(f"Kirjoita enintään {MOST_PARAGRAPHS} kappaletta.", field=field)
    kept = "\n".join(paragraphs)
    if len(kept) > LONGEST:
        raise RuleViolation(f"Teksti on liian pitkä: enintään {LONGEST} merkkiä, nyt {len(kept)}.", field=field)
    if re.search(r"</?[A-Za-z!]|&\w+;", kept):
        raise RuleViolation("Kirjoita pelkkää tekstiä ilman HTML-merkintöjä.", field=field)
    unknown = [blank for blank in _BLANK.findall(kept) if blank not in BLANKS]
    if unknown:
        raise RuleViolation(f"Paikkaa {{{unknown[0]}}} ei tunneta. Käytä vain luettelossa olevia.", field=field)
    if re.search(r"[{}]", _BLANK.sub("", kept)):
        raise RuleViolation("Aaltosulku on auki. Kirjoita paikka muodossa {numero}.", field=field)
    return kept


def filled(text: str, values: Mapping[str, str]) -> list[str]:
    """The paragraphs with their blanks filled. What is filled in is never read again, whatever it holds."""
    return [_BLANK.sub(lambda blank: values.get(blank[1], ""), line).strip() for line in text.splitlines() if line]
