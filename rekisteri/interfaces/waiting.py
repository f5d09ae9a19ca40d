"""Partners who have not taken in what they were told: after a week it is told by letter instead (GDPR art. 19)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from rekisteri.disclosures.models import Recipient
from rekisteri.interfaces.models import Change
from rekisteri.kernel.clock import in_finland, today
from rekisteri.kernel.db import db

PATIENCE = timedelta(days=7)


@dataclass(frozen=True)
class Untaken:
    """A partner, how many changes wait for it, and since when the oldest has."""

    recipient: Recipient
    count: int
    since: date

    @property
    def late(self) -> bool:
        """Whether the partner has had its time."""
        return self.since + PATIENCE <= today()


def unacknowledged(recipient_id: int | None = None) -> list[Untaken]:
    """Who has not acknowledged something; of one partner or of all."""
    query = (
        select(Recipient, func.count(), func.min(Change.at))
        .join(Change, Change.recipient_id == Recipient.id)
        .where(Change.acknowledged_at.is_(None))
        .group_by(Recipient.id)
        .order_by(func.min(Change.at))
    )
    if recipient_id:
        query = query.where(Recipient.id == recipient_id)
    return [Untaken(partner, count, in_finland(since).date()) for partner, count, since in db.session.execute(query)]
