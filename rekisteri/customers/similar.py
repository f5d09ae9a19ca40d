"""The second step of the search, when nothing was found exactly: customers who may have been meant.

The index gives a bounded number of candidates that have what is left of a mistyped word; how alike they are is measured
here, word by word, alike on both databases.
"""

import re

from rapidfuzz.distance import OSA
from sqlalchemy import select

from rekisteri.customers.hits import meant_ids
from rekisteri.customers.listing import Line
from rekisteri.customers.models import Customer
from rekisteri.customers.wanted import FORGIVEN, resembling, slips_in, typed_words
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fold

MOST_CANDIDATES = 500
MOST_WORDS = 4
LONGEST_WORD = 30
SHOWN = 20
_SEPARATED = re.compile(r"[\s@.,-]+")
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
        ids = meant_ids(meant, MOST_CANDIDATES) if meant else []
        found = _likest(words, Line(state).sorted(_load(ids)))
        if found:
            return found[:limit]
    return []


def _load(ids: list[int]) -> list[Customer]:
    return list(db.session.scalars(select(Customer).where(Customer.id.in_(ids)))) if ids else []


def _likest(words: list[str], candidates: list[Customer]) -> list[Customer]:
    """Those who are like enough; the fewest slips first, then those in whose name they are."""
    measured: list[tuple[int, bool, int, Customer]] = []
    known: dict[tuple[str, str], int] = {}
    for customer in candidates:
        slips = unlikeness(words, customer.search_text, known)
        if slips is not None:
            in_name = unlikeness(words, fold(customer.display_name), known) == slips
            measured.append((slips, not in_name, len(measured), customer))
    return [customer for *_rank, customer in sorted(measured)]


def unlikeness(words: list[str], text: str, known: dict[tuple[str, str], int]) -> int | None:
    """How many slips make the words typed into words of a text; None when some word is too far from all of them."""
    held = set(_SEPARATED.split(text.translate(_DOTLESS))) | set(text.translate(_DOTLESS).split())
    total = 0
    for word in words:
        far = min(_slips(word.translate(_DOTLESS), other, known) for other in held)
        if far > slips_in(word):
            return None
        total += far
    return total


def _slips(word: str, other: str, known: dict[tuple[str, str], int]) -> int:
    """Between a word and another, or the beginning of that: the end may not have been typed yet."""
    slips = known.get((word, other))
    if slips is None:
        most = slips_in(word)
        lengths = {len(other), *(len(word) + more for more in (-1, 0, 1) if len(word) + more < len(other))}
        slips = min(OSA.distance(word, other[:length], score_cutoff=most) for length in lengths)
        known[word, other] = slips
    return slips
