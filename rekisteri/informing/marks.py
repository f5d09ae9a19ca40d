"""How far the search for duties has come in a table comes down when its newest rows go.

SQLite gives their numbers again, and what comes under them would be passed over as already seen. PostgreSQL's sequences
never give a number twice, so there nothing need come down.
"""

from typing import Any

from sqlalchemy import DDL, Connection, Table, event


def keep(table: Table) -> None:
    """Keep the mark no higher than the newest row of this table, whichever way rows go."""

    @event.listens_for(table, "after_create")
    def set_trigger(_table: Table, connection: Connection, **_options: Any) -> None:
        if connection.dialect.name == "sqlite":
            newest = f"coalesce((SELECT max(id) FROM {table.name}), 0)"  # noqa: S608 - our own name
            lower = f"UPDATE informing_sweep SET last_id = {newest} WHERE name = '{table.name}' AND last_id > {newest}"  # noqa: S608
            trigger = f"CREATE TRIGGER informing_{table.name}_gone AFTER DELETE ON {table.name} BEGIN {lower}; END"
            connection.execute(DDL(trigger))
