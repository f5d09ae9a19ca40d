"""Other ways to a customer than the customer's own data: an order's number, a request's diary number.

A room registers its finder once, when its views are imported; the search box of the customers asks them all.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """What a number typed into the search box stands for: ”Tilaus 2026/0012”, its page, whose it is."""

    label: str
    url: str
    customer_id: int | None


@dataclass(frozen=True)
class Finder:
    """Finds by an exact number, by an index; shown to those who hold `permission`."""

    permission: str
    find: Callable[[str], list[Hit]]


_finders: list[Finder] = []


def add_finder(permission: str, find: Callable[[str], list[Hit]]) -> None:
    """Ask `find` whenever something is searched for; it answers with nothing at once when the text is no such number."""
    _finders.append(Finder(permission, find))


def hits(text: str, may: Callable[[str], bool]) -> list[Hit]:
    """What the text is the number of."""
    return [hit for finder in _finders if may(finder.permission) for hit in finder.find(text)]
