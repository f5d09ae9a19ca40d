"""What every test may ask for: the application on a database of its own, people signed in, a clock, a browser.

REKISTERI_TEST_DATABASE (sqlite, postgresql, or both with a comma between) says on what databases the tests run.
"""

import gc
from collections.abc import Callable, Iterator
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from rekisteri import create_app
from rekisteri.kernel.clock import HELSINKI
from rekisteri.kernel.db import db
from tests.support.client import ReadingClient
from tests.support.commands import CommandLine
from tests.support.databases import Stock, open_stock, wanted_kinds
from tests.support.schema import bring_up_to_date, settings_for
from tests.support.standing import StandingApplication

gc.set_threshold(
    100_000, 20, 100
)  # what tests leave behind is much and goes at once; looking for cycles costs a twentieth
# A busy machine is no fault, and a run that was green stays green.
hypothesis.settings.register_profile("calm", deadline=None, derandomize=True, max_examples=60)
hypothesis.settings.load_profile("calm")
pytest_plugins = ["tests.support.journeys"]
BROWSER_FIXTURES = {"page", "no_js_page", "browser", "context", "new_context"}
ONCE = BROWSER_FIXTURES | {"verapdf"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that needs a database once on every wanted kind; a journey in a browser and what looks at the make of
    a paper once, on SQLite: neither the browser nor the PDF knows where the words came from."""
    if "database" not in metafunc.fixturenames:
        return
    kinds = wanted_kinds()
    if ONCE & set(metafunc.fixturenames):
        kinds = kinds[:1]
    metafunc.parametrize("database", kinds, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys, so that `-m 'not browser'` leaves them out."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def stocks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Stock]]:
    """The kinds of database that this run has opened so far, each migrated once."""
    opened: dict[str, Stock] = {}
    yield opened
    for stock in opened.values():
        stock.close()


@pytest.fixture
def database(
    request: pytest.FixtureRequest, stocks: dict[str, Stock], tmp_path_factory: pytest.TempPathFactory
) -> Stock:
    """The kind of database that this test runs on; `fresh(folder)` gives the URL of another migrated copy."""
    kind = request.param
    if kind not in stocks:
        folder = tmp_path_factory.mktemp(kind)
        stock = open_stock(kind, folder)
        stock.prepare(lambda url: bring_up_to_date(url, folder))
        stocks[kind] = stock
    return stocks[kind]


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where templates stay compiled from one test's application to the next's."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture
def make_app(database: Stock, tmp_path: Path, compiled_templates: Path) -> Iterator[Callable[..., Flask]]:
    """Make an application with settings of the test's own: `make_app(ALLOWED_NETWORKS=[…])`."""
    made: list[tuple[Flask, str]] = []

    def make(**settings: Any) -> Flask:
        own = settings.pop("SQLALCHEMY_DATABASE_URI", None)
        url = own or database.fresh(tmp_path)
        app = create_app(settings_for(url, tmp_path / "data") | settings)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled_templates))
        app.test_client_class = ReadingClient
        made.append((app, "" if own else url))
        return app

    yield make
    for app, url in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        if url:
            database.drop(url)


@pytest.fixture(scope="session")
def standing(
    tmp_path_factory: pytest.TempPathFactory, compiled_templates: Path
) -> Iterator[Callable[[Stock, str, Path], Flask]]:
    """One application for each kind of database, as if new for every test: opening it costs more than most tests."""
    built: dict[int, StandingApplication] = {}

    def stand(stock: Stock, url: str, data: Path) -> Flask:
        if id(stock) not in built:
            app = create_app(settings_for(url, tmp_path_factory.mktemp("standing") / "data"))
            app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled_templates))
            app.test_client_class = ReadingClient
            built[id(stock)] = StandingApplication(app)
        return built[id(stock)].as_new(url, data)

    yield stand
    for one in built.values():
        one.let_go()


@pytest.fixture
def app(standing: Callable[[Stock, str, Path], Flask], database: Stock, tmp_path: Path) -> Iterator[Flask]:
    """The application on a fresh database, with its context open: services and models can be called at once."""
    url = database.fresh(tmp_path)
    app = standing(database, url, tmp_path / "data")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    database.drop(url)


@pytest.fixture
def listen(app: Flask) -> Iterator[Callable[[str, Callable[..., Any]], None]]:
    """Listen to the database for the length of a test: `listen("before_cursor_execute", note)`."""
    heard: list[tuple[str, Callable[..., Any]]] = []

    def begin(name: str, ear: Callable[..., Any]) -> None:
        event.listen(db.engine, name, ear)
        heard.append((name, ear))

    yield begin
    for name, ear in heard:
        event.remove(db.engine, name, ear)


@pytest.fixture
def client(app: Flask) -> ReadingClient:
    """A browser without JavaScript, that fails on any faulty page (`tests.support.pages`)."""
    client = app.test_client()
    assert isinstance(client, ReadingClient)
    return client


@pytest.fixture
def sign_in(app: Flask, client: ReadingClient) -> Callable[..., Any]:
    """Sign a person with these roles in: `sign_in("kasittelija", full_name="Maija Virtanen")` gives the user.

    `client=` signs in on another client (`app.test_client()`); `committed=False` leaves the commitment unsigned.
    """

    def enter(*roles: str, client: ReadingClient = client, **person: Any) -> Any:
        from tests.staff.factories import make_user

        user = make_user(*roles, **person)
        client.let_in(user)
        return user

    return enter


@pytest.fixture
def command(app: Flask) -> CommandLine:
    """The command line: `command("check")` runs `flask check` and gives its output and exit code."""
    return CommandLine(app)


@pytest.fixture
def freeze() -> Iterator[Callable[[str | date | datetime], None]]:
    """Stop the clock: `freeze("2026-11-23")` makes it noon in Finland on that day; call it before signing in."""
    travels: list[time_machine.travel] = []

    def stop(moment: str | date | datetime) -> None:
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment) if len(moment) > len("2026-11-23") else date.fromisoformat(moment)
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, clock_time(12))
        travel = time_machine.travel(moment if moment.tzinfo else moment.replace(tzinfo=HELSINKI), tick=False)
        travel.start()
        travels.append(travel)

    yield stop
    for travel in reversed(travels):
        travel.stop()


@pytest.fixture(scope="session")
def verapdf() -> Callable[..., None]:
    """Assert that a PDF (bytes or a path) complies: `verapdf(pdf, "3a")`, `verapdf(pdf, "ua1")`, or both by default."""
    from tests.support.verapdf import verapdf

    return verapdf
