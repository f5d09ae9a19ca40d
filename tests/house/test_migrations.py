"""Migrations are code under test: on both databases, up and down, and the last one is what the models say."""

from datetime import date
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

from rekisteri import create_app
from rekisteri.customers.reindexing import stale
from rekisteri.customers.search_index import NAME, fault, known_to_models
from rekisteri.customers.service import search
from rekisteri.kernel import upgrades
from rekisteri.kernel.db import db
from tests.house.source import ROOT
from tests.support.databases import Stock
from tests.support.schema import settings_for

OF_SQLITE_ALONE = {"0016"}
"""Only on SQLite is a number given again when its row has gone."""


def revisions() -> list[str]:
    """Every revision, oldest first."""
    script = ScriptDirectory(str(ROOT / "migrations"))
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


@pytest.fixture
def empty(database: Stock, tmp_path: Path) -> Any:
    """An application on a database without a single table."""
    url = database.empty(tmp_path)
    app = create_app(settings_for(url, tmp_path / "data"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    database.drop(url)


def schema() -> dict[str, Any]:
    """The database as it stands: tables with all they hold, and triggers."""
    with db.engine.connect() as connection:
        eye = inspect(connection)
        found: dict[str, Any] = {
            table: {
                "columns": {
                    column["name"]: (str(column["type"]), column["nullable"], str(column["default"]))
                    for column in eye.get_columns(table)
                },
                "key": sorted(eye.get_pk_constraint(table)["constrained_columns"]),
                "foreign": sorted(str(sorted(key.items(), key=str)) for key in eye.get_foreign_keys(table)),
                "unique": sorted(str(unique["name"]) for unique in eye.get_unique_constraints(table)),
                "checks": sorted(str(check["name"]) for check in eye.get_check_constraints(table)),
                "indexes": sorted(str((index["name"], index["column_names"])) for index in eye.get_indexes(table)),
            }
            for table in eye.get_table_names()
            if table != "alembic_version" and not table.startswith(NAME)
        }
        found["triggers"] = triggers(connection)
        found["search"] = sorted(table for table in eye.get_table_names() if table.startswith(NAME))
        return found


def triggers(connection: Any) -> list[str]:
    """The names of the triggers that guard the data."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.dialect.name]
    return sorted(connection.execute(text(query)).scalars())


def test_there_is_one_line_of_revisions() -> None:
    assert revisions(), "migrations/versions is empty"
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_each_revision_goes_up_and_down_and_up_again(empty: Flask) -> None:
    before = schema()
    for revision in revisions():
        flask_migrate.upgrade(revision=revision)
        after = schema()
        assert after != before or revision in OF_SQLITE_ALONE, f"{revision} changes nothing"
        flask_migrate.downgrade(revision="-1")
        assert schema() == before, f"{revision} down does not undo {revision} up"
        flask_migrate.upgrade(revision=revision)
        assert schema() == after
        before = after


def test_the_newest_revision_is_what_the_models_say(empty: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        options = {"compare_type": True, "render_as_batch": True, "include_name": known_to_models}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, db.metadata)
    assert not differences, "write a revision for:\n" + "\n".join(str(one) for one in differences)


def test_the_search_has_its_index(empty: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert fault(connection) is None


def test_every_constraint_has_a_name(empty: Flask) -> None:
    """What has no name cannot be dropped by a later revision on SQLite."""
    nameless = [
        f"{table.name}: {constraint}"
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert not nameless


def test_customers_of_the_first_release_are_found_and_dated_after_the_upgrade(empty: Flask) -> None:
    flask_migrate.upgrade(revision="0001")
    with db.engine.begin() as connection:
        for statement in (
            (
                "INSERT INTO customer (id, kind, state, display_name, sort_key, search_text, represents, contact, place,"
                " created_at, changed_at, version) VALUES (1, 'person', 'active', 'Äijälä, Åke', 'x', 'åke äijälä', '', '', '',"
                " '2024-03-05 08:00:00', '2024-03-05 08:00:00', 1)"
            ),
            (
                "INSERT INTO source (id, name, sort_key, kind, street, postcode, city, country, email, active, version)"
                " VALUES (1, 'Messut', 'messut', 'fair', '', '', '', '', '', true, 1)"
            ),
            (
                "INSERT INTO datum (id, customer_id, field, value, source_id, obtained_on, entered_at, ended_reason)"
                " VALUES (1, 1, 'last_name', 'Äijälä', 1, '2024-03-05', '2024-03-05 08:00:00', ''),"
                " (2, 1, 'first_name', 'Åke', 1, '2024-03-05', '2024-03-05 08:00:00', '')"
            ),
        ):
            connection.execute(text(statement))
    flask_migrate.upgrade()
    upgrades.finish()
    (found,) = search("äij")
    assert found.display_name == "Äijälä, Åke" and found.name_key
    assert found.active_on == date(2024, 3, 5)
    assert not stale()
