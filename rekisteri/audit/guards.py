"""Triggers that keep the processing log from being changed by a slip or by a statement typed at a prompt.

Rows are added and never changed or replaced, and only those before the sealed start are taken away; the head and the start
move only forward (GDPR art. 5(2), 32). Whoever may drop a trigger may get past it: that is what the chain, the seal and the
anchors are for.
"""

from typing import Any

from sqlalchemy import DDL, Connection, Table, event, text

KEPT = "Käsittelylokin riviä ei muuteta eikä poisteta."
FORWARD = "Käsittelylokin loppu siirtyy vain eteenpäin."
START = "Käsittelylokin alku siirtyy vain eteenpäin."

_ABORT = "BEGIN SELECT RAISE(ABORT, '{}'); END"
_TAKEN = "EXISTS (SELECT 1 FROM audit_event WHERE seq = NEW.seq)"
_SEALED = "coalesce((SELECT max(seq) FROM audit_start), 0)"
_TABLES = {
    "audit_event": {
        "sqlite": {
            "audit_event_no_update": "BEFORE UPDATE ON audit_event " + _ABORT.format(KEPT),
            "audit_event_no_delete": f"BEFORE DELETE ON audit_event WHEN OLD.seq > {_SEALED} " + _ABORT.format(KEPT),
            "audit_event_no_replace": f"BEFORE INSERT ON audit_event WHEN {_TAKEN} " + _ABORT.format(KEPT),
        },
        "postgresql": {
            "audit_event_no_change": "BEFORE UPDATE ON audit_event"
            f" FOR EACH ROW EXECUTE FUNCTION audit_refuse('{KEPT}')",
            "audit_event_no_delete": "BEFORE DELETE ON audit_event"
            f" FOR EACH ROW EXECUTE FUNCTION audit_refuse_unsealed('{KEPT}')",
            "audit_event_no_truncate": "BEFORE TRUNCATE ON audit_event"
            f" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('{KEPT}')",
        },
    },
    "audit_head": {
        "sqlite": {
            "audit_head_no_delete": "BEFORE DELETE ON audit_head " + _ABORT.format(FORWARD),
            "audit_head_no_return": "BEFORE UPDATE ON audit_head WHEN NEW.seq <= OLD.seq " + _ABORT.format(FORWARD),
        },
        "postgresql": {
            "audit_head_no_delete": "BEFORE DELETE ON audit_head"
            f" FOR EACH ROW EXECUTE FUNCTION audit_refuse('{FORWARD}')",
            "audit_head_no_return": "BEFORE UPDATE ON audit_head FOR EACH ROW WHEN (NEW.seq <= OLD.seq)"
            f" EXECUTE FUNCTION audit_refuse('{FORWARD}')",
            "audit_head_no_truncate": "BEFORE TRUNCATE ON audit_head"
            f" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('{FORWARD}')",
        },
    },
    "audit_start": {
        "sqlite": {
            "audit_start_no_delete": "BEFORE DELETE ON audit_start " + _ABORT.format(START),
            "audit_start_no_return": "BEFORE UPDATE ON audit_start WHEN NEW.seq <= OLD.seq " + _ABORT.format(START),
        },
        "postgresql": {
            "audit_start_no_delete": "BEFORE DELETE ON audit_start"
            f" FOR EACH ROW EXECUTE FUNCTION audit_refuse('{START}')",
            "audit_start_no_return": "BEFORE UPDATE ON audit_start FOR EACH ROW WHEN (NEW.seq <= OLD.seq)"
            f" EXECUTE FUNCTION audit_refuse('{START}')",
            "audit_start_no_truncate": "BEFORE TRUNCATE ON audit_start"
            f" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('{START}')",
        },
    },
}
_REFUSE = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END $$"
)
_REFUSE_UNSEALED = (
    "CREATE OR REPLACE FUNCTION audit_refuse_unsealed() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN IF OLD.seq > {_SEALED} THEN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END IF; RETURN OLD; END $$"
)


def statements(dialect: str, *tables: str) -> list[str]:
    """The statements that set the guards of these tables (all by default), for a migration as well."""
    chosen = tables or tuple(_TABLES)
    triggers = [
        f"CREATE TRIGGER {name} {body}" for table in chosen for name, body in _TABLES[table].get(dialect, {}).items()
    ]
    return [_REFUSE, _REFUSE_UNSEALED, *triggers] if dialect == "postgresql" else triggers


def names(dialect: str) -> list[tuple[str, str]]:
    """Each guard's table and name."""
    return [(table, name) for table, guards in _TABLES.items() for name in guards.get(dialect, {})]


def missing(connection: Connection) -> list[str]:
    """The guards that are not in their places, by name; none when all is well."""
    dialect = connection.dialect.name
    source = "sqlite_master WHERE type = 'trigger'" if dialect == "sqlite" else "pg_trigger WHERE tgenabled <> 'D'"
    column = "name" if dialect == "sqlite" else "tgname"
    there = set(connection.scalars(text(f"SELECT {column} FROM {source}")))  # noqa: S608 - our own two words
    return [name for _table, name in names(dialect) if name not in there]


def guard(table: Table) -> None:
    """Set the guards whenever this table is created from the models."""

    @event.listens_for(table, "after_create")
    def set_guards(_table: Table, connection: Connection, **_options: Any) -> None:
        for statement in statements(connection.dialect.name, table.name):
            connection.execute(DDL(statement.replace("%", "%%")))
