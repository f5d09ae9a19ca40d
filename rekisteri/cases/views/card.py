"""What a customer's card shows of requests, and what can be begun from it."""

from typing import Any

from flask import url_for

from rekisteri.cases import service
from rekisteri.customers import panels
from rekisteri.customers.models import Customer


def _context(customer: Customer) -> dict[str, Any]:
    return {"cases": service.newest_of_customer(customer.id)}


def _leads_to(endpoint: str, argument: str) -> Any:
    def url(customer: Customer) -> str:
        return url_for(endpoint, **dict[str, Any]({argument: customer.id}))

    return url


panels.add_panel(40, "cases/_card.html", _context, "cases.view")
panels.add_action(40, "Kirjaa korjauspyyntö", _leads_to("cases.create", "asiakas"), "cases.edit")
panels.add_action(41, "Tulosta esitäytetty lomake", _leads_to("cases.print_page", "customer_id"), "cases.edit")
panels.add_action(42, "Oikaise omasta aloitteesta", _leads_to("cases.own_initiative", "customer_id"), "cases.edit")
