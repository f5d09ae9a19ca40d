"""What in a notice's text looks like a mistake: a place nobody filled in, a law that is gone, a paragraph pasted twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rekisteri.kernel.formats import fold
from rekisteri.notice.checklist import Part

_BRACKETS = re.compile(r"\[[^\[\]\n]{1,300}\]")
_UNKNOWN_PLACE = re.compile(r"\{[^{}\n]{1,40}\}")
_FORM_FIELD = re.compile(
    r"\((?:s-?posti\w*|sähköposti(?:osoite)?|puh(?:elin)?(?:numero)?|(?:posti)?osoite|nimi)(?:-?osoite)?\)",
    re.IGNORECASE,
)
_REPEALED = re.compile(
    r"\bhenkilötietola[ik]\w*|\bhenkilörekisterila[ik]\w*|\b523/1999|\b471/1987|tietosuojalautaku\w+", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SIGNATURE = re.compile(r"omakätisesti allekirjoite\w+|(?:tulee|on|pitää) (?:olla )?allekirjoite\w+", re.IGNORECASE)
_IN_WRITING = re.compile(r"(?:tulee|täytyy|pitää|on) tehdä kirjalli\w+", re.IGNORECASE)
_POSTCODE = re.compile(r"\b\d{5}\b")
_SHORTEST_REPEATED = 60


@dataclass(frozen=True)
class Defect:
    """One thing to look at: in which section, what it is, and whether it keeps the notice from being published."""

    heading: str
    sentence: str
    blocks: bool = False


def is_only_a_place(words: str) -> bool:
    """Whether a section holds nothing but a place to be filled in, such as ”[nimi, osoite]”."""
    return bool(_BRACKETS.fullmatch(words.strip()))


def defects(parts: Sequence[Part]) -> list[Defect]:
    """Everything that looks like a mistake, section by section."""
    found: list[Defect] = []
    for part in parts:
        found.extend(Defect(part.heading, sentence, blocks) for sentence, blocks in _in_section(part))
    return [*found, *_repeated(parts)]


def _in_section(part: Part) -> Iterator[tuple[str, bool]]:
    words = part.words
    if not words.strip():
        yield "Kohta on tyhjä.", False
        return
    for place in dict.fromkeys(_BRACKETS.findall(words)):
        yield f"Täydennettävä paikka: {place}", True
    for place in dict.fromkeys(_UNKNOWN_PLACE.findall(words)):
        yield f"Ohjelma ei osaa täydentää paikkaa {place}. Tarkista, miten se on kirjoitettu.", True
    for place in dict.fromkeys(found.group() for found in _FORM_FIELD.finditer(words)):
        yield f"Täyttämättä jäänyt paikka: {place}", False
    for act in dict.fromkeys(found.group() for found in _REPEALED.finditer(words)):
        yield f"”{act}” viittaa kumottuun lakiin tai lakkautettuun viranomaiseen.", False
    if tag := _TAG.search(words):
        yield f"Tekstissä on HTML-merkintä {tag.group()[:40]}", False
    if re.search(r"\bATK\b", words, re.IGNORECASE):
        yield "”ATK” on vanhentunut sana; kirjoita esimerkiksi ”sähköisesti”.", False
    if part.key in ("access", "rectification") and _SIGNATURE.search(words):
        yield "Allekirjoitusta ei saa asettaa pyynnön käsittelyn ehdoksi; sitä voi vain suositella.", False
    elif part.key in ("access", "rectification") and _IN_WRITING.search(words):
        yield "Pyyntöä ei saa vaatia kirjallisena; sitä voi vain suositella.", False
    if part.key in ("controller", "contact") and not _POSTCODE.search(words) and not is_only_a_place(words):
        yield "Osoitteesta puuttuu postinumero.", False


def _repeated(parts: Sequence[Part]) -> Iterator[Defect]:
    first: dict[str, str] = {}
    for part in parts:
        for paragraph in part.words.split("\n"):
            said = fold(paragraph)
            if len(said) < _SHORTEST_REPEATED:
                continue
            if said in first:
                yield Defect(part.heading, f"Sama kappale on myös kohdassa ”{first[said]}”: {paragraph[:60].rstrip()}…")
            first.setdefault(said, part.heading)
