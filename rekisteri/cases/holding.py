"""What requests hold of a customer, and how little of an ended one stays: number, days, kind, outcome and hashes.

No law says for how long a request is kept. When the person's data go, what the request says of the person goes as well;
what stays shows that it came, what it was about, and that it was answered in time (GDPR art. 5(2)).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update

from rekisteri.cases.models import Case, CaseFee, CaseMatter, CasePause, RequestForm
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.customers import holdings
from rekisteri.customers.holdings import EVERYTHING, Hold, Holding, add_holding
from rekisteri.documents import destroying
from rekisteri.kernel.db import db

_FAST = {"synchronize_session": False}
ERASING = ("erasure", "anonymisation")
"""The matters that end in the erasing itself: a case that has one keeps nobody from it, and goes last."""
BLANK = "poistettu"
_followers: list[Callable[[Sequence[int]], Any]] = []
_TEXTS = (
    "received_by", "content", "requester_name", "requester_street", "requester_postcode", "requester_city",
    "requester_country", "requester_email",
)  # fmt: skip


def erasing() -> Any:
    """The cases in which erasing is asked for and has not been taken back or refused at the door."""
    return select(CaseMatter.case_id).where(CaseMatter.kind.in_(ERASING), CaseMatter.outcome.is_(None))


def _others_open(ids: Sequence[int]) -> Any:
    """Open requests of these customers that are about something else."""
    others = Case.id.not_in(erasing())
    return select(Case.id, Case.number).where(Case.customer_id.in_(ids), Case.state.in_(OPEN_STATES), others)


def _holds(ids: Sequence[int], on: date) -> list[Hold]:
    found = db.session.execute(_others_open(ids).order_by(Case.id))
    open_ones = [Hold("open_matter", _sentence(number), needs=EVERYTHING) for _id, number in found]
    taken = db.session.execute(_before_ombudsman(ids).order_by(Case.id))
    return open_ones + [Hold("legal_claim", _taken_sentence(number), needs=EVERYTHING) for _id, number in taken]


def _before_ombudsman(ids: Sequence[int]) -> Any:
    """Requests whose matter the Data Protection Ombudsman is looking at: what was done must stay to be shown."""
    taken = Case.taken_on.is_not(None) & Case.taken_ended_on.is_(None)
    return select(Case.id, Case.number).where(Case.customer_id.in_(ids), taken)


def _taken_sentence(number: str) -> str:
    return f"Pyynnön {number} asia on tietosuojavaltuutetun käsiteltävänä. Este päättyy, kun asia on siellä päättynyt."


def _sentence(number: str) -> str:
    return f"Pyynnön {number} käsittely on kesken. Este päättyy, kun pyyntö on suljettu."


def _still(ids: Sequence[int]) -> set[int]:
    others = Case.id.not_in(erasing())
    query = select(Case.customer_id).where(Case.customer_id.in_(ids), Case.state.in_(OPEN_STATES), others)
    taken = _before_ombudsman(ids).with_only_columns(Case.customer_id)
    return {
        customer_id for asked in (query, taken) for customer_id in db.session.scalars(asked) if customer_id is not None
    }


def going(ids: Sequence[int], on: date) -> list[int]:
    """The requests that are reduced to their bare facts now: ended ones, and with the last data the one that asked for it."""
    query = select(Case.id, Case.state).where(Case.customer_id.in_(ids))
    found = db.session.execute(query.order_by(Case.id)).all()
    asking = set(db.session.scalars(erasing().where(CaseMatter.case_id.in_([row.id for row in found]))))
    whole = not holdings.holds(ids, on)
    ended = {row.id for row in found if row.state not in OPEN_STATES} - set(db.session.scalars(_before_ombudsman(ids)))
    return [row.id for row in found if (whole if row.id in asking else row.id in ended)]


def _count(ids: Sequence[int]) -> int:
    cases = list(db.session.scalars(select(Case.id).where(Case.customer_id.in_(ids))))
    return len(cases) + destroying.count(subjects(cases))


def _kept(ids: Sequence[int], on: date) -> int:
    """Requests that are not reduced now, with their papers and scans."""
    every = list(db.session.scalars(select(Case.id).where(Case.customer_id.in_(ids))))
    stay = sorted(set(every) - set(going(ids, on)))
    return len(stay) + destroying.count(subjects(stay))


def subjects(case_ids: Iterable[int]) -> list[str]:
    """What papers and scans know these cases by."""
    return [f"case:{case_id}" for case_id in case_ids]


def _erase(ids: Sequence[int], on: date) -> int:
    cases = going(ids, on)
    gone = reduce_to_facts(cases, on)
    forms = select(RequestForm.id).where(RequestForm.customer_id.in_(ids))
    if not holdings.holds(ids, on):
        going_forms = list(db.session.scalars(forms))
        db.session.execute(delete(RequestForm).where(RequestForm.id.in_(going_forms)), execution_options=_FAST)
        gone += len(going_forms)
    return gone


def add_follower(reduce: Callable[[Sequence[int]], Any]) -> None:
    """Let a higher room that has written down more of a request take its part of it along: `reduce(case_ids)`."""
    if reduce not in _followers:
        _followers.append(reduce)


def reduce_to_facts(case_ids: Sequence[int], on: date) -> int:
    """Take out of these requests all that tells whose they were; how many requests, papers and scans that concerned."""
    blank = dict.fromkeys(_TEXTS, "")
    reasons = update(Case).where(Case.id.in_(case_ids), Case.extended_on.is_not(None)).values(extension_reason=BLANK)
    texts = update(Case).where(Case.id.in_(case_ids)).values(**blank, customer_id=None, person_state="erased")
    pauses = update(CasePause).where(CasePause.case_id.in_(case_ids)).values(reason=BLANK)
    fees = update(CaseFee).where(CaseFee.case_id.in_(case_ids)).values(reasons=BLANK, costs=BLANK)
    for blanking in (reasons, texts, pauses, fees):
        db.session.execute(blanking, execution_options=_FAST)
    for reduce in _followers:
        reduce(case_ids)
    db.session.expire_all()
    return len(case_ids) + destroying.destroy(subjects(case_ids), on)


def _values(ids: Sequence[int]) -> Iterator[str]:
    """What was written down when a request came; a requester's name alone may be anybody's."""
    columns = (Case.requester_email, Case.content, Case.extension_reason)
    for row in db.session.execute(select(*columns).where(Case.customer_id.in_(ids))):
        yield from (line for text in row for line in text.split("\n"))


add_holding(
    Holding(
        "cases", "Pyynnöt, niiden kirjeet ja skannaukset", (Case.customer_id, RequestForm.customer_id), count=_count,
        erase=_erase, anonymise=_erase, holds=_holds, still=_still, kept=_kept, values=_values, order=15,
    )
)  # fmt: skip
