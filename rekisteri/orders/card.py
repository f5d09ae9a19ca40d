"""What customers' pages know of orders: the card's panel, the way by a number, why somebody is not archived."""

from collections.abc import Collection
from typing import Any

from flask import url_for

from rekisteri.customers import panels
from rekisteri.customers.archiving import add_obstacle
from rekisteri.customers.finders import Hit, add_finder
from rekisteri.customers.models import Customer
from rekisteri.orders import rules, service

SHOWN = 10
TONES = {"quote": "info", "ordered": "warn", "confirmed": "info", "delivered": "good", "cancelled": "neutral"}


def _panel(customer: Customer) -> dict[str, Any]:
    """One query however many orders there are: one row more than is shown tells whether there is more."""
    found = service.for_customer(customer, limit=SHOWN + 1)
    return {"orders": found[:SHOWN], "more": len(found) > SHOWN, "states": rules.STATES, "tones": TONES}


def _new_order(customer: panels.Outline) -> str | None:
    return url_for("orders.create", id=customer.id) if customer.state == "active" else None


def find_by_number(text: str) -> list[Hit]:
    """The order of this number; nothing at once when the text is none."""
    wanted = rules.wanted(text)
    order = service.find_number(wanted.exact) if wanted and wanted.exact else None
    if order is None:
        return []
    return [Hit(f"Tilaus {order.number}", url_for("orders.show", id=order.id), order.customer_id)]


def going_on(customer_ids: Collection[int]) -> dict[int, str]:
    """With which of these customers something is still to be done, and how much."""
    return {
        customer_id: "keskeneräinen tilaus" if count == 1 else f"{count} keskeneräistä tilausta"
        for customer_id, count in service.count_open(customer_ids).items()
    }


panels.add_panel(20, "orders/_card.html", _panel, "orders.view", holds={"customer_order.customer_id"})
panels.add_action(20, "Uusi tilaus", _new_order, "orders.edit", everyday=True)
add_finder("orders.view", find_by_number)
add_obstacle(going_on)
