"""Marks: an erased person is recognised, and nobody can tell from the marks who it was."""

from datetime import date

import pytest
from sqlalchemy import func, select, text

from rekisteri.forgotten import keys, service
from rekisteri.forgotten.models import Mark
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.forgotten.factories import MAIJA, data, forget, undone


def known(**values: str):
    return service.recognised("person", values)


@pytest.mark.promise("oikeus.unohdus")
def test_an_erased_person_is_recognised_by_any_of_the_data(app):
    forget()
    assert known(email="MAIJA.MAKINEN@esimerkki.fi").bases == ("email",)
    assert known(phone="041 505 8567").bases == ("phone",)
    assert known(last_name="Makinen", first_name="maija", postcode="00100").bases == ("place",)
    assert known(**MAIJA).bases == ("email", "phone", "address", "place")


def test_nobody_else_is_recognised(app):
    assert known(**MAIJA) is None, "nobody has been erased yet"
    forget()
    assert known(last_name="Aho", first_name="Aino", email="aino@esimerkki.fi", postcode="00100") is None
    assert known() is None


def test_many_are_asked_of_at_once_and_answered_in_their_order(app, listen):
    forget()
    asked = []
    rows = [("person", {"email": f"n{number}@esimerkki.fi"}) for number in range(400)]
    rows[7] = rows[399] = ("person", MAIJA)
    listen("before_cursor_execute", lambda *event: asked.append(event[2]))
    found = service.recognised_among(rows)
    assert [place for place, one in enumerate(found) if one] == [7, 399]
    assert len([statement for statement in asked if "forgotten_mark" in statement]) <= 3


def test_whether_marketing_was_forbidden_is_remembered_and_never_forgotten(app):
    forget(forbidden=True)
    assert known(**MAIJA).forbidden
    forget(forbidden=False)
    assert known(**MAIJA).forbidden
    forget({"email": "aino@esimerkki.fi"})
    assert not known(email="aino@esimerkki.fi").forbidden


def test_the_database_and_the_journal_hold_nothing_of_the_person(app):
    forget()
    stored = repr(db.session.execute(select(Mark.mark, Mark.forbidden, Mark.since)).all())
    stored += (data() / "erasures.jsonl").read_text()
    for value in MAIJA.values():
        assert value.lower() not in stored.lower()


def test_nothing_tells_which_marks_are_of_one_person(app):
    forget()
    forget({"email": "aino@esimerkki.fi", "phone": "0401234567"}, on=date(2026, 3, 28))
    assert {column.name for column in Mark.__table__.columns} == {"mark", "forbidden", "since"}
    assert set(db.session.scalars(select(Mark.since))) == {date(2026, 3, 1)}
    if db.engine.dialect.name == "sqlite":
        stored = list(db.session.scalars(text("SELECT mark FROM forgotten_mark")))
        assert stored == sorted(stored), "rows lie in the order of their hashes, not of their coming"


def test_the_same_data_make_other_marks_in_another_register(app):
    forget()
    first = set(db.session.scalars(select(Mark.mark)))
    db.session.rollback()
    with transaction():
        db.session.execute(Mark.__table__.delete())
    keys.key_file().unlink()
    forget()
    assert first.isdisjoint(db.session.scalars(select(Mark.mark)))


def test_the_key_is_made_with_the_first_mark_and_only_for_this_user(app):
    assert not keys.key_file().exists()
    forget()
    assert keys.key_file().stat().st_mode & 0o077 == 0
    made = keys.key_file().read_bytes()
    forget({"email": "aino@esimerkki.fi"})
    assert keys.key_file().read_bytes() == made


@pytest.mark.parametrize("content", [None, b"", b"too short", b"0123456789abcdef" * 4])
def test_with_a_lost_or_a_wrong_key_nobody_is_passed_over_in_silence(app, content):
    forget()
    keys.key_file().unlink()
    if content is not None:
        keys.key_file().write_bytes(content)
    with pytest.raises(RuleViolation, match=r"forgotten\.key puuttuu tai on väärä"):
        known(**MAIJA)
    with pytest.raises(RuleViolation, match=r"forgotten\.key"):
        forget({"email": "aino@esimerkki.fi"})


def test_a_damaged_key_is_not_taken_for_the_first_mark(app):
    keys.key_file().write_bytes(b"short")
    with pytest.raises(RuleViolation, match=r"forgotten\.key"):
        forget()


def test_marking_belongs_inside_the_transaction_that_erases(app):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        service.remember(MAIJA.items(), forbidden=False, on=date(2026, 3, 5))


def test_a_rolled_back_erasure_leaves_no_mark_and_no_line(app):
    undone(lambda: service.remember(MAIJA.items(), forbidden=True, on=date(2026, 3, 5)))
    assert db.session.scalar(select(func.count()).select_from(Mark)) == 0
    assert not (data() / "erasures.jsonl").exists()
    assert known(**MAIJA) is None


def test_a_person_of_whom_there_was_next_to_nothing_can_be_erased(app):
    assert forget({"last_name": "Aho"}) == 0
    assert known(last_name="Aho") is None
