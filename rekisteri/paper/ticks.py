"""The boxes a person has ticked on a card: told here by the higher rooms that keep prohibitions and consents."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rekisteri.customers.models import Customer

Record = Callable[..., Any]
Undo = Callable[[Any], None]


@dataclass(frozen=True)
class Ticks:
    """Boxes of one room: code → label, how what was ticked is put on record, and how an undone card takes it back."""

    choices: Mapping[str, str]
    record: Record
    undo: Undo


_ticks: dict[str, Ticks] = {}


def add_ticks(room: str, choices: Mapping[str, str], record: Record, undo: Undo) -> None:
    """Offer these boxes at the entry of cards; `record(customer=, codes=, told_on=, by=, on=)` gives the account for `undo`.

    The account is kept with the card: ids only, for JSON.
    """
    _ticks[room] = Ticks(choices, record, undo)


def choices() -> list[tuple[str, str]]:
    """Every box, as a form offers it."""
    return [(f"{room}.{code}", label) for room, ticks in _ticks.items() for code, label in ticks.choices.items()]


def record(customer: Customer, ticked: Collection[str], *, told_on: date, by: Any, on: date) -> dict[str, Any]:
    """Put on record what was ticked on a card of that day, room by room; what undoing needs."""
    account = {}
    for room, ticks in _ticks.items():
        codes = [code for code in ticks.choices if f"{room}.{code}" in ticked]
        if codes:
            account[room] = ticks.record(customer=customer, codes=codes, told_on=told_on, by=by, on=on)
    return account


def undo(account: Mapping[str, Any]) -> None:
    """Take back what a card's ticks had put on record."""
    for room, written in account.items():
        _ticks[room].undo(written)
