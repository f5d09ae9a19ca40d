"""What is looked at in a register to know that it is whole: as a copy, as the one in use, as a restored one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.migration import MigrationContext
from flask import current_app
from sqlalchemy import func, inspect, select, table

from rekisteri.audit import anchors
from rekisteri.audit import service as audit
from rekisteri.audit.rules import Anchor
from rekisteri.backup import databases
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation


@contextmanager
def register_at(url: str, folder: Path) -> Iterator[None]:
    """The whole application on another database and another folder of keys and journals, for the length of a block."""
    from rekisteri import create_app

    other = create_app({"DATA": folder, "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": current_app.config["SECRET_KEY"]})
    with other.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def revision() -> str:
    """Which structure the database has."""
    return MigrationContext.configure(db.session.connection()).get_current_revision() or ""


def counts(names: Iterable[str] = ()) -> dict[str, int]:
    """How many rows each table has; of these tables only, if told: a release of another time may have had others."""
    there = set(inspect(db.session.connection()).get_table_names())
    wanted = there.intersection(names or (one.name for one in db.metadata.sorted_tables))
    return {name: db.session.scalar(select(func.count()).select_from(table(name))) or 0 for name in sorted(wanted)}


def faults(end: Anchor | None = None) -> list[str]:
    """Everything wrong with the register whose application is open, as sentences.

    :param end: where its log must at least reach.
    """
    found = faults_of_any_age(end)
    if broken := documents.broken():
        found.append(f"Asiakirjoista {len(broken)} ei vastaa tiivistettään: {', '.join(broken[:5])}.")
    return found


def faults_of_any_age(end: Anchor | None = None) -> list[str]:
    """The same, as far as it can be looked at before an older structure has been brought up to date."""
    found = list(databases.engine().faults())
    try:
        known = anchors.read_anchors(anchors.anchors_file())
    except RuleViolation as violation:
        found, known = [*found, violation.sentence], []
    if fault := audit.verify(known + ([end] if end and end.seq else [])):
        found.append(fault)
    return found
