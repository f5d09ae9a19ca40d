"""Commands: taking backups, putting one back, rehearsing that, and copying the keys."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from rekisteri.backup import archive, folders, restoring, rules, service
from rekisteri.backup.restoring import Prepared, Restored
from rekisteri.backup.rules import Manifest
from rekisteri.kernel.config import SettingError
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_datetime, fi_number

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
backup = AppGroup("backup", help="Varmuuskopiot.")


def told_plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Let whatever goes wrong be one Finnish sentence and an exit code, for the one who reads the night's mail."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except RuleViolation as violation:
            raise click.ClickException(violation.sentence) from violation
        except SettingError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(rules.told_of(error)) from error
        except DBAPIError as error:
            db.session.rollback()
            raise click.ClickException("Tietokantaa ei voi lukea. Tarkista se komennolla: flask check") from error

    return run


@backup.command("create")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--keep-days",
    type=click.IntRange(min=1),
    help="Poista kansiosta jo tätä vanhemmat varmuuskopiot. Yrityksen säilytysaikaa ei voi pidentää tällä.",
)
@told_plainly
def create(target: Path, keep_days: int | None) -> None:
    """Ota varmuuskopio tiedostoon, tai kansioon päivän ja kellonajan mukaan nimettynä.

    Kansiosta poistetaan samalla säilytysaikaa vanhemmat varmuuskopiot. Muut voivat sinä aikana tallentaa.
    """
    if keep_days and not target.is_dir():
        raise RuleViolation("Valinta --keep-days toimii vain, kun varmuuskopio otetaan kansioon.")
    path, manifest = service.create(target)
    click.echo(f"Varmuuskopio {path.name} on valmis ja tarkistettu: {_contents(manifest)}, {_size(path)}.")
    for name in folders.remove_outdated(target, keep_days=keep_days) if target.is_dir() else ():
        click.echo(f"Poistettu vanhentunut varmuuskopio {name}.")
    if not service.keys_are_copied():
        click.echo("Avaimia ei ole kopioitu talteen, eikä kopiota voi palauttaa ilman niitä: flask backup keys KANSIO")
    if manifest.faults:
        raise RuleViolation(f"Kopio on tallessa, mutta rekisterissä itsessään on vikaa. {' '.join(manifest.faults)}")


@backup.command("forget")
@click.argument("folder", type=FOLDER)
@told_plainly
def forget(folder: Path) -> None:
    """Lopeta kansion valvonta, kun varmuuskopioita ei enää oteta siihen. Kansiossa olevat kopiot jäävät paikoilleen."""
    folders.forget(folder)
    click.echo(f"Kansiota {folder} ei enää valvota. Hävitä siellä olevat kopiot, kun niiden säilytysaika on päättynyt.")


@backup.command("restore")
@click.argument("file", type=FILE)
@click.option("--keys", "keys_folder", type=FOLDER, help="Kansio, jossa avainten kopio on, jos avaimet on menetetty.")
@click.option("--yes", is_flag=True, help="Älä kysy vahvistusta.")
@told_plainly
def restore(file: Path, keys_folder: Path | None, yes: bool) -> None:
    """Palauta varmuuskopio nykyisen rekisterin tilalle. Nykyinen jää talteen. Sammuta palvelin ensin."""
    manifest = archive.verify(file)
    when = fi_datetime(manifest.moment)
    if not yes:
        click.confirm(f"Korvataanko rekisteri varmuuskopiolla, joka on otettu {when}?", abort=True)
    for sentence in _told(restoring.restore(file, keys_folder=keys_folder), when):
        click.echo(sentence)


def _told(done: Restored, when: str) -> list[str]:
    told = [f"Rekisteri on palautettu hetkeen {when}. Vanha rekisteri on tallessa {done.kept}."]
    told += _prepared(done.prepared)
    if done.lost_rows:
        told.append(
            f"Kopion jälkeen tehtiin {fi_number(done.lost_rows)} kirjausta, joita palautetussa rekisterissä ei ole."
            " Kirjaa uudelleen sen jälkeen saapuneet pyynnöt, tilaukset ja muut tiedot."
        )
    if done.prepared.strange_anchors:
        count = fi_number(done.prepared.strange_anchors)
        told.append(
            f"Lokin tarkisteita, jotka koskevat kopiosta puuttuvia rivejä, siirrettiin vanhan rekisterin luo: {count}."
        )
    told.append("Kaikki kirjautuvat uudelleen. Tarkista käyttäjät: oikeudet ja salasanat ovat kopion hetkeltä.")
    return [*told, "Poista vanha rekisteri, kun olet todennut palautuksen onnistuneeksi."]


def _prepared(done: Prepared) -> list[str]:
    """What was done to the backup before it is a register of today: what clerks would else have to do again."""
    told, again = [], done.replayed
    if done.older:
        told.append("Kopio oli ohjelman aiemmasta versiosta, ja sen rakenne päivitettiin nykyiseen.")
    for count, sentence in (
        (again.erased, "Kopion jälkeen tehdyt poistot on tehty uudelleen: {}."),
        (
            again.given,
            "Kopion jälkeen kirjatut kiellot, rajoitukset ja suostumusten peruutukset on kirjattu uudelleen: {}.",
        ),
        (again.ended, "Kopion jälkeen päättyneet kiellot ja rajoitukset on päätetty uudelleen: {}."),
        (
            again.unknown,
            (
                "Kopion jälkeen kirjattuja kieltoja tai rajoituksia, joiden asiakasta kopiossa ei ole: {}."
                " Kirjaa ne, kun kirjaat asiakkaat uudelleen."
            ),
        ),
    ):
        if count:
            told.append(sentence.format(fi_number(count)))
    return told


@backup.command("drill")
@click.argument("file", type=FILE, required=False)
@told_plainly
def drill(file: Path | None) -> None:
    """Harjoittele palautusta: ota kopio (tai käytä annettua), palauta se syrjään, vertaa ja hävitä. Mikään ei muutu."""
    prepared = restoring.rehearse(file)
    click.echo(f"Harjoitus onnistui: kaikki palautui ehjänä, {_contents(prepared.manifest)}.")
    for sentence in _prepared(prepared):
        click.echo(sentence)


@backup.command("verify")
@click.argument("file", type=FILE)
@told_plainly
def verify(file: Path) -> None:
    """Tarkista, että varmuuskopio on ehjä, ja kerro, mitä siinä on."""
    manifest = archive.verify(file)
    click.echo(f"Varmuuskopio on ehjä, otettu {fi_datetime(manifest.moment)}: {_contents(manifest)}.")
    for name, fingerprint in sorted(manifest.keys.items()):
        click.echo(f"Palautus tarvitsee avaimen {name}, tunniste {fingerprint}.")


@backup.command("keys")
@click.argument("folder", type=FOLDER)
@told_plainly
def copy_keys(folder: Path) -> None:
    """Kopioi avaimet talteen, esimerkiksi muistitikulle kassakaappiin. Älä säilytä niitä varmuuskopioiden kanssa."""
    for name, fingerprint in sorted(service.copy_keys(folder).items()):
        click.echo(f"Kopioitu {name}, tunniste {fingerprint}.")


def _contents(manifest: Manifest) -> str:
    counts = [
        (manifest.counts.get("customer", 0), "asiakas", "asiakasta"),
        (manifest.counts.get("document", 0), "asiakirja", "asiakirjaa"),
        (manifest.log_rows, "lokirivi", "lokiriviä"),
    ]
    return ", ".join(f"{fi_number(count)} {one if count == 1 else many}" for count, one, many in counts)


def _size(path: Path) -> str:
    return f"{fi_number(round(path.stat().st_size / 1_000_000, 1))} Mt"


commands: list[click.Command] = [backup]
