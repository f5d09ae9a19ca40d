"""The interface: one customer's permitted fields, against the same statements by the driver behind a bare WSGI function.

The floor runs, word for word, what the register was seen to run for one answer: the key, the count, the bars, the ledger,
the logs. It has no router, no rules, no chain of hashes; its body is the same JSON of what it has read, and it commits as durably.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from benchmarks.desk import application, office
from benchmarks.driver import sqlite3
from benchmarks.measure import Ratio, medians

ALLOWED = ("first_name", "last_name", "city", "email")
NETWORK = "127.0.0.1"
ROUNDS = 300
FAR = {"outgoing": 987_654_000, "disclosure": 876_543_000, "audit_head": 765_432_000}


def ratios() -> Iterator[Ratio]:
    """Answers in a second as a share of the floor's."""
    with office(customers=1000, cases=14) as data:
        app = application(data)
        with app.app_context():
            key, customer = _open(app)
        path, watched = f"/rajapinta/v1/customers/{customer}", application(data)
        with watched.app_context():
            floor = _floor(data, _seen(_asking(watched, path, key), data))
        with app.app_context():
            ask = _asking(app, path, key)
            ours, bare = medians(ask, floor, rounds=ROUNDS)
    yield Ratio("Rajapinta: asiakkaan sallitut tiedot ja luovutuksen rivi / pohja", bare / ours, 0.40, at_least=True)


def _open(app: Any) -> tuple[str, int]:
    """A connection of a processor with a key, and a customer who has forbidden nothing."""
    from sqlalchemy import select

    from rekisteri.customers import uses
    from rekisteri.customers.models import Customer
    from rekisteri.disclosures import recipients
    from rekisteri.interfaces import connections
    from rekisteri.kernel.clock import today
    from rekisteri.kernel.db import db, transaction

    told = {"name": "Mitattava Oy", "role": "processor", "purpose": "verkkopalvelu", "agreement_on": today()}
    with transaction():
        connection = connections.open_connection(
            recipient=recipients.add_recipient(by=None, **told),
            by=None,
            name="Mittari",
            scopes=["customers.read"],
            fields=list(ALLOWED),
            use="profiling",
            ground="technical",
            purpose="Kirjautuneen asiakkaan sivu",
            networks=NETWORK,
            rate=6000,
        )
        key = connections.make_key(connection=connection, expires_on=today() + timedelta(days=30), by=None)
    query = select(Customer.id).where(Customer.kind == "person", Customer.state == "active").order_by(Customer.id)
    for use in ("profiling", "interface", "disclosure"):
        query = uses.permitted(query, use)
    return key, db.session.scalars(query).first()


def _asking(app: Any, path: str, key: str) -> Callable[[], bytes]:
    """One call, from the WSGI server's side."""
    from werkzeug.test import EnvironBuilder, run_wsgi_app

    headers = {"Authorization": f"Bearer {key}"}
    environ = EnvironBuilder(path, headers=headers, environ_overrides={"REMOTE_ADDR": NETWORK}).get_environ()

    def ask() -> bytes:
        body, status, _headers = run_wsgi_app(app, dict(environ), buffered=True)
        assert status.startswith("200"), status
        return b"".join(body)

    return ask


def _seen(ask: Callable[[], bytes], data: str) -> list[tuple[str, Any]]:
    """Every statement of one answer with its values; the rows it makes have numbers that are nothing else's."""
    from rekisteri.kernel.db import db

    ask()
    with closing(sqlite3.connect(f"{data}/rekisteri.sqlite")) as own, own:
        for table in ("outgoing", "disclosure"):
            own.execute(f"UPDATE {table} SET id = ? WHERE id = (SELECT max(id) FROM {table})", (FAR[table],))
        own.execute("UPDATE audit_head SET seq = ?", (FAR["audit_head"],))
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        found.append((statement, values[0] if many else values))

    event.listen(db.engine, "before_cursor_execute", note)
    ask()
    event.remove(db.engine, "before_cursor_execute", note)
    return [(text, values) for text, values in found if not text.startswith("BEGIN")]


def _floor(data: str, statements: list[tuple[str, Any]]) -> Callable[[], bytes]:
    """The same statements and the same answer. New rows get numbers of their own where a number was given."""
    own = sqlite3.connect(f"{data}/rekisteri.sqlite", isolation_level=None, timeout=10)
    for pragma in ("synchronous=FULL", "journal_mode=WAL", "secure_delete=ON"):
        own.execute(f"PRAGMA {pragma}")
    seen = {table: number + 1 for table, number in FAR.items()}

    def app(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        own.execute("BEGIN IMMEDIATE")
        numbers, fields = dict.fromkeys(seen.values(), 0), []
        for text, values in statements:
            done = own.execute(text, [numbers.get(value, value) for value in values])
            rows = done.fetchall()
            if text.startswith("INSERT INTO outgoing ("):
                numbers[seen["outgoing"]] = done.lastrowid
            elif text.startswith("INSERT INTO disclosure ("):
                numbers[seen["disclosure"]] = done.lastrowid
            elif text.startswith("SELECT audit_head"):
                numbers[seen["audit_head"]] = rows[0][0] + 1
            elif text.startswith("SELECT datum"):
                fields = rows
        own.execute("COMMIT")
        start_response("200 OK", [("Content-Type", "application/json")])
        answer = {"id": 7, "kind": "person", "fields": {name: value for name, value in fields if name in ALLOWED}}
        return [json.dumps(answer, ensure_ascii=False).encode()]

    return lambda: b"".join(app({}, lambda *_: None))
