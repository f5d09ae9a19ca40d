"""The consents a person has ticked on a card: put on record as the card is entered. The card itself shows the words."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete

from rekisteri.consents import rules, service
from rekisteri.consents.models import Consent
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.paper import ticks

CHOICES = {
    "email": "Suostumus: suoramarkkinointi sähköpostitse",
    "sms": "Suostumus: suoramarkkinointi tekstiviestillä",
}
WORDING = "Kortissa rastitettu kohta. Kortti on paperiaineistossa."


def _record(*, customer: Customer, codes: Collection[str], told_on: date, by: Any, on: date) -> list[int]:
    made = service.record(
        customer=customer,
        uses=list(rules.USES),
        means=codes,
        given_on=told_on,
        channel="letter",
        wording=WORDING,
        by=by,
        on=on,
    )
    return [one.id for one in made]


def _undo(ids: Sequence[int]) -> None:
    """The card was entered by mistake, so nobody has consented to anything; what stood before stands."""
    db.session.execute(delete(Consent).where(Consent.id.in_(ids)))


ticks.add_ticks("consents", CHOICES, _record, _undo)
