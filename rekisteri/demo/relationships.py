"""What has been talked of with some of the invented customers, what they do where, and who lets themselves be mailed."""

import random
from datetime import date, timedelta

from sqlalchemy import select

from rekisteri.consents import service as consents
from rekisteri.customers import notes, representing
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.customers.representing import Told
from rekisteri.customers.validity import Detail
from rekisteri.demo.company import Company
from rekisteri.kernel.db import db

KNOWN_WELL = 30
"""So many of the first people have something told of the relationship."""
CONTACTS = (
    ("phone", "Kysyi toimitusaikaa. Luvattiin vahvistaa viikon sisällä."),
    ("email", "Pyysi tarjousta uusista kalusteista."),
    ("visit", "Kävi myymälässä katsomassa malleja."),
    ("phone", "Soitettiin toimituksen jälkeen: kaikki kunnossa."),
    ("letter", "Palautti allekirjoitetun tilausvahvistuksen."),
    ("other", "Tavattiin messuilla, kiinnostunut syksyn mallistosta."),
)
ROLES = ("toimitusjohtaja", "hankintapäällikkö", "kiinteistöpäällikkö", "toimistosihteeri", "hallituksen puheenjohtaja")


def tell(firm: Company, seed: int, on: date) -> int:
    """Contacts, roles and further addresses, as they would have come up; dice of its own. How many contacts there are."""
    dice = random.Random(f"{seed} yhteydenotot")  # noqa: S311 - invented contacts, not secrets
    people = select(Customer).filter_by(kind="person", state="active").order_by(Customer.id).limit(KNOWN_WELL)
    count = 0
    for number, person in enumerate(db.session.scalars(people).all()):
        count += _contacts(firm, person, dice, on)
        if person.represents:
            _role(firm, person, dice, on)
        if number % 3 == 0:
            _further(firm, person, number, on)
        if number % 4 == 1:
            _consent(firm, person, number, on)
    return count


def _contacts(firm: Company, person: Customer, dice: random.Random, on: date) -> int:
    chosen = dice.sample(CONTACTS, dice.randint(0, 3))
    for channel, text in chosen:
        day = on - timedelta(days=dice.randint(3, 400))
        source = customers.self_source()
        notes.add_note(customer=person, happened_on=day, channel=channel, text=text, source=source, by=firm.clerk)
    return len(chosen)


def _role(firm: Company, person: Customer, dice: random.Random, on: date) -> None:
    begun = date(on.year - dice.randint(1, 8), dice.randint(1, 12), 1)
    told = Told(person.represents, dice.choice(ROLES), started_on=begun)
    representing.add(
        person=person, told=told, source=customers.self_source(), obtained_on=on - timedelta(days=60), by=firm.clerk
    )


def _consent(firm: Company, person: Customer, number: int, on: date) -> None:
    """A box ticked on the company's web page."""
    consents.record(
        customer=person,
        uses=["direct_mail"],
        means=["email", "sms"] if number % 8 == 1 else ["email"],
        given_on=on - timedelta(days=30 + number),
        channel="web",
        wording="Minulle saa lähettää uutiskirjeen ja tarjouksia. Voin perua suostumuksen milloin tahansa.",
        by=firm.clerk,
        on=on,
    )


def _further(firm: Company, person: Customer, number: int, on: date) -> None:
    """A second e-mail address, and for some an address of the past."""
    customers.change(
        customer=person,
        values={"email_2": f"asiakas{number}@toinen.example"},
        details={"email_2": Detail("home"), "street": Detail("home", date(on.year - 2, 3, 1))},
        source=customers.self_source(),
        obtained_on=on - timedelta(days=40),
        by=firm.clerk,
        reason="Tietoa täydennetty",
    )
