"""Commands over the processing log."""

from pathlib import Path

import click
from flask.cli import AppGroup

from rekisteri.audit import anchors as kept
from rekisteri.audit import service
from rekisteri.kernel.errors import RuleViolation

audit = AppGroup("audit", help="Käsittelylokin tarkistus.")


@audit.command("verify")
@click.option(
    "--anchors", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Talteen otetut tarkisteet."
)
def verify(anchors: Path | None) -> None:
    """Tarkista, ettei lokia ole muutettu. Nimeää ensimmäisen virheellisen rivin."""
    try:
        known = kept.read_anchors(anchors or kept.anchors_file())
    except RuleViolation as violation:
        raise click.ClickException(violation.sentence) from violation
    fault = service.verify(known)
    if fault:
        raise click.ClickException(fault)
    gone = service.gone()
    click.echo(f"Loki on ehjä: rivejä {service.head().seq - gone}, tarkisteita {len(known)}.")
    if gone:
        click.echo(f"Rivit 1–{gone} on hävitetty, koska niiden säilytysaika on päättynyt.")
    if not known:
        click.echo(
            "Lokin lopun poistamista ei voi huomata ilman tarkisteita. Ota tarkiste talteen: flask audit anchor."
        )


@audit.command("anchor")
def anchor() -> None:
    """Ota lokin tarkiste talteen tietokannan ulkopuolelle. Kopioi tiedosto myös toiselle koneelle."""
    taken = kept.write_anchor()
    if taken.seq == 0:
        click.echo("Loki on tyhjä, joten tarkistetta ei vielä ole.")
        return
    click.echo(f"Rivi {taken.seq}, tarkiste {taken.hash}. Talletettu tiedostoon {kept.anchors_file().name}.")


commands: list[click.Command] = [audit]
