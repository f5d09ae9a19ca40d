"""The application with the letters of these tests."""

import pytest
from flask import Flask

from tests.documents.factories import add_paper


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application, with the templates of `factories`."""
    add_paper(app)
    return app


@pytest.fixture(autouse=True)
def printing_at_once(app: Flask) -> None:
    """Print as in the office: when the decision has been saved, not first when somebody looks."""
    app.config["PRINT_AT_ONCE"] = True
