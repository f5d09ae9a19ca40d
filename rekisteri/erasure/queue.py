"""What waits in erasing: proposals to approve, what is still to be proven or finished, and rests whose hold has ended."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from sqlalchemy import and_, or_, select

from rekisteri.customers.holdings import holds
from rekisteri.erasure import planning
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.kernel.db import db

MOST, ASKED = 200, 2000
WAITING = {
    "approve": "Odottaa hyväksymistä",
    "prove": "Todiste kesken",
    "again": "Este on päättynyt: ehdota lopun poistamista",
    "decide": "Odottaa ratkaisua",
}


def waiting(on: date, *, open_too: bool = False) -> list[tuple[Erasure, str]]:
    """Everything in which somebody has something to do today, each with what, a code of `WAITING`."""
    rounds = select(ErasureRound.erasure_id, ErasureRound.state).where(ErasureRound.state.in_(("proposed", "erased")))
    codes = {
        row[0]: {"proposed": "approve", "erased": "prove"}[row[1]] for row in db.session.execute(rounds.limit(MOST))
    }
    codes |= {erasure_id: "again" for erasure_id in islice(free_again(on), MOST) if erasure_id not in codes}
    if open_too:
        undecided = db.session.scalars(
            select(Erasure.id).where(Erasure.state == "open").order_by(Erasure.id).limit(MOST)
        )
        codes |= {erasure_id: "decide" for erasure_id in undecided if erasure_id not in codes}
    found = db.session.scalars(select(Erasure).where(Erasure.id.in_(codes)).order_by(Erasure.id)).unique()
    return [(erasure, codes[erasure.id]) for erasure in found]


def free_again(on: date) -> Iterator[int]:
    """Partly erased people of whom something more may go now: an obstacle they were told of stands no more.

    All obstacles are asked for at once. Only where one has ended is the plan made: another may have taken its place.
    """
    due = or_(Erasure.next_on <= on, and_(Erasure.next_on.is_(None), Erasure.customer_id.is_not(None)))
    part = select(Erasure).where(Erasure.state == "part", due).order_by(Erasure.id).limit(ASKED)
    found = list(db.session.scalars(part).unique())
    ids = planning.identities(filter(None, map(planning.customer_id_of, found)))
    standing = {hold.text for hold in holds(ids, on)} if ids else set()
    for erasure in found:
        told = erasure.latest.holds if erasure.latest is not None else []
        if any(hold["text"] not in standing for hold in told) and planning.plan(erasure, on).freed:
            yield erasure.id


def all_erasures(limit: int = 100) -> list[Erasure]:
    """The latest, for the list."""
    return list(db.session.scalars(select(Erasure).order_by(Erasure.id.desc()).limit(limit)).unique())
