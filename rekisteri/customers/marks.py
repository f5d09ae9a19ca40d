"""Tags beside a customer's name wherever customers are listed: told by the higher rooms, shown on lists, search and card.

A room registers its teller once, when its views are imported; it is asked about a whole page of customers in one go.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mark:
    """A few words that must be seen before anything is done with the customer, and how strongly they warn."""

    text: str
    tone: str = "warn"


Teller = Callable[[Collection[int]], Mapping[int, Mark]]
_tellers: list[Teller] = []


def add_mark(tell: Teller) -> None:
    """Show what `tell` says of customers: ids → mark, without those there is nothing to say of, in one query."""
    if tell not in _tellers:
        _tellers.append(tell)


def marks(customers: Iterable[Any]) -> dict[int, list[Mark]]:
    """The marks of each of these customers, or rows of a list with their ids; an empty list for who has none."""
    ids = [customer.id for customer in customers]
    found: dict[int, list[Mark]] = {customer_id: [] for customer_id in ids}
    for tell in _tellers if ids else ():
        for customer_id, mark in tell(ids).items():
            found[customer_id].append(mark)
    return found
