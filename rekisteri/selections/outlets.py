"""What may be made of a selection: told by the rooms above, shown as links on its page.

A room registers its link once, when its views are imported; `selections` itself lets nobody out of the register.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rekisteri.kernel.gate import can
from rekisteri.selections.models import Selection


@dataclass(frozen=True)
class Outlet:
    """A link to a page that goes on from a selection: its text, what it asks for, and where it leads."""

    label: str
    permission: str
    url: Callable[[Selection], str]
    ways: frozenset[str]


_outlets: dict[str, Outlet] = {}


def add_outlet(
    label: str, permission: str, url: Callable[[Selection], str], *, ways: frozenset[str] = frozenset({"post"})
) -> None:
    """Show a link on the pages of those selections whose way of contact is one of `ways`."""
    _outlets[label] = Outlet(label, permission, url, ways)


def links(selection: Selection) -> list[tuple[str, str]]:
    """The links that the visitor may follow from this selection: text and address."""
    fitting = (one for one in _outlets.values() if selection.way in one.ways and can(one.permission))
    return [(one.label, one.url(selection)) for one in fitting]
