"""What of a person is turned into marks, so that the same person is recognised however the data are written next time.

A mark tells nothing by itself: it is a keyed hash (`service`). Here is only what goes into it. å, ä, ö and their capitals,
composed or not, +358 and 0, order of names, a double letter: all make the same text (GDPR art. 17 and recital 66: what has
been erased on request must not quietly come back).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from string import ascii_letters

from rekisteri.customers import rules as customers
from rekisteri.customers.fields import base
from rekisteri.customers.likeness import name_key
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fold, sort_key

BASES = {
    "email": "sama sähköpostiosoite",
    "phone": "sama puhelinnumero",
    "business_id": "sama Y-tunnus",
    "address": "sama nimi ja osoite",
    "place": "sama nimi ja postinumero",
}
"""What may be the same, the strongest first. Many may share the last: it alone makes nobody sure."""
WEAK = {"place"}
MOST_COMBINED = 500
"""So many combinations of one person's names and addresses; a person with more has lived in fiction."""

_LAST_LETTERS = str.maketrans("{|}", "aao")
_NOT_TELLING = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, order=True)
class Trace:
    """One thing by which a person is recognised, normalised."""

    basis: str
    text: str


def traces(values: Iterable[tuple[str, str]]) -> set[Trace]:
    """Everything to recognise somebody by in these fields and values, past ones included."""
    held: dict[str, list[str]] = {}
    for field, value in values:
        if value and value.strip():
            held.setdefault(base(field), []).append(value)
    found = {Trace("email", fold(text)) for text in held.get("email", ())}
    found |= {Trace("phone", number) for text in held.get("phone", ()) if (number := phone_digits(text))}
    found |= {Trace("business_id", _plain(text).removeprefix("fi")) for text in held.get("business_id", ())}
    return found | set(islice(_by_name(held), MOST_COMBINED))


def _by_name(held: dict[str, list[str]]) -> Iterator[Trace]:
    names = sorted(set(_names(held)) - {""})
    postcodes = sorted({_plain(text).removeprefix("fi") for text in held.get("postcode", ())})
    streets = sorted({_plain(text) for text in held.get("street", ())})
    yield from (Trace("place", f"{name}\n{code}") for name, code in product(names, postcodes))
    yield from (Trace("address", "\n".join(parts)) for parts in product(names, postcodes, streets))


def _names(held: dict[str, list[str]]) -> Iterator[str]:
    """Whole names only: a first name alone is half the town's."""
    yield from (name_key(text) for text in held.get("name", ()))
    last, first = held.get("last_name", ()), held.get("first_name", ())
    if last and first:
        called = {*first, *(text.split()[0] for text in first)}  # one list has all given names and another the first
        yield from (name_key(f"{one} {other}") for one, other in product(last, called))
    else:
        yield from (name_key(text) for text in (*last, *first))


def phone_digits(text: str) -> str:
    """A number as +358 and digits, whether it was written so, with 0 or 00, or with anything between the digits."""
    try:
        return customers.check_value("person", "phone", text)
    except RuleViolation:
        text = text.lstrip().lstrip(ascii_letters + ".: ")
        digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if text.strip().startswith("+"):
        return f"+{digits}" if digits else ""
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+358{digits[1:]}" if digits.startswith("0") else f"+{digits}" if digits.startswith("358") else digits


def _plain(text: str) -> str:
    """Letters without dots and digits; nothing else tells two addresses apart."""
    return _NOT_TELLING.sub("", sort_key(text).translate(_LAST_LETTERS))


@dataclass(frozen=True)
class Recognised:
    """That the data given are of somebody whom the register has erased; by what, and whether marketing was forbidden."""

    bases: tuple[str, ...]
    forbidden: bool

    @property
    def sure(self) -> bool:
        """Whether it rests on more than what many people share."""
        return not set(self.bases) <= WEAK

    @property
    def sentence(self) -> str:
        """What a clerk is told. It is a warning, not the person: the register no longer knows who it was."""
        told = [basis for basis in self.bases if basis != "place" or "address" not in self.bases]
        shared = ", ".join(BASES[basis] for basis in told)
        if self.forbidden:
            who = "Tiedot saattavat olla ihmisen, jonka tiedot on poistettu rekisteristä ja joka on kieltänyt markkinoinnin"
            return f"{who} ({shared}). Häntä ei saa lisätä rekisteriin markkinointia varten."
        who = "Tiedot saattavat olla ihmisen, jonka tiedot on poistettu rekisteristä"
        return f"{who} ({shared}). Varmista, että ne saa kirjata uudelleen."


def recognised_by(hits: Iterable[tuple[str, bool]]) -> Recognised | None:
    """What the bases that hit, each with whether marketing was forbidden, tell together.

    One that many share forbids nothing when a stronger one says otherwise.
    """
    found = dict(hits)
    if not found:
        return None
    strong = {basis: forbidden for basis, forbidden in found.items() if basis not in WEAK} or found
    return Recognised(tuple(basis for basis in BASES if basis in found), any(strong.values()))
