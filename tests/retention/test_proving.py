"""After the destroying every byte is read for what went, and the book tells what came of it."""

import zlib
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from rekisteri.customers.models import ContactNote, Datum
from rekisteri.documents.models import DocumentSource
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction
from rekisteri.retention import proving, rules, service
from rekisteri.retention.models import Destruction
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk, make_note, make_person
from tests.documents.factories import add_paper, make_document
from tests.notice.factories import published
from tests.retention.factories import make_silent

TODAY = date(2026, 11, 24)
WORDS = "Kertoi vaarinsa soutaneen Kuurilan kosken yli vuonna 1953."


@pytest.fixture(autouse=True)
def today(freeze, app):
    freeze("2026-11-24")
    published()


def old_note(text=WORDS, person=None):
    note = make_note(person or make_person(), text).id
    with transaction():
        db.session.execute(update(ContactNote).where(ContactNote.id == note).values(happened_on=date(2020, 1, 1)))


def destroy(kind="notes"):
    clerk = make_clerk()
    with transaction():
        service.destroy_some(kind=kind, seen=service.last_day(kind, TODAY), by=clerk, on=TODAY)
    return line()


def line():
    db.session.rollback()
    return db.session.query(Destruction).order_by(Destruction.id.desc()).first()


def test_what_went_is_nowhere_and_the_book_says_so():
    old_note()
    made = destroy()
    assert (made.proof, proving.unproven()) == (None, [made.id])
    proving.prove_few()
    made = line()
    assert (made.proof["found"], made.proof["texts"], made.packed) == (0, 1, None)
    assert "vaarinsa" not in str(made.proof)
    assert rules.told(made.proof, waits=False).endswith("tekstejä 1, jäljellä ei yhtään")


def test_the_search_would_find_what_was_left_and_seeks_it_again(app):
    old_note()
    made = destroy()
    left = Path(app.config["DATA"]) / "vanha-vienti.csv"
    left.write_text(WORDS)
    proving.prove_few()
    made = line()
    assert (made.proof["found"], made.proof["where"]) == (1, {"tiedosto vanha-vienti.csv": 1})
    assert proving.unproven() == [made.id]
    assert "löytyi vielä 1 (tiedosto vanha-vienti.csv)" in rules.told(made.proof, waits=True)
    left.unlink()
    proving.prove_few()
    assert (line().proof["found"], proving.unproven()) == (0, [])


def test_the_same_words_may_stand_where_their_own_time_goes_on():
    old_note()
    make_case(content=WORDS)
    destroy()
    proving.prove_few()
    assert (line().proof["found"], line().proof["shared"]) == (0, 1)
    assert "muissa tiedoissa säilyy 1" in rules.told(line().proof, waits=False)


def test_words_in_a_paper_that_is_kept_are_no_leftover(app):
    old_note()
    add_paper(app)
    paper = make_document().id
    with transaction():
        db.session.get_one(DocumentSource, paper).content = f"<p>{WORDS}</p>".encode()
    destroy()
    proving.prove_few()
    assert (line().proof["found"], line().proof["shared"]) == (0, 1)


def test_former_values_and_people_are_sought_as_well():
    person = make_silent(street="Kuurilankoskentie 1953")
    with transaction():
        db.session.execute(
            update(Datum)
            .where(Datum.field == "street")
            .values(ended_at=now().replace(year=2020), ended_reason="Muuttanut")
        )
    clerk = make_clerk()
    destroy("past_data")
    with transaction():
        assert service.let_person_go(kind="customers", customer_id=person, by=clerk, on=TODAY)
    proving.prove_few()
    lines = db.session.query(Destruction).all()
    assert [(one.kind, one.proof["found"], one.packed) for one in lines] == [
        ("past_data", 0, None),
        ("customers", 0, None),
    ]
    assert all(one.proof["texts"] for one in lines)


def test_much_at_once_is_left_for_the_night(command, monkeypatch):
    monkeypatch.setattr(proving, "AT_ONCE", 2)
    person = make_person()
    for number in range(5):
        old_note(f"{WORDS} Kerta {number}, kuten ennenkin.", person)
    destroy()
    proving.prove_few()
    assert rules.told(line().proof, waits=True) == "Haetaan seuraavassa yöajossa"
    answer = command("retention", "run")
    assert answer.exit_code == 0, answer.output
    assert (line().proof["texts"], line().proof["found"], line().packed) == (5, 0, None)


def test_the_night_tells_of_what_it_finds(command, app):
    old_note()
    destroy()
    (Path(app.config["DATA"]) / "vanha-vienti.csv").write_text(WORDS)
    answer = command("retention", "run")
    assert answer.exit_code == 1
    assert "Hävitettyjä tietoja löytyi vielä: tiedosto vanha-vienti.csv." in answer.stderr


def test_what_waits_for_the_search_is_not_found_by_it():
    old_note()
    made = destroy()
    packed = db.session.get_one(Destruction, made.id).packed
    assert WORDS.encode() not in packed
    assert WORDS in zlib.decompress(packed).decode()


def test_a_kind_that_says_nothing_of_anybody_has_nothing_to_seek():
    assert rules.told(None, waits=False) == "Ei haettavia tekstejä"
