"""The application as such, for tests that look at its routes and templates and need no data."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from rekisteri import create_app
from rekisteri.kernel.db import db
from tests.support.schema import settings_for


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with all its rooms, on a database that nobody opens."""
    folder: Path = tmp_path_factory.mktemp("house")
    return create_app(settings_for(f"sqlite:///{folder / 'unused.sqlite'}", folder / "data"))


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The application as in the office: an unforeseen error becomes the error page, which a test finds by its status."""
    app = make_app(PROPAGATE=False)
    with app.app_context():
        yield app
        db.session.remove()
