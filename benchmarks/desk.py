"""An office to measure in: the application on a database of its own, filled by the demo, served or called directly."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

PASSWORD = "mittari-mittaa-hiljaa-1"
ROOT = Path(__file__).resolve().parent.parent


def environment(data: str) -> dict[str, str]:
    """The environment of one measured office. Python keeps what it has compiled, as it does for everybody."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"REKISTERI_DATA": data, "REKISTERI_DATABASE_URL": database(data), "FLASK_APP": "app.py"}


def database(data: str) -> str:
    """The URL of this office's database: its own SQLite file, unless `database.url` tells another."""
    told = Path(data) / "database.url"
    return told.read_text() if told.exists() else f"sqlite:///{data}/rekisteri.sqlite"


def flask(data: str, *words: str) -> None:
    """Run one command of the application on this office's data."""
    command = [sys.executable, "-m", "flask", *words]
    subprocess.run(command, check=True, env=environment(data), cwd=ROOT, stdout=subprocess.DEVNULL)


@contextmanager
def office(*, customers: int, cases: int) -> Iterator[str]:
    """A data directory with so many invented customers and cases."""
    with tempfile.TemporaryDirectory(prefix="rekisteri-bench-") as data:
        flask(data, "init", "--quiet")
        flask(data, "demo", "--customers", str(customers), "--cases", str(cases), "--password", PASSWORD)
        yield data


def application(data: str) -> Flask:
    """The application on this office's data, in this process."""
    from rekisteri import create_app

    return create_app({"DATA": Path(data), "SQLALCHEMY_DATABASE_URI": database(data)})


def signed_in(app: Flask) -> FlaskClient:
    """A client that has signed in as the person responsible."""
    client = app.test_client()
    token = _token(client.get("/kirjaudu").text)
    answer = client.post("/kirjaudu", data={"username": "vastuuhenkilo", "password": PASSWORD, "csrf_token": token})
    assert answer.status_code == 303, answer.status
    client.get("/ohje/")  # a first page, as every browser has had: its form token is in the cookie from then on
    return client


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the sign-in page has no token"
    return found.group(1)


@contextmanager
def served(data: str) -> Iterator[str]:
    """The application as `scripts/run` serves it; the value is its address."""
    with listening("app:app", environment(data)) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def listening(application: str, variables: dict[str, str]) -> Iterator[int]:
    """Any WSGI application, served as `scripts/run` serves the register; the value is its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = ["--config", "scripts/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *settings, application]
    server = subprocess.Popen(command, env=variables, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def wait_for(port: int, patience: float = 60) -> None:
    """Return as soon as something answers on the port."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError(f"nothing answers on port {port}")


def cookie_of(client: FlaskClient) -> str:
    """The session's cookie as a header's value."""
    cookie: Any = client.get_cookie("rekisteri")
    return f"rekisteri={cookie.value}"
