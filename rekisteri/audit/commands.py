"""Commands over the processing log."""

from pathlib import Path

import click
from flask.cli import AppGroup

from rekisteri.audit import service

audit = AppGroup("audit", help="Käsittelylokin tarkistus.")


@audit.command("verify")
@click.option(
    "--anchors", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Talteen otetut tarkisteet."
)
def verify(anchors: Path | None) -> None:
    """Tarkista, ettei lokia ole muutettu. Nimeää ensimmäisen virheellisen rivin."""
    fault = service.verify(service.read_anchors(anchors or service.anchors_file()))
    if fault:
        raise click.ClickException(fault)
    click.echo(f"Loki on ehjä: {service.head().seq} riviä.")


@audit.command("anchor")
def anchor() -> None:
    """Ota lokin tarkiste talteen tietokannan ulkopuolelle. Kopioi tiedosto myös toiselle koneelle."""
    taken = service.write_anchor()
    click.echo(f"Rivi {taken.seq}, tarkiste {taken.hash}. Talletettu tiedostoon {service.anchors_file().name}.")


commands: list[click.Command] = [audit]
