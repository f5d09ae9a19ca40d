"""Commands of the interface: rotating a key where a script hands it over to the partner's server."""

from datetime import date

import click
from flask.cli import with_appcontext

from rekisteri.interfaces import connections, rules
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import parse_date


@click.group("interfaces")
def interfaces() -> None:
    """Rajapinnan liittymät ja avaimet."""


@interfaces.command("rotate")
@click.argument("connection", type=int)
@click.option("--until", help="Viimeinen voimassaolopäivä, esimerkiksi 1.11.2027. Oletus: vuoden päähän.")
@click.option("--overlap", type=int, default=24, show_default=True, help="Montako tuntia vanha avain vielä kelpaa.")
@with_appcontext
def rotate(connection: int, until: str | None, overlap: int) -> None:
    """Tekee liittymälle CONNECTION uuden avaimen ja tulostaa sen tämän ainoan kerran."""
    try:
        with transaction():
            found = connections.find(connection)
            if found is None:
                raise RuleViolation(f"Liittymää {connection} ei ole.")
            key = connections.make_key(connection=found, expires_on=_day(until), overlap=overlap, by=None)
    except (RuleViolation, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(key)


def _day(typed: str | None) -> date:
    return parse_date(typed) if typed else today() + rules.LONGEST_LIFE


commands = [interfaces]
