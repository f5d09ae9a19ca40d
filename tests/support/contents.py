"""What a PostgreSQL database holds just after its migrations, and the way back to it when a test has used it."""

from dataclasses import dataclass
from typing import Any, Self

from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

SHAPE = """
SELECT (SELECT sum(hashtext(relname || relkind::text)) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT sum(hashtext(attrelid::text || attname || atttypid::text || attnotnull::text)) FROM pg_attribute WHERE attnum > 0
            AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')),
       (SELECT sum(hashtext(conname || convalidated::text)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace),
       (SELECT sum(hashtext(tgname || tgenabled::text)) FROM pg_trigger WHERE NOT tgisinternal),
       (SELECT sum(hashtext(proname || prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
MOVED = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
END_OTHERS = """
SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Contents:
    """The shape of a database, the query that finds its tables with rows, the rows there are (as COPY writes them), and
    how far its sequences have come."""

    shape: tuple[Any, ...]
    filled: Composed
    rows: dict[str, bytes]
    sequences: dict[str, int]

    @classmethod
    def of(cls, connection: "Connection[Any]") -> Self:
        """What the database holds now."""
        tables = [name for (name,) in connection.execute(TABLES)]
        found = SQL(" UNION ALL ").join(
            SQL("SELECT {0}::text WHERE EXISTS (SELECT 1 FROM {1})").format(name, Identifier(name)) for name in tables
        )
        rows = {name: _copied(connection, name) for (name,) in connection.execute(found).fetchall()}
        moved = {name: _last(connection, name) for (name,) in connection.execute(MOVED).fetchall()}
        return cls(_shape(connection), found, rows, moved)

    def restore(self, connection: "Connection[Any]") -> bool:
        """Take the database back to these contents; False where a test has changed its shape."""
        connection.execute(END_OTHERS)
        if _shape(connection) != self.shape:
            return False
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")  # no trigger, no foreign key
            for (name,) in connection.execute(self.filled).fetchall():
                connection.execute(SQL("DELETE FROM {0}").format(Identifier(name)))
            for name, rows in self.rows.items():
                with connection.cursor().copy(SQL("COPY {0} FROM STDIN").format(Identifier(name))) as copy:
                    copy.write(rows)
            for (name,) in connection.execute(MOVED).fetchall():
                value = self.sequences.get(name)
                connection.execute("SELECT setval(%s, %s, %s)", (f'"{name}"', value or 1, value is not None))
        return True


def _shape(connection: "Connection[Any]") -> tuple[Any, ...]:
    return connection.execute(SHAPE).fetchone() or ()


def _copied(connection: "Connection[Any]", table: str) -> bytes:
    with connection.cursor().copy(SQL("COPY {0} TO STDOUT").format(Identifier(table))) as copy:
        return b"".join(bytes(part) for part in copy)


def _last(connection: "Connection[Any]", sequence: str) -> int:
    row = connection.execute(SQL("SELECT last_value FROM {0}").format(Identifier(sequence))).fetchone()
    return int(row[0]) if row else 1
