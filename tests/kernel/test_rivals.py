"""Many at once: nothing is lost, nothing is done twice, nobody is told that the database is locked."""

import threading
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from rekisteri.kernel.db import NumberSeries, Submission, check_version, db, new_key, next_number, transaction
from rekisteri.kernel.errors import Conflict, Repeated, RuleViolation
from tests.kernel.notepad import Note, Tally
from tests.kernel.rivals import at_once
from tests.support.client import ReadingClient, filled_in


def notes() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Note.id))) or 0


def test_no_increment_is_lost_and_nobody_finds_the_database_locked(app: Flask) -> None:
    with transaction():
        db.session.add(Tally(id=1, count=0))

    def add_fifty(_person: int) -> None:
        for _ in range(50):
            with transaction():
                db.session.get(Tally, 1).count += 1

    assert at_once(app, add_fifty, people=4) == [None] * 4
    db.session.rollback()
    assert db.session.get(Tally, 1).count == 200


def test_numbers_have_neither_gaps_nor_doubles_although_some_transactions_fail(app: Flask) -> None:
    def take_ten(person: int) -> list[int]:
        taken = []
        for turn in range(10):
            try:
                with transaction():
                    number = next_number("KT", 2026)
                    if (person + turn) % 4 == 0:
                        raise RuleViolation("Peruttu.")
                taken.append(number)
            except RuleViolation:
                continue
        return taken

    results = at_once(app, take_ten, people=8)
    taken = sorted(number for numbers in results for number in numbers)
    assert taken == list(range(1, len(taken) + 1))
    assert len(taken) == 60
    assert db.session.get(NumberSeries, ("KT", 2026)).last == 60


def test_what_a_use_case_checks_is_still_true_when_it_is_saved(app: Flask) -> None:
    def take_the_only_place(_person: int) -> str:
        with transaction():
            if db.session.scalar(select(func.count(Note.id))):
                raise RuleViolation("Paikka on jo varattu.")
            db.session.add(Note(title="Varaus"))
        return "sai"

    results = at_once(app, take_the_only_place, people=6)
    assert results.count("sai") == 1
    assert sum(isinstance(result, RuleViolation) for result in results) == 5
    assert notes() == 1


def test_of_twenty_who_save_the_same_note_one_wins_and_the_others_are_told(app: Flask) -> None:
    with transaction():
        db.session.add(Note(id=1, title="Yhteinen"))

    def save(person: int) -> str:
        note = db.session.get(Note, 1)
        read_at = 1
        with transaction():
            check_version(note, read_at)
            note.title = f"Henkilön {person}"
        return note.title

    results = at_once(app, save, people=20)
    winners = [result for result in results if isinstance(result, str)]
    assert len(winners) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 19
    db.session.rollback()
    assert db.session.get(Note, 1).title == winners[0]
    assert db.session.get(Note, 1).version == 2


def test_the_same_key_used_at_once_has_one_effect(app: Flask) -> None:
    key = new_key()

    def send(_person: int) -> str:
        with transaction(once=key) as tx:
            db.session.add(Note(title="Kerran"))
            db.session.flush()
            tx.location = "/muistio/1"
        return tx.location

    results = at_once(app, send, people=10)
    assert results.count("/muistio/1") == 1
    assert [error.location for error in results if isinstance(error, Repeated)] == ["/muistio/1"] * 9
    assert notes() == 1
    assert db.session.scalar(select(func.count(Submission.key))) == 1


def test_ten_clicks_on_one_form_make_one_note_and_all_are_led_to_it(app: Flask, client: ReadingClient) -> None:
    page = client.get("/muistio/uusi")
    sent = filled_in(page.page.find("main").find("form")) | {"title": "Kahvia"}
    cookie = client.get_cookie("rekisteri")
    assert cookie is not None

    def click(_person: int) -> tuple[int, str]:
        desk: Any = app.test_client()
        desk.set_cookie("rekisteri", cookie.value)
        answer = desk.post("/muistio/uusi", data=sent)
        return answer.status_code, answer.location

    results = at_once(app, click, people=10)
    assert set(results) == {(303, "/muistio/1")}
    assert notes() == 1
    assert db.session.get(Note, 1).number == 1


def test_a_reader_neither_waits_for_a_writer_nor_sees_half_of_what_it_does(app: Flask) -> None:
    wrote, read = threading.Event(), threading.Event()

    def one(person: int) -> int | None:
        if person == 0:
            with transaction():
                db.session.add(Note(title="Kesken"))
                db.session.flush()
                wrote.set()
                assert read.wait(10), "the reader had to wait"
            return None
        assert wrote.wait(10)
        seen = notes()
        read.set()
        return seen

    assert at_once(app, one, people=2) == [None, 0]
    assert notes() == 1
