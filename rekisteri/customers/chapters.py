"""Everything the register holds of a customer, told chapter by chapter by the rooms that hold it (GDPR art. 15 and 20).

A room adds its chapter once, when its views are imported; the letter of access and the portability copy are made of them
all, so that a room which later holds something more of a person tells it too. A chapter speaks to the person: its title,
lead and cells are plain Finnish. Another person's data are never in it, and of the staff only the role is told.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db


@dataclass(frozen=True)
class Chapter:
    """What one room holds of one customer, ready to be read: a table, and the same as records where they are portable."""

    title: str
    lead: str
    head: list[str]
    rows: list[list[str]]
    data: list[dict[str, Any]] = field(default_factory=list)
    """Records for the portability copy, only what the person has provided; JSON-able, dates in ISO form."""
    provided: bool = False
    """Whether it belongs to the portability copy (GDPR art. 20(1)): given by the person, on consent or contract."""
    free_text: bool = False
    """Whether a clerk has written freely in it, and it may so speak of others too: whoever releases it reads it first."""


@dataclass(frozen=True)
class Told:
    """A chapter that a room has promised to tell; `fields` documents the keys of its records."""

    order: int
    key: str
    tell: Callable[[Customer], Chapter | None]
    fields: Mapping[str, str]


_told: dict[str, Told] = {}
_subjects: list[Callable[[Customer], list[str]]] = []


def add_chapter(
    order: int,
    key: str,
    tell: Callable[[Customer], Chapter | None],
    *,
    fields: Mapping[str, str] | None = None,
) -> None:
    """Tell a chapter of every customer; a lower `order` comes first, the same `key` replaces.

    :param tell: answers None when the room holds nothing of the customer.
    :param fields: the keys of `Chapter.data` with their meaning in Finnish, for a chapter that is portable.
    """
    _told[key] = Told(order, key, tell, dict(fields or {}))


def all_told() -> list[Told]:
    """Every chapter a room has added, in order."""
    return sorted(_told.values(), key=lambda told: (told.order, told.key))


def chapters(customer: Customer) -> dict[str, Chapter]:
    """What is held of the customer, by key, in order; a room that holds nothing is silent."""
    found = {told.key: told.tell(customer) for told in all_told()}
    return {key: chapter for key, chapter in found.items() if chapter is not None}


def add_subjects(find: Callable[[Customer], list[str]]) -> None:
    """Let a room tell by which subjects it keeps letters, scans and log lines of a person: ”prohibition:7”."""
    _subjects.append(find)


def subjects(customer: Customer) -> list[str]:
    """Everything by which letters, scans and the processing log know the person: the card under each of its ids first."""
    own = [f"customer:{number}" for number in same_person(customer)]
    return [*own, *(subject for find in _subjects for subject in find(customer))]


def same_person(customer: Customer) -> list[int]:
    """The ids under which the register knows the customer: the own one first, then those merged into it."""
    found, newest = [customer.id], [customer.id]
    while newest:
        newest = list(db.session.scalars(select(Customer.id).where(Customer.merged_into_id.in_(newest))))
        found += newest
    return found
