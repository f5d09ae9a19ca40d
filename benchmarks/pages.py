"""The list and the card as they are served, against their floor and against Django's admin, on 100,000 customers."""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks import floor_pages, scale
from benchmarks.crowd import get, middle, rate
from benchmarks.desk import ROOT, application, cookie_of, environment, listening, signed_in
from benchmarks.driver import sqlite3
from benchmarks.measure import Ratio
from benchmarks.registers import register

ROUNDS = 7
SPAN = 1.5
CARDS = range(2, 400)


def ratios() -> Iterator[Ratio]:
    """Requests in a second, and what a page deep in the list costs."""
    data = register(*scale.LARGE)
    client = signed_in(application(data))
    cookie = cookie_of(client)
    cards = [number for number in CARDS if number % 6 != 1][: scale.COUNT]  # every sixth is an organisation
    with listening("app:app", environment(data)) as ours, floor(data, client) as bare, admin(data) as (django, theirs):
        asked = {
            "list": (ours, [get("/asiakkaat/", cookie)]),
            "list, floor": (bare, [get("/asiakkaat/")]),
            "list, admin": (django, [get("/admin/django_admin/customer/", theirs)]),
            "card": (ours, [get(f"/asiakkaat/{number}", cookie) for number in cards]),
            "card, floor": (bare, [get(f"/asiakkaat/{number}") for number in cards]),
            "card, unlogged floor": (bare, [get(f"/katselematta/{number}") for number in cards]),
            "card, admin": (django, [get(f"/admin/django_admin/customer/{n}/change/", theirs) for n in cards]),
        }
        rates = in_turn(asked)
        deep = [get(f"/asiakkaat/?state=active&after={deep_id(data)}", cookie)]
        first, thousandth = both(ours, asked["list"][1], deep)
    yield Ratio(
        "Asiakaslista kirjautuneena, pyyntöä sekunnissa / pohja", rates["list"] / rates["list, floor"], 0.6, True
    )
    yield Ratio("Asiakaslista / Django admin", rates["list"] / rates["list, admin"], 15, True)
    yield Ratio("Kortti, 10 tilausta, katselu kirjaten / pohja", rates["card"] / rates["card, floor"], 0.35, True)
    yield Ratio("Kortti / pohja, joka ei kirjaa katselua", rates["card"] / rates["card, unlogged floor"], 0.35, True)
    yield Ratio("Kortti / Django admin", rates["card"] / rates["card, admin"], 25, True)
    yield Ratio("Luettelon sivu 1 000 / sivu 1", thousandth / first, 1.2)


def in_turn(asked: dict[str, tuple[int, list[bytes]]]) -> dict[str, float]:
    """The median rate of each, all of them driven in turn, round after round, while all servers are up."""
    found: dict[str, list[float]] = {name: [] for name in asked}
    for round_ in range(scale.rounds(ROUNDS) + 1):
        for name, (port, requests) in asked.items():
            reached = rate(port, requests, span=scale.span(SPAN if round_ else 0.5))
            if round_:
                found[name].append(reached)
    return {name: statistics.median(rates) for name, rates in found.items()}


def both(port: int, one: list[bytes], other: list[bytes]) -> list[float]:
    """The median seconds of two requests to one server, in alternating rounds."""
    rounds = [(middle(port, one * 60), middle(port, other * 60)) for _ in range(scale.rounds(5))]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def deep_id(data: str) -> int:
    """The customer after whom page 1,000 begins."""
    with sqlite3.connect(f"{data}/rekisteri.sqlite") as connection:
        ordered = "SELECT id FROM customer WHERE state = 'active' ORDER BY sort_key, id LIMIT 1 OFFSET ?"
        return int(connection.execute(ordered, (min(999 * 50, scale.LARGE[0] // 2) - 1,)).fetchone()[0])


@contextmanager
def floor(data: str, client: FlaskClient) -> Iterator[int]:
    """The bare floor over the same database, with templates made of the pages as they are served now."""
    with tempfile.TemporaryDirectory(prefix="rekisteri-floor-") as folder:
        with sqlite3.connect(f"{data}/rekisteri.sqlite") as connection:
            connection.row_factory = sqlite3.Row
            values = floor_pages.card_values(connection, 2)
        listed, card = client.get("/asiakkaat/").text, client.get("/asiakkaat/2").text
        floor_pages.write(Path(folder), listed=listed, card=card, values=values)
        with listening("benchmarks.floor:app", environment(data) | {"FLOOR_DATA": data, "FLOOR_PAGES": folder}) as port:
            yield port


@contextmanager
def admin(data: str) -> Iterator[tuple[int, str]]:
    """Django's admin over a copy of the two tables it shows: its port and the cookie of a superuser."""
    with tempfile.TemporaryDirectory(prefix="rekisteri-django-") as folder:
        database = f"{folder}/django.sqlite"
        _copy(f"{data}/rekisteri.sqlite", database)
        apart = {"ADMIN_DATABASE": database, "PYTHONPATH": os.pathsep.join((str(ROOT / ".venv" / "bench"), str(ROOT)))}
        variables = environment(data) | apart
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.django_admin.site"],
            env=variables,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        with listening("benchmarks.django_admin.site:application", variables) as port:
            yield port, made.stdout.strip()


def _copy(register: str, database: str) -> None:
    """The tables of customers and orders with their indexes, without what only the register's own SQLite can read."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("ATTACH ? AS register", (register,))
        kept = "type IN ('table', 'index') AND tbl_name IN ('customer', 'customer_order') AND sql IS NOT NULL"
        made = connection.execute(f"SELECT type, name, sql FROM register.sqlite_master WHERE {kept}").fetchall()
        for kind, name, sql in sorted(made, reverse=True):  # the tables first
            connection.execute(sql)
            if kind == "table":
                connection.execute(f"INSERT INTO main.{name} SELECT * FROM register.{name}")
