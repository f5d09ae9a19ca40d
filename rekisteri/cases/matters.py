"""The rights a request may concern. The rooms above add theirs here, so that one intake serves them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rekisteri.cases.codes import OUTCOMES
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.kernel.errors import RuleViolation


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
    decided: Callable[[Case], bool] | None = None
    """Whether the right has been answered; without this, once nothing prevents closing."""
    person_set: Callable[[Case, Any], object] | None = None
    """Told when the person whom the case concerns has been found, or is another or nobody after all: (case, by)."""
    closed: Callable[[Case], object] | None = None
    """Told when the request has been closed."""
    ended: Callable[[Case, Any, date], object] | None = None
    """Told when the matter ends without a decision of its room, withdrawn or refused at the door: (case, by, on)."""
    why_not_refused: Callable[[Case, str | None], str | None] = lambda case, ground: None
    """Why the matter cannot be refused at the door on this ground (or a fee asked for it), as a Finnish sentence."""
    log_subjects: Callable[[Case], list[str]] = lambda case: []
    """What else than the case itself the processing log knows the matter by."""


ORDER = (
    "rectification",
    "access",
    "prohibition",
    "erasure",
    "anonymisation",
    "restriction",
    "portability",
    "objection",
    "consent_withdrawal",
    "complaint",
)
"""As a clerk looks for them on the form."""
_kinds: dict[str, MatterKind] = {}


def add_kind(kind: MatterKind) -> MatterKind:
    """Make a right known to the intake. Adding the same code again replaces it."""
    _kinds[kind.code] = kind
    return kind


def remove_kind(code: str) -> None:
    """Make a right unknown again; cases that concern it keep its code."""
    _kinds.pop(code, None)


def kinds() -> list[MatterKind]:
    """All rights a request may concern: those asked for most first, others in the order they were added."""
    return sorted(_kinds.values(), key=lambda kind: ORDER.index(kind.code) if kind.code in ORDER else len(ORDER))


def own_initiative_kinds() -> list[MatterKind]:
    """Those which the company may begin without a request."""
    return [kind for kind in kinds() if kind.own_initiative]


def of(case: Case) -> list[MatterKind]:
    """The rights that the case concerns and that have not ended before their time."""
    return [_kinds[matter.kind] for matter in alive(case) if matter.kind in _kinds]


def alive(case: Case) -> list[CaseMatter]:
    """The matters of the case that have not been withdrawn or refused at the door."""
    return [matter for matter in case.matters if matter.outcome is None]


def is_alive(case: Case, code: str) -> bool:
    """Whether the case concerns this right and it has not ended before its time."""
    return any(matter.kind == code for matter in alive(case))


def is_decided(case: Case, code: str) -> bool:
    """Whether this right of the case has been answered, one way or another."""
    matter = next((matter for matter in case.matters if matter.kind == code), None)
    if matter is None or matter.outcome is not None or code not in _kinds:
        return True
    kind = _kinds[code]
    return kind.decided(case) if kind.decided else not kind.blockers(case)


def undecided(case: Case) -> list[CaseMatter]:
    """The matters that still wait for their decision."""
    return [matter for matter in case.matters if not is_decided(case, matter.kind)]


def check_alive(case: Case, code: str) -> None:
    """A right's own room decides nothing on a matter that has ended already.

    :raises RuleViolation: it was withdrawn, refused at the door, or answered otherwise.
    """
    ended = next((matter for matter in case.matters if matter.kind == code and matter.outcome), None)
    if ended is not None and ended.outcome is not None:
        raise RuleViolation(f"Asia on jo päättynyt: {OUTCOMES[ended.outcome]}.")


def kind_of(code: str) -> MatterKind | None:
    """The right with this code, or None when its room is not there."""
    return _kinds.get(code)


def labels(codes: Iterable[str]) -> list[str]:
    """What the rights are called; a code whose room is not there is shown as such."""
    return [_kinds[code].label if code in _kinds else code for code in codes]


def listed(codes: Iterable[str]) -> str:
    """The rights as one list in a sentence: ”Tietojen tarkastaminen, tietojen poistaminen”."""
    first, *others = labels(codes) or [""]
    return ", ".join([first, *(f"{label[:1].lower()}{label[1:]}" for label in others)])
