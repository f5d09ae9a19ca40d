"""Recipients who hear of corrections, restrictions and erasures by machine: no letter is written to them (GDPR art. 19).

A higher room that can tell a recipient so registers its teller once, when its views are imported. Whoever has a duty to
tell asks here first: what nobody takes on is told by letter.
"""

from collections.abc import Collection
from typing import Protocol


class Teller(Protocol):
    """Somebody who tells recipients by another way than a letter."""

    def hears(self, recipient_id: int, customer_ids: Collection[int]) -> bool:
        """Whether the recipient now hears of any of these customers so."""
        ...

    def tell(self, recipient_id: int, customer_id: int, what: str, fields: Collection[str], origin: str) -> bool:
        """Take it on to tell; whether that was possible. The same `origin` is told once."""
        ...


_tellers: list[Teller] = []


def add_teller(teller: Teller) -> None:
    """Let `teller` take on what it can."""
    if teller not in _tellers:
        _tellers.append(teller)


def hears(recipient_id: int | None, customer_ids: Collection[int]) -> bool:
    """Whether somebody tells this recipient of these customers without a letter."""
    return recipient_id is not None and any(teller.hears(recipient_id, customer_ids) for teller in _tellers)


def tell(*, recipient_id: int, customer_id: int, what: str, fields: Collection[str], origin: str) -> bool:
    """Have it told: what has happened (`corrected`, `restricted`, `released`) to which fields; all of them when none is named.

    :param origin: the duty that is fulfilled: ”rectification_notification:7”.
    """
    return any(teller.tell(recipient_id, customer_id, what, fields, origin) for teller in _tellers)
