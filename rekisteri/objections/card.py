"""What a customer's card shows of objections, withdrawals of consent and complaints."""

from typing import Any

from rekisteri.customers import panels
from rekisteri.customers.models import Customer
from rekisteri.documents.wording import add_letters
from rekisteri.objections import rules, service


def _panel(customer: Customer) -> dict[str, Any]:
    return {"matters": service.of_customer(customer.id), "KINDS": rules.KINDS, "USES": rules.USES}


panels.add_panel(42, "objections/_card.html", _panel, "cases.view", holds={"objection.customer_id"})
add_letters({f"{kind}_answer": words["title"] for kind, words in rules.WORDS.items()})
