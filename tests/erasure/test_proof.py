"""The proof: after an erasure not one byte of the person is left anywhere, and the search finds what somebody forgot."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from rekisteri.audit import service as audit
from rekisteri.customers.importing.models import ImportPiece
from rekisteri.customers.importing.receiving import Received, pack, receive, unpack
from rekisteri.customers.models import Customer, Datum
from rekisteri.documents import destroying
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.erasure import finishing, places, proof, service
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.forgotten.journal import journal_file, replay
from rekisteri.forgotten.journal import read as read_journal
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.formats import fold
from rekisteri.settings import service as settings
from tests.customers.factories import make_person
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.erasure.factories import EMAIL, PERSON, STREET, WORDS, Desk, again, ask, close, erase, make_desk, propose
from tests.staff.factories import make_user

LEADING = [EMAIL, STREET, WORDS, "Äijä Örsfelt", "Örsfelt, Äijä", "+358449876501", "044 987 6501"]
"""Texts that lead to nobody else."""


def spelled(text: str) -> set[bytes]:
    """Written by hand, so that the search is not judged by itself."""
    return {one.encode(code) for one in (text, text.casefold(), fold(text)) for code in ("utf-8", "utf-16-le")}


def everything(app: Flask) -> dict[str, bytes]:
    """All files of the register, on PostgreSQL all rows as well."""
    db.session.rollback()
    found = {path.name: path.read_bytes() for path in Path(app.config["DATA"]).rglob("*") if path.is_file()}
    if places.is_sqlite():
        main = Path(str(db.engine.url.database))
        return found | {path.name: path.read_bytes() for path in main.parent.glob(f"{main.name}*") if path.is_file()}
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(text(f'SELECT t::text FROM "{table.name}" t')).scalars()
        found[table.name] = "\n".join(rows).encode()
    db.session.rollback()
    return found


def traces(app: Flask, *texts: str) -> set[tuple[str, str]]:
    """Which texts still stand in which file."""
    held = everything(app)
    return {(one, name) for one in texts for name, content in held.items() if any(s in content for s in spelled(one))}


def leave_a_file(desk: Desk) -> None:
    """An imported file of the day, in which the person stands on a row of its own that nobody has looked at."""
    rows = [[2, "Örsfelt", "Äijä", EMAIL], [3, "Kääpä", "Tuuli", "tuuli@lehto.example"]]
    file = Received("messut.csv", "0" * 64, "csv", "utf-8", ["Sukunimi", "Etunimi", "Sähköposti"], 2, [pack(rows)])
    with transaction():
        receive(file=file, source=desk.source, obtained_on=desk.case.received_on, by=desk.clerk)


@pytest.mark.promise("oikeus.unohdus")
def test_not_one_byte_of_the_person_is_left_when_the_letters_have_left(app: Flask) -> None:
    desk = make_desk()
    assert {one for one, _place in traces(app, *LEADING)} >= {EMAIL, STREET, WORDS}
    done = erase(desk)
    assert done.proof is not None
    assert (done.proof["found"], done.state) == (0, "answered")
    close(desk)
    finishing.carry_on(done.id)
    assert db.session.get_one(ErasureRound, done.id).state == "finished"
    assert traces(app, *LEADING) == set()
    assert audit.verify() is None


def test_before_the_letters_leave_only_they_hold_anything(app: Flask) -> None:
    desk = make_desk()
    erase(desk)
    papers = [paper.id for paper in documents.for_subject(again(desk).case.subject)]
    with transaction():
        destroying.destroy_papers(papers, today())
    places.settle()
    places.rewrite()
    assert traces(app, *LEADING) == set()


def test_the_row_of_an_imported_file_goes_and_the_others_in_it_stay(app: Flask) -> None:
    desk = make_desk()
    leave_a_file(desk)
    erase(desk)
    (packed,) = db.session.scalars(select(ImportPiece.rows))
    assert unpack(packed) == [[3, "Kääpä", "Tuuli", "tuuli@lehto.example"]]


def test_a_forgotten_copy_fails_the_proof_and_no_certificate_goes_out(app: Flask) -> None:
    desk = make_desk()
    copy = Path(app.config["DATA"]) / "muistiinpano.txt"
    copy.write_text(f"Soita: {EMAIL}", encoding="utf-8")
    done = erase(desk)
    assert done.state == "erased"
    assert done.proof is not None
    assert done.proof["where"] == {"tiedosto muistiinpano.txt": 1}
    assert (
        db.session.scalar(select(func.count()).select_from(Document).where(Document.kind == "erasure_certificate")) == 0
    )
    copy.unlink()
    finishing.carry_on(done.id)
    done = db.session.get_one(ErasureRound, done.id)
    assert done.state == "answered"
    assert done.certificate is not None


def test_a_copy_in_a_table_that_nobody_told_of_fails_the_proof(app: Flask) -> None:
    desk = make_desk()
    with transaction():
        db.session.execute(
            text("INSERT INTO submission (key, location, at) VALUES ('x', :said, :now)"),
            {"said": f"/x/{EMAIL}", "now": "2026-11-23 10:00:00"},
        )
    done = erase(desk)
    assert done.proof is not None
    assert done.proof["found"] == 1
    assert done.state == "erased"


def test_the_same_words_in_somebody_elses_data_are_no_leftover(app: Flask) -> None:
    desk = make_desk()
    make_person(last_name="Örsfeltinen", first_name="Tuuli", email="x" + EMAIL, phone="", street=STREET + "0")
    done = erase(desk)
    assert done.proof is not None
    assert (done.proof["found"], done.state) == (0, "answered")
    assert done.proof["shared"] > 0


def test_the_proof_tells_how_much_was_read_and_holds_none_of_the_texts(app: Flask) -> None:
    desk = make_desk()
    done = erase(desk)
    assert done.proof is not None
    assert done.proof["bytes"] > 10_000
    assert done.proof["texts"] >= 6
    assert not any(one in str(done.proof) for one in LEADING)


@pytest.mark.parametrize(
    ("when", "people", "state"), [("before the commit", 1, "proposed"), ("before the search", 0, "erased")]
)
def test_a_process_killed_in_the_middle_leaves_all_or_nothing(app: Flask, when: str, people: int, state: str) -> None:
    desk = make_desk()
    propose(desk)
    url = db.engine.url.render_as_string(hide_password=False)
    db.session.remove()
    run = [sys.executable, "-m", "tests.erasure.crashing", url, str(app.config["DATA"]), when]
    assert subprocess.run(run, check=False, capture_output=True, timeout=60).returncode == -9
    assert db.session.scalar(select(func.count()).select_from(Customer)) == people
    assert db.session.scalar(select(func.count()).select_from(Datum)) == 7 * people
    (done,) = db.session.scalars(select(ErasureRound))
    assert done.state == state
    assert audit.verify() is None


def test_what_a_killed_process_left_is_carried_on_to_its_end(app: Flask) -> None:
    desk = make_desk()
    propose(desk)
    url = db.engine.url.render_as_string(hide_password=False)
    db.session.remove()
    run = [sys.executable, "-m", "tests.erasure.crashing", url, str(app.config["DATA"]), "before the search"]
    subprocess.run(run, check=False, capture_output=True, timeout=60)
    (round_id,) = finishing.unfinished()
    finishing.carry_on(round_id)
    done = db.session.get_one(ErasureRound, round_id)
    assert done.state == "answered"
    assert done.certificate is not None
    assert done.certificate.addressee_lines[:2] == ["Äijä Örsfelt", STREET]


def test_a_restored_register_forgets_again(app: Flask) -> None:
    """The journal outside the database brings yesterday's backup to today."""
    desk = make_desk()
    erase(desk)
    journal = read_journal(journal_file())
    lost: Any = text("DELETE FROM erasure_entry")
    with transaction():
        db.session.execute(lost)
    back = make_person(**PERSON)
    told = next(iter(journal.entries.values()))
    told["customer"] = back.id
    assert replay(journal).erased == 1
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 0
    assert db.session.scalar(select(func.count()).select_from(Erasure)) == 1


def test_a_large_database_is_written_anew_at_night_and_only_then_is_the_certificate_given(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk()
    with transaction():
        db.session.execute(
            text("INSERT INTO submission (key, location, at) VALUES ('x', :said, :now)"),
            {"said": f"/x/{EMAIL}", "now": "2026-11-23 10:00:00"},
        )
    monkeypatch.setattr(proof, "LARGE", 0)
    done = erase(desk)
    assert done.proof is not None
    assert (done.state, done.proof["rewritten"], done.proof["postponed"]) == ("erased", False, places.is_sqlite())
    with transaction():
        db.session.execute(text("DELETE FROM submission WHERE key = 'x'"))
    finishing.carry_on(done.id, at_night=True)
    assert db.session.get_one(ErasureRound, done.id).state == "answered"


def test_two_of_one_family_are_erased_on_one_day_and_each_gets_a_certificate(app: Flask) -> None:
    desk = make_desk()
    spouse = make_person(**(PERSON | {"first_name": "Aino", "email": "aino@kaukola.example", "source": desk.source}))
    make_disclosure(spouse, desk.recipient, "last_name", "phone")
    case = ask(spouse, "erasure", by=desk.clerk)
    erase(desk)
    erasure = service.of_case(case, "erasure")
    assert erasure is not None
    done = erase(replace(desk, customer=spouse, case=case, erasure=erasure))
    assert done.proof is not None
    assert done.proof is not None
    assert (done.state, done.proof["found"], done.proof["shared"] > 0) == ("answered", 0, True)


@pytest.mark.parametrize("holder", ["user", "recipient", "settings"])
def test_words_of_the_companys_own_people_and_partners_are_nobodys_left_data(app: Flask, holder: str) -> None:
    desk = make_desk()
    if holder == "user":
        make_user("lukija", full_name="Äijä Örsfelt")
    elif holder == "recipient":
        make_recipient(name="Tmi Äijä Örsfelt")
    else:
        with transaction():
            change = {"contact_email": EMAIL}
            settings.change(changes=change, version=settings.current().version, by=desk.owner, on=today())
    done = erase(desk)
    assert done.proof is not None
    assert (done.state, done.proof["found"], done.proof["shared"] > 0) == ("answered", 0, True)
