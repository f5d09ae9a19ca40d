"""What of orders the register holds of a customer: open ones stay until they end, ended ones go or become figures."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import delete, func, select

from rekisteri.customers.holdings import CONTACT, Hold, Holding, add_holding
from rekisteri.customers.tallies import Happening, tally
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fi_date
from rekisteri.orders import rules
from rekisteri.orders.models import Order

_FAST = {"synchronize_session": False}
Keeper = Callable[[Sequence[int], date], set[int]]
_keepers: list[Keeper] = []


def add_keeper(keeper: Keeper) -> None:
    """Let a higher room name, of these customers, the orders that must stay that day: one belongs to its invoice's voucher."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).where(Order.customer_id.in_(ids))) or 0


def _holds(ids: Sequence[int], on: date) -> list[Hold]:
    query = select(Order.number, Order.state, Order.opened_on).where(Order.customer_id.in_(ids))
    found = db.session.execute(query.where(Order.state.in_(rules.OPEN)).order_by(Order.opened_on, Order.id))
    return [Hold("open_order", _sentence(*row), needs=CONTACT) for row in found]


def _sentence(number: str, state: str, opened_on: date) -> str:
    what = "Tarjous" if state == "quote" else "Tilaus"
    return f"{what} {number} ({fi_date(opened_on)}) on kesken. Este päättyy, kun se on toimitettu tai peruttu."


def _going(ids: Sequence[int], on: date) -> list[int]:
    kept = set().union(*(keeper(ids, on) for keeper in _keepers))
    query = select(Order.id).where(Order.customer_id.in_(ids), Order.state.not_in(rules.OPEN))
    return [order_id for order_id in db.session.scalars(query) if order_id not in kept]


def _kept(ids: Sequence[int], on: date) -> int:
    return _count(ids) - len(_going(ids, on))


def _erase(ids: Sequence[int], on: date) -> int:
    going = _going(ids, on)
    db.session.execute(delete(Order).where(Order.id.in_(going)), execution_options=_FAST)
    db.session.expire_all()
    return len(going)


def _anonymise(ids: Sequence[int], on: date) -> int:
    """Sales stay as figures; quotes and cancelled orders never were any."""
    query = select(Order.ordered_on, Order.state, Order.total).where(Order.id.in_(_going(ids, on)))
    rows = db.session.execute(query.where(Order.ordered_on.is_not(None), Order.state != "cancelled")).all()
    sold = [Happening(day.isoformat()[:7], (state,), cents) for day, state, cents in rows if day]
    others = select(Order.customer_id).where(Order.customer_id.not_in(ids))
    tally("order", sold, others=others, codes=(Order.state,), day=Order.ordered_on)
    return _erase(ids, on)


def _still(ids: Sequence[int]) -> set[int]:
    query = select(Order.customer_id).where(Order.customer_id.in_(ids), Order.state.in_(rules.OPEN))
    return set(db.session.scalars(query))


add_holding(
    Holding(
        "orders", "Tilaukset", (Order.customer_id,), count=_count, erase=_erase, anonymise=_anonymise, holds=_holds, still=_still, kept=_kept,
        order=25,
    )
)  # fmt: skip
