"""The doctor as a command."""

import click
from flask.cli import with_appcontext

from rekisteri.home.doctor import FAULT, examine


@click.command("check")
@with_appcontext
def check() -> None:
    """Tarkista, että asennus on kunnossa: tietokanta, loki, asiakirjat, tiedostot, kirjasimet ja asetukset."""
    faults = 0
    for finding in examine():
        click.echo(f"{finding.verdict:<9} {finding.sentence}")
        faults += finding.verdict == FAULT
    if faults:
        raise click.ClickException("Asennuksessa on virheitä." if faults > 1 else "Asennuksessa on virhe.")


commands: list[click.Command] = [check]
