"""When a person's data may be handed over, what may be left out of them, and how others in them are kept unseen. Pure.

GDPR art. 15 (access), 20 (portability), 12(5) and (6), 15(4) and 20(4) (the rights of others).
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rekisteri.cases.grounds import REGULATION, Ground, check_reasons
from rekisteri.kernel.errors import Conflict, RuleViolation

RIGHTS = {"access": "Tietojen tarkastaminen", "portability": "Tietojen siirtäminen järjestelmästä toiseen"}
"""By the code of the matter; as a clerk ticks them."""
OUTCOMES = {"told": "Annettu", "refused": "Evätty"}

LEAVING_GROUNDS = {
    "others": Ground(
        "Koskee toista henkilöä",
        "Tieto koskee toista henkilöä, ja sen antaminen loukkaisi hänen oikeuksiaan.",
        f"{REGULATION} 15 artiklan 4 kohta",
    ),
    "secret": Ground(
        "Liikesalaisuus",
        "Tiedon antaminen paljastaisi liikesalaisuuden.",
        f"{REGULATION} 15 artiklan 4 kohta",
    ),
    "law": Ground(
        "Laki rajoittaa oikeutta",
        "Laki rajoittaa oikeutta saada tämä tieto.",
        "tietosuojalain (1050/2018) 34 §",
    ),
}
"""Why a part of the data is not told, though the rest is."""

PORTABILITY_GROUNDS = {
    "basis": Ground(
        "Käsittely ei perustu suostumukseen eikä sopimukseen",
        "Oikeus koskee vain tietoja, joiden käsittely perustuu suostumukseen tai sopimukseen.",
        f"{REGULATION} 20 artiklan 1 kohta",
    ),
    "not_provided": Ground(
        "Tiedot eivät ole henkilön itsensä antamia",
        "Oikeus koskee vain tietoja, jotka henkilö on itse antanut.",
        f"{REGULATION} 20 artiklan 1 kohta",
    ),
    "others": Ground(
        "Siirto loukkaisi toisen oikeuksia",
        "Tietojen siirtäminen loukkaisi toisen henkilön oikeuksia ja vapauksia.",
        f"{REGULATION} 20 artiklan 4 kohta",
    ),
}
"""Why something does not belong to the portability copy."""

REFUSAL_GROUNDS: dict[str, dict[str, Ground]] = {
    "access": LEAVING_GROUNDS,
    "portability": PORTABILITY_GROUNDS,
}
"""Why the whole of it is refused on its own merits; what concerns any right is refused at the door (`cases.unfounded`)."""
WAYS = {
    "pickup": "Annetaan käteen muistivälineellä",
    "post": "Postitetaan muistivälineellä",
    "secure_email": "Lähetetään turvasähköpostilla",
    "controller": "Siirretään suoraan toiselle rekisterinpitäjälle",
}
WAYS_TOLD = {
    "pickup": "Annamme tiedoston teille käteen muistivälineellä.",
    "post": "Postitamme tiedoston teille muistivälineellä.",
    "secure_email": "Lähetämme tiedoston teille turvasähköpostilla.",
}
"""The same, as the letter tells it; of a direct transfer it names the receiver (GDPR art. 20(2))."""

HIDDEN = "[peitetty]"
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w/])(?:\+358|0)[\d \u00a0-]{6,14}\d\b")


def row_key(chapter: str, cells: Sequence[str]) -> str:
    """By what a row is known: its very words. One that changes is a new row, and is judged anew."""
    return hashlib.sha256(json.dumps([chapter, *cells], ensure_ascii=False).encode()).hexdigest()[:16]


def fingerprint(content: Any) -> str:
    """By what it is seen that a draft is still the one that was read."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def hidden_words(text: str) -> list[str]:
    """The words to be covered, one on a line; the longest first, so that a whole name goes before its part."""
    words = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    return sorted(words, key=len, reverse=True)


def covered(text: str, words: Iterable[str]) -> str:
    """The text with each of the words covered, in whatever case it is written, and only as a whole word."""
    for word in words:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return text


def check_hidden_words(text: str) -> None:
    """A word of one sign would cover half of the text."""
    if any(len(word) < 2 for word in hidden_words(text)):
        raise RuleViolation("Peitettävässä sanassa on oltava ainakin kaksi merkkiä.", field="hidden_words")


def contacts_of_others(texts: Iterable[str], own: Collection[str]) -> list[str]:
    """E-mail addresses and phone numbers in free text that are not the person's own: a hint for the reader, no more."""
    known = {_bare(value) for value in own}
    found = dict.fromkeys(match.strip() for text in texts for match in _CONTACT.findall(text))
    return [contact for contact in found if _bare(contact) not in known]


def _bare(contact: str) -> str:
    if "@" in contact:
        return contact.casefold()
    digits = re.sub(r"\D", "", contact)
    return digits.removeprefix("358").lstrip("0")


@dataclass(frozen=True)
class Standing:
    """What of a case decides whether its person's data may be handed over."""

    person_state: str
    identified: bool
    requester_role: str
    mandate: str | None


def check_unanswered(outcome: str | None) -> None:
    """An answer is given once."""
    if outcome is not None:
        raise RuleViolation("Pyyntöön on jo vastattu, eikä vastausta voi enää muuttaa.")


def hindrances(standing: Standing, *, missing_settings: Sequence[str]) -> list[str]:
    """What must be done before anything is handed over: to the right person, by whoever may ask, on a whole letterhead."""
    found = []
    if standing.person_state == "open":
        found.append("Etsi ensin henkilö rekisteristä, tai kirjaa, ettei häntä ole siellä.")
    if standing.person_state == "not_found":
        found.append("Henkilöä ei ole rekisterissä. Vastaa pyynnön sivulla, ettei yritys käsittele hänen tietojaan.")
    if standing.person_state == "found" and not standing.identified:
        found.append("Kirjaa ensin, miten henkilöllisyys on varmistettu. Tietoja ei saa antaa väärälle henkilölle.")
    if standing.requester_role != "self" and standing.mandate != "shown":
        found.append("Valtuutusta ei ole esitetty. Pyydä se täydennyksenä tai epää pyyntö.")
    if missing_settings:
        found.append(f"Täydennä ensin asetuksiin: {', '.join(missing_settings)}.")
    return found


def check_hindrances(found: Sequence[str]) -> None:
    """Nothing is handed over while something hinders it."""
    if found:
        raise RuleViolation(" ".join(found))


def check_background(missing: Mapping[str, str]) -> None:
    """The letter tells all that art. 15(1) asks for; what the notice does not tell is written for this letter."""
    if missing:
        names = ", ".join(f"”{name}”" for name in missing.values())
        raise RuleViolation(
            f"Tietosuojaselosteesta puuttuu kirjeeseen kuuluvaa: {names}. Kirjoita puuttuvat kohdat sivulla ”Täydennä kirjettä”."
        )


def check_same_draft(read: str | None, now: str) -> None:
    """What is released is what was read, to the letter."""
    if read != now:
        raise Conflict(
            "Henkilön tiedot ovat muuttuneet sen jälkeen, kun avasit tämän sivun. Lue luonnos uudelleen ja vahvista se."
        )


def check_leaving(*, left: Collection[str], ground: str | None, reasons: str) -> None:
    """What is left out is left out on a ground, with reasons the person understands (GDPR art. 12(4))."""
    if not left:
        return
    if ground not in LEAVING_GROUNDS:
        raise RuleViolation("Valitse, millä perusteella kohdat jätetään pois.", field="ground")
    check_reasons(reasons)


def check_refusal(*, right: str, ground: str | None, reasons: str) -> Ground:
    """A request is refused on a ground that the law knows; the ground as it is printed."""
    grounds = REFUSAL_GROUNDS[right]
    if ground not in grounds:
        raise RuleViolation("Valitse peruste.", field="ground")
    check_reasons(reasons)
    return grounds[ground]


def check_copy(*, chosen: Collection[str], offered: Collection[str], ground: str | None, reasons: str) -> None:
    """A copy has something in it, and what is left out of it has its ground and reasons."""
    if not offered:
        raise RuleViolation(
            "Rekisterissä ei ole tietoja, jotka henkilö on itse antanut, joten siirrettävää ei ole. Epää pyyntö."
        )
    if not set(chosen) & set(offered):
        raise RuleViolation("Valitse ainakin yksi luku, joka otetaan mukaan.", field="chapters")
    if set(offered) <= set(chosen):
        return
    if ground not in PORTABILITY_GROUNDS:
        raise RuleViolation("Valitse, millä perusteella lukuja jätetään pois.", field="ground")
    check_reasons(reasons)


def check_way(way: str | None, receiver: str) -> None:
    """How the copy reaches the person, or the controller the person has named (GDPR art. 20(2))."""
    if way not in WAYS:
        raise RuleViolation("Valitse, miten tiedosto toimitetaan.", field="way")
    if way == "controller" and len(receiver.strip()) < 2:
        raise RuleViolation("Kirjoita, mille rekisterinpitäjälle tiedot siirretään.", field="receiver")
    if way != "controller" and receiver.strip():
        raise RuleViolation(
            "Vastaanottajan nimi kirjataan vain, kun tiedot siirretään suoraan toiselle.", field="receiver"
        )


def check_handed(day: date, *, made: date, today: date) -> None:
    """A copy is handed over after it is made and not tomorrow."""
    if day > today:
        raise RuleViolation("Päivä ei voi olla tulevaisuudessa.", field="handed_on")
    if day < made:
        raise RuleViolation("Tiedostoa ei ole voitu luovuttaa ennen kuin se tehtiin.", field="handed_on")


NARROWEST, SHORTEST, LONGEST, SAMPLE = 10, 9, 42, 200


def widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide a table's columns are, in per cent by fives: by what stands in them, none too narrow to be read."""
    sample = rows[:SAMPLE]
    needed = [
        max(SHORTEST, *(_line_length(row[place]) for row in sample), len(title)) for place, title in enumerate(head)
    ]
    bounded = [min(length, LONGEST) for length in needed]
    shares = [max(NARROWEST, round(20 * length / sum(bounded)) * 5) for length in bounded]
    shares[shares.index(max(shares))] += 100 - sum(shares)
    return shares


def _line_length(cell: str) -> int:
    return max((len(line) for line in cell.splitlines()), default=0)


MOST_ROWS = 1000
"""On one paper: as much as is printed at once without reaching the printer's limits."""


def papers(parts: Sequence[Mapping[str, Any]], most: int = MOST_ROWS) -> list[list[dict[str, Any]]]:
    """The chapters divided among papers, none with more rows than can be printed at once: the letter, then its enclosures.

    A chapter that does not fit goes on in the next one.
    """
    divided: list[list[dict[str, Any]]] = [[]]
    room = most
    for part in parts:
        rows, begun = part["rows"], False
        while rows or not begun:
            if not room:
                divided.append([])
                room = most
            more = {"lead": "Jatkoa edelliseen.", "left": 0} if begun else {}
            divided[-1].append({**part, **more, "rows": rows[:room]})
            rows, room, begun = rows[room:], max(room - len(rows), 0), True
    return divided
