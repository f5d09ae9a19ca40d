"""What a customer's card shows of requests, and what can be begun from it."""

import re
from typing import Any

from flask import url_for

from rekisteri.cases import service
from rekisteri.customers import panels
from rekisteri.customers.finders import Hit, add_finder
from rekisteri.customers.models import Customer

_DIARY_NUMBER = re.compile(r"\d{4}/\d{1,6}", re.ASCII)


def _context(customer: Customer) -> dict[str, Any]:
    return {"cases": service.newest_of_customer(customer.id)}


def _leads_to(endpoint: str, argument: str) -> Any:
    def url(customer: panels.Outline) -> str:
        return url_for(endpoint, **dict[str, Any]({argument: customer.id}))

    return url


def find_by_number(text: str) -> list[Hit]:
    """The request of this diary number; nothing at once when the text is none."""
    case = service.find_by_number(text) if _DIARY_NUMBER.fullmatch("".join(text.split())) else None
    return [Hit(f"Pyyntö {case.number}", url_for("cases.show", id=case.id), case.customer_id)] if case else []


panels.add_panel(40, "cases/_card.html", _context, "cases.view", holds={"case.customer_id"})
panels.add_action(40, "Kirjaa pyyntö", _leads_to("cases.create", "asiakas"), "cases.edit", everyday=True)
panels.add_action(41, "Tulosta esitäytetty lomake", _leads_to("cases.print_page", "customer_id"), "cases.edit")
panels.add_action(42, "Oikaise omasta aloitteesta", _leads_to("cases.own_initiative", "customer_id"), "cases.edit")
add_finder("cases.view", find_by_number)
