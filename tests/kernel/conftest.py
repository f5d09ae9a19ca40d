"""The ground alone: an application with no room but the tests' notepad, on an empty database of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from rekisteri import create_app
from rekisteri.kernel.db import NumberSeries, Submission, db
from tests.kernel.notepad import Paper, open_notepad
from tests.support.client import ReadingClient
from tests.support.databases import Stock
from tests.support.schema import settings_for

GROUND = [Submission.__table__, NumberSeries.__table__]


@pytest.fixture
def make_ground(database: Stock, tmp_path: Path, compiled_templates: Path) -> Iterator[Callable[..., Flask]]:
    """Make the ground with settings of the test's own; `tables=False` leaves its database without tables."""
    made: list[tuple[Flask, str]] = []

    def make(*, tables: bool = True, **settings: Any) -> Flask:
        url = settings.pop("SQLALCHEMY_DATABASE_URI", None) or database.empty(tmp_path)
        app = create_app(settings_for(url, tmp_path / "data") | settings, rooms=())
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled_templates))
        app.test_client_class = ReadingClient
        open_notepad(app)
        made.append((app, url))
        if tables:
            with app.app_context():
                db.metadata.create_all(db.engine, tables=GROUND)
                Paper.metadata.create_all(db.engine)
        return app

    yield make
    for app, url in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        database.drop(url)


@pytest.fixture
def app(make_ground: Callable[..., Flask]) -> Iterator[Flask]:
    """The ground on a fresh database, with its context open. A fault of the program becomes a page, as in use."""
    app = make_ground(PROPAGATE=False)
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def holding(client: ReadingClient) -> Callable[..., ReadingClient]:
    """Sign the client's visitor in with these permissions and no others."""

    def enter(*permissions: str) -> ReadingClient:
        client.environ_base["HTTP_X_HOLDS"] = ",".join(permissions)
        return client

    return enter
