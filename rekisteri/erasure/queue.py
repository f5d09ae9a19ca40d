"""What waits in erasing: proposals to approve, what is still to be proven or finished, and rests whose hold has ended."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select

from rekisteri.customers.holdings import still_held
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.kernel.db import db

MOST = 200
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
    codes |= {erasure_id: "again" for erasure_id in free_again(on) if erasure_id not in codes}
    if open_too:
        undecided = db.session.scalars(
            select(Erasure.id).where(Erasure.state == "open").order_by(Erasure.id).limit(MOST)
        )
        codes |= {erasure_id: "decide" for erasure_id in undecided if erasure_id not in codes}
    found = db.session.scalars(select(Erasure).where(Erasure.id.in_(codes)).order_by(Erasure.id)).unique()
    return [(erasure, codes[erasure.id]) for erasure in found]


def free_again(on: date) -> Sequence[int]:
    """Partly erased people of whom something more may go: a day has passed, or what had no known end has ended."""
    part = select(Erasure.id, Erasure.customer_id, Erasure.next_on).where(Erasure.state == "part")
    rows = db.session.execute(
        part.where(or_(Erasure.next_on <= on, and_(Erasure.next_on.is_(None), Erasure.customer_id.is_not(None))))
        .order_by(Erasure.id)
        .limit(MOST)
    ).all()
    held = still_held([row.customer_id for row in rows if row.next_on is None])
    return [row.id for row in rows if row.next_on is not None or row.customer_id not in held]


def all_erasures(limit: int = 100) -> list[Erasure]:
    """The latest, for the list."""
    return list(db.session.scalars(select(Erasure).order_by(Erasure.id.desc()).limit(limit)).unique())
