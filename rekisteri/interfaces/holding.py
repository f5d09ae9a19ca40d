"""What the interface keeps of a customer, and what partners learn when it goes: the number alone (GDPR art. 17, 19)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from rekisteri.customers.holdings import Holding, add_holding
from rekisteri.customers.models import Datum
from rekisteri.customers.own_holdings import staying_data
from rekisteri.interfaces import changes
from rekisteri.interfaces.models import Change
from rekisteri.kernel.db import db


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(Change.customer_id.in_(ids))) or 0


def _erase(ids: Sequence[int], on: date) -> int:
    """Partners who know the customer are told what of it went: everything, or the fields nothing holds any more."""
    stay = set(staying_data(ids, on))
    held = db.session.execute(select(Datum.id, Datum.field).where(Datum.customer_id.in_(ids))).all()
    kept = {field for number, field in held if number in stay}
    going = {field for number, field in held if number not in stay} - kept
    partners = {partner: changes.received(partner, ids, going) for partner in changes.hearing_partners(ids)}
    count = changes.forget(ids)
    for partner, fields in partners.items():
        if not stay:
            for number in ids:
                changes.note(partner, number, "erased")
        elif fields:
            changes.note(partner, ids[0], "erased", fields=fields)
    return count


add_holding(
    Holding(
        "interface_changes", "Rajapinnan kautta kerrottavat muutokset", (), count=_count, erase=_erase, anonymise=_erase,
        kept=lambda ids, on: 0, order=20,
    )
)  # fmt: skip
