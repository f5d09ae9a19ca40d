"""What of the person's own wishes outlives the erasing: that marketing was forbidden (GDPR art. 21(3))."""

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db


def has_forbidden_marketing(customer_id: int) -> bool:
    """Whether any use of marketing is barred for the customer today."""
    return db.session.get(Customer, customer_id) is None
