"""Rows of the processing log, and a hand that tampers with them as an intruder would."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from rekisteri.audit import guards
from rekisteri.audit import service as audit
from rekisteri.kernel.db import db, transaction

TRIED = audit.event("trial.tried", "kokeiltu", fields={"count": int})
CODED = audit.event("trial.coded", "koodattu", fields={"kind": str, "fields": list, "with_scan": bool, "number": int})
BARE = audit.event("trial.bare", "kokeiltu ilman tietoja")


@dataclass
class Somebody:
    """Whoever does something: the log needs an id only."""

    id: Any


def write_log(rows: int, *, subject: str = "trial:1", by: Any = None) -> None:
    """So many rows at the end of the log."""
    with transaction():
        for number in range(rows):
            audit.record(TRIED, subject=subject, by=by, count=number)


def take_a_guard_away() -> str:
    """Drop the first guard; its name."""
    db.session.rollback()
    table, name = guards.names(db.engine.dialect.name)[0]
    with db.engine.begin() as connection:
        _drop(connection, table, name)
    return name


def _drop(connection: Connection, table: str, name: str) -> None:
    connection.execute(text(f"DROP TRIGGER {name}" + ("" if connection.dialect.name == "sqlite" else f" ON {table}")))


def tamper(*statements: str) -> None:
    """Run statements as one who may drop the guards first and sets them again after."""
    db.session.rollback()
    dialect = db.engine.dialect.name
    with db.engine.begin() as connection:
        for table, name in guards.names(dialect):
            _drop(connection, table, name)
        for statement in statements:
            connection.execute(text(statement))
        for statement in guards.statements(dialect):
            connection.execute(text(statement))
    db.session.rollback()
