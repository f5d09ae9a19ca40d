"""The prohibitions a person has ticked on a card: put on record as the card is entered, and they bind at once."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.paper import ticks
from rekisteri.prohibitions import rules, service
from rekisteri.prohibitions.models import Prohibition

CHOICES = {kind: f"Kielto: {name[:1].lower()}{name[1:]}" for kind, name in rules.KINDS.items()}


def _record(*, customer: Customer, codes: Collection[str], told_on: date, by: Any, on: date) -> list[int]:
    made = service.record(customer=customer, kinds=codes, told_on=told_on, channel="letter", by=by, on=on)
    return [one.id for one in made]


def _undo(ids: Sequence[int]) -> None:
    """The card was entered by mistake, so nobody has forbidden anything; what stood before stands."""
    db.session.execute(delete(Prohibition).where(Prohibition.id.in_(ids)))


ticks.add_ticks("prohibitions", CHOICES, _record, _undo)
