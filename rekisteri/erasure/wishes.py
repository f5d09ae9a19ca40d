"""What of the person's own wishes outlives the erasing: that marketing was forbidden (GDPR art. 21(3))."""

from sqlalchemy import or_, select

from rekisteri.customers import uses
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.restrictions import bars

MARKETING = ("direct_mail", "distance_selling", "direct_marketing", "market_research", "opinion_research")


def has_forbidden_marketing(customer_id: int) -> bool:
    """Whether the customer has forbidden any of it. A restriction is no such wish: it ends with the erasing."""
    wishes = [bar.condition() for use in MARKETING for bar in uses.bars(use) if bar.name != bars.NAME]
    asked = select(Customer.id).where(Customer.id == customer_id, or_(*wishes)) if wishes else None
    return asked is not None and db.session.scalar(asked) is not None
