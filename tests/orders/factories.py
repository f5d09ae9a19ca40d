"""Orders for tests, as a clerk would have entered them."""

from datetime import date
from typing import Any

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import transaction
from rekisteri.orders import rules, service
from rekisteri.orders.models import Order
from tests.customers.factories import make_clerk, make_person

TODAY = date(2026, 11, 23)
CHAIRS = rules.Line("Ruokapöydän tuoli", 4000, "kpl", 129_00)
HOURS = rules.Line("Kokoaminen", 1500, "h", 48_00)


def make_order(customer: Customer | None = None, *lines: rules.Line, state: str = "ordered", **details: Any) -> Order:
    """Four chairs and their assembly, ordered today by Maija Virtanen unless told otherwise, taken to `state`."""
    clerk, customer = make_clerk(), customer or make_person()
    on = details.pop("on", TODAY)
    with transaction():
        first = "quote" if state == "quote" else "ordered"
        order = service.create(customer=customer, state=first, lines=lines or (CHAIRS, HOURS), on=on, by=clerk)
        if state in {"confirmed", "delivered"}:
            service.confirm(order=order, on=on, by=clerk)
        if state == "delivered":
            service.deliver(order=order, on=on, by=clerk)
        if state == "cancelled":
            service.cancel(order=order, reason=details.pop("reason", "customer"), on=on, by=clerk)
        if details.pop("archived", False):
            service.archive(order=order, on=TODAY, by=clerk)
    return order


def typed(*rows: dict[str, str], **rest: str) -> dict[str, str]:
    """A form's lines as a browser sends them: `typed({"product": "Tuoli", "unit_price": "129"})`."""
    sent: dict[str, str] = {}
    for number, row in enumerate(rows):
        whole = {"product": "", "quantity": "1", "unit": "kpl", "unit_price": ""} | row
        sent |= {f"rows-{number}-{name}": value for name, value in whole.items()}
    return sent | rest
