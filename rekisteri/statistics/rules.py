"""Which figures may be shown: nobody is recognised from them, nor from what they add up to.

A group of fewer than five people is never shown (anonymity: no singling out, no linking, no inference; opinion 05/2014 of
the Article 29 working party, WP216). Hiding it alone would not do, as whoever knows the total subtracts. So a second part
is hidden with it, until what is hidden together could be any of several things (complementary suppression).

Everything shown is a tree: the whole, its years, their quarters, their months, and other ways of dividing the same people.
What is hidden takes all its own parts along. A hidden figure does not tell why it is hidden: were the small ones marked,
two of them whose sum is eight would both be four. Nothing looks at the period somebody happens to choose, so two pages
laid side by side tell no more than one. A zero is shown as 0, because it concerns nobody; only where all parts of a
group have to be hidden, the zeros are hidden with them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SMALLEST = 5
"""The fewest people that a figure may be about."""

Certain = Callable[[Iterable[int]], int]
"""How many different people several groups hold for certain: `sum` when nobody is in two of them, otherwise `max`."""


@dataclass
class Group:
    """So many people, the figures about them, and the ways in which the group is divided into parts."""

    people: int = 0
    figures: dict[str, int] = field(default_factory=dict)
    splits: dict[str, dict[str, "Group"]] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        """Whether somebody could be recognised: there are people in it, and fewer than five."""
        return 0 < self.people < SMALLEST


def published(group: Group, *, certain: Certain = sum) -> dict[str, Any]:
    """What may be known of a group: plain values, with None in place of the figures that are hidden."""
    return _published(group, certain, hidden=group.is_small)


def _published(group: Group, certain: Certain, *, hidden: bool) -> dict[str, Any]:
    splits = {}
    for name, parts in group.splits.items():
        concealed = set(parts) if hidden else to_hide({key: part.people for key, part in parts.items()}, certain)
        splits[name] = {key: _published(part, certain, hidden=key in concealed) for key, part in parts.items()}
    return {"figures": None if hidden else dict(group.figures), "splits": splits}


def to_hide(people: Mapping[str, int], certain: Certain = sum) -> set[str]:
    """Which parts of a group whose total is shown must be hidden: the small ones and enough others beside them.

    The others are chosen by their place, never by their size, from which one could infer it.
    """
    keys = list(people)
    small = [key for key in keys if 0 < people[key] < SMALLEST]
    if not small:
        return set()
    places = [keys.index(key) for key in small]
    others = [key for key in keys if people[key] >= SMALLEST]
    others.sort(key=lambda key: min(abs(keys.index(key) - place) for place in places))
    hidden = list(small)
    while not is_enough([people[key] for key in hidden], certain):
        if not others:
            return set(keys)
        hidden.append(others.pop(0))
    return set(hidden)


def is_enough(people: list[int], certain: Certain = sum) -> bool:
    """Whether groups hidden together hide one another: any of them could still hold one, two, three or four people.

    Their sum can be worked out from the total. So there are at least two of them, together they are no small group, and
    when each of the others holds only one, there are still four left for the last.
    """
    return len(people) > 1 and certain(people) >= max(SMALLEST, len(people) + 3)
