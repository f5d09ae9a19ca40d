"""The application as such, for tests that look at its routes and templates and need no data."""

from pathlib import Path

import pytest
from flask import Flask

from rekisteri import create_app
from tests.support.schema import settings_for


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with all its rooms, on a database that nobody opens."""
    folder: Path = tmp_path_factory.mktemp("house")
    return create_app(settings_for(f"sqlite:///{folder / 'unused.sqlite'}", folder / "data"))
