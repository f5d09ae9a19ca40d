"""How revisions run: all that are missing in one transaction, on either database, so that a cut leaves old or new."""

from typing import Any

from alembic import context
from flask import current_app

from rekisteri.customers.search_index import known_to_models
from rekisteri.kernel.db import UtcDateTime, db


def render_item(type_: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column types into revisions as what the database knows, so that no revision needs our code."""
    if type_ == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run what Alembic asks for. SQLite's foreign keys rest meanwhile: a table is rebuilt by copying it."""
    options: dict[str, Any] = {"compare_type": True} | current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("ROLLBACK")  # the pragma is heard only outside a transaction
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        options |= {"render_item": render_item, "include_name": known_to_models}
        context.configure(connection=connection, target_metadata=db.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"{len(broken)} viittausta jäi ilman kohdetta")
        connection.commit()
        if sqlite:
            connection.invalidate()  # the next one is made with foreign keys on


run()
