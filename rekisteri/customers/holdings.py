"""Everything the register holds about a customer, room by room: told here by each room, so that erasure misses nothing.

A room registers one holding for each kind of thing it keeps about a customer: what it is, what of it may not go yet and
why (GDPR art. 17(3)), how it goes, and how it is left as bare figures. The ids always are the customer's and those of
whoever has been merged into it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rekisteri.customers.links import CustomerColumn

GROUNDS = {
    "open_order": ("Tilaus on kesken", "yleisen tietosuoja-asetuksen 6 artiklan 1 kohdan b alakohta"),
    "open_invoice": ("Lasku on maksamatta", "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan e alakohta"),
    "collection": ("Saatavaa peritään", "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan e alakohta"),
    "bookkeeping": (
        "Kirjanpidon säilytysaika",
        "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan b alakohta ja kirjanpitolain (1336/1997) 2 luvun 10 §",
    ),
    "legal_claim": ("Oikeusvaade", "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan e alakohta"),
    "open_matter": ("Asian käsittely on kesken", "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan b alakohta"),
    "duty": ("Lakisääteinen velvoite", "yleisen tietosuoja-asetuksen 17 artiklan 3 kohdan b alakohta"),
}
"""Why something may not be erased yet: code → its Finnish name and the provision."""

NAME = frozenset({"last_name", "first_name", "name", "business_id"})
ADDRESS = NAME | {"street", "postcode", "city", "country"}
CONTACT = ADDRESS | {"email", "phone", "organisation"}
EVERYTHING = frozenset({"*"})
"""Which data somebody's hold needs beside its own rows: who it is, where letters go, how to reach them, all of it."""


@dataclass(frozen=True)
class Hold:
    """One obstacle to erasing: its ground, a sentence that names it, and the last day it holds.

    `until` is None when nobody knows the day beforehand (an open order ends when it ends). `needs` are the base fields of
    the customer's own data that must stay with it.
    """

    ground: str
    text: str
    until: date | None = None
    needs: frozenset[str] = NAME

    @property
    def title(self) -> str:
        """The ground in a few Finnish words."""
        return GROUNDS[self.ground][0]

    @property
    def provision(self) -> str:
        """The provision that the ground rests on."""
        return GROUNDS[self.ground][1]


@dataclass(frozen=True)
class Holding:
    """One kind of thing held about customers.

    `erase` and `anonymise` let go of all that no hold of this holding keeps on that day, and tell how many rows went;
    they leave what is held as it is. `values` are the texts by which the person could still be found afterwards: names,
    addresses, words written about the person; not what others have as well, no product names, no codes. `columns` are those pointing to a customer that
    this holding answers for, `order` tells who goes first (rows that point at others go before them). `still` tells of many
    customers at once which are under a hold of this holding whose end nobody knows beforehand. `kept` counts the rows that
    would stay if the others went now; without it all or none do, by whether some hold needs everything. `where` tells where
    what is no row in a database is to be found: the numbers of cards and their binders.
    """

    key: str
    title: str
    columns: tuple[CustomerColumn, ...]
    count: Callable[[Sequence[int]], int]
    erase: Callable[[Sequence[int], date], int]
    anonymise: Callable[[Sequence[int], date], int]
    holds: Callable[[Sequence[int], date], list[Hold]] = lambda ids, on: []
    values: Callable[[Sequence[int]], Iterable[str]] = lambda ids: ()
    kept: Callable[[Sequence[int], date], int] | None = None
    where: Callable[[Sequence[int]], list[str]] = lambda ids: []
    still: Callable[[Sequence[int]], set[int]] = lambda ids: set()
    order: int = 50

    def staying(self, ids: Sequence[int], on: date) -> int:
        """How many rows some hold would keep if the rest went now."""
        if self.kept is not None:
            return self.kept(ids, on)
        return self.count(ids) if all_needed(ids, on) else 0


_holdings: dict[str, Holding] = {}


def add_holding(holding: Holding) -> None:
    """Let `holding` take part in every erasure, anonymisation and proof; once, when the room's modules are imported."""
    _holdings.setdefault(holding.key, holding)


def all_holdings() -> list[Holding]:
    """Every holding, in the order in which they let go."""
    return sorted(_holdings.values(), key=lambda holding: (holding.order, holding.key))


def holds(ids: Sequence[int], on: date) -> list[Hold]:
    """Every obstacle to erasing these customers that stands on that day, of all rooms at once."""
    return [hold for holding in all_holdings() for hold in holding.holds(ids, on)]


def needed(ids: Sequence[int], on: date) -> frozenset[str]:
    """The base fields of the customer's own data that some hold needs to stay."""
    return frozenset().union(*(hold.needs for hold in holds(ids, on)))


def all_needed(ids: Sequence[int], on: date) -> bool:
    """Whether some hold needs everything to stay as it is, beside its own rows."""
    return needed(ids, on) >= EVERYTHING


def still_held(ids: Sequence[int]) -> set[int]:
    """Which of these customers something holds whose end nobody knows beforehand: one question for each holding."""
    return set().union(*(holding.still(ids) for holding in all_holdings())) if ids else set()
