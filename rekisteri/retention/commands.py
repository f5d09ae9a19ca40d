"""The clock of retention on the command line, made for the night: it proposes and destroys nothing."""

import sys

import click
from flask.cli import AppGroup

from rekisteri.informing import finding
from rekisteri.kernel.clock import today
from rekisteri.kernel.formats import fi_date, fi_number
from rekisteri.retention import proving, service
from rekisteri.retention.service import Count
from rekisteri.settings import periods

retention = AppGroup("retention", help="Säilytysajat.")


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Laske vain, älä jätä ehdotuksia työjonoon.")
def run_command(dry_run: bool) -> None:
    """Ehdota hävitettäväksi tietoja, joiden säilytysaika on päättynyt, ja etsi informoitavat. Mitään ei hävitetä."""
    on = today()
    found = service.look(on) if dry_run else service.run(on)
    for one in found:
        click.echo(told(one))
    if dry_run:
        click.echo("Tämä oli koe: ehdotuksia ei jätetty.")
        return
    service.forget_left_lying()
    informed = finding.find_all()
    service.tidy()
    left = _prove()
    click.echo(f"Uusia informoitavia: {fi_number(informed)}.")
    if any(one.free for one in found):
        click.echo("Ehdotukset odottavat vahvistusta osoitteessa /sailytys/. Mitään ei ole hävitetty.")
    sys.exit(1 if left else 0)


def _prove() -> bool:
    """Search for what was destroyed and not yet searched for; whether anything of it could still be read."""
    left = False
    for line_id in proving.unproven():
        found = proving.prove(line_id, at_night=True)
        if found["found"]:
            left = True
            where = ", ".join(found["where"])
            click.echo(f"Hävitettyjä tietoja löytyi vielä: {where}. Haetaan uudelleen ensi kerralla.", err=True)
    return left


def told(one: Count) -> str:
    """One kind in one line."""
    name = periods.KINDS[one.kind].name
    if not one.due:
        return f"{name}: ei hävitettävää."
    held = f", joista {fi_number(one.held)} ei vielä voi hävittää" if one.held else ""
    return f"{name}: {fi_number(one.due)}{held}. Vanhin {fi_date(one.oldest)}."


commands: list[click.Command] = [retention]
