"""Who gets a label, and how people of one household get one together. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from rekisteri.kernel.formats import fold

MOST_NAMES = 4
"""More people of a household than this are addressed as a family."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """One to whom something is sent: the name as lists have it, and the lines of the address below the name.

    :param at_work: the first line of the place is an organisation's name.
    """

    customer_id: int
    person: bool
    name: str
    place: tuple[str, ...]
    at_work: bool = False

    @property
    def full_name(self) -> str:
        """The name as it stands on a letter: ”Maija Virtanen”."""
        return " ".join(reversed(self.name.split(", ", 1))) if self.person else self.name

    @property
    def lines(self) -> tuple[str, ...]:
        """The whole address, the name first."""
        return (self.full_name, *self.place)

    @property
    def town(self) -> tuple[bool, str]:
        """By what the post sorts: the postcode and town; what goes abroad comes last."""
        abroad = len(self.place) - self.at_work > 2
        return abroad, self.place[-1]


def labels(people: Iterable[Addressee], *, merge: bool) -> list[tuple[str, ...]]:
    """The lines of each label. With `merge` those of the same surname at the same home address share one.

    A surname is asked for too: in a block of flats whose doors are not told apart, strangers have the same address.
    """
    if not merge:
        return [one.lines for one in people]
    homes: dict[tuple[str, ...], list[Addressee]] = {}
    for one in people:
        homes.setdefault(_home(one), []).append(one)
    return [_shared(members) for members in homes.values()]


def _home(one: Addressee) -> tuple[str, ...]:
    surname, comma, _ = one.name.partition(", ")
    if not one.person or not comma or one.at_work:
        return (str(one.customer_id),)
    return (fold(surname), *(fold(line) for line in one.place))


def _shared(members: list[Addressee]) -> tuple[str, ...]:
    if len(members) == 1:
        return members[0].lines
    surname = members[0].name.split(", ", 1)[0]
    given = list(dict.fromkeys(one.name.split(", ", 1)[1] for one in members))
    if len(given) > MOST_NAMES:
        return (f"Perhe {surname}", *members[0].place)
    names = given[0] if len(given) == 1 else f"{', '.join(given[:-1])} ja {given[-1]}"
    return (f"{surname} {names}", *members[0].place)
