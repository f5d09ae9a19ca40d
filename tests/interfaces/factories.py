"""Connections and programs for tests. All names are invented."""

from datetime import date
from typing import Any

from flask import Flask

from rekisteri.interfaces import connections, rules
from rekisteri.interfaces.models import Connection
from rekisteri.kernel.db import db, transaction
from tests.disclosures.factories import make_owner, make_processor

ROOT = "/rajapinta/v1"
INSIDE = {"REMOTE_ADDR": "192.0.2.7"}
DETAILS = {
    "name": "Verkkokauppa",
    "scopes": [scope for scope in rules.SCOPES if scope != "handovers.read"],
    "fields": ["first_name", "last_name", "city", "email"],
    "use": "profiling",
    "ground": "technical",
    "purpose": "Kirjautuneen asiakkaan etusivu",
    "networks": "192.0.2.0/24",
    "rate": 60,
}
ORDER = {"lines": [{"product": "Pöytälamppu", "quantity": "2", "unit": "kpl", "unit_price": "12.50"}]}


def make_connection(recipient: Any = None, **details: Any) -> Connection:
    """The web shop's connection, unless told otherwise."""
    recipient, owner = recipient or make_processor(name="Kauppapalvelin Oy"), make_owner()
    with transaction():
        return connections.open_connection(recipient=recipient, by=owner, **DETAILS | details)


def make_key(connection: Connection, *, expires_on: date = date(2027, 11, 1), overlap: int = 0) -> str:
    """A key that opens the connection."""
    owner = make_owner()
    with transaction():
        return connections.make_key(connection=connection, expires_on=expires_on, overlap=overlap, by=owner)


class Program:
    """A partner's program: calls with its key from its own network."""

    def __init__(self, app: Flask, key: str, connection_id: int) -> None:
        self.client = app.test_client(use_cookies=False)
        self.key, self.connection_id = key, connection_id

    @property
    def connection(self) -> Connection:
        """Its connection as it now stands."""
        return db.session.get_one(Connection, self.connection_id)

    def call(self, method: str, path: str, body: Any = None, *, once: str = "", **options: Any) -> Any:
        """One call; `headers` come on top of the key, `address` tells whence it comes."""
        headers = {"Authorization": f"Bearer {self.key}"} | options.pop("headers", {})
        if once:
            headers["Idempotency-Key"] = once
        told = {"REMOTE_ADDR": options.pop("address", "192.0.2.7")}
        content = {} if body is None else {"json": body}
        return self.client.open(
            f"{ROOT}{path}", method=method, headers=headers, environ_overrides=told, **content, **options
        )

    def get(self, path: str, **options: Any) -> Any:
        """Read something."""
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any, **options: Any) -> Any:
        """Send something."""
        return self.call("POST", path, body, **options)

    def order(self, customer: int, *, once: str = "kauppa-0001", **changes: Any) -> Any:
        """Send an order of two lamps."""
        return self.post("/orders", {"customer": customer} | ORDER | changes, once=once)

    def changes(self) -> list[dict[str, Any]]:
        """What it is to be told now."""
        return self.get("/changes").json["changes"]


def kind(answer: Any) -> str:
    """Of which kind a problem is."""
    assert answer.mimetype == "application/problem+json", answer.text
    return answer.json["type"].rpartition("#virhe-")[2]
