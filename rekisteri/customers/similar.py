"""The second step of the search, when nothing was found exactly: customers who may have been meant.

The index gives a bounded number of candidates that have what is left of a mistyped word; how alike they are is measured
here, word by word, alike on both databases.
"""

import re

from rapidfuzz.distance import OSA
from sqlalchemy import select

from rekisteri.customers.hits import newest_hits
from rekisteri.customers.models import Customer
from rekisteri.customers.wanted import FORGIVEN, resembling, slips_in, typed_words
from rekisteri.kernel.db import db

MOST_CANDIDATES = 400
MOST_WORDS = 4
LONGEST_WORD = 30
SHOWN = 20
_DOTLESS = str.maketrans("åäö", "aao")


def similar(text: str, *, state: str | None = "active", limit: int = SHOWN) -> list[Customer]:
    """The customers most like what was typed, the likest first; nobody when they would have to be guessed.

    A word of four letters may have one slip (a letter wrong, missing, too many, or two in the wrong order), a word of
    eight two; dots over a, o count for none.
    """
    words = typed_words(text)
    if not words or len(words) > MOST_WORDS or max(map(len, words)) > LONGEST_WORD:
        return []
    for slips in range(FORGIVEN + 1):
        meant = resembling(text, slips)
        hits = newest_hits(meant, state=state, most=MOST_CANDIDATES).found if meant else []
        ids = [hit.id for hit in hits if state in (None, hit.state)]
        found = _likest(words, list(db.session.scalars(select(Customer).where(Customer.id.in_(ids)))) if ids else [])
        if found:
            return found[:limit]
    return []


def _likest(words: list[str], candidates: list[Customer]) -> list[Customer]:
    measured = [(unlikeness(words, customer.search_text), customer) for customer in candidates]
    alike = [(far, customer) for far, customer in measured if far is not None]
    return [customer for _far, customer in sorted(alike, key=lambda one: (one[0], one[1].sort_key, one[1].id))]


def unlikeness(words: list[str], search_text: str) -> int | None:
    """How many slips make the words typed into words of a search text; None when some word is too far from all."""
    held = {
        part.translate(_DOTLESS) for word in search_text.split() for part in (word, *re.split("[@.-]", word)) if part
    }
    total = 0
    for word in words:
        far = min((_slips(word.translate(_DOTLESS), other) for other in held), default=FORGIVEN + 1)
        if far > slips_in(word):
            return None
        total += far
    return total


def _slips(word: str, other: str) -> int:
    """Between a word and another, or the beginning of that: the end may not have been typed yet."""
    most = slips_in(word)
    whole = OSA.distance(word, other, score_cutoff=most)
    if whole <= most or len(other) <= len(word):
        return whole
    return min(OSA.distance(word, other[: len(word) + more], score_cutoff=most) for more in (-1, 0, 1))
