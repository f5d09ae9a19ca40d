"""Remembering that somebody was forgotten, and recognising them without keeping who it was (GDPR art. 17, 21(3), 25)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.forgotten import journal, keys, rules
from rekisteri.forgotten.models import Mark
from rekisteri.forgotten.rules import Recognised
from rekisteri.kernel.db import db, require_transaction


def remember(values: Iterable[tuple[str, str]], *, forbidden: bool, on: date) -> int:
    """Mark a person who is being erased by the values the register held, past ones included; how many marks that made.

    :param values: field (`email`, `street_2`, …) and value, of the customer and of those merged into it.
    :param forbidden: the person has forbidden marketing: a later import refuses them.
    :raises RuleViolation: the key of the earlier marks is not in its place.
    """
    require_transaction("marking the forgotten")
    key, since = keys.marking_key(), on.replace(day=1)
    marks = {keys.hashed(trace, key=key): forbidden for trace in rules.traces(values)}
    journal.keep_marks({**marks, keys.hashed(keys.WITNESS, key=key): False}, since)
    return len(marks)


def recognised(kind: str, values: Mapping[str, str]) -> Recognised | None:
    """Whether these data are of somebody who has been erased; None when they are not, or nobody has been.

    :param kind: `person` or `organisation`.
    :raises RuleViolation: the key is not in its place, so that nobody can be recognised.
    """
    return recognised_among([(kind, values)])[0]


def recognised_among(batch: Sequence[tuple[str, Mapping[str, str]]]) -> list[Recognised | None]:
    """The same for many at once, in their order: one question to the database for hundreds of rows."""
    if not keys.in_use():
        return [None] * len(batch)
    key = keys.known_key()
    marks = [
        {keys.hashed(trace, key=key): trace.basis for trace in rules.traces(values.items())} for _kind, values in batch
    ]
    known = _known({mark for one in marks for mark in one})
    return [rules.recognised_by((basis, known[mark]) for mark, basis in one.items() if mark in known) for one in marks]


def _known(marks: set[str]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for part in in_batches(sorted(marks), MOST_IN_A_QUERY):
        held = select(Mark.mark, Mark.forbidden).where(Mark.mark.in_(part))
        found.update((mark, forbidden) for mark, forbidden in db.session.execute(held))
    return found
