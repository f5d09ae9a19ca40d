"""What is fulfilled when a partner has taken a change in: whose duty it was to tell it (GDPR art. 19)."""

from collections.abc import Callable
from typing import Any

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.rectification.models import Notification
from rekisteri.restrictions.models import RestrictionNotice


def _told(model: Any, column: str) -> Callable[[int], None]:
    def mark(number: int) -> None:
        row = db.session.get(model, number)
        if row is not None and getattr(row, column) is None:
            setattr(row, column, today())

    return mark


_DUTIES = {
    "rectification_notification": _told(Notification, "told_on"),
    "restriction_notice": _told(RestrictionNotice, "told_on"),
    "restriction_end": _told(RestrictionNotice, "end_told_on"),
}


def fulfil(origin: str) -> None:
    """Mark as told what `origin` names: ”rectification_notification:7”; nothing for a change that was nobody's duty."""
    kind, _, number = origin.partition(":")
    if kind in _DUTIES:
        _DUTIES[kind](int(number))
