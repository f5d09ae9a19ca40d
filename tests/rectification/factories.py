"""A case as it stands on a clerk's desk: a customer whose address came from a partner and went to a collector."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer, Source
from rekisteri.customers.sources import add_source
from rekisteri.disclosures import recipients as partners
from rekisteri.disclosures import service as disclosures
from rekisteri.disclosures.models import Recipient
from rekisteri.kernel.db import db, transaction
from rekisteri.rectification import demands
from rekisteri.rectification.demands import Itemised
from rekisteri.rectification.models import Item, Rectification
from rekisteri.rectification.rules import Demand
from tests.settings.factories import fill_settings

TODAY = date(2026, 11, 23)
RECEIVED = date(2026, 11, 16)
REASONS = "Puhelinnumero on tarkistettu soittamalla, ja siihen vastasi asiakas itse."

VALUES = {
    "last_name": "Šakki",
    "first_name": "Maija",
    "phone": "040 123 4567",
    "street": "Mäkitie 4",
    "postcode": "00100",
    "city": "Helsinki",
}


@dataclass
class Desk:
    """Everything the story needs, by name."""

    owner: Any
    customer: Customer
    source: Source
    recipient: Recipient
    case: Case
    matter: Rectification


def make_desk(owner: Any, *, values: dict[str, str] | None = None, found: bool = True) -> Desk:
    """A registered case with no demands yet."""
    fill_settings(owner_name="Ilmari Kiviharju", company_name="Esimerkkitukku Oy")
    with transaction():
        source = add_source(
            name="Messupartneri Oy",
            kind="partner",
            details={"street": "Halliaukio 1", "postcode": "00520", "city": "Helsinki"},
            by=owner,
        )
        recipient = partners.add_recipient(
            name="Perintätoimisto Esimerkki Oy",
            role="controller",
            purpose="perintä",
            street="Saatavakuja 2",
            postcode="33100",
            city="Tampere",
            by=owner,
        )
        customer = customers.create(
            kind="person", values=values or VALUES, source=source, obtained_on=date(2026, 3, 5), by=owner
        )
        db.session.flush()
        disclosures.record_disclosure(
            customer=customer,
            recipient=recipient,
            fields=["street", "phone"],
            disclosed_on=TODAY,
            purpose="avoin lasku",
            ground="collection",
            by=owner,
        )
        case = cases.register(
            received_on=RECEIVED,
            channel="letter",
            requester=cases.Requester("Maija Šakki", "Mäkitie 14", "00100", "Helsinki"),
            kinds=["rectification"],
            by=owner,
            on=TODAY,
            signature="signed",
            customer=customer if found else None,
        )
    matter = demands.of_case(case)
    assert matter is not None
    return Desk(owner, customer, source, recipient, case, matter)


STREET = Demand("street", "wrong", "Mäkitie 14", "Muutin, talon numero on 14.")
PHONE = Demand("phone", "outdated", "050 765 4321", "Numero on vaihtunut.")


def itemise(desk: Desk, *wanted: Demand) -> list[Item]:
    """Save these demands and return them as items."""
    with transaction():
        demands.itemise(matter=desk.matter, demands=[Itemised(demand) for demand in wanted], by=desk.owner)
    return list(desk.matter.items)
