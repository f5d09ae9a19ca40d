"""What customers' pages know of prohibitions: the card's panel and the way to record one."""

from typing import Any

from flask import url_for

from rekisteri.cases.codes import CHANNELS
from rekisteri.customers import panels
from rekisteri.customers.models import Customer
from rekisteri.prohibitions import rules, service


def _panel(customer: Customer) -> dict[str, Any]:
    found = service.of_customer(customer.id)
    papers = service.papers(found)
    return {"prohibitions": found, "papers": papers, "kinds": rules.KINDS, "channels": CHANNELS}


panels.add_panel(6, "prohibitions/_card.html", _panel, "prohibitions.view", holds={"prohibition.customer_id"})
panels.add_action(
    58,
    "Kirjaa kielto",
    lambda customer: url_for("prohibitions.create", id=customer.id),
    "prohibitions.edit",
    everyday=True,
)
