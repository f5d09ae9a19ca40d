"""Recipients and disclosures for tests. All names are invented."""

from datetime import date
from typing import Any

from rekisteri.customers.models import Customer
from rekisteri.disclosures import recipients, service
from rekisteri.disclosures.models import Disclosure, Recipient
from rekisteri.kernel.db import transaction
from rekisteri.staff.service import find_user
from tests.customers.factories import make_clerk
from tests.staff.factories import make_user

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


def make_processor(**details: Any) -> Recipient:
    """A processor with whom there is an agreement in force since 1.9.2026."""
    return make_recipient(role="processor", agreement_on=date(2026, 9, 1), **details)


def make_recipient_abroad(country: str = "US", **details: Any) -> Recipient:
    """A recipient outside the EU and EEA of whom everything is on record, and on whom the owner of the register decided."""
    account = {
        "transfer_need": "Palvelinten ylläpito",
        "transfer_basis": "clauses",
        "transfer_safeguard": "Vakiosopimuslausekkeet 4.6.2021",
    }
    recipient, owner = make_recipient(**({"country": country} | account | details)), make_owner()
    with transaction():
        recipients.decide_transfer(recipient=recipient, by=owner)
    return recipient


def make_owner() -> Any:
    """Who answers for the register; the same person each time."""
    return find_user("vastaava") or make_user("vastuuhenkilo", username="vastaava", full_name="Ilmari Kiviharju")


def make_disclosure(customer: Customer, recipient: Recipient, *fields: str, **details: Any) -> Disclosure:
    """What went to a recipient on 1.10.2026 for collection; name and phone unless told otherwise."""
    clerk = make_clerk()
    given = {"disclosed_on": DISCLOSED, "purpose": "Avoimen laskun perintä", "ground": "collection"} | details
    with transaction():
        return service.record_disclosure(
            customer=customer, recipient=recipient, fields=fields or ("last_name", "phone"), by=clerk, **given
        )
