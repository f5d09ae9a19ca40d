"""A register of an earlier release and its backup, as that release left them: the structure of then, the log of then."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import flask_migrate
from sqlalchemy import inspect, text

from rekisteri import create_app
from rekisteri.audit import service as audit
from rekisteri.backup import archive, databases, keys, looking, rules, service
from rekisteri.backup.places import workplace
from rekisteri.backup.rules import Manifest
from rekisteri.kernel.db import db, transaction
from tests.backup.factories import forget_keys
from tests.support.databases import Stock
from tests.support.schema import settings_for

PEOPLE = (
    (
        "INSERT INTO customer (id, kind, state, display_name, sort_key, search_text, represents, contact, place,"
        " created_at, changed_at, version) VALUES"
        " (1, 'person', 'active', 'Virtanen, Maija', 'virtanen', 'virtanen maija', '', '', '', '2024-03-05 08:00:00',"
        " '2024-03-05 08:00:00', 1),"
        " (2, 'person', 'active', 'Aho, Aino', 'aho', 'aho aino', '', '', '', '2024-03-05 08:00:00', '2024-03-05 08:00:00', 1)"
    ),
    (
        "INSERT INTO source (id, name, sort_key, kind, street, postcode, city, country, email, active, version)"
        " VALUES (1, 'Messut', 'messut', 'fair', '', '', '', '', '', true, 1)"
    ),
    (
        "INSERT INTO datum (id, customer_id, field, value, source_id, obtained_on, entered_at, ended_reason) VALUES"
        " (1, 1, 'last_name', 'Virtanen', 1, '2024-03-05', '2024-03-05 08:00:00', ''),"
        " (2, 1, 'first_name', 'Maija', 1, '2024-03-05', '2024-03-05 08:00:00', ''),"
        " (3, 2, 'last_name', 'Aho', 1, '2024-03-05', '2024-03-05 08:00:00', ''),"
        " (4, 2, 'first_name', 'Aino', 1, '2024-03-05', '2024-03-05 08:00:00', '')"
    ),
)
"""Two people of the first release, Maija and Aino, with their names."""


def make_older_backup(
    database: Stock, folder: Path, revision: str, change: Callable[[], None] = lambda: None
) -> tuple[Path, Path]:
    """The backup of a register with the structure of a revision, and the folder in which its keys were copied.

    :param change: what happened in it before the backup, in SQL of its time.
    """
    folder.mkdir()
    with _register(database, folder):
        flask_migrate.upgrade(revision="0001")
        run(*PEOPLE)
        flask_migrate.upgrade(revision=revision)
        with transaction():
            audit.record("customer.viewed", subject="customer:1", fields=[])
        change()
        _pack(folder / "kopio.tar")
        keys.copy_to(folder / "tikku")
        forget_keys()
    return folder / "kopio.tar", folder / "tikku"


def run(*statements: str) -> None:
    """Say something to the database in its own words."""
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


@contextmanager
def _register(database: Stock, folder: Path) -> Iterator[None]:
    url = database.empty(folder)
    with create_app(settings_for(url, folder / "data")).app_context():
        yield
        db.session.remove()
        db.engine.dispose()
    database.drop(url)


def _pack(path: Path) -> Manifest:
    """What every release does, without looking at the register by today's rules."""
    engine = databases.engine()
    with workplace() as place:
        service.lay_out(place, {}, keys.data_folder())
        with engine.dumping(place / rules.DUMPS[databases.kind()]):
            seen = service._seen()
        held = keys.fingerprints(keys.at_hand(keys.data_folder()))
        counts = looking.counts(inspect(db.engine).get_table_names())
        return archive.pack(path, replace(seen, keys=held, counts=counts), sorted(place.iterdir()))
