"""The oldest rows of the log go when their time has passed, and what is left can still be verified."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from rekisteri.audit import service as audit
from rekisteri.audit.anchors import anchors_file, read_anchors, write_anchor
from rekisteri.audit.models import AuditEvent
from rekisteri.forgotten import bars
from rekisteri.kernel.db import db, transaction
from tests.audit.factories import tamper, write_log
from tests.support.commands import CommandLine


def let_go(last: int) -> None:
    with transaction():
        audit.let_go(last)


def rows() -> list[int]:
    return sorted(db.session.scalars(db.select(AuditEvent.seq)))


def test_the_log_is_whole_after_its_oldest_rows_went_and_goes_on(app: Flask) -> None:
    write_log(4)
    write_anchor()
    write_log(2)
    write_anchor()
    let_go(4)
    let_go(5)
    write_log(2)
    assert rows() == [6, 7, 8]
    assert (audit.gone(), audit.verify(read_anchors(anchors_file()))) == (5, None)


def test_all_of_it_may_go_and_it_goes_on_from_there(app: Flask) -> None:
    write_log(3)
    let_go(3)
    assert (rows(), audit.verify()) == ([], None)
    write_log(1)
    assert (rows(), audit.verify()) == ([4], None)


def test_the_register_is_known_by_its_first_row_also_when_that_has_gone(app: Flask) -> None:
    write_log(3)
    known = bars.register_id()
    let_go(2)
    let_go(3)
    assert bars.register_id() == known


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_event WHERE seq = 3",
        "DELETE FROM audit_event",
        "DELETE FROM audit_start",
        "UPDATE audit_start SET seq = 1",
        "UPDATE audit_start SET hash = '0'",
    ],
)
def test_the_database_refuses_to_let_more_go_than_was_sealed(app: Flask, statement: str) -> None:
    write_log(4)
    let_go(2)
    with pytest.raises(DBAPIError, match="Käsittelylokin"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert (rows(), audit.verify()) == ([3, 4], None)


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["UPDATE audit_start SET seq = 3", "DELETE FROM audit_event WHERE seq = 3"], "Lokin alun sinetti ei ole aito (rivit 1–3)."),
        (["DELETE FROM audit_start"], "Lokista puuttuu rivi 1."),
        (["DELETE FROM audit_event WHERE seq = 3"], "Lokista puuttuu rivi 3."),
    ],
)  # fmt: skip
def test_rows_taken_away_without_the_key_are_missed(app: Flask, statements: list[str], sentence: str) -> None:
    write_log(4)
    let_go(2)
    tamper(*statements)
    assert audit.verify() == sentence


def test_the_command_tells_what_has_gone(app: Flask, command: CommandLine) -> None:
    write_log(4)
    let_go(3)
    told = command("audit", "verify").output
    assert "Loki on ehjä: rivejä 1," in told
    assert "Rivit 1–3 on hävitetty, koska niiden säilytysaika on päättynyt." in told
    assert "Käsittelyloki on ehjä (1 riviä)." in command("check").output
