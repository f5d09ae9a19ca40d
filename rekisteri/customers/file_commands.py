"""The command that takes a file of customers in: the same import as on the pages, for large files and timers."""

from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from rekisteri.customers.importing import preview, receiving, steps
from rekisteri.customers.importing.columns import ORDERS, Reading
from rekisteri.customers.importing.models import ImportBatch
from rekisteri.customers.models import Source
from rekisteri.customers.sources import own_source, self_source
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_number
from rekisteri.kernel.forms import parse_date
from rekisteri.staff.models import User
from rekisteri.staff.service import find_user


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", "source_name", required=True, help="Tietolähteen nimi rekisterissä.")
@click.option("--by", "username", default=None, help="Käyttäjätunnus, jonka nimiin tuonti kirjataan.")
@click.option("--date", "day", default=None, help="Päivä, jona tiedot saatiin (p.k.vvvv); muuten tänään.")
@click.option(
    "--names", type=click.Choice(sorted(ORDERS)), default="last_first", show_default=True, help="Koko nimen järjestys."
)
@click.option("--dry-run", is_flag=True, help="Tarkista rivit, mutta älä tuo mitään.")
@with_appcontext
def import_file(file: Path, source_name: str, username: str | None, day: str | None, names: str, dry_run: bool) -> None:
    """Tuo asiakkaita tiedostosta. Epäselviä rivejä ei tuoda; ne ratkaistaan sivulla Tuo asiakkaita tiedostosta."""
    try:
        batch = _receive(file, source_name, username, _day(day), names)
        _work(batch)
        for fate, name in preview.FATES.items():
            click.echo(f"{name}: {fi_number(batch.counts.get(fate, 0))}")
        _end(batch, username, dry_run=dry_run)
    except RuleViolation as violation:
        raise click.ClickException(violation.sentence) from violation


def _receive(file: Path, source_name: str, username: str | None, day: date, names: str) -> ImportBatch:
    with file.open("rb") as stream:
        received = receiving.read_file(stream, file.name)
    with transaction():
        by = user_of(username)
        batch = receiving.receive(file=received, source=_source(source_name), obtained_on=day, by=by)
        order = batch.name_order or names
        receiving.set_reading(batch=batch, reading=Reading(tuple(batch.columns), batch.kind, order))
    return batch


def user_of(username: str | None) -> User | None:
    """In whose name a command is run; nobody's when none is given."""
    user = find_user(username) if username else None
    if username and user is None:
        raise RuleViolation(f"Käyttäjää {username} ei ole.")
    return user


def _source(name: str) -> Source:
    kept = {source.name: source for source in (self_source(), own_source())}
    found = kept.get(name) or db.session.scalar(select(Source).filter_by(name=name, active=True))
    if found is None:
        raise RuleViolation(f"Tietolähdettä ”{name}” ei ole rekisterissä. Lisää se ensin sivulla Tietolähteet.")
    return found


def _day(text: str | None) -> date:
    try:
        return parse_date(text) if text else today()
    except ValueError as error:
        raise RuleViolation(str(error)) from error


def _work(batch: ImportBatch) -> None:
    with click.progressbar(length=100, label="Rivejä käsitelty") as bar:
        shown = 0
        while steps.is_under_way(batch):
            steps.step(batch)
            bar.update(max(0, steps.percent(batch) - shown))
            shown = max(shown, steps.percent(batch))
        bar.update(100 - shown)


def _end(batch: ImportBatch, username: str | None, *, dry_run: bool) -> None:
    """Enter what is clear, or give the import up after a dry run."""
    with transaction():
        if dry_run:
            steps.cancel(batch=batch, by=user_of(username))
        else:
            steps.decide(batch=batch, decision="skip")
            steps.accept(batch=batch)
    _work(batch)
    click.echo("Kokeiltiin vain: mitään ei tuotu." if dry_run else f"Tuonti {batch.id} on valmis.")
