"""One transaction at the edge: all or nothing, and never twice."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text, update

from rekisteri.kernel.db import (
    NumberSeries,
    Submission,
    after_commit,
    check_version,
    db,
    new_key,
    next_number,
    transaction,
)
from rekisteri.kernel.errors import Conflict, Repeated, RuleViolation
from tests.kernel.notepad import CANARY, Note


def write(title: str, **rest: object) -> Note:
    with transaction():
        note = Note(title=title, **rest)
        db.session.add(note)
    return note


def titles() -> list[str]:
    db.session.rollback()
    return [note.title for note in db.session.query(Note).order_by(Note.id)]


def change_elsewhere(app: Flask, note_id: int, title: str) -> None:
    """What a colleague does at another desk meanwhile."""
    with app.app_context():
        with transaction():
            db.get_or_404(Note, note_id).title = title
        db.session.remove()


def test_what_a_transaction_did_is_there_afterwards(app: Flask) -> None:
    write("Kahvia")
    assert titles() == ["Kahvia"]


def test_a_transaction_that_fails_leaves_nothing_behind(app: Flask) -> None:
    def half_way() -> None:
        with transaction():
            db.session.add(Note(title="Puolikas"))
            db.session.flush()
            raise RuleViolation("Ei käy.")

    with pytest.raises(RuleViolation):
        half_way()
    assert titles() == []


def test_an_object_loaded_before_is_fresh_inside_the_transaction(app: Flask) -> None:
    note = write("Vanha")
    assert note.title == "Vanha"
    change_elsewhere(app, note.id, "Uusi")
    with transaction():
        seen = note.title
    assert seen == "Uusi"


def test_reading_sees_one_moment_although_others_write(app: Flask) -> None:
    note = write("Ennen")
    db.session.rollback()
    before = db.session.scalar(text("SELECT title FROM trial_note"))
    change_elsewhere(app, note.id, "Jälkeen")
    assert db.session.scalar(text("SELECT title FROM trial_note")) == before == "Ennen"


def test_a_transaction_inside_a_transaction_is_refused(app: Flask) -> None:
    def nested() -> None:
        with transaction():
            db.session.add(Note(title="Ulompi"))
            with transaction():
                db.session.add(Note(title="Sisempi"))

    with pytest.raises(RuntimeError, match="inside a transaction"):
        nested()
    assert titles() == []


def test_after_a_refused_nesting_the_next_transaction_works(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction(), transaction():
        pass
    write("Seuraava")
    assert titles() == ["Seuraava"]


def test_a_change_made_before_the_transaction_is_not_lost_in_silence(app: Flask) -> None:
    note = write("Otsikko")
    note.title = "Muutettu liian aikaisin"
    with pytest.raises(RuntimeError, match="before the transaction"), transaction():
        pass
    db.session.rollback()
    db.session.add(Note(title="Lisätty liian aikaisin"))
    with pytest.raises(RuntimeError, match="before the transaction"), transaction():
        pass


def test_a_save_over_somebody_elses_is_a_conflict(app: Flask) -> None:
    note = write("Alku")

    def overlapping() -> None:
        with transaction():
            assert note.title == "Alku"
            table = update(Note.__table__).values(title="Toisen", version=2)
            db.session.execute(table, execution_options={"synchronize_session": False})
            note.title = "Minun"

    with pytest.raises(Conflict):
        overlapping()
    assert titles() == ["Alku"]


def test_the_version_of_the_form_must_be_the_version_of_the_row(app: Flask) -> None:
    note = write("Alku")
    check_version(note, 1)
    with pytest.raises(Conflict) as refused:
        check_version(note, 7, theirs={"title": note.title})
    assert refused.value.theirs == {"title": "Alku"}
    assert refused.value.version == 1
    with pytest.raises(Conflict):
        check_version(note, None)


def test_each_change_is_a_new_version(app: Flask) -> None:
    note = write("Alku")
    with transaction():
        note.title = "Loppu"
    assert note.version == 2


def test_work_for_afterwards_is_done_after_the_commit(app: Flask) -> None:
    seen: list[object] = []
    with transaction():
        db.session.add(Note(title="Tallessa"))
        after_commit(lambda: seen.append(titles()))
        assert seen == []
    assert seen == [["Tallessa"]]


def test_work_for_afterwards_may_write_in_a_transaction_of_its_own(app: Flask) -> None:
    with transaction():
        db.session.add(Note(title="Ensin"))
        after_commit(lambda: write("Sitten") and None)
    assert titles() == ["Ensin", "Sitten"]


def test_work_for_afterwards_is_forgotten_when_the_transaction_fails(app: Flask) -> None:
    done: list[str] = []

    def failing() -> None:
        with transaction():
            after_commit(lambda: done.append("turhaan"))
            raise RuleViolation("Ei käy.")

    with pytest.raises(RuleViolation):
        failing()
    write("Toinen")
    assert done == []


def test_a_failure_afterwards_neither_undoes_nor_hides_what_was_saved(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def breaking() -> None:
        raise OSError(f"no paper for {CANARY}")

    with transaction():
        db.session.add(Note(title="Tallessa"))
        after_commit(breaking)
        after_commit(lambda: done.append("seuraava"))
    assert titles() == ["Tallessa"]
    assert done == ["seuraava"]
    assert "OSError" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.parametrize("careless", [lambda: after_commit(lambda: None), lambda: next_number("note", 2026)])
def test_what_belongs_inside_a_transaction_is_refused_outside(app: Flask, careless: Callable[[], object]) -> None:
    with pytest.raises(RuntimeError, match="belongs inside a transaction"):
        careless()


def test_the_same_form_is_done_once_and_leads_to_the_first_ones_result(app: Flask) -> None:
    key = new_key()
    with transaction(once=key) as tx:
        db.session.add(Note(title="Kerran"))
        tx.location = "/muistio/1"
    with pytest.raises(Repeated) as again, transaction(once=key):
        db.session.add(Note(title="Toistamiseen"))
    assert again.value.location == "/muistio/1"
    assert titles() == ["Kerran"]


def test_a_form_that_failed_may_be_sent_again(app: Flask) -> None:
    key = new_key()
    with pytest.raises(RuleViolation), transaction(once=key):
        raise RuleViolation("Korjaa tämä.")
    with transaction(once=key):
        db.session.add(Note(title="Korjattu"))
    assert titles() == ["Korjattu"]


def test_keys_of_forms_are_never_alike_and_fit_their_column(app: Flask) -> None:
    keys = {new_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(len(key) <= Submission.__table__.c.key.type.length for key in keys)


def test_numbers_run_from_one_for_each_series_and_year(app: Flask) -> None:
    with transaction():
        given = [next_number("KT", 2026), next_number("KT", 2026), next_number("KT", 2027), next_number("asia", 2026)]
    assert given == [1, 2, 1, 1]


def test_a_number_of_a_failed_transaction_is_given_to_the_next(app: Flask) -> None:
    def take(*, fails: bool = False) -> int:
        with transaction():
            number = next_number("KT", 2026)
            if fails:
                raise RuleViolation(f"Numeroa {number} ei käytetty.")
        return number

    assert take() == 1
    with pytest.raises(RuleViolation, match="Numeroa 2"):
        take(fails=True)
    assert take() == 2
    assert db.session.get(NumberSeries, ("KT", 2026)).last == 2
