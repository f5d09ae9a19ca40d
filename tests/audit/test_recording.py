"""What is recorded: ids and typed facts, with the transaction that they tell of or not at all."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.audit.factories import BARE, CODED, TRIED, Somebody, write_log

pytestmark = pytest.mark.promise("gdpr.osoitusvelvollisuus")
CODES: dict[str, Any] = {"kind": "letter", "fields": ["last_name", "email"], "with_scan": True, "number": 7}


def rows() -> list[AuditEvent]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq)))


def test_who_did_what_to_whom_and_when_can_be_shown_afterwards(app: Flask, freeze: Any) -> None:
    freeze("2026-11-23")
    with transaction():
        audit.record(CODED, subject="customer:7", by=Somebody(3), **CODES)
    (row,) = rows()
    assert (row.seq, row.event, row.subject, row.actor_id, row.facts) == (1, "trial.coded", "customer:7", 3, CODES)
    assert row.at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert audit.label(row.event) == "koodattu"


def test_what_the_program_does_by_itself_has_no_actor(app: Flask) -> None:
    with transaction():
        audit.record(BARE, subject="register:1")
    assert rows()[0].actor_id is None


def test_rows_of_one_transaction_follow_each_other_in_order(app: Flask) -> None:
    with transaction():
        for number in range(5):
            audit.record(TRIED, subject="trial:1", count=number)
    assert [(row.seq, row.facts["count"]) for row in rows()] == [(1, 0), (2, 1), (3, 2), (4, 3), (5, 4)]
    assert audit.verify() is None


def test_a_transaction_that_fails_leaves_no_row_and_no_gap(app: Flask) -> None:
    write_log(2)

    def failing() -> None:
        with transaction():
            audit.record(BARE, subject="trial:1")
            raise RuleViolation("Ei käy.")

    with pytest.raises(RuleViolation):
        failing()
    write_log(1)
    assert [row.seq for row in rows()] == [1, 2, 3]
    assert audit.verify() is None


def test_a_row_that_cannot_be_appended_undoes_what_it_would_tell_of(app: Flask, monkeypatch: Any) -> None:
    write_log(1)
    app.extensions.pop("audit_key")
    (app.config["DATA"] / "audit.key").unlink()

    def unlogged() -> None:
        with transaction():
            db.session.execute(db.text("INSERT INTO number_series (name, year, last) VALUES ('koe', 2026, 1)"))
            audit.record(BARE, subject="trial:1")

    with pytest.raises(RuntimeError, match=r"avain audit\.key puuttuu"):
        unlogged()
    assert db.session.scalar(db.text("SELECT count(*) FROM number_series WHERE name = 'koe'")) == 0
    assert len(rows()) == 1


def test_recording_outside_a_transaction_is_refused(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="belongs inside a transaction"):
        audit.record(BARE, subject="trial:1")


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"number": 7},
        CODES | {"name": "x"},
        CODES | {"number": "7"},
        CODES | {"number": True},
        CODES | {"number": 7.5},
        CODES | {"with_scan": 1},
        CODES | {"fields": ("email",)},
        CODES | {"fields": "email"},
        CODES | {"kind": 7},
        CODES | {"kind": date(2026, 1, 1)},
        CODES | {"fields": [["email"]]},
        CODES | {"fields": [{"email": "x"}]},
        CODES | {"fields": [1.5]},
    ],
)
def test_the_facts_must_be_exactly_those_declared_and_of_their_types(app: Flask, facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must be|holds a"), transaction():
        audit.record(CODED, subject="trial:1", **facts)
    assert rows() == []


@pytest.mark.parametrize(
    "personal",
    [
        "Maija Virtanen",
        "Virtanen",
        "VIRTANEN",
        "maija.virtanen@yritys.fi",
        "Mäkitie 4 A 3",
        "mäkitie",
        "+358415058567",
        "041 505 8567",
        "muutti kotiin",
        "131052-308T",
        "x" * 81,
        "a\nb",
        "<b>",
    ],
)
def test_a_text_that_could_be_personal_is_refused_also_inside_a_list(app: Flask, personal: str) -> None:
    for facts in (CODES | {"kind": personal}, CODES | {"fields": ["email", personal]}):
        with pytest.raises(ValueError, match="must be a code"), transaction():
            audit.record(CODED, subject="trial:1", **facts)
    assert rows() == []


@pytest.mark.parametrize(
    "code", ["letter", "2026/0007-2", "KT 2026/0003", "2026-11-23", "application/pdf", "a" * 64, ""]
)
def test_codes_dates_numbers_and_hashes_are_taken(app: Flask, code: str) -> None:
    with transaction():
        audit.record(CODED, subject="trial:1", **CODES | {"kind": code})
    assert rows()[0].facts["kind"] == code


def test_a_fact_may_be_unknown(app: Flask) -> None:
    with transaction():
        audit.record(CODED, subject="trial:1", kind=None, fields=[], with_scan=None, number=None)
    assert audit.verify() is None


@pytest.mark.parametrize(
    "subject", ["", "7", "customer", "customer:", ":7", "Customer:7", "customer:Maija", "a b:1", "x:" + "9" * 60]
)
def test_a_subject_is_a_room_and_an_id(app: Flask, subject: str) -> None:
    with pytest.raises(ValueError, match="room:id"), transaction():
        audit.record(BARE, subject=subject)


@pytest.mark.parametrize("somebody", [Somebody(None), Somebody("maija")])
def test_somebody_without_an_id_is_not_taken_for_the_program(app: Flask, somebody: Somebody) -> None:
    with pytest.raises(ValueError, match="no id yet"), transaction():
        audit.record(BARE, subject="trial:1", by=somebody)


def test_an_event_that_nobody_declared_cannot_be_recorded(app: Flask) -> None:
    with pytest.raises(KeyError), transaction():
        audit.record("trial.undeclared", subject="trial:1")


def test_an_event_is_declared_once_and_takes_only_types_that_hold_no_person() -> None:
    assert audit.event("trial.tried", "kokeiltu", fields={"count": int}) == TRIED
    with pytest.raises(ValueError, match="declared twice"):
        audit.event("trial.tried", "kokeiltu", fields={"count": str})
    with pytest.raises(ValueError, match="must be one of"):
        audit.event("trial.free", "vapaa", fields={"what": dict})


def test_an_event_of_a_room_that_is_gone_is_shown_by_its_name() -> None:
    assert audit.label("gone.away") == "gone.away"


def test_the_key_is_made_with_the_first_row_for_this_user_only(app: Flask) -> None:
    key = app.config["DATA"] / "audit.key"
    assert not key.exists()
    write_log(1)
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 64


def test_a_spoilt_key_is_not_used(app: Flask) -> None:
    (app.config["DATA"] / "audit.key").write_bytes(b"short")
    with pytest.raises(RuntimeError, match="vioittunut"):
        write_log(1)
    assert rows() == []
