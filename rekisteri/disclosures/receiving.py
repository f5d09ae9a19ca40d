"""A recipient as the door asks of it, read with the row of whoever calls: a program waits, and its answer is one of many."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rekisteri.disclosures import rules
from rekisteri.disclosures.models import Recipient

_READ = ("id", "role", "fields", "active", "agreement_on", "agreement_until", "country")
_TOLD = ("transfer_need", "transfer_basis", "transfer_safeguard", "transfer_decided_by_id")
COLUMNS = tuple(getattr(Recipient, name).label(f"recipient_{name}") for name in (*_READ, *_TOLD) if name != "id")
"""What is read of it, beside its id."""


@dataclass(frozen=True)
class Receiver:
    """What decides whether this recipient may be given something, as it stood when it was read."""

    id: int
    role: str
    fields: list[str]
    active: bool
    agreement_on: date | None
    agreement_until: date | None
    transfer: rules.Transfer

    def why_not_on(self, day: date) -> str | None:
        """Why nothing may be disclosed to it on a day; None when it may."""
        return rules.why_nothing_may_go(
            active=self.active,
            role=self.role,
            agreement_on=self.agreement_on,
            agreement_until=self.agreement_until,
            transfer=self.transfer,
            on=day,
        )


def receiver_of(row: Any) -> Receiver:
    """The recipient of a row that holds `recipient_id` and `COLUMNS`."""
    transfer = rules.Transfer(
        country=row.recipient_country,
        need=row.recipient_transfer_need,
        basis=row.recipient_transfer_basis,
        safeguard=row.recipient_transfer_safeguard,
        decided=row.recipient_transfer_decided_by_id is not None,
    )
    return Receiver(transfer=transfer, **{name: getattr(row, f"recipient_{name}") for name in _READ[:-1]})
