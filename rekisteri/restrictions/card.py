"""What customers' pages know of restrictions: the card's panel and the way to restrict."""

from typing import Any

from flask import url_for

from rekisteri.customers import panels
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import FIELDS
from rekisteri.documents.wording import add_letters
from rekisteri.restrictions import rules, service


def _panel(customer: Customer) -> dict[str, Any]:
    return {
        "restrictions": service.of_customer(customer.id),
        "grounds": {code: ground.label for code, ground in rules.GROUNDS.items()},
        "what": lambda fields: rules.begun_large(rules.what(fields, FIELDS[customer.kind])),
    }


panels.add_panel(5, "restrictions/_card.html", _panel, "prohibitions.view", holds={"restriction.customer_id"})
panels.add_action(
    60, "Rajoita käsittelyä", lambda customer: url_for("restrictions.create", id=customer.id), "restrictions.decide"
)
add_letters(
    {
        "restriction_decision": "Päätös käsittelyn rajoittamisesta",
        "restriction_end": "Ilmoitus rajoituksen päättymisestä rekisteröidylle",
        "restriction_notice": "Ilmoitus rajoituksesta tietojen vastaanottajalle",
    }
)
