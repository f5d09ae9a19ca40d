"""The index by which parts of words are found: FTS5 trigrams on SQLite, pg_trgm on PostgreSQL.

It is kept by the database itself (triggers, a GIN index), so that no way of writing customers can forget it. Both sides
compare the signs as they are: folding is done in `projection`, in Python, alike for both.

An erased person leaves nothing here either: the table holds no text of its own, and `secure-delete` takes a deleted row's
parts out of the index at once instead of marking them as gone.
"""

import re
from typing import Any

from sqlalchemy import DDL, ColumnElement, Connection, Table, and_, event, or_, text
from sqlalchemy.exc import DatabaseError

from rekisteri.customers.projection import like_pattern
from rekisteri.customers.wanted import PART, AllOf, Wanted

NAME = "customer_search"
GIN = "ix_customer_search_text"

_FORGET = f"INSERT INTO {NAME}({NAME}, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text);"  # noqa: S608
_LEARN = f"INSERT INTO {NAME}(rowid, search_text) VALUES (NEW.id, NEW.search_text);"  # noqa: S608
_TRIGGERS = {
    "customer_search_insert": f"AFTER INSERT ON customer BEGIN {_LEARN} END",
    "customer_search_delete": f"AFTER DELETE ON customer BEGIN {_FORGET} END",
    "customer_search_update": "AFTER UPDATE OF id, search_text ON customer"
    f" WHEN OLD.search_text <> NEW.search_text OR OLD.id <> NEW.id BEGIN {_FORGET} {_LEARN} END",
}
_FTS = "search_text, content='customer', content_rowid='id', tokenize='trigram case_sensitive 1', columnsize=0"
_SAMPLE = """SELECT id, search_text FROM (SELECT id, search_text FROM customer ORDER BY id LIMIT 100)
    UNION SELECT id, search_text FROM (SELECT id, search_text FROM customer ORDER BY id DESC LIMIT 100)"""
_WRITTEN_AT_ONCE = 16 * 1024 * 1024


def statements(dialect: str) -> list[str]:
    """The statements that make the index, also of customers that are already there; for a migration as well."""
    if dialect == "postgresql":
        return [
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            f"CREATE INDEX {GIN} ON customer USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit = 512)",
            "ALTER TABLE customer ALTER COLUMN search_text SET STATISTICS 500",
        ]
    return [
        f"CREATE VIRTUAL TABLE {NAME} USING fts5({_FTS})",
        f"INSERT INTO {NAME}({NAME}, rank) VALUES ('secure-delete', 1)",  # noqa: S608 - our own name
        f"INSERT INTO {NAME}({NAME}, rank) VALUES ('hashsize', {_WRITTEN_AT_ONCE})",  # noqa: S608 - our own name
        *(f"CREATE TRIGGER {name} {body}" for name, body in _TRIGGERS.items()),
        f"INSERT INTO {NAME}({NAME}) VALUES ('rebuild')",  # noqa: S608 - our own name
    ]


def undoing(dialect: str) -> list[str]:
    """The statements that take the index away, for a migration that goes down or makes the table of customers anew."""
    if dialect == "postgresql":
        return [f"DROP INDEX IF EXISTS {GIN}", "ALTER TABLE customer ALTER COLUMN search_text SET STATISTICS -1"]
    return [*(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS), f"DROP TABLE IF EXISTS {NAME}"]


def known_to_models(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether the models tell of what the database has by this name, for Alembic; of the search index they do not."""
    return not ((kind == "table" and (name or "").startswith(NAME)) or (kind == "index" and name == GIN))


def weakness(connection: Connection) -> str | None:
    """Why the index helps less than it should, in Finnish: in locale C PostgreSQL takes å, ä and ö for no letters."""
    if connection.dialect.name == "sqlite":
        return None
    bare = "SELECT datctype IN ('C', 'POSIX') FROM pg_database WHERE datname = current_database()"
    sentence = "Haku on hidas, koska tietokannan kieliasetus (LC_CTYPE) on C. Luo tietokanta asetuksella C.UTF-8."
    return sentence if connection.scalar(text(bare)) else None


def fault(connection: Connection) -> str | None:
    """What is wrong with the index, in Finnish; None when all is well."""
    if connection.dialect.name == "postgresql":
        if not connection.scalar(text("SELECT true FROM pg_extension WHERE extname = 'pg_trgm'")):
            return "Tietokannasta puuttuu laajennus pg_trgm. Pyydä ylläpitäjää ajamaan: CREATE EXTENSION pg_trgm."
        valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)"
        return None if connection.scalar(text(valid), {"name": GIN}) else "Haun hakemisto puuttuu tai on kesken."
    names = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE name LIKE 'customer_search%'")))
    if missing := [name for name in (NAME, *_TRIGGERS) if name not in names]:
        return f"Haun hakemistosta puuttuu: {', '.join(missing)}."
    if not all(_is_found(connection, *row) for row in connection.execute(text(_SAMPLE)).all()):
        return "Haun hakemisto ei vastaa asiakkaiden tietoja."
    return None


def _is_found(connection: Connection, number: int, search_text: str) -> bool:
    """Whether the longest word of a customer leads to that customer. (The index's own check would lock out all writers.)"""
    word = max(search_text.split(), key=len, default="")
    asked = {"expression": fts_expression(word), "id": number}
    query = f"SELECT 1 FROM {NAME} WHERE {NAME} MATCH :expression AND rowid = :id"  # noqa: S608 - our own name
    try:
        return len(word) < PART or connection.scalar(text(query), asked) is not None
    except DatabaseError:  # the index is so broken that it cannot be asked
        return False


def keep(table: Table) -> None:
    """Make the index whenever the table of customers is created from the models."""

    @event.listens_for(table, "after_create")
    def make_index(_table: Table, connection: Connection, **_options: Any) -> None:
        for statement in statements(connection.dialect.name):
            connection.execute(DDL(statement.replace("%", "%%")))


def fts_expression(wanted: Wanted) -> str | None:
    """What to MATCH; every part as a quoted phrase, in which no sign means anything. None when no part is long enough.

    A part too short for the index is left out where others have to be found as well: the caller compares the text itself.
    """
    if isinstance(wanted, str):
        return '"' + wanted.replace('"', '""') + '"' if len(wanted) >= PART else None
    parts = [fts_expression(part) for part in wanted.parts]
    known = [part for part in parts if part]
    if isinstance(wanted, AllOf):
        return "(" + " AND ".join(known) + ")" if known else None
    return "(" + " OR ".join(known) + ")" if known and len(known) == len(parts) else None


def is_indexed(wanted: Wanted, dialect: str) -> bool:
    """Whether the index narrows a search down; when not, only the text itself can be compared."""
    if isinstance(wanted, str):
        return len(wanted) >= PART and (dialect != "postgresql" or bool(_WORD_PART.search(wanted)))
    some = any if isinstance(wanted, AllOf) else all
    return some(is_indexed(part, dialect) for part in wanted.parts)


# pg_trgm knows letters and digits only: three together, or the beginning of a word that a sign stands before.
_WORD_PART = re.compile(r"[^\W_]{3}|[\W_][^\W_]|[^\W_]{2}[\W_]")


def condition(wanted: Wanted, column: Any) -> ColumnElement[bool]:
    """The same as a comparison of the text: what PostgreSQL looks up in its index, and SQLite checks a few rows by."""
    if isinstance(wanted, str):
        return column.like(like_pattern(wanted), escape="\\")
    together = and_ if isinstance(wanted, AllOf) else or_
    return together(*(condition(part, column) for part in wanted.parts))
