"""When two customers look like one: names as they are heard, reasons in Finnish, how much each weighs. Pure functions.

The same person comes in twice under ”Wirtanen” and ”Virtanen”, with the names the wrong way round, from two sources. What
is folded here is only compared, never shown or kept as anybody's name.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rekisteri.kernel.formats import sort_key

REASONS = {
    "business_id": "sama Y-tunnus",
    "email": "sama sähköpostiosoite",
    "phone": "sama puhelinnumero",
    "name": "sama nimi",
    "swapped": "sama nimi, mutta etu- ja sukunimi toisin päin",
    "spelling": "sama nimi hieman toisin kirjoitettuna",
    "address": "samankaltainen nimi ja sama osoite",
}
"""Why two customers look like one, the strongest first."""
APART = {
    "namesake": "Kaksi eri asiakasta, joilla on sama nimi",
    "household": "Samaan talouteen kuuluvat eri ihmiset",
    "shared_contact": "Eri asiakkaat, joilla on yhteinen puhelin, sähköposti tai osoite",
    "other": "Muu syy",
}
"""Why two customers who look like one are not."""
WEIGHTS = {"business_id": 60, "email": 45, "phone": 40, "name": 30, "swapped": 25, "spelling": 20, "address": 35}
NAMES = {"name", "swapped", "spelling"}
ALIKE = 84
"""How much two words must have in common, of a hundred: ”virtanen” and ”virtanne” do, ”maija” and ”matti” do not."""
MOST_NAMESAKES = 3
"""So many may share a name before the name alone tells nothing."""

_HEARD_ALIKE = (
    ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k"), ("x", "ks"), ("ae", "a"), ("oe", "o"),
)  # fmt: skip
_SAME_SOUND = str.maketrans({"w": "v", "c": "k", "q": "k", "z": "s", "j": "i", "{": "a", "|": "a", "}": "o", "'": ""})
_DOUBLED = re.compile(r"(.)\1+")
_COMPANY_FORMS = frozenset(("oy", "ab", "oyj", "abp", "ky", "ay", "tmi", "ry", "rf", "osk", "ltd", "gmbh", "inc", "as"))
_BETWEEN = re.compile(r"[\s-]+")


def name_key(name: str) -> str:
    """What names that are heard alike share, in whatever order their parts stand: the key that finds them by an index.

    A company's form is left out: ”Malli Oy” and ”Malli” may be one.
    """
    words = _BETWEEN.split(sort_key(name).strip())
    telling = [word for word in words if word not in _COMPANY_FORMS] or words
    return " ".join(sorted(_heard(word) for word in telling))[:200]


@lru_cache(50_000)
def _heard(word: str) -> str:
    for written, heard in _HEARD_ALIKE:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word.translate(_SAME_SOUND))


def names_alike(one: str, other: str) -> bool:
    """Whether of two name keys the shorter's every word has its like in the other; an initial stands for its name.

    Word by word, because a family shares the longest one: Maija and Matti Virtanen are two people.
    """
    if one == other:
        return bool(one)
    few, many = sorted((one.split(), other.split()), key=len)
    left = list(many)
    for word in sorted(few, key=len, reverse=True):  # an initial takes what the whole names leave
        alike = [candidate for candidate in left if _words_alike(word, candidate)]
        if not alike:
            return False
        left.remove(max(alike, key=lambda candidate: (candidate == word, len(candidate))))
    return bool(few)


def _words_alike(one: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio  # slow to load, and most pages compare nobody

    if 1 in (len(one), len(other)):
        return one[:1] == other[:1]
    return ratio(one, other) >= ALIKE


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """The reasons, the strongest first."""
    found = set(codes)
    return tuple(code for code in REASONS if code in found)


def score(codes: Iterable[str]) -> int:
    """How surely two customers are one, of a hundred, by what they share."""
    return min(100, sum(WEIGHTS[code] for code in codes))


def explained(codes: Iterable[str]) -> list[str]:
    """The reasons as a person reads them; of the name each says its part once."""
    found = list(codes)
    named = NAMES & set(found)
    return ["sama osoite" if code == "address" and named else REASONS[code] for code in found]


def worth_looking_at(kind: str, codes: Iterable[str], *, alike: bool, namesakes: int) -> bool:
    """Whether a pair belongs on the work list of likely duplicates.

    A shared number or address tells of a family or an office until the names agree too; a bare name only while few have it.
    A business identity code belongs to one organisation.
    """
    found = set(codes)
    if kind == "organisation" and "business_id" in found:
        return True
    if found - NAMES:
        return alike
    return bool(found) and namesakes <= MOST_NAMESAKES
