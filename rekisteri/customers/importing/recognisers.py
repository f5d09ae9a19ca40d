"""Those whom an import must not bring back: whom the register has erased, who has forbidden it.

A higher room that knows such people registers its recogniser once, when its views are imported; it is asked about every
batch of rows before their fates are told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A row that could be entered: its kind and checked values."""

    kind: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a recognised row: `refused`, or `doubtful` for a person to decide; why, in Finnish."""

    fate: str
    sentence: str


Recogniser = Callable[[Sequence[Candidate]], Mapping[int, Verdict]]
_recognisers: list[Recogniser] = []


def add_recogniser(recognise: Recogniser) -> None:
    """Ask `recognise` about every batch; it answers with verdicts by the place of the candidate in the batch."""
    _recognisers.append(recognise)


def remove_recogniser(recognise: Recogniser) -> None:
    """Ask it no more."""
    _recognisers.remove(recognise)


def verdicts(batch: Sequence[Candidate]) -> dict[int, Verdict]:
    """What the recognisers say; who says ”refused” has the last word."""
    found: dict[int, Verdict] = {}
    for recognise in _recognisers:
        for place, verdict in recognise(batch).items():
            if place not in found or verdict.fate == "refused":
                found[place] = verdict
    return found
