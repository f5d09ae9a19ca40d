"""What a search is for: the words typed, as parts of a text that an index can look up. Pure functions.

A word of three letters or more is found anywhere, a shorter one at the beginning of a word: ”ma” finds Maija and Mäkitie's
neighbour Matti, not everyone who has the two letters somewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, pairwise, product

from rekisteri.customers import projection
from rekisteri.kernel.formats import sort_key

PART = 3
"""The index knows a text by its parts of three signs."""
SURELY_PHONE = 6
"""More digits than this in groups are a phone number."""
MOST_SPELLINGS = 16
FORGIVEN = 2
"""So many slips in one word are forgiven at most."""
_EMAIL = re.compile(r"[^@]+@[^@]+\.[^@]{2,}")
_ALPHABET_ONLY_IN_KEYS = set("{|}")
_TWINS = {"a": "aä", "o": "oö", "ä": "äa", "ö": "öo", "å": "åa"}
_FRONT = str.maketrans("ao", "äö")


@dataclass(frozen=True)
class AllOf:
    """Every one of these parts."""

    parts: "tuple[Wanted, ...]"


@dataclass(frozen=True)
class AnyOf:
    """At least one of these parts."""

    parts: "tuple[Wanted, ...]"


Wanted = str | AllOf | AnyOf


def wanted(query: str) -> Wanted | None:
    """What must stand in the search text of a customer who is found; None when nothing was asked."""
    words = projection.terms(query)
    if not words:
        return None
    typed = AllOf(tuple(needle(word) for word in words))
    number = projection.number_term(query)
    if number and len(number) > SURELY_PHONE and len(words) > 1:
        return number
    return AnyOf((typed, number)) if number and [number] != words else typed


def stands_in(text: str, wanted: Wanted) -> bool:
    """Whether what is wanted stands in a search text."""
    if isinstance(wanted, str):
        return wanted in text
    return (all if isinstance(wanted, AllOf) else any)(stands_in(text, part) for part in wanted.parts)


def addresses(query: str) -> dict[str, list[str]]:
    """What a datum would match by, by field, when the query is a whole e-mail address or phone number."""
    words = projection.terms(query)
    if len(words) == 1 and _EMAIL.fullmatch(words[0]):
        return {"email": words}
    number = projection.number_term(query) or ""
    if len(number) <= SURELY_PHONE:
        return {}
    return {"phone": [f"+{number}", *([f"+358{number[1:]}"] if number.startswith("0") else [])]}


def needle(word: str) -> str:
    """A word as it is looked for; a short one with the space that stands in front of every word of a search text."""
    return word if len(word) >= PART else f" {word}"


def beginnings(query: str) -> list[str]:
    """How the sort key of a name begins that is what was typed: as such, and with the last word (the surname) first."""
    words = projection.terms(query)
    found = []
    for phrase in (" ".join(words), " ".join([*words[-1:], *words[:-1]])):
        key = sort_key(phrase)
        whole = len(key) == len(phrase) and not _ALPHABET_ONLY_IN_KEYS & set(phrase)
        if key and whole and key not in found:
            found.append(key)
    return found


def slips_in(word: str) -> int:
    """How many slips a word may have to be still taken for another."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else FORGIVEN


def resembling(query: str, slips: int) -> Wanted | None:
    """What must stand in the search text of a customer meant by a query in which each word may have `slips` slips.

    Dots over letters, and two letters in the wrong order, are looked for as such, also with no slips at all.
    """
    words = typed_words(query)
    if not words or max(map(slips_in, words)) < slips:
        return None
    return AllOf(tuple(AnyOf(tuple(dict.fromkeys(_meant(word, min(slips, slips_in(word)))))) for word in words))


def typed_words(query: str) -> list[str]:
    """The words of a search, or the one number that it is."""
    number = projection.number_term(query)
    return [number] if number else projection.terms(query)


def _meant(word: str, slips: int) -> Iterator[Wanted]:
    yield needle(word)
    if len(word) < PART:
        return
    yield from spellings(word)
    for at in range(len(word) - 1) if slips_in(word) else ():  # two letters in the wrong order
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for gaps in combinations(range(len(word)), slips) if slips else ():
        yield from _around(word, gaps)


def spellings(word: str) -> Iterator[str]:
    """The word with dots added to and taken from its letters: ”aijala” is what a foreign keyboard makes of Äijälä."""
    yield word.translate(_FRONT)
    choices = [_TWINS.get(sign, sign) for sign in word]
    if word[0] == "a":
        choices[0] = "aäå"
    for letters in islice(product(*choices), MOST_SPELLINGS):
        yield "".join(letters)


def _around(word: str, gaps: tuple[int, ...]) -> Iterator[AllOf]:
    """What is left of a word when the letters at these places are wrong, missing or too many."""
    edges = [-1, *gaps, len(word)]
    pieces = [word[one + 1 : other] for one, other in pairwise(edges)]
    kept = [piece for piece in pieces if len(piece) >= PART]
    letters = sum(map(len, kept))
    if len(pieces[0]) == PART - 1:  # two letters and the space beside them are three signs
        kept, letters = [f" {pieces[0]}", *kept], letters + 2
    if len(pieces[-1]) == PART - 1:
        kept, letters = [*kept, f"{pieces[-1]} "], letters + 2
    if letters >= max(PART, len(word) - len(gaps) - 2):
        yield AllOf(tuple(kept))
