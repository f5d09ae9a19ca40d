"""What paper knows of requests: whether there is one of a number, and whose; told by the room of requests, which is above."""

from collections.abc import Callable, Mapping
from typing import Any

Find = Callable[[str], Mapping[str, Any] | None]
_find: list[Find] = []


def told_by(find: Find) -> Find:
    """Ask `find` about numbers: it answers with the id of the customer (or None), or with None for an unknown number."""
    _find[:] = [find]
    return find


def find(number: str) -> Mapping[str, Any] | None:
    """The request of a number: `customer_id`; None when there is no such request."""
    return _find[0](number) if _find else None
