"""What customers' pages know of billing: the card's panel, the way by an invoice's number, why somebody is not archived."""

from collections.abc import Collection
from typing import Any

from flask import url_for

from rekisteri.billing import collecting, credit, lists, service
from rekisteri.billing.rules import COLLECTION_STATES, CREDIT_STATES
from rekisteri.customers import panels
from rekisteri.customers.archiving import add_obstacle
from rekisteri.customers.finders import Hit, add_finder
from rekisteri.customers.models import Customer

SHOWN = 10


def _panel(customer: Customer) -> dict[str, Any]:
    """Five queries, however much there is."""
    return {
        "invoices": service.for_customer(customer, limit=SHOWN),
        "unpaid": lists.unpaid_of(customer.id),
        "collections": collecting.for_customer(customer),
        "applications": credit.for_customer(customer, limit=SHOWN // 2),
        "states": COLLECTION_STATES,
        "credit_states": CREDIT_STATES,
    }


def find_by_number(text: str) -> list[Hit]:
    """The invoice of exactly this number; nothing at once when the text is none."""
    found = service.find_number(text) if lists.may_be_number(text) else None
    if found is None:
        return []
    return [Hit(f"Lasku {found.number}", url_for("billing.show", id=found.id), found.customer_id)]


def going_on(customer_ids: Collection[int]) -> dict[int, str]:
    """Which of these customers owe something, and how many invoices are open."""
    return {
        customer_id: "avoin lasku" if count == 1 else f"{count} avointa laskua"
        for customer_id, count in lists.count_open(customer_ids).items()
    }


panels.add_panel(
    40,
    "billing/_customer_panel.html",
    _panel,
    "billing.view",
    holds={"invoice.customer_id", "collection.customer_id", "credit_application.customer_id"},
)
panels.add_action(
    22, "Uusi lasku", lambda customer: url_for("billing.create", id=customer.id), "billing.edit", everyday=True
)
panels.add_action(
    24, "Luottohakemus", lambda customer: url_for("billing.apply_for_credit", id=customer.id), "billing.edit"
)
add_finder("billing.view", find_by_number)
add_obstacle(going_on)
