"""The prohibitions a person has ticked on a card: put on record as the card is entered, and they bind at once."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.paper import ticks
from rekisteri.prohibitions import events, journaling, rules, service
from rekisteri.prohibitions.models import Prohibition

CHOICES = {kind: f"Kielto: {name[:1].lower()}{name[1:]}" for kind, name in rules.KINDS.items()}


def _record(*, customer: Customer, codes: Collection[str], told_on: date, by: Any, on: date) -> list[int]:
    made = service.record(customer=customer, kinds=codes, told_on=told_on, channel="letter", by=by, on=on)
    return [one.id for one in made]


def _undo(ids: Sequence[int]) -> None:
    """The card was entered by mistake, so nobody has forbidden anything; what stood before stands.

    :raises RuleViolation: the same has been forbidden again since, and nothing else would bind than what the card made.
    """
    made = list(db.session.scalars(select(Prohibition).where(Prohibition.id.in_(ids))))
    if any(_repeated(one) for one in made):
        raise RuleViolation(
            "Asiakas on kieltänyt saman uudelleen kortin kirjaamisen jälkeen, joten kirjausta ei voi kumota tästä."
        )
    journaling.never_given(made)
    db.session.execute(delete(Prohibition).where(Prohibition.id.in_(ids)))


def _repeated(one: Prohibition) -> bool:
    said = select(AuditEvent.facts).where(
        AuditEvent.subject == f"customer:{one.customer_id}",
        AuditEvent.event == events.REPEATED,
        AuditEvent.at >= one.recorded_at,
    )
    return any(one.kind in facts["kinds"] for facts in db.session.scalars(said))


ticks.add_ticks("prohibitions", CHOICES, _record, _undo)
