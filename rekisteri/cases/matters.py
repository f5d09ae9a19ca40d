"""The rights a request may concern. The rooms above add theirs here, so that one intake serves them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rekisteri.cases.models import Case


@dataclass(frozen=True)
class MatterKind:
    """One right of the data subject, as the room that decides on it tells the intake."""

    code: str
    label: str
    """As a clerk ticks it: ”Tiedon oikaiseminen”."""
    open: Callable[[Case, Any, date], object]
    """Begins the matter of a new case: (case, by, on)."""
    url: Callable[[Case], str]
    """The right's own page for the case."""
    tasks: Callable[[Case], list[dict[str, Any]]]
    """What is to be done, as rows of the case's task list."""
    blockers: Callable[[Case], list[str]]
    """What still prevents closing the case, as Finnish sentences."""
    own_initiative: bool = False
    """Whether the company may begin it without a request."""


_kinds: dict[str, MatterKind] = {}


def add_kind(kind: MatterKind) -> MatterKind:
    """Make a right known to the intake. Adding the same code again replaces it."""
    _kinds[kind.code] = kind
    return kind


def remove_kind(code: str) -> None:
    """Make a right unknown again; cases that concern it keep its code."""
    _kinds.pop(code, None)


def kinds() -> list[MatterKind]:
    """All rights a request may concern, in the order they were added."""
    return list(_kinds.values())


def own_initiative_kinds() -> list[MatterKind]:
    """Those which the company may begin without a request."""
    return [kind for kind in kinds() if kind.own_initiative]


def of(case: Case) -> list[MatterKind]:
    """The rights that the case concerns."""
    return [_kinds[code] for code in case.kinds if code in _kinds]


def labels(codes: Iterable[str]) -> list[str]:
    """What the rights are called; a code whose room is not there is shown as such."""
    return [_kinds[code].label if code in _kinds else code for code in codes]
