"""Registers to measure in: invented customers and orders, made once in a run, or once for many when told where to keep them."""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

from benchmarks.desk import PASSWORD, application, flask
from benchmarks.driver import sqlite3

ORDERS_OF_A_REGULAR = 10
REGULARS = 0.2
MOST_INVENTED = 100_000
KEEP = "REKISTERI_BENCH_KEEP"
_made: dict[tuple[int, int], str] = {}


@contextmanager
def registers() -> Iterator[None]:
    """Within this, `register` makes each size once; afterwards they are removed, unless they are to be kept."""
    try:
        yield
    finally:
        if not os.environ.get(KEEP):
            for data in _made.values():
                shutil.rmtree(data, ignore_errors=True)
        _made.clear()


def register(customers: int, orders: int = 0) -> str:
    """The data directory of a register of this size. A million customers take some minutes to enter."""
    size = (customers, orders)
    if size not in _made:
        _made[size] = _kept(size) or _make(size)
    return _made[size]


def _kept(size: tuple[int, int]) -> str | None:
    folder = os.environ.get(KEEP)
    place = Path(folder or "") / "{}-{}".format(*size)
    if not folder or not (place / "ready").exists():
        return None
    flask(str(place), "init", "--quiet")  # it may have been made by an earlier revision
    return str(place)


def _make(size: tuple[int, int]) -> str:
    folder = os.environ.get(KEEP)
    data = tempfile.mkdtemp(prefix="rekisteri-bench-")
    fill(data, *size)
    (Path(data) / "ready").touch()
    if not folder:
        return data
    return str(shutil.move(data, Path(folder) / "{}-{}".format(*size)))


def fill(data: str, customers: int, orders: int) -> None:
    """Make the database of a data directory and put so many invented customers and orders into it.

    Of more than a hundred thousand customers the first are invented, and the rest are the same people again.
    """
    invented = min(customers, MOST_INVENTED)
    flask(data, "init", "--quiet")
    flask(data, "demo", "--customers", str(invented), "--cases", "14", "--password", PASSWORD)
    for turn in range(1, customers // invented):
        repeat(data, turn, invented)
    if orders:
        add_orders(data, customers, orders)


def repeat(data: str, turn: int, count: int) -> None:
    """The first so many customers and their data once more, with other e-mail addresses: what was rare stays rare."""
    other = {"value", "match", "search_text", "contact"}
    with closing(sqlite3.connect(f"{data}/rekisteri.sqlite")) as connection, connection:
        highest = connection.execute("SELECT max(id) FROM datum WHERE customer_id <= ?", (count,)).fetchone()[0]
        for table, owner in (("customer", "id"), ("datum", "customer_id")):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            moved = {name: f'"{name}" + {turn * count}' for name in ("organisation_id", "customer_id")}
            moved |= {name: f"replace(\"{name}\", '@', '.{turn}@')" for name in other}
            moved |= {"id": f"id + {turn * (count if table == 'customer' else highest + count)}", "replaces_id": "NULL"}
            names = ", ".join(f'"{name}"' for name in columns)
            values = ", ".join(moved.get(name, f'"{name}"') for name in columns)
            own = f"SELECT {values} FROM {table} WHERE {owner} <= {count} ORDER BY id"
            connection.execute(f"INSERT INTO {table} ({names}) {own}")


def add_orders(data: str, customers: int, orders: int) -> None:
    """Delivered orders of two lines: ten for each of the regulars, who come first, the rest for the others in turn."""
    from rekisteri.kernel.db import db, transaction
    from rekisteri.orders.bulk import Row, enter_many
    from rekisteri.orders.rules import Line

    dice = random.Random(customers)
    lines = [[Line(f"Tuote {n}", 1000, "kpl", 12_50 + n), Line("Toimitus", 1000, "kpl", 4_90)] for n in range(50)]
    regulars = max(1, min(int(customers * REGULARS), orders // ORDERS_OF_A_REGULAR))

    def rows() -> Iterator[Row]:
        for number in range(orders):
            many = number < regulars * ORDERS_OF_A_REGULAR
            customer = number // ORDERS_OF_A_REGULAR if many else regulars + number % max(1, customers - regulars)
            day = date(2025, 1, 1) + timedelta(days=dice.randint(0, 360))
            days = {"ordered": day, "confirmed": day, "delivered": day + timedelta(days=2)}
            yield Row(1 + customer % customers, day, dice.choice(lines), days)

    with application(data).app_context():
        with transaction():
            enter_many(rows(), by_id=None)
        db.engine.dispose()
