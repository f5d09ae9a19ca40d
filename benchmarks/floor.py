"""The floor: what the same pages cost with nothing in between.

A bare WSGI function, the database driver, and one compiled Jinja2 template a page. The templates are the register's own
pages as they were served a moment ago (`benchmarks.floor_pages`): what comes from the database is a variable, all the
rest is ready text. The floor has no session, no permissions, no forms, no router; it reads the rows the page shows with
one query a table, escapes them, and a look at a card it writes down as one row, as durably as the register does.

Served by the same gunicorn with the same settings: `FLOOR_DATA=… FLOOR_PAGES=… gunicorn benchmarks.floor:app`.
"""

import os
import threading
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader

from benchmarks.driver import sqlite3
from benchmarks.floor_pages import card_values

COLUMNS = "id, display_name, state, kind, represents, contact, place"
PAGE = f"SELECT {COLUMNS} FROM customer WHERE state = 'active' ORDER BY sort_key, id LIMIT 51"
LIKE = f"SELECT {COLUMNS} FROM customer WHERE state = 'active' AND search_text LIKE ? ORDER BY sort_key, id LIMIT 51"
LOOKS = "CREATE TABLE IF NOT EXISTS floor_look (id INTEGER PRIMARY KEY, at TEXT, who INTEGER, customer_id INTEGER)"
_own = threading.local()


def connection() -> sqlite3.Connection:
    """This thread's connection, set as the register sets its own."""
    if not hasattr(_own, "connection"):
        path = Path(os.environ["FLOOR_DATA"]) / "rekisteri.sqlite"
        _own.connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        for pragma in ("synchronous=FULL", "journal_mode=WAL"):
            _own.connection.execute(f"PRAGMA {pragma}")
        _own.connection.row_factory = sqlite3.Row
        _own.connection.execute(LOOKS)
    return _own.connection


@cache
def template(name: str) -> Any:
    """A compiled page."""
    return Environment(autoescape=True, loader=FileSystemLoader(os.environ["FLOOR_PAGES"])).get_template(name)


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The list at /asiakkaat/, a LIKE search at /haku?q=, a card at /asiakkaat/7; /katselematta/7 writes nothing down."""
    path = environ["PATH_INFO"]
    if path == "/asiakkaat/":
        page = template("list.html").render(rows=connection().execute(PAGE).fetchall()[:50])
    elif path == "/haku":
        wanted = parse_qs(environ["QUERY_STRING"])["q"][0]
        page = template("list.html").render(rows=connection().execute(LIKE, (f"%{wanted}%",)).fetchall()[:50])
    else:
        page = card(int(path.rpartition("/")[2]), look=path.startswith("/asiakkaat/"))
    body = page.encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def card(customer_id: int, *, look: bool) -> str:
    """A customer's card; the look is written before the card is read."""
    own = connection()
    if look:
        own.execute("BEGIN IMMEDIATE")
        own.execute("INSERT INTO floor_look (at, who, customer_id) VALUES (datetime(), 1, ?)", (customer_id,))
        own.execute("COMMIT")
    own.execute("BEGIN")
    values = card_values(own, customer_id)
    own.execute("COMMIT")
    return str(template("card.html").render(v=values))
