"""What may be done with restricted data all the same: with consent, for a claim, for another's rights (GDPR art. 18(2))."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_

from rekisteri.audit import service as audit
from rekisteri.forgotten import bars
from rekisteri.kernel.errors import RuleViolation
from rekisteri.restrictions import events, journaling, rules
from rekisteri.restrictions.models import Restriction, RestrictionException


def allow(
    *, restriction: Restriction, use: str, ground: str, why: str, until: date, by: Any, on: date
) -> RestrictionException:
    """Put on record on what ground the restricted data are used for something, from today until a day.

    :raises RuleViolation: the restriction has ended, the ground or the use is not one the law knows, or nothing explains it.
    """
    rules.check_exception(ended_on=restriction.ended_on, use=use, ground=ground, why=why, until=until, on=on)
    made = RestrictionException(
        use=use, ground=ground, why=why.strip(), made_on=on, until=until, by_id=by.id if by else None
    )
    restriction.exceptions.append(made)
    bars.note(journaling.NAME, [restriction.key])
    audit.record(
        events.EXCEPTED,
        subject=restriction.customer.subject,
        by=by,
        restriction=restriction.id,
        use=use,
        exception=ground,
        until=until.isoformat(),
    )
    return made


def stop(*, exception: RestrictionException, by: Any, on: date) -> None:
    """End an exception at once: the consent was withdrawn, or what it was made for is done."""
    if not exception.holds_on(on):
        raise RuleViolation("Poikkeus ei ole enää voimassa.")
    exception.stopped_on = on
    restriction = exception.restriction
    bars.note(journaling.NAME, [restriction.key])
    audit.record(
        events.STOPPED, subject=restriction.customer.subject, by=by, restriction=restriction.id, use=exception.use
    )


def find(restriction: Restriction, exception_id: int) -> RestrictionException | None:
    """The exception with this id, when it belongs to the restriction."""
    return next((one for one in restriction.exceptions if one.id == exception_id), None)


def excepted(use: str, on: date) -> ColumnElement[bool]:
    """For the database: whether a restriction has an exception for this use on a day."""
    return exists().where(
        RestrictionException.restriction_id == Restriction.id,
        RestrictionException.use == use,
        RestrictionException.made_on <= on,
        RestrictionException.until >= on,
        or_(RestrictionException.stopped_on.is_(None), RestrictionException.stopped_on > on),
    )
