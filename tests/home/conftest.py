"""The style guide, fetched once for all the tests that read it: it shows the same on every database."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from rekisteri import create_app
from rekisteri.kernel.db import db
from tests.staff.factories import PASSWORD, make_user
from tests.support.client import ReadingClient
from tests.support.schema import settings_for


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application with one reader, `lukija`, who is nobody's customer."""
    folder = tmp_path_factory.mktemp("office")
    app = create_app(settings_for(f"sqlite:///{folder / 'office.sqlite'}", folder / "data"))
    app.test_client_class = ReadingClient
    with app.app_context():
        db.create_all()
        make_user("lukija", username="lukija", full_name="Aino-Kaarina Nieminen")
        db.session.remove()
    return app


@pytest.fixture
def reader(office: Flask) -> ReadingClient:
    """The reader's browser, signed in."""
    client = office.test_client()
    assert isinstance(client, ReadingClient)
    client.sign_in("lukija", PASSWORD)
    return client


@pytest.fixture(scope="session")
def guide(office: Flask) -> BeautifulSoup:
    """The style guide as the reader sees it."""
    client = office.test_client()
    assert isinstance(client, ReadingClient)
    client.sign_in("lukija", PASSWORD)
    return client.get("/tyyliopas").page
