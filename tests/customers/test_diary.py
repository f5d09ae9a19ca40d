"""The diary on the card: all that has happened to a customer's data, in one line of time."""

from datetime import date, datetime

import pytest
from sqlalchemy import event

from rekisteri.customers import diary, notes, representing, service
from rekisteri.customers.representing import Told
from rekisteri.customers.validity import Detail
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_clerk, make_note, make_person
from tests.notice.factories import published


@pytest.fixture
def maija(app, freeze):
    """Maija, entered on 23.11.2026, with a notice in force that tells of contacts and roles."""
    published()
    return make_person(organisation="Vanha Oy")


@pytest.fixture
def on(freeze):
    """Do something on another day of the autumn."""

    def move(day, action):
        freeze(datetime.fromisoformat(f"{day}T12:00:00+02:00"))
        clerk = make_clerk()
        with transaction():
            return action(clerk)

    return move


def told(customer):
    return [(entry.title, entry.text) for entry in diary.past(customer).entries]


def titles(customer):
    return [title for title, _ in told(customer)]


def test_the_archive_and_the_way_back_are_told(maija, on):
    on("2026-11-24", lambda by: service.archive(customer=service.find(maija.id), by=by))
    on("2026-11-25", lambda by: service.restore(customer=service.find(maija.id), by=by))

    assert told(maija)[:2] == [
        ("Asiakas palautettu arkistosta", "Teki Kaisa Kirjaaja."),
        ("Asiakas arkistoitu", "Teki Kaisa Kirjaaja."),
    ]
    assert titles(maija)[-1] == "Tiedot kirjattu"


def test_a_contact_and_its_removal_are_told_without_its_text(maija, on):
    note = make_note(maija, text="Salainen asia.")
    on("2026-11-24", lambda by: notes.remove_note(note=notes.find_note(note.id), reason="Tieto on tarpeeton", by=by))

    assert told(maija)[0] == (
        "Yhteydenotto poistettu",
        "Puhelu 5.3.2026. Tieto on tarpeeton. Poisti Kaisa Kirjaaja.",
    )
    assert (
        "Yhteydenotto kirjattu",
        "Puhelu 5.3.2026. Lähde: Rekisteröity itse. Kirjasi Kaisa Kirjaaja.",
    ) in told(maija)
    assert "Salainen" not in str(told(maija))


def test_a_role_is_told_from_its_beginning_to_its_removal(maija, on):
    def add(by):
        return representing.add(
            person=service.find(maija.id),
            told=Told("Toinen Oy", "ostaja", date(2020, 1, 1)),
            source=service.self_source(),
            obtained_on=date(2026, 3, 5),
            by=by,
        )

    row = on("2026-11-24", add)
    new = on(
        "2026-11-25",
        lambda by: representing.change(
            row=representing.find_representation(row.id),
            told=Told("Toinen Oy", "ostaja", date(2020, 1, 1), date(2026, 10, 31)),
            source=service.own_source(),
            obtained_on=date(2026, 11, 25),
            reason="Tieto on muuttunut",
            by=by,
        ),
    )
    on(
        "2026-11-26",
        lambda by: representing.remove(
            row=representing.find_representation(new.id), reason="Tieto on tarpeeton", by=by
        ),
    )

    changed = "Tieto on muuttunut. Lähde: Yrityksen oma havainto, saatu 25.11.2026. Kirjasi Kaisa Kirjaaja."
    assert told(maija)[:3] == [
        (
            "Edustus poistettu",
            "Oli: Toinen Oy, ostaja (1.1.2020–31.10.2026). Tieto on tarpeeton. Poisti Kaisa Kirjaaja.",
        ),
        (
            "Edustusta muutettu",
            f"Toinen Oy, ostaja (1.1.2020 alkaen) → Toinen Oy, ostaja (1.1.2020–31.10.2026). {changed}",
        ),
        (
            "Edustus kirjattu",
            "Toinen Oy, ostaja (1.1.2020 alkaen). Lähde: Rekisteröity itse, saatu 5.3.2026. Kirjasi Kaisa Kirjaaja.",
        ),
    ]


def test_a_change_of_use_or_validity_is_told_beside_the_value(maija, on):
    def change(by):
        return service.change(
            customer=service.find(maija.id),
            values={},
            details={"phone": Detail("work", None, date(2026, 12, 31))},
            source=service.self_source(),
            obtained_on=date(2026, 11, 24),
            by=by,
            reason="Tietoa täydennetty",
        )

    on("2026-11-24", change)

    title, text = told(maija)[0]
    assert title == "Puhelinnumero muutettu"
    assert text.startswith("041 505 8567 → 041 505 8567 (työ, voimassa 31.12.2026 asti). Tietoa täydennetty.")


def test_a_long_life_costs_as_many_statements_as_a_short_one(maija, on):
    def count():
        db.session.expire_all()
        sent = []

        def hear(_connection, _cursor, statement, *_rest):
            sent.append(statement)

        event.listen(db.engine, "before_cursor_execute", hear)
        told(service.find(maija.id))
        event.remove(db.engine, "before_cursor_execute", hear)
        return len(sent)

    make_note(maija, happened_on=date(2026, 2, 27))
    short = count()
    for day in range(1, 10):
        make_note(maija, happened_on=date(2026, 3, day))
        on("2026-11-24", lambda by: service.archive(customer=service.find(maija.id), by=by))
        on("2026-11-24", lambda by: service.restore(customer=service.find(maija.id), by=by))

    assert count() == short


def test_an_organisation_has_its_diary_too(app, on):
    from tests.customers.factories import make_organisation

    assert titles(make_organisation()) == ["Tiedot kirjattu"]
