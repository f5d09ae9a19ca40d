"""The application with the letters of these tests."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from rekisteri.kernel.db import db
from tests.documents.factories import add_paper


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An application of its own, with the templates of `factories`."""
    app = make_app()
    add_paper(app)
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture(autouse=True)
def printing_at_once(app: Flask) -> None:
    """Print as in the office: when the decision has been saved, not first when somebody looks."""
    app.config["PRINT_AT_ONCE"] = True
