"""What was accepted is seen all at once, or not at all; what somebody changed meanwhile is not overwritten."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import search, service
from rekisteri.customers.importing import entering, receiving, steps
from rekisteri.customers.importing.columns import Reading
from rekisteri.customers.importing.models import ImportBatch, ImportPiece, ImportRow
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings import periods
from tests.customers.factories import make_clerk, make_organisation, make_person
from tests.customers.importing.factories import AINO, BERTTA, HEADER, checked, enter, received, rows_of, run

NEW_PHONE = "Virtanen;Maija;maija.virtanen@esimerkki.fi;050 555 1234;;;"
ROOT = Path(__file__).resolve().parents[3]


def names() -> list[str]:
    return [customer.display_name for customer in search.page().rows]


def hidden() -> int:
    return db.session.scalar(select(func.count()).select_from(Customer).filter_by(state="incoming"))


def test_new_customers_come_with_their_source_day_and_clerk(app):
    batch = enter(checked(AINO, BERTTA, obtained_on=date(2026, 2, 1)))

    assert (batch.state, names()) == ("done", ["Aho, Aino", "Öhman, Bertta"])
    datum = service.current(search.page().rows[0])["email"]
    assert (datum.value, datum.obtained_on, datum.entered_by.username) == (
        "aino.aho@esimerkki.fi",
        date(2026, 2, 1),
        "kirjaaja",
    )
    assert datum.source.key == "self"


def test_the_log_tells_the_numbers_and_no_names(app):
    make_person()
    enter(checked(AINO, NEW_PHONE, "Ei;Kelpaa;x;;;;"))
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event.event == "import.entered"
    assert {name: event.facts[name] for name in ("new", "changed", "refused", "stale")} == {
        "new": 1, "changed": 1, "refused": 1, "stale": 0,
    }  # fmt: skip


def test_a_change_keeps_the_old_value_with_its_end(app):
    maija = make_person()
    batch = checked(NEW_PHONE, obtained_on=date(2026, 6, 1))
    version = service.find(maija.id).version
    enter(batch)

    customer = service.find(maija.id)
    old, new = [datum for datum in service.history(customer) if datum.field == "phone"]
    assert (old.value, old.ended_reason, old.ended_by.username) == ("+358415058567", entering.REASON, "kirjaaja")
    assert (new.value, new.replaces_id, new.obtained_on, new.match) == (
        "+358505551234",
        old.id,
        date(2026, 6, 1),
        "+358505551234",
    )
    assert customer.contact.startswith("050 555 1234")
    assert customer.version > version
    assert service.current(customer)["street"].value == "Mäkitie 4 A 3"
    assert [row.id for row in search.search("0505551234")] == [maija.id]


def test_people_and_organisations_of_one_file_are_linked(app):
    waiting = make_person(first_name="Vanha", organisation="Oy Malli Ab")
    header = "Laji;Yritys;Sukunimi;Etunimi"
    enter(checked("Henkilö;Oy Malli Ab;Aho;Aino", "Yhteisö;Oy Malli Ab;;", header=header))

    firm = next(row for row in search.page().rows if row.kind == "organisation")
    assert {row.full_name for row in search.people_of(firm)} == {"Aino Aho", "Vanha Virtanen"}
    assert service.find(waiting.id).organisation_id == firm.id


def test_a_changed_employer_is_linked_and_a_renamed_firm_finds_its_people(app):
    old = make_organisation("Vanha Oy", business_id="0201256-6")
    maija, matti = make_person(organisation="Vanha Oy"), make_person(first_name="Matti", organisation="Uusi Oy")
    enter(checked("0201256-6;Uusi Oy", header="Y-tunnus;Yritys"))
    assert service.find(matti.id).organisation_id == old.id

    enter(checked(f"{maija.id};Virtanen;Uusi Oy", header="Asiakasnro;Sukunimi;Edustaa"))
    assert service.find(maija.id).organisation_id == old.id


def test_doubtful_rows_end_as_was_decided(app):
    make_person()
    rows = ("Virtanen;Matti;;041 505 8567;;;", "Virtanen;Mirja;;041 505 8567;;;", "Virtanen;Maisa;;041 505 8567;;;")
    batch = checked(*rows)
    with transaction():
        for number, decision in ((2, "same"), (3, "new"), (4, "skip")):
            steps.decide(batch=batch, decision=decision, number=number)
        steps.accept(batch=batch)
    run(batch)

    assert names() == ["Virtanen, Matti", "Virtanen, Mirja"]
    assert batch.counts["total_skipped"] == 1


def test_nothing_is_entered_before_every_doubtful_row_is_decided(app):
    make_person()
    batch = checked("Virtanen;Matti;;041 505 8567;;;")
    with pytest.raises(RuleViolation, match="1 on vielä ratkaisematta"), transaction():
        steps.accept(batch=batch)


@pytest.mark.parametrize("decision", ["", "poista"])
def test_only_a_decision_that_there_is_can_be_made(app, decision):
    batch = checked(AINO, AINO)
    with pytest.raises(RuleViolation), transaction():
        steps.decide(batch=batch, decision=decision)
    with pytest.raises(RuleViolation, match="ei ole asiakasta"), transaction():
        steps.decide(batch=batch, decision="same", number=3)


def test_who_was_changed_after_the_preview_is_left_and_told(app):
    maija = make_person()
    batch = checked(NEW_PHONE, AINO)
    with transaction():
        whence = {"source": service.own_source(), "obtained_on": date(2026, 7, 1), "by": make_clerk()}
        service.change(customer=service.find(maija.id), values={"phone": "040 555 9999"}, reason="Muuttunut", **whence)
    enter(batch)

    assert service.current(service.find(maija.id))["phone"].value == "+358405559999"
    assert (batch.counts["total_stale"], batch.counts["total_new"]) == (1, 1)
    assert [row.result for row in rows_of(batch)] == ["stale", "incoming"]


def test_of_two_rows_that_change_one_customer_the_first_is_taken(app):
    make_person()
    batch = enter(checked(NEW_PHONE, NEW_PHONE.replace("1234", "9999")), "same")
    assert [row.result for row in rows_of(batch)] == ["", "stale"]
    assert batch.counts["total_changed"] == 1


def test_nobody_is_seen_before_the_last_moment(app, monkeypatch):
    monkeypatch.setattr(entering, "ROWS_AT_ONCE", 1)
    make_person()
    batch = checked(AINO, "Muu;Matti;;;;;", NEW_PHONE)
    with transaction():
        steps.accept(batch=batch)
    for known in (1, 2):
        steps.step(batch)
        assert (names(), hidden()) == (["Virtanen, Maija"], known)
        assert search.search("Aho") == []
        assert service.current(search.page().rows[0])["phone"].value == "+358415058567"
    steps.step(batch)
    assert (len(names()), hidden()) == (3, 0)


def test_a_step_that_a_rival_did_first_is_not_done_twice(app):
    batch = checked(AINO)
    with transaction():
        steps.accept(batch=batch)
    late = ImportBatch(
        id=batch.id, state="entering", position=0, source_id=batch.source_id, obtained_on=batch.obtained_on
    )
    run(batch)
    late.by_id = batch.by_id
    entering.enter_on(late)
    entering.finish(late)
    assert names() == ["Aho, Aino"]


def test_an_import_given_up_half_way_leaves_nothing(app, monkeypatch):
    monkeypatch.setattr(entering, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(entering, "REMOVED_AT_ONCE", 1)
    header = "Laji;Yritys;Sukunimi"
    batch = checked("Yhteisö;Oy Malli Ab;", "Henkilö;Oy Malli Ab;Aho", "Henkilö;;Muu", header=header)
    with transaction():
        steps.accept(batch=batch)
    steps.step(batch)
    steps.step(batch)
    assert hidden() == 2
    with transaction():
        steps.cancel(batch=batch, by=make_clerk())
    run(batch)

    assert batch.state == "cancelled"
    for model in (Customer, Datum, ImportRow, ImportPiece):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0


def test_an_import_that_is_done_cannot_be_given_up(app):
    batch = enter(checked(AINO))
    with pytest.raises(RuleViolation, match="päättynyt"), transaction():
        steps.cancel(batch=batch, by=make_clerk())


def test_what_the_file_said_is_forgotten_in_a_week(app):
    done, left, half = enter(checked(AINO)), received(BERTTA), checked("Muu;Matti;;;;;")
    with transaction():
        steps.accept(batch=half)
        for batch in (done, left, half):
            batch.changed_at = now() - timedelta(days=8)
    with transaction():
        steps.forget_old()

    assert [batch.state for batch in (done, left, half)] == ["done", "cancelled", "cancelling"]
    run(half)
    assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 0
    assert names() == ["Aho, Aino"]


def keep_files_for(days: int) -> None:
    owner = make_clerk()
    with transaction():
        periods.change(kind="imports", amount=days, version=0, by=owner)


def sent_days_ago(days: int) -> ImportBatch:
    batch = received(AINO)
    with transaction():
        batch.changed_at = now() - timedelta(days=days)
    return batch


def test_what_the_file_said_is_kept_as_long_as_the_company_tells_people(app):
    keep_files_for(30)
    old, recent = sent_days_ago(31), sent_days_ago(29)
    with transaction():
        steps.forget_old()
    assert (old.state, recent.state) == ("cancelled", "mapping")
    assert set(db.session.scalars(select(ImportPiece.batch_id))) == {recent.id}


def test_a_company_that_keeps_files_for_a_day_keeps_none_for_a_week(app):
    keep_files_for(1)
    sent_days_ago(2)
    with transaction():
        steps.forget_old()
    assert db.session.scalar(select(func.count()).select_from(ImportPiece)) == 0


def test_what_was_told_of_the_columns_is_remembered_for_the_source(app):
    batch = received("Aho;Aino", header="N1;Etunimi")
    with transaction():
        receiving.set_reading(batch=batch, reading=Reading(("last_name", ""), "person"))
    assert received("Öhman;Bo", header="N1;Etunimi").columns == ["last_name", ""]


def test_the_same_file_is_recognised_unless_it_was_given_up(app):
    first, second = received(AINO), received(AINO)
    assert receiving.same_file(first) is None
    assert receiving.same_file(second) is first
    with transaction():
        steps.cancel(batch=first, by=make_clerk())
    assert receiving.same_file(second) is None


KILLED = """
import sys
from pathlib import Path
from rekisteri import create_app
from rekisteri.customers.importing import entering, steps
app = create_app({"SQLALCHEMY_DATABASE_URI": sys.argv[1], "DATA": Path(sys.argv[3]), "SECRET_KEY": "k" * 40})
entering.ROWS_AT_ONCE = 5
with app.app_context():
    batch = steps.find_batch(int(sys.argv[2]))
    while steps.is_under_way(batch):
        steps.step(batch)
        print(batch.state, batch.position, flush=True)
"""


@pytest.mark.parametrize("steps_before", [1, 3, 6])
def test_a_process_killed_half_way_leaves_nothing_half_seen_and_another_goes_on(app, steps_before):
    rows = [f"Nimi{chr(97 + n // 26)}{chr(97 + n % 26)};Etu;;;;;" for n in range(60)]
    batch = checked(*rows, header=HEADER)
    with transaction():
        steps.accept(batch=batch)
    db.session.remove()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    command = [sys.executable, "-c", KILLED, url, "1", str(app.config["DATA"])]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}
    ) as process:
        told = [process.stdout.readline() for _step in range(steps_before)]
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert told[-1].startswith(b"entering"), (told, process.returncode)

    batch = steps.find_batch(1)
    if batch.state == "entering":
        assert names() == []
        assert hidden() % 5 == 0
    run(batch)
    assert len(names()) == 50
    assert db.session.scalar(select(func.count()).select_from(Customer).filter_by(state="active")) == 60
    assert hidden() == 0
