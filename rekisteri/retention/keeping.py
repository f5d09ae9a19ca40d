"""What keeps data longer than their own age: the Ombudsman looks at them, the person has asked for it, an erasure goes on."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from rekisteri.cases.holding import erasing
from rekisteri.cases.models import Case
from rekisteri.cases.rules import OPEN_STATES
from rekisteri.customers.models import Customer
from rekisteri.erasure.models import Erasure
from rekisteri.restrictions.holding import KEEPING
from rekisteri.restrictions.models import Restriction

_UNFINISHED = Erasure.state.in_(("open", "part"))


def whoever_is_kept(customer_id: Any) -> ColumnElement[bool]:
    """Whether the data of this customer must stay as they are (GDPR art. 18(1)(b) and (c), 58(1)).

    The Data Protection Ombudsman looks at how the person's request was answered, or the person needs the data for a claim.
    """
    asked = aliased(Case)
    looked_at = and_(asked.taken_on.is_not(None), asked.taken_ended_on.is_(None), asked.customer_id.is_not(None))
    restricted = and_(Restriction.ended_on.is_(None), Restriction.ground.in_(KEEPING))
    kept = or_(
        customer_id.in_(select(asked.customer_id).where(looked_at)),
        customer_id.in_(select(Restriction.customer_id).where(restricted)),
    )
    return and_(customer_id.is_not(None), kept)


def needed_request() -> ColumnElement[bool]:
    """Whether a request is still looked at, or its erasure goes on: the last letter is written by what the request tells."""
    looked_at = Case.taken_on.is_not(None) & Case.taken_ended_on.is_(None)
    unfinished = exists().where(Erasure.case_id == Case.id, _UNFINISHED)
    return or_(looked_at, unfinished, whoever_is_kept(Case.customer_id))


def whoever_is_answered() -> ColumnElement[bool]:
    """Whether a customer has asked to be erased and waits for the answer, or for the second letter that was promised.

    They go by their request and not by their age: whoever goes by age is told nothing (GDPR art. 12(3)).
    """
    theirs = Case.customer_id.is_not(None)
    waiting = select(Case.customer_id).where(theirs, Case.state.in_(OPEN_STATES), Case.id.in_(erasing()))
    unfinished = select(Case.customer_id).join(Erasure, Erasure.case_id == Case.id).where(theirs, _UNFINISHED)
    remembered = select(Erasure.customer_id).where(Erasure.customer_id.is_not(None), _UNFINISHED)
    return or_(*(Customer.id.in_(asked) for asked in (waiting, unfinished, remembered)))
