"""What in the higher rooms belongs to a customer: told here by those rooms, so that merging moves it all.

A room registers each of its columns that point at a customer once, when its models are imported. A room with more to say
adds a guard, which may forbid a merge, or a merger, which does more than move rows (of two prohibitions the stricter wins).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

CustomerColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
Guard = Callable[[Sequence[int], Mapping[str, int]], list[str]]


@dataclass(frozen=True)
class Link:
    """One column whose rows belong to a customer; `name` is what they are called in Finnish, in the plural."""

    column: CustomerColumn
    name: str

    @property
    def key(self) -> str:
        """The column as a merge's record knows it: `table.column`."""
        return f"{self.column.class_.__tablename__}.{self.column.key}"


@dataclass(frozen=True)
class Merger:
    """What a room does besides moving rows; `undo` gets the account (ids, for JSON) that `merge` gave."""

    name: str
    merge: Callable[[int, int], Any]
    undo: Callable[[Any], None]


_links: list[Link] = []
_guards: list[Guard] = []
_mergers: list[Merger] = []


def add_link(column: CustomerColumn, name: str) -> None:
    """Let the rows of `column` follow their customer when two customers are merged into one."""
    if all(link.column is not column for link in _links):
        _links.append(Link(column, name))


def all_links() -> list[Link]:
    """Every registered link."""
    return list(_links)


def add_guard(guard: Guard) -> None:
    """Ask `guard` before a merge: it gets the two customers' ids and, by field, the ids of the data that would then stand.

    It answers with Finnish sentences that say what prevents the merge; with none when nothing does.
    """
    if guard not in _guards:
        _guards.append(guard)


def obstacles(customer_ids: Sequence[int], after: Mapping[str, int]) -> list[str]:
    """Everything that prevents a merge after which these data would stand."""
    return [sentence for guard in _guards for sentence in guard(customer_ids, after)]


def add_merger(name: str, merge: Callable[[int, int], Any], undo: Callable[[Any], None]) -> None:
    """Do `merge(kept_id, dropped_id)` before the rows are moved, and `undo` with its account after they are back."""
    if all(merger.name != name for merger in _mergers):
        _mergers.append(Merger(name, merge, undo))


def all_mergers() -> list[Merger]:
    """Every registered merger."""
    return list(_mergers)
