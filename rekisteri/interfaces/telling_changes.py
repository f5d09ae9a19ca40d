"""What happens in the register and concerns partners: heard here, and kept for them to ask for."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.links import add_merger
from rekisteri.disclosures.hearing import add_teller
from rekisteri.interfaces import changes, connections
from rekisteri.interfaces.models import Change
from rekisteri.kernel.db import db
from rekisteri.objections import events as objections
from rekisteri.prohibitions import events as prohibitions


class ByInterface:
    """Tells partners by the interface what would otherwise need a letter."""

    def hears(self, recipient_id: int, customer_ids: Collection[int]) -> bool:
        """Whether the partner knows the customer by its number and has a connection that hears."""
        return recipient_id in changes.partners_of(customer_ids) and connections.hearing(recipient_id)

    def tell(self, recipient_id: int, customer_id: int, what: str, fields: Collection[str], origin: str) -> bool:
        """Keep it for the partner; once for each origin."""
        if not self.hears(recipient_id, [customer_id]):
            return False
        told = db.session.scalars(select(Change.fields).filter_by(origin=origin, recipient_id=recipient_id))
        if list(fields) not in list(told):
            changes.note(recipient_id, customer_id, what, fields=fields, origin=origin)
        return True


def _number(subject: str, room: str) -> int | None:
    kind, _, number = subject.partition(":")
    return int(number) if kind == room else None


def _changed(subject: str, facts: Mapping[str, Any]) -> None:
    """A partner that has been given the fields learns that they are no longer what they were."""
    customer_id = _number(subject, "customer")
    if customer_id is None:
        return
    for partner in changes.hearing_partners([customer_id]):
        if fields := changes.received(partner, [customer_id], facts["fields"]):
            changes.note(partner, customer_id, "changed", fields=fields)


def _permissions_changed(subject: str, _facts: Mapping[str, Any]) -> None:
    customer_id = _number(subject, "customer") or _customer_of_case(subject)
    if customer_id is None:
        return
    for partner in changes.hearing_partners([customer_id]):
        changes.note(partner, customer_id, "permissions")


def _customer_of_case(subject: str) -> int | None:
    number = _number(subject, "case")
    case = db.session.get(Case, number) if number else None
    return case.customer_id if case else None


def _merged(kept: int, dropped: int) -> list[list[int]]:
    """Partners that know the one who is merged learn the number of the other."""
    partners = changes.hearing_partners([dropped])
    for partner in partners:
        changes.note(partner, dropped, "merged", into=kept)
    return [[partner, dropped] for partner in partners]


def _separated(account: Sequence[Sequence[int]]) -> None:
    for partner, dropped in account:
        changes.note(partner, dropped, "separated")


add_teller(ByInterface())
audit.hear(customers.CHANGED, _changed)
for _event in (prohibitions.RECORDED, prohibitions.WITHDRAWN, objections.BOUND, objections.MOVED, objections.ENDED):
    audit.hear(_event, _permissions_changed)
add_merger("interface_changes", _merged, _separated)
