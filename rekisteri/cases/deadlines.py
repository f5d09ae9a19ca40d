"""The deadlines of one case: the month it has, the matters whose time was extended, the days the clock stood still."""

from datetime import date

from rekisteri.cases import matters, rules
from rekisteri.cases.models import Case, CasePause


def open_pause(case: Case) -> CasePause | None:
    """The pause that now holds the clock, or None."""
    return next((pause for pause in case.pauses if pause.paused_to is None), None)


def paused_days(case: Case, *, on: date | None = None, received: date | None = None) -> int:
    """How many days the clock has stood still since the request came, in pauses that are over.

    :param on: counts the pause that still goes on, too, up to this day.
    :param received: another day of receipt than the one on record.
    """
    start = received or case.received_on
    spans = [(max(pause.paused_from, start), pause.paused_to or on) for pause in case.pauses]
    return sum(max((until - since).days, 0) for since, until in spans if until)


def recount(case: Case) -> None:
    """Count all deadlines anew from the day of receipt and the pauses."""
    if case.own_initiative:
        return
    days = paused_days(case)
    case.due_on = rules.due_on(case.received_on, days)
    for matter in case.matters:
        if matter.extended_due_on is not None:
            matter.extended_due_on = rules.extended_due_on(case.received_on, days)
    settle(case)


def settle(case: Case) -> None:
    """Let the case wait as long as its most urgent matter: it has the extension only once all that is undecided has it.

    One letter may hold a simple request and a complex one; the simple one is answered within its month (GDPR art. 12(3)).
    """
    if case.extended_on is None:
        return
    waiting = matters.undecided(case) or case.matters
    extended = [matter.extended_due_on for matter in waiting]
    case.extended_due_on = max((day for day in extended if day), default=None) if all(extended) else None
