"""Commands over the statistics."""

import click
from flask.cli import AppGroup

from rekisteri.kernel.formats import fi_datetime
from rekisteri.statistics import service

statistics = AppGroup("statistics", help="Tilastojen laskenta.")


@statistics.command("refresh")
def refresh() -> None:
    """Laske tilastot uudelleen. Ajasta yöhön, niin kukaan ei odota laskentaa."""
    counted = service.refresh()
    click.echo(f"Tilastot on laskettu {fi_datetime(counted.counted_at)}.")


commands: list[click.Command] = [statistics]
