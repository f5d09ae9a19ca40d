"""The list of customers in Finnish order, read along an index from any place in it, both ways."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, tuple_

from rekisteri.customers.models import Customer

SEEN = ("active", "archived")
"""The states of those who are shown; who was merged or waits for an import never is."""

SHOWN = (
    Customer.id,
    Customer.kind,
    Customer.state,
    Customer.display_name,
    Customer.sort_key,
    Customer.represents,
    Customer.contact,
    Customer.place,
)
"""What the list shows, and its order: fifty whole objects would take longer to make than the page to draw."""


@dataclass(frozen=True)
class Line:
    """The customers of a state (None: all who are seen) after or before one of them, the nearest first."""

    state: str | None
    start: Customer | None = None
    backwards: bool = False

    def query(self) -> Select[Customer]:
        """The query, in order and without a bound."""
        # worded so that no index of states tempts away from the order of names
        query = select(Customer).where(
            Customer.state == self.state if self.state else Customer.state.not_in(("merged", "incoming"))
        )
        if self.start:
            place = tuple_(Customer.sort_key, Customer.id)
            here = tuple_(self.start.sort_key, self.start.id)
            query = query.where(place < here if self.backwards else place > here)
        if self.backwards:
            return query.order_by(Customer.sort_key.desc(), Customer.id.desc())
        return query.order_by(Customer.sort_key, Customer.id)

    def sorted(self, customers: list[Any]) -> list[Any]:
        """Those of these customers (or rows with their sort key, id and state) who stand here, in order."""
        own = [one for one in customers if (one.state == self.state if self.state else one.state in SEEN)]
        if self.start:
            here = _place(self.start)
            own = [one for one in own if (_place(one) < here if self.backwards else _place(one) > here)]
        return sorted(own, key=_place, reverse=self.backwards)


def _place(customer: Any) -> tuple[str, int]:
    return customer.sort_key, customer.id
