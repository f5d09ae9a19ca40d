"""The application with the letters of these tests."""

import pytest
from flask import Flask

from tests.documents.factories import add_paper


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application, with the templates of `factories`."""
    add_paper(app)
    return app
