"""What customers' pages know of prohibitions: the card's panel, the way to record one, their place in the history."""

from typing import Any

from flask import url_for

from rekisteri.cases.codes import CHANNELS
from rekisteri.customers import diary, panels
from rekisteri.customers.models import Customer
from rekisteri.prohibitions import events, rules, service


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
diary.add_events(events.RECORDED, events.REPEATED, events.WITHDRAWN, events.GIVEN_AGAIN, events.ENDED_AGAIN)
