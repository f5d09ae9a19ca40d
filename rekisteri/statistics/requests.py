"""What is counted of requests: how many, of what kind, how quickly they are answered, how they are decided.

Requests are few beside customers, so they are read once and counted here. A person who asks twice is one person; one who
was not found in the register counts as a person of their own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import String, cast, func, literal, select

from rekisteri.cases import matters
from rekisteri.cases.codes import CHANNELS, OWN_INITIATIVE
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db
from rekisteri.rectification.models import Item, Rectification
from rekisteri.rectification.rules import DECISIONS
from rekisteri.statistics.periods import LEVELS, Month, grow
from rekisteri.statistics.rules import Group, published

OUTCOMES = {
    "in_time": "Vastattu määräajassa",
    "after": "Vastattu myöhässä",
    "overdue": "Vastaamatta, määräaika ohi",
    "open": "Vastaamatta, määräaika jäljellä",
    "withdrawn": "Peruutettu",
}


@dataclass(frozen=True)
class Line:
    """One request, or one demand of it: whose, on what day, and what is told of it."""

    person: int
    day: date
    facts: dict[str, str]
    days: int | None = None


def collect(on: date) -> dict[str, Any]:
    """The published figures: requests by channel, right and outcome; days to answer; decisions on demands."""
    cases = _cases(on)
    answered = [case for case in cases if case.days is not None]
    return {
        "requests": published(_tree(cases, _counted, channel=CHANNELS, outcome=OUTCOMES), certain=max),
        "rights": published(_tree(_rights(), _counted, right=[kind.code for kind in matters.kinds()]), certain=max),
        "days": published(_tree(answered, _days), certain=max),
        "demands": published(_tree(_demands(), _counted, decision=DECISIONS), certain=max),
    }


def outcome(*, state: str, deadline: date, answered: date | None, on: date) -> str:
    """Whether the promise to answer in time was kept (GDPR art. 12(3)), as it looks on a day."""
    if state == "withdrawn":
        return "withdrawn"
    if answered is not None:
        return "in_time" if answered <= deadline else "after"
    return "overdue" if deadline < on else "open"


PERSON = func.coalesce(Case.customer_id, -Case.id)


def _cases(on: date) -> list[Line]:
    """Every request but the company's own initiatives. It is answered when it is closed and its last letter posted."""
    posted = func.max(Document.posted_on)
    subject = literal("case:").concat(cast(Case.id, String))
    columns = (PERSON, Case.received_on, Case.channel, Case.state, Case.deadline, Case.closed_on, posted)
    query = select(*columns).select_from(Case).outerjoin(Document, Document.subject == subject).group_by(Case.id)
    query = query.where(Case.channel != OWN_INITIATIVE, Case.deadline.is_not(None))
    return [_line(on, row) for row in db.session.execute(query)]


def _line(on: date, row: Any) -> Line:
    person, received, channel, state, deadline, closed, posted = row
    answered = min(posted or closed, closed) if state == "closed" else None
    told = outcome(state=state, deadline=deadline, answered=answered, on=on)
    days = (answered - received).days if answered else None
    return Line(person, received, {"channel": channel, "outcome": told}, days)


def _rights() -> list[Line]:
    query = (
        select(PERSON, Case.received_on, CaseMatter.kind)
        .select_from(Case)
        .join(CaseMatter)
        .where(Case.channel != OWN_INITIATIVE)
    )
    return [Line(person, day, {"right": kind}) for person, day, kind in db.session.execute(query)]


def _demands() -> list[Line]:
    query = select(PERSON, Item.decided_on, Item.decision).select_from(Item).join(Rectification).join(Case)
    query = query.where(Item.decision.is_not(None), Case.channel != OWN_INITIATIVE)
    return [Line(person, day, {"decision": str(code)}) for person, day, code in db.session.execute(query) if day]


Figures = Callable[[list[Line]], dict[str, int]]


def _counted(lines: list[Line]) -> dict[str, int]:
    return {"count": len(lines)}


def _days(lines: list[Line]) -> dict[str, int]:
    return {"days": round(median(line.days or 0 for line in lines))} if lines else {}


def _tree(lines: list[Line], figures: Figures, **divided: Iterable[str]) -> Group:
    """The lines over time, and each year's divided by the named facts, whose every code is given."""
    levels = {level: _groups(lines, [Month.of(line.day).key(level) for line in lines], figures) for level in LEVELS}
    whole = grow(levels, _groups(lines, ["whole"] * len(lines), figures).get("whole"))
    for year, group in whole.splits["year"].items():
        mine = [line for line in lines if str(line.day.year) == year]
        for fact, codes in divided.items():
            found = _groups(mine, [line.facts[fact] for line in mine], figures)
            group.splits[fact] = {code: found.get(code) or Group() for code in codes}
    return whole


def _groups(lines: list[Line], keys: list[str], figures: Figures) -> dict[str, Group]:
    heaps: dict[str, list[Line]] = defaultdict(list)
    for key, line in zip(keys, lines, strict=True):
        heaps[key].append(line)
    return {name: Group(len({line.person for line in heap}), figures(heap)) for name, heap in heaps.items()}
