"""Yesterday's database in today's place, without the time that a whole restore takes."""

from typing import Any

from sqlalchemy import inspect, text

from rekisteri.kernel.db import db

UNTOUCHED = {"audit_event", "audit_head", "audit_start", "user", "user_role", "alembic_version"}
"""Not turned back: the log refuses it, and who tests signs with the same hand."""


class Snapshot:
    """Every row of every table as it now is; `restore` makes it so again."""

    def __init__(self) -> None:
        db.session.rollback()
        tables = [table for table in db.metadata.sorted_tables if table.name not in UNTOUCHED]
        with db.engine.connect() as connection:
            self.rows: list[tuple[Any, list[dict[str, Any]]]] = [
                (table, [dict(row) for row in connection.execute(table.select()).mappings()]) for table in tables
            ]

    def restore(self) -> None:
        """As if the backup of that moment had been put in the database's place."""
        db.session.rollback()
        self._forget_the_unborn()
        with db.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            else:
                connection.execute(text("SET session_replication_role = replica"))
            for table, _rows in reversed(self.rows):
                connection.execute(table.delete())
            for table, rows in self.rows:
                computed = {column.name for column in table.columns if column.computed is not None}
                if rows:
                    given = [{name: value for name, value in row.items() if name not in computed} for row in rows]
                    connection.execute(table.insert(), given)
            if connection.dialect.name != "sqlite":
                connection.execute(text("SET session_replication_role = origin"))

    def _forget_the_unborn(self) -> None:
        there = {
            table.name: {tuple(row[column.name] for column in table.primary_key) for row in rows}
            for table, rows in self.rows
        }
        for one in list(db.session):
            if inspect(one).identity not in there.get(one.__tablename__, {inspect(one).identity}):
                db.session.expunge(one)
