"""Importing 100,000 people from a CSV file, against the database driver putting the very same rows into the same tables."""

import csv
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import scale
from benchmarks.crowd import get, times
from benchmarks.desk import ROOT, application, cookie_of, environment, listening, signed_in
from benchmarks.driver import sqlite3
from benchmarks.measure import Ratio, percentile
from benchmarks.registers import register

HEADER = {
    "last_name": "Sukunimi",
    "first_name": "Etunimi",
    "email": "Sähköposti",
    "phone": "Puhelin",
    "street": "Katuosoite",
    "postcode": "Postinumero",
    "city": "Postitoimipaikka",
}


def ratios() -> Iterator[Ratio]:
    """Time and memory alone; then once more while somebody reads the list."""
    base = register(*scale.SMALL)
    with tempfile.TemporaryDirectory(prefix="rekisteri-import-") as folder:
        file = write_file(Path(folder) / "asiakkaat.csv", scale.LARGE[0])
        alone, watched, bare = (copy(base, Path(folder) / name) for name in ("alone", "watched", "floor"))
        seconds, megabytes, batch = finish(start(alone, file))
        floor = floor_seconds(alone, bare, int(batch))
        quiet, busy = meanwhile(watched, file)
    yield Ratio("Tuonti, 100 000 riviä tarkistaen / sqlite3 samat rivit samoihin tauluihin", seconds / floor, 2)
    yield Ratio("Tuonti: suurin muistinkäyttö, megatavua", megabytes, 150)
    yield Ratio("Asiakaslista p95, tuonti käynnissä / hiljaista", busy / quiet, 1.5)


def write_file(path: Path, count: int) -> Path:
    """Invented people, other ones than those in the register, as an office's spreadsheet saves them."""
    from rekisteri.demo.people import customers

    people = (one for one in customers(random.Random(7), 2 * count) if one.kind == "person")
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream, delimiter=";")
        table.writerow(HEADER.values())
        for number, person in zip(range(count), people, strict=False):
            own = {"email": f"tuotu{number}@posti.example", "phone": f"040 {2_000_000 + number}"}
            values = person.values | own
            table.writerow([values.get(field, "") for field in HEADER])
    return path


def copy(data: str, to: Path) -> str:
    """A register of its own for one measurement."""
    shutil.copytree(data, to)
    return str(to)


def start(data: str, file: Path) -> "subprocess.Popen[str]":
    """Begin the import in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.jobs", "import", data, str(file)]
    return subprocess.Popen(command, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, text=True)


def finish(job: "subprocess.Popen[str]") -> list[float]:
    """Wait for the import; its seconds, its megabytes, its number."""
    said, _ = job.communicate()
    assert job.returncode == 0, "the import failed"
    return [float(word) for word in said.split()]


def floor_seconds(done: str, bare: str, batch: int) -> float:
    """How long the driver takes for what the import left: customers and data, with all their indexes and triggers."""
    with sqlite3.connect(f"{done}/rekisteri.sqlite") as finished:
        ids = f"SELECT customer_id FROM import_row WHERE batch_id = {batch}"
        rows = {
            table: finished.execute(f"SELECT * FROM {table} WHERE {column} IN ({ids}) ORDER BY id").fetchall()
            for table, column in (("customer", "id"), ("datum", "customer_id"))
        }
        sources = finished.execute("SELECT * FROM source").fetchall()
        count = finished.execute(f"SELECT count(*) FROM ({ids} AND customer_id IS NOT NULL)").fetchone()[0]
    assert len(rows["customer"]) == count, "the import's rows are not all there"
    own: Any = sqlite3.connect(f"{bare}/rekisteri.sqlite", isolation_level=None)
    for pragma in ("synchronous=FULL", "journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
        own.execute(f"PRAGMA {pragma}")
    own.executemany(f"INSERT OR IGNORE INTO source VALUES ({', '.join('?' * len(sources[0]))})", sources)
    begin = time.perf_counter()
    own.execute("BEGIN IMMEDIATE")
    for table, found in rows.items():
        own.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
    own.execute("COMMIT")
    return time.perf_counter() - begin


def meanwhile(data: str, file: Path) -> tuple[float, float]:
    """The list's p95 in quiet, and while the file is imported."""
    cookie = cookie_of(signed_in(application(data)))
    with listening("app:app", environment(data)) as port:
        look = [get("/asiakkaat/", cookie)]
        list(times(port, look * 60))
        busy: list[float] = []
        quiet = list(times(port, look * 600))
        job = start(data, file)
        while job.poll() is None:
            busy += times(port, look * 20)
        finish(job)
        quiet += times(port, look * 600)
    return percentile(quiet, 0.95), percentile(busy, 0.95)
