"""Rows of the processing log, and a hand that tampers with them as an intruder would."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

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
    """So many rows, each in a transaction of its own."""
    for number in range(rows):
        with transaction():
            audit.record(TRIED, subject=subject, by=by, count=number)


def tamper(*statements: str) -> None:
    """Run statements as one who may drop the guards first and sets them again after."""
    db.session.rollback()
    dialect = db.engine.dialect.name
    with db.engine.begin() as connection:
        for table, name in guards.names(dialect):
            connection.execute(text(f"DROP TRIGGER {name}" + ("" if dialect == "sqlite" else f" ON {table}")))
        for statement in statements:
            connection.execute(text(statement))
        for statement in guards.statements(dialect):
            connection.execute(text(statement))
    db.session.rollback()
