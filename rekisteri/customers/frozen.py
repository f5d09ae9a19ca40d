"""Data that may not be changed for the time being, while their processing is restricted (GDPR art. 18(2)).

A higher room that knows of such data registers its teller once, when its models are imported. Every way of changing a
customer asks here: the form, the import, the merge. Correcting on a request does not, as it settles what is in dispute.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from rekisteri.customers.links import add_guard
from rekisteri.kernel.errors import RuleViolation

EVERYTHING: frozenset[str] = frozenset({"*"})
"""Stands for all that is held of a customer."""

Teller = Callable[[Collection[int]], Mapping[int, frozenset[str]]]
_tellers: list[tuple[Teller, str]] = []


def add_freeze(tell: Teller, sentence: str) -> None:
    """Keep as they are the data that `tell` names: customers' ids → their fields or `EVERYTHING`.

    :param sentence: why they may not be changed, in Finnish.
    """
    if all(known is not tell for known, _sentence in _tellers):
        _tellers.append((tell, sentence))


def why_not(changes: Mapping[int, Collection[str]]) -> dict[int, str]:
    """Of customers and the fields that would change: whose change is not allowed, and why.

    A change of no field (a contact, a role) is one of the customer as a whole.
    """
    found: dict[int, str] = {}
    for tell, sentence in _tellers if changes else ():
        for customer_id, fields in tell(list(changes)).items():
            if fields & EVERYTHING or fields & set(changes[customer_id]):
                found[customer_id] = sentence
    return found


def check(customer_id: int, fields: Collection[str] = ()) -> None:
    """Refuse to change what is to stay as it is.

    :raises RuleViolation: on the first of the fields that may not be changed.
    """
    for tell, sentence in _tellers:
        kept = tell([customer_id]).get(customer_id, frozenset())
        stuck = next((field for field in fields if field in kept), None)
        if stuck or kept & EVERYTHING:
            raise RuleViolation(sentence, field=stuck)


def binding(customer_ids: Collection[int]) -> list[str]:
    """Why something of these customers is to stay as it is; nothing when all may change."""
    return sorted({sentence for tell, sentence in _tellers if tell(customer_ids)})


def _no_merge(customer_ids: Sequence[int], after: Mapping[str, int]) -> list[str]:
    """A merge moves and ends data, so it waits while any of them are to stay as they are."""
    return binding(customer_ids)


add_guard(_no_merge)
