"""What customers' pages know of consents: the card's panel, the way to record one, and their place in the history."""

from typing import Any

from flask import url_for

from rekisteri.consents import events, rules, service
from rekisteri.customers import diary, panels
from rekisteri.customers.models import Customer


def _panel(customer: Customer) -> dict[str, Any]:
    found = service.of_customer(customer.id)
    return {"given": service.given(found), "papers": service.papers(found), "channels": rules.CHANNELS}


def _create(customer: panels.Outline) -> str | None:
    return url_for("consents.create", id=customer.id) if customer.kind == "person" else None


panels.add_panel(7, "consents/_card.html", _panel, "prohibitions.view", holds={"consent.customer_id"})
panels.add_action(59, "Kirjaa suostumus", _create, "prohibitions.edit")
diary.add_events(events.RECORDED, events.WITHDRAWN, events.WITHDRAWN_AGAIN)
