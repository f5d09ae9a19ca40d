"""What is counted of dealings with customers: their orders, and what was disclosed of them."""

from typing import Any

from rekisteri.disclosures.models import Disclosure, Recipient
from rekisteri.disclosures.rules import GROUNDS, ROLES
from rekisteri.orders.models import Order
from rekisteri.orders.rules import STATES
from rekisteri.statistics.counting import Fact, count, month_of_day, uncounted_ids
from rekisteri.statistics.rules import published

ORDER_STATES = {code: name for code, name in STATES.items() if code not in ("quote", "cancelled")}


def collect_orders() -> dict[str, Any]:
    """Orders by the day they were ordered, with their value; quotes and cancelled ones are no sales."""
    fact = Fact(
        person=Order.customer_id,
        month=month_of_day(Order.ordered_on),
        where=(Order.ordered_on.is_not(None), Order.state != "cancelled", Order.customer_id.not_in(uncounted_ids())),
        sums={"cents": Order.total},
        divided={"state": (Order.state, ORDER_STATES)},
        anonymous="order",
    )
    return {"orders": published(count(fact), certain=max)}


def collect_disclosures() -> dict[str, Any]:
    """Disclosures by their day, the recipient's role and the ground; never by recipient, of whom some are people."""
    fact = Fact(
        person=Disclosure.customer_id,
        month=month_of_day(Disclosure.disclosed_on),
        where=(Disclosure.customer_id.not_in(uncounted_ids()),),
        joins=((Recipient, Recipient.id == Disclosure.recipient_id),),
        divided={"role": (Recipient.role, ROLES), "ground": (Disclosure.ground, GROUNDS)},
        anonymous="disclosure",
    )
    return {"disclosures": published(count(fact), certain=max)}
