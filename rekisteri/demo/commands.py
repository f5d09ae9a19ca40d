"""The command that fills an empty register with an invented company's data."""

import random
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from rekisteri.billing import bulk as billing
from rekisteri.customers import service as customers
from rekisteri.customers.bulk import Row, enter_many
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import check_values
from rekisteri.demo import company, invoices, orders, papers, people, relationships
from rekisteri.demo.stories import STORIES, Story
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.orders import bulk
from rekisteri.staff import passwords
from rekisteri.staff import service as staff
from rekisteri.statistics import service as statistics

NINE_O_CLOCK = time(9)
SYLLABLES = [
    "ka",
    "ki",
    "ko",
    "ku",
    "la",
    "li",
    "lo",
    "lu",
    "ma",
    "mi",
    "mo",
    "mu",
    "na",
    "ni",
    "no",
    "nu",
    "pa",
    "pi",
    "po",
    "pu",
    "ra",
    "ri",
    "ro",
    "ru",
    "sa",
    "si",
    "so",
    "su",
    "ta",
    "ti",
    "to",
    "tu",
    "va",
    "vi",
]

EVERY_SILENT = 12
"""One of so many customers has not been heard of for years, unless an order tells otherwise."""


def invent_password() -> str:
    """A password that can be read aloud: five pairs of syllables."""
    return "-".join("".join(secrets.choice(SYLLABLES) for _ in range(3)) for _ in range(4))


@click.command("demo")
@click.option("--customers", "count", default=120, show_default=True, help="Kuinka monta asiakasta keksitään.")
@click.option("--cases", "cases", default=len(STORIES), show_default=True, help="Kuinka monta pyyntöä keksitään.")
@click.option("--seed", default=2026, show_default=True, help="Sama luku, samat tiedot.")
@click.option("--password", default=None, help="Esimerkkikäyttäjien salasana. Ellei sitä anneta, se arvotaan.")
@with_appcontext
def demo(count: int, cases: int, seed: int, password: str | None) -> None:
    """Täytä tyhjä rekisteri keksityn yrityksen keksityillä tiedoilla."""
    if not staff.is_empty() or db.session.scalar(select(Customer.id).limit(1)) is not None:
        raise click.ClickException("Rekisteri ei ole tyhjä, joten siihen ei lisätä esimerkkitietoja.")
    if count < 1 or cases < 0:
        raise click.ClickException("Asiakkaita on oltava ainakin yksi, ja pyyntöjen määrä ei voi olla negatiivinen.")
    chosen = password or invent_password()
    current_app.config["PRINT_AT_ONCE"] = False  # nobody waits for hundreds of letters; each is printed when looked at
    dice = random.Random(seed)  # noqa: S311 - invented people, not secrets
    firm, on = _fill(chosen, dice, count), today()
    with transaction():
        company.publish_notice(by=firm.owner, on=on)  # before what may be recorded only when the notice tells of it
    sold, billed = _sell(firm, seed), _bill(firm, seed)
    with transaction():
        relationships.tell(firm, seed, on)
    _tell_stories(firm, cases)  # the last, as data whose accuracy is contested may not be changed
    with transaction():
        papers.tell(firm, today())
    if db.engine.dialect.name == "postgresql":  # nobody has yet told it what so many new rows hold
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
    statistics.refresh()
    click.echo(f"Rekisterissä on nyt {count} keksittyä asiakasta, {sold} tilausta, {billed} laskua ja {cases} pyyntöä.")
    click.echo("Käyttäjät: paakayttaja, vastuuhenkilo, kasittelija, lukija, sitoumaton")
    click.echo(f"Salasana:  {chosen}")


def _fill(password: str, dice: random.Random, count: int) -> company.Company:
    hashed = passwords.hashed(password)
    with transaction():
        firm = company.found(password_hash=hashed, dice=dice, on=today())
        enter_many(_rows(dice, firm, count))
    return firm


def _rows(dice: random.Random, firm: company.Company, count: int) -> Iterator[Row]:
    """The invented customers, each from one of the sources on some day of the last years."""
    sources = [source.id for source in (*firm.sources, customers.self_source())]
    for number, invented in enumerate(people.customers(dice, count), 1):
        values = check_values(invented.kind, invented.values)
        source_id, day = dice.choice(sources), today() - timedelta(days=dice.randint(100, 900))
        if number % EVERY_SILENT == 0:
            day -= timedelta(days=3 * 366)
        entered = datetime.combine(day, NINE_O_CLOCK, UTC)
        yield Row(invented.kind, values, source_id, day, firm.clerk.id, created_at=entered, active_on=day)


def _sell(firm: company.Company, seed: int) -> int:
    """What the customers have ordered; dice of its own, so that the other inventions stay the same."""
    dice = random.Random(f"{seed} tilaukset")  # noqa: S311 - invented orders, not secrets
    with transaction():
        return bulk.enter_many(orders.orders(dice, today()), by_id=firm.clerk.id)


def _bill(firm: company.Company, seed: int) -> int:
    """What of it has been billed and paid, what is collected, who has asked for credit; dice of its own as well."""
    dice = random.Random(f"{seed} laskut")  # noqa: S311 - invented invoices, not secrets
    with transaction():
        count = billing.enter_many(invoices.invoices(dice, today()))
    with transaction():
        invoices.tell(firm, today())
    return count


def _tell_stories(firm: company.Company, count: int) -> None:
    """One story for each of the first people, round and round; each in a transaction of its own, as in life."""
    ids = list(db.session.scalars(select(Customer.id).filter_by(kind="person").order_by(Customer.id).limit(count)))
    for number in range(count if ids else 0):
        with transaction():
            customer = customers.find(ids[number % len(ids)])
            assert customer is not None
            STORIES[number % len(STORIES)](Story(firm, customer, today()))


commands: list[click.Command] = [demo]
