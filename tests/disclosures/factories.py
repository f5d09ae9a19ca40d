"""Recipients and disclosures for tests. All names are invented."""

from datetime import date
from typing import Any

from rekisteri.customers.models import Customer
from rekisteri.disclosures import recipients, service
from rekisteri.disclosures.models import Disclosure, Recipient
from rekisteri.kernel.db import transaction
from tests.customers.factories import make_clerk

DISCLOSED = date(2026, 10, 1)
COLLECTOR = {
    "name": "Saatavat Oy",
    "role": "controller",
    "purpose": "Erääntyneiden laskujen perintä",
    "street": "Perintäkatu 2",
    "postcode": "20100",
    "city": "Turku",
    "country": "FI",
}


def make_recipient(**details: Any) -> Recipient:
    """Saatavat Oy, which collects debts in Turku, unless told otherwise."""
    clerk = make_clerk()
    with transaction():
        return recipients.add_recipient(by=clerk, **(COLLECTOR | details))


def make_disclosure(customer: Customer, recipient: Recipient, *fields: str, **details: Any) -> Disclosure:
    """What went to a recipient on 1.10.2026 for collection; name and phone unless told otherwise."""
    clerk = make_clerk()
    given = {"disclosed_on": DISCLOSED, "purpose": "Avoimen laskun perintä", "ground": "collection"} | details
    with transaction():
        return service.record_disclosure(
            customer=customer, recipient=recipient, fields=fields or ("last_name", "phone"), by=clerk, **given
        )
