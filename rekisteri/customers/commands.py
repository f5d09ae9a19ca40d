"""Commands over the customers."""

import click
from flask.cli import AppGroup

from rekisteri.customers import pairs
from rekisteri.customers.file_commands import import_file
from rekisteri.customers.reindexing import reindex
from rekisteri.kernel.db import transaction

customers = AppGroup("customers", help="Asiakkaiden ylläpito.")


@customers.command("reindex")
def reindex_command() -> None:
    """Tee haun hakemisto ja luettelon järjestys uudelleen. Muut eivät voi sinä aikana tallentaa."""
    with transaction():
        written = reindex()
    click.echo(f"Haun hakemisto on tehty uudelleen. Asiakkaita, joiden hakutiedot muuttuivat: {written}.")


@customers.command("duplicates")
def duplicates_command() -> None:
    """Etsi kaksoiskappaleet työluetteloon. Haku jatkuu siitä, mihin se jäi; muut voivat sinä aikana tallentaa."""
    done = pairs.STEP
    while done:
        with transaction():
            done = pairs.complete_streets()
    looked_at, finished = 0, False
    while not finished:
        with transaction():
            step = pairs.search_on()
        looked_at, finished = looked_at + step.looked_at, step.finished
    click.echo(f"Asiakkaita käytiin läpi: {looked_at}. Pareja työluettelossa: {pairs.open_pairs()}.")


customers.add_command(import_file)

commands: list[click.Command] = [customers]
