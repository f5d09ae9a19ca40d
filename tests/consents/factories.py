"""People who consent, and what they consented to. Nobody in them exists."""

from datetime import date
from typing import Any

from rekisteri.consents import service
from rekisteri.consents.models import Consent
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import TODAY

WORDING = "Minulle saa lähettää uutiskirjeen ja tarjouksia."
GIVEN = date(2026, 11, 2)


def consent(customer: Customer, *uses: str, **told: Any) -> list[Consent]:
    """The customer ticks a box on the company's web page and gets its advertising by e-mail."""
    given: dict[str, Any] = {"means": ["email"], "given_on": GIVEN, "channel": "web", "wording": WORDING, "by": None}
    with transaction():
        return service.record(customer=customer, uses=uses or ["direct_mail"], **(given | told), on=TODAY)


def standing(customer: Customer) -> list[tuple[str, str]]:
    """What the customer has consented to, as the database has it."""
    db.session.rollback()
    return [(one.use, one.means) for one in service.standing(customer.id)]
