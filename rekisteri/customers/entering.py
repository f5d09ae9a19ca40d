"""Putting a value on record: whence it came, who entered it, what it took the place of."""

from dataclasses import dataclass
from datetime import date, datetime

from rekisteri.customers import rules
from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.customers.validity import Detail
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.staff.models import User


@dataclass(frozen=True)
class Entry:
    """What the values of one use case have in common."""

    source: Source
    obtained_on: date
    by_id: int | None
    at: datetime

    @classmethod
    def of(cls, source: Source, obtained_on: date, by: User | None) -> "Entry":
        """The entry made now; the day the data were obtained must have come."""
        rules.check_obtained_on(obtained_on, today=today())
        return cls(source, obtained_on, by.id if by else None, now())

    def replace(
        self,
        customer: Customer,
        field: str,
        held: Datum | None,
        value: str | None,
        reason: str = "",
        detail: Detail | None = None,
    ) -> Datum | None:
        """End the value that stood in a field, and begin the new one if there is one.

        :param detail: the use and the validity of the new value; those of the one it replaces when not given.
        """
        if held is not None:
            held.ended_at, held.ended_by_id, held.ended_reason = self.at, self.by_id, reason[:200]
        if not value:
            return None
        told = detail or Detail.of(held)
        datum = Datum(
            customer_id=customer.id,
            field=field,
            value=value,
            match=rules.match_key(field, value),
            source=self.source,
            obtained_on=self.obtained_on,
            entered_by_id=self.by_id,
            entered_at=self.at,
            use=told.use,
            valid_from=told.valid_from,
            valid_until=told.valid_until,
            replaces_id=held.id if held else None,
        )
        db.session.add(datum)
        return datum
