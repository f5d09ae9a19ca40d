"""Commands: taking the register into use, and the users for a script."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext

from rekisteri.kernel import upgrades
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.forms import parse_date
from rekisteri.staff import first_start, passwords, service
from rekisteri.staff.commitments import record_commitment
from rekisteri.staff.models import User
from rekisteri.staff.rules import ROLES


@click.command("init")
@click.option("--address", default="http://127.0.0.1:8000", help="Osoite, jossa rekisteri vastaa.")
@click.option("--quiet", is_flag=True, help="Ei tee eikä tulosta käyttöönottolinkkiä.")
@with_appcontext
def init(address: str, quiet: bool) -> None:
    """Tekee avaimet ja tietokannan ja tulostaa käyttöönottolinkin, jos käyttäjiä ei vielä ole."""
    if (Path(current_app.root_path) / "migrations" / "versions").is_dir():
        flask_migrate.upgrade()
        upgrades.finish()
    if quiet:
        return
    with transaction():
        token = first_start.make_link()
    if token is None:
        click.echo("Rekisteri on valmis.")
        return
    click.echo("Rekisterissä ei ole vielä käyttäjiä. Luo ensimmäinen käyttäjä selaimessa tällä kertakäyttölinkillä:")
    click.echo(f"{address.rstrip('/')}/kayttoonotto/{token}")


@click.group("user")
def user() -> None:
    """Käyttäjien lisääminen ja poistaminen käytöstä."""


@user.command("add")
@click.argument("name")
@click.option("--full-name", required=True, help="Etu- ja sukunimi.")
@click.option("--role", "roles", multiple=True, required=True, help=f"Rooli: {', '.join(ROLES)}. Voi antaa monta.")
@click.option("--title", default="", help="Tehtävä.")
@click.option("--employer", default="", help="Työnantaja, jos se ei ole oma yritys.")
@click.option("--commitment", default=None, help="Salassapitositoumuksen allekirjoituspäivä, esimerkiksi 5.3.2026.")
@click.option("--password-stdin", is_flag=True, help="Salasana luetaan syötteestä.")
@with_appcontext
def add(
    name: str,
    full_name: str,
    roles: tuple[str, ...],
    title: str,
    employer: str,
    commitment: str | None,
    password_stdin: bool,
) -> None:
    """Lisää käyttäjän, jonka tunnus on NAME."""
    with _sentences():
        signed_on = parse_date(commitment) if commitment else None
        password_hash = passwords.accept(_password(password_stdin), names=[name, full_name, employer])
        with transaction():
            person = service.create_user(
                username=name,
                full_name=full_name,
                roles=roles,
                title=title,
                employer=employer,
                password_hash=password_hash,
            )
            if signed_on:
                record_commitment(user=person, signed_on=signed_on, today=today(), by=None)
    click.echo(f"Käyttäjä {name} on lisätty.")


@user.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Salasana luetaan syötteestä.")
@with_appcontext
def password(name: str, password_stdin: bool) -> None:
    """Vaihtaa käyttäjän NAME salasanan, kun kukaan muu ei voi sitä tehdä."""
    with _sentences():
        person = _person(name)
        names = [person.username, person.full_name, person.employer]
        password_hash = passwords.accept(_password(password_stdin), names=names)
        with transaction():
            service.change_password(user=person, password_hash=password_hash, by=None)
    click.echo(f"Käyttäjän {name} salasana on vaihdettu ja istunnot on päätetty.")


@user.command("disable")
@click.argument("name")
@with_appcontext
def disable(name: str) -> None:
    """Poistaa käyttäjän NAME käytöstä ja päättää istunnot."""
    with _sentences():
        person = _person(name)
        with transaction():
            service.disable(user=person, by=None)
    click.echo(f"Käyttäjä {name} on poistettu käytöstä.")


@contextmanager
def _sentences() -> Iterator[None]:
    """What the rules refuse becomes one Finnish sentence and an exit status that is not 0."""
    try:
        yield
    except RuleViolation as violation:
        sentence = violation.sentence
    except ValueError as error:
        sentence = str(error)
    else:
        return
    click.echo(sentence, err=True)
    sys.exit(1)


def _person(name: str) -> User:
    found = service.find_user(name)
    if found is None:
        raise RuleViolation(f"Käyttäjää {name} ei ole.")
    return found


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.read().removesuffix("\n").removesuffix("\r")
    answer: str = click.prompt("Salasana", hide_input=True, confirmation_prompt="Salasana uudelleen")
    return answer


commands: list[click.Command] = [init, user]
