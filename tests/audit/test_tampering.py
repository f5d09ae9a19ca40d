"""Tampering with the log in the database itself is refused, and found when somebody gets past the guards."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from rekisteri.audit import guards
from rekisteri.audit import service as audit
from rekisteri.audit.anchors import anchors_file as kept
from rekisteri.audit.anchors import read_anchors, write_anchor
from rekisteri.audit.rules import FIRST
from rekisteri.kernel.db import db
from tests.audit.factories import take_a_guard_away, tamper, write_log

COPY = (
    "INSERT INTO audit_event (seq, at, actor_id, event, subject, facts, previous, hash) "
    "SELECT {seq}, at, actor_id, event, subject, facts, previous, hash FROM audit_event WHERE seq = 4"
)
EDITED = "Lokin riviä 4 on muutettu."


def test_the_guards_stand_in_the_database_as_it_is_taken_into_use(app: Flask) -> None:
    assert guards.missing(db.session.connection()) == []


def test_a_guard_that_was_taken_away_is_missed(app: Flask) -> None:
    name = take_a_guard_away()
    assert guards.missing(db.session.connection()) == [name]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET subject = 'customer:8' WHERE seq = 2",
        "UPDATE audit_event SET seq = 9 WHERE seq = 4",
        "DELETE FROM audit_event WHERE seq = 2",
        "DELETE FROM audit_event",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET seq = 2",
        "UPDATE audit_head SET hash = '0'",
    ],
)
def test_the_database_refuses_to_change_what_was_logged(app: Flask, statement: str) -> None:
    write_log(4)
    with pytest.raises(DBAPIError, match="Käsittelylokin"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert audit.verify() is None
    assert audit.head().seq == 4


def test_a_row_cannot_be_put_in_anothers_place(app: Flask) -> None:
    write_log(4)
    of_kind = {
        "sqlite": COPY.format(seq=2).replace("INSERT", "INSERT OR REPLACE"),
        "postgresql": COPY.format(seq=2) + " ON CONFLICT (seq) DO UPDATE SET hash = excluded.hash",
    }
    with pytest.raises(DBAPIError, match="Käsittelylokin"):
        db.session.execute(text(of_kind[db.engine.dialect.name]))
    db.session.rollback()
    assert audit.verify() is None


def test_the_log_cannot_be_emptied_at_a_stroke(app: Flask) -> None:
    write_log(4)
    stroke = {"sqlite": "DELETE FROM audit_event", "postgresql": "TRUNCATE audit_event"}
    with pytest.raises(DBAPIError, match="Käsittelylokin"):
        db.session.execute(text(stroke[db.engine.dialect.name]))
    db.session.rollback()
    assert audit.verify() is None


@pytest.mark.parametrize("rows", [0, 1, 6])
def test_an_untouched_log_raises_no_alarm(app: Flask, rows: int) -> None:
    write_log(rows)
    write_anchor()
    assert audit.verify(read_anchors(kept())) is None


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE audit_event SET subject = 'trial:2' WHERE seq = 4", EDITED),
        ("UPDATE audit_event SET event = 'trial.bare' WHERE seq = 4", EDITED),
        ("UPDATE audit_event SET actor_id = 7 WHERE seq = 4", EDITED),
        ("UPDATE audit_event SET at = '2026-01-01 10:00:00' WHERE seq = 4", EDITED),
        ("""UPDATE audit_event SET facts = '{"count": 99}' WHERE seq = 4""", EDITED),
        ("UPDATE audit_event SET facts = '[]' WHERE seq = 4", EDITED),
        ("UPDATE audit_event SET facts = '7' WHERE seq = 4", EDITED),
        ("UPDATE audit_event SET hash = previous WHERE seq = 4", EDITED),
        ("DELETE FROM audit_event WHERE seq = 4", "Lokista puuttuu rivi 4."),
        ("DELETE FROM audit_event WHERE seq = 1", "Lokista puuttuu rivi 1."),
        ("DELETE FROM audit_event WHERE seq > 4", "Lokin lopusta on poistettu tai lisätty rivejä rivin 4 jälkeen."),
        ("DELETE FROM audit_event", "Lokin lopusta on poistettu tai lisätty rivejä rivin 0 jälkeen."),
        ("DELETE FROM audit_head", "Lokin lopusta on poistettu tai lisätty rivejä rivin 0 jälkeen."),
        ("UPDATE audit_head SET seq = 5", "Lokin lopusta on poistettu tai lisätty rivejä rivin 5 jälkeen."),
        (COPY.format(seq=7), "Lokin riviä 7 on muutettu."),
        (COPY.format(seq=0), "Lokiin on lisätty rivi 0."),
    ],
)
def test_each_kind_of_tampering_is_found_and_named(app: Flask, statement: str, sentence: str) -> None:
    write_log(6)
    tamper(statement)
    assert audit.verify() == sentence


def test_two_rows_that_changed_places_are_found(app: Flask) -> None:
    write_log(6)
    places = [(3, -3), (4, 3), (-3, 4)]
    tamper(*(f"UPDATE audit_event SET seq = {to} WHERE seq = {seq}" for seq, to in places))
    assert audit.verify() == "Lokin riviä 3 on muutettu."


def test_the_tail_taken_away_with_the_head_set_back_shows_against_the_anchors(app: Flask) -> None:
    write_log(6)
    write_anchor()
    tamper(
        "DELETE FROM audit_event WHERE seq > 4",
        "UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit_event WHERE seq = 4)",
    )
    assert audit.verify() is None
    assert audit.verify(read_anchors(kept())) == (
        "Lokin lopusta on poistettu rivejä: rivi 6 on otettu talteen, mutta sitä ei enää ole."
    )


def test_everything_taken_away_shows_against_the_anchors(app: Flask) -> None:
    write_log(3)
    write_anchor()
    tamper("DELETE FROM audit_event", f"UPDATE audit_head SET seq = 0, hash = '{FIRST}'")
    assert audit.verify() is None
    assert "rivi 3 on otettu talteen" in (audit.verify(read_anchors(kept())) or "")


def test_a_log_that_goes_on_after_tampering_still_names_the_tampered_row(app: Flask) -> None:
    write_log(3)
    tamper("UPDATE audit_event SET subject = 'trial:2' WHERE seq = 2")
    write_log(3)
    assert audit.verify() == "Lokin riviä 2 on muutettu."


def test_a_lost_key_is_said_and_not_replaced(app: Flask) -> None:
    write_log(2)
    (app.config["DATA"] / "audit.key").unlink()
    app.extensions.pop("audit_key")
    assert audit.verify() == "Käsittelylokin avain audit.key puuttuu. Palauta se varmuuskopiosta."
    assert not (app.config["DATA"] / "audit.key").exists()


@pytest.mark.parametrize(
    "garbage",
    [
        {"sqlite": "facts = '{\"count\": '", "postgresql": "facts = 'null'"},
        {"sqlite": "facts = ''", "postgresql": "facts = '[[1, 2, 3]]'"},
        {"sqlite": "at = 'eilen'", "postgresql": "at = 'infinity'"},
        {"sqlite": "hash = x'00ff'", "postgresql": "hash = 'ÿ'"},
        {"sqlite": "event = 7", "postgresql": "event = '7'"},
    ],
)
def test_garbage_in_a_row_is_named_and_not_stumbled_over(app: Flask, garbage: dict[str, str]) -> None:
    write_log(6)
    tamper(f"UPDATE audit_event SET {garbage[db.engine.dialect.name]} WHERE seq = 4")
    assert audit.verify() == EDITED


def test_a_database_that_is_broken_is_said_to_be_so(app: Flask) -> None:
    write_log(2)
    tamper("ALTER TABLE audit_event RENAME COLUMN facts TO gone")
    assert audit.verify() == "Lokia ei voi lukea loppuun: tietokanta on vioittunut."
