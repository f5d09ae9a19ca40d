"""Commands of prohibitions."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import click
from flask.cli import with_appcontext

from rekisteri.audit import service as audit
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number
from rekisteri.kernel.sheets import csv_file, open_sheet, xlsx_file
from rekisteri.prohibitions import checking, rules


@click.group("prohibitions")
def prohibitions() -> None:
    """Tarkista osoitetiedosto kieltoja vastaan."""


@prohibitions.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tiedosto (csv tai xlsx), johon rivit ja kiellot kirjoitetaan.",
)
@click.option(
    "--use",
    type=click.Choice(sorted(rules.KINDS)),
    default="direct_mail",
    show_default=True,
    help="Mihin tiedostoa käytetään.",
)
@with_appcontext
def check(file: Path, out: Path | None, use: str) -> None:
    """Tarkista, keitä CSV- tai Excel-tiedoston riveistä ei saa käyttää. Nimiä ei tulosteta näytölle.

    Paluuarvo on 1, kun jokin rivi on kielletty.
    """
    counted: Counter[str] = Counter()
    try:
        with file.open("rb") as stream:
            sheet = open_sheet(stream, file.name)
            rows = _told(checking.check_file(sheet, use), counted)
            if out is None:
                for _row in rows:
                    pass
            else:
                _write(out, checking.header_of(sheet), rows)
    except RuleViolation as violation:
        raise click.ClickException(violation.sentence) from violation
    except FileExistsError as error:
        raise click.ClickException("Tulostiedosto on jo olemassa. Valitse toinen nimi.") from error
    with transaction():
        audit.record(checking.CHECKED, subject="register:1", use=use, rows=counted["rows"], left=counted["barred"])
    click.echo(f"Käyttö: {rules.KINDS[use].lower()}")
    click.echo(f"Rivejä: {fi_number(counted['rows'])}, saa käyttää: {fi_number(counted['rows'] - counted['barred'])}")
    click.echo(f"Ei saa käyttää: {fi_number(counted['barred'])}")
    if counted["unchecked"]:
        click.echo(f"Näistä ei voitu tarkistaa: {fi_number(counted['unchecked'])}")
    if counted["barred"]:
        raise SystemExit(1)


def _write(out: Path, header: list[str], rows: Iterator[list[str]]) -> None:
    """Whole or not at all, over nothing that is there, and readable by nobody else."""
    writer = xlsx_file if out.suffix.lower() == ".xlsx" else csv_file
    with NamedTemporaryFile(dir=out.parent) as made:
        with writer(header, rows) as content:
            shutil.copyfileobj(content, made)
        made.flush()
        os.link(made.name, out)


def _told(checked: Iterator[checking.Checked], counted: Counter[str]) -> Iterator[list[str]]:
    for one in checked:
        counted["rows"] += 1
        counted["barred"] += bool(one.why)
        counted["unchecked"] += one.why == checking.UNCHECKED
        yield [*one.cells, one.why]


commands: list[click.Command] = [prohibitions]
