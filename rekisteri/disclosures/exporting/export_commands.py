"""The command that takes customers out to a file: the same export as on the page, for large files and timers."""

import shutil
from pathlib import Path

import click
from flask.cli import with_appcontext

from rekisteri.customers.commands import customers
from rekisteri.customers.file_commands import user_of
from rekisteri.disclosures import door
from rekisteri.disclosures.exporting import service
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number


@customers.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--purpose", required=True, help="Mihin tietoja käytetään.")
@click.option(
    "--state",
    "selection",
    type=click.Choice(list(service.SELECTIONS)),
    default="active",
    show_default=True,
    help="Keitä viedään.",
)
@click.option("--by", "username", default=None, help="Käyttäjätunnus, jonka nimiin vienti kirjataan.")
@with_appcontext
def export_file(file: Path, purpose: str, selection: str, username: str | None) -> None:
    """Vie asiakkaat tiedostoon; muoto (csv tai xlsx) on tiedoston päätteestä."""
    file_kind = "xlsx" if file.suffix.lower() == ".xlsx" else "csv"
    try:
        with transaction():
            by = user_of(username)
            made, passage = service.record_export(selection=selection, file_kind=file_kind, purpose=purpose, by=by)
            count = made.count
    except RuleViolation as violation:
        raise click.ClickException(violation.sentence) from violation
    columns = service.fields()
    header, rows = service.header(columns), service.rows(columns, passage.people())
    write = door.xlsx_file if file_kind == "xlsx" else door.csv_file
    file.touch(mode=0o600)
    with file.open("wb") as out, write(passage, header, rows) as content:
        shutil.copyfileobj(content, out)
    click.echo(f"Tiedostossa on {fi_number(count)} asiakasta.")
