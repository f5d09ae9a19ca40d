"""What higher rooms add to a customer's card, which itself knows none of them.

A room registers its panels and actions once, when its views are imported.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from rekisteri.customers.models import Customer
from rekisteri.kernel.web import LARGEST_ID


class Outline(NamedTuple):
    """What the ways to act on a customer depend on: alike for all of a kind and state, whose number is filled in."""

    id: int
    kind: str
    state: str


@dataclass(frozen=True)
class Panel:
    """A part of the card. Its template finds what `context` returned under the name `panel`, beside `customer`."""

    order: int
    template: str
    context: Callable[[Customer], dict[str, Any]]
    permission: str
    holds: frozenset[str]

    def content(self, customer: Customer, held: Collection[str]) -> dict[str, Any]:
        """Nothing, without asking for it, where the room holds nothing of the customer."""
        return {} if self.holds and self.holds.isdisjoint(held) else self.context(customer)


@dataclass(frozen=True)
class Action:
    """A link among the card's buttons; `url` may return None where the action does not apply."""

    order: int
    label: str
    url: Callable[[Outline], str | None]
    permission: str
    everyday: bool


_panels: list[Panel] = []
_actions: list[Action] = []


def add_panel(
    order: int,
    template: str,
    context: Callable[[Customer], dict[str, Any]],
    permission: str,
    *,
    holds: Collection[str] = (),
) -> None:
    """Show `template` on every card to those who hold `permission`; a lower `order` comes first.

    :param holds: the links, as `table.column`, without any of which the panel has nothing to show and is not asked.
    """
    _panels.append(Panel(order, template, context, permission, frozenset(holds)))
    _panels.sort(key=lambda panel: panel.order)


def add_action(
    order: int, label: str, url: Callable[[Outline], str | None], permission: str, *, everyday: bool = False
) -> None:
    """Show a link on every card to those who hold `permission`; a lower `order` comes first.

    :param everyday: it is seen at once; the others are folded under ”Muut toimet”, so that a card is not a wall of buttons.
    """
    _actions.append(Action(order, label, url, permission, everyday))
    _actions.sort(key=lambda action: action.order)


def panels_for(
    customer: Customer, may: Callable[[str], bool], held: Collection[str] = ()
) -> list[tuple[str, dict[str, Any]]]:
    """Template and content of each panel that may be shown, from among the customer's `belongings`."""
    return [(panel.template, panel.content(customer, held)) for panel in _panels if may(panel.permission)]


def actions_for(customer: Customer | Outline, may: Callable[[str], bool], *, everyday: bool) -> list[tuple[str, str]]:
    """Label and address of each action that may be taken: those of every day, or the others."""
    customer = Outline(customer.id, customer.kind, customer.state)
    wanted = (action for action in _actions if action.everyday == everyday and may(action.permission))
    links = [(action.label, action.url(customer)) for action in wanted]
    return [(label, url) for label, url in links if url]


def ways(kind: str, state: str, allowed: frozenset[str]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """What can be done every day, and what else, with a customer of this kind and state, whose number is `LARGEST_ID`."""
    return _ways(tuple(_actions), kind, state, allowed)


@lru_cache(maxsize=128)
def _ways(
    _known: tuple[Action, ...], kind: str, state: str, allowed: frozenset[str]
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Put together anew only when a room has added an action."""
    anybody = Outline(LARGEST_ID, kind, state)
    return tuple(tuple(actions_for(anybody, allowed.__contains__, everyday=everyday)) for everyday in (True, False))
