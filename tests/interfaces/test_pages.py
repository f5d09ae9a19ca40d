"""The pages of connections: opened, given a key, watched, closed."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.interfaces.models import Connection, Key
from rekisteri.kernel.db import db
from tests.disclosures.factories import make_processor, make_recipient
from tests.interfaces.factories import Program, kind, make_connection, make_key

FORM = {
    "name": "Verkkokauppa",
    "scopes": ["customers.read", "changes.read"],
    "fields": ["first_name", "city"],
    "use": "profiling",
    "ground": "technical",
    "purpose": "Kirjautuneen asiakkaan etusivu",
    "networks": "192.0.2.0/24",
    "rate": "60",
}


@pytest.fixture
def owner(app, freeze, sign_in):
    freeze("2026-11-24")
    return sign_in("vastuuhenkilo")


def key_on(page):
    return page.page.select_one("#avain").text


def test_a_connection_is_opened_and_its_key_is_shown_once(app, client, owner):
    partner = make_processor(name="Kauppapalvelin Oy")
    assert "Liittymiä ei ole" in client.get("/rajapinnat/").main
    opened = client.submit("/rajapinnat/uusi", FORM | {"recipient": str(partner.id)})
    assert "Liittymä on avattu. Tee sille avain." in opened.words
    assert "Lukea yhden asiakkaan tiedot, Hakea ja kuitata muutokset" in opened.main
    connection = db.session.scalars(select(Connection)).one()
    shown = client.submit(f"/rajapinnat/{connection.id}/avain", {"expires_on": "1.11.2027"})
    key = key_on(shown)
    assert key.startswith("ark_")
    later = client.get(f"/rajapinnat/{connection.id}")
    assert key not in later.text and f"…{key[-4:]}" in later.main and "1.11.2027" in later.main
    assert "Liittymää ei ole käytetty." in later.main

    assert Program(app, key, connection.id).get("/customers/4711").status_code == 404
    log = client.get(f"/rajapinnat/{connection.id}").page.select_one("#kutsut").text
    assert "Lue asiakkaan tiedot" in log and "Ei löydy" in log
    events = set(db.session.scalars(select(AuditEvent.event)))
    assert {"interface.opened", "interface.key_made"} <= events


def test_sending_the_form_of_a_key_twice_makes_one_key(client, owner):
    connection = make_connection()
    page = client.get(f"/rajapinnat/{connection.id}/avain")
    answers = [
        client.submit(f"/rajapinnat/{connection.id}/avain", {"expires_on": "1.11.2027"}, page=page, follow=False)
        for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [200, 303]
    assert len(db.session.scalars(select(Key)).all()) == 1


def test_a_key_is_rotated_with_an_overlap_and_closed_by_a_question(app, client, owner):
    connection = make_connection()
    old = Program(app, make_key(connection), connection.id)
    number = connection.id
    shown = client.submit(f"/rajapinnat/{number}/avain", {"expires_on": "1.11.2027", "overlap": "24"})
    new = Program(app, key_on(shown), number)
    assert old.get("/changes").status_code == new.get("/changes").status_code == 200
    assert "(kelpaa 25.11.2026 klo 12.00 asti)" in client.get(f"/rajapinnat/{number}").main
    first = db.session.scalars(select(Key.id).order_by(Key.id)).first()
    asked = client.get(f"/rajapinnat/avaimet/{first}/sulje")
    assert "Avain lakkaa kelpaamasta heti" in asked.main
    assert "Avain on suljettu." in client.submit(f"/rajapinnat/avaimet/{first}/sulje").words
    assert (kind(old.get("/changes")), new.get("/changes").status_code) == ("bad-key", 200)
    assert client.submit(f"/rajapinnat/avaimet/{first}/sulje").status_code == 422


def test_less_is_allowed_from_the_next_call_on(app, client, owner):
    connection = make_connection()
    program, number = Program(app, make_key(connection), connection.id), connection.id
    page, other = (client.get(f"/rajapinnat/{number}/muokkaa") for _ in range(2))
    assert page.page.select_one("textarea[name=networks]").text.strip() == "192.0.2.0/24"
    client.submit(f"/rajapinnat/{number}/muokkaa", {"scopes": ["orders.create"], "networks": "192.0.2.7"}, page=page)
    assert kind(program.get("/changes")) == "outside-scope"
    assert db.session.get(Connection, number).networks == ["192.0.2.7/32"]
    stale = client.submit(f"/rajapinnat/{number}/muokkaa", {"rate": "10"}, page=other)
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"networks": "kauppa.fi"}, "”kauppa.fi” ei ole verkko."),
        ({"networks": "0.0.0.0/0"}, "on liian laaja rajaamaan mitään"),
        ({"scopes": []}, "Valitse, mitä liittymällä saa tehdä."),
        ({"fields": []}, "Valitse, mitä tietoja liittymällä saa lukea."),
        ({"recipient": ""}, "Valitse kumppani."),
    ],
)
def test_what_does_not_hold_is_said_on_the_form_and_nothing_is_lost(client, owner, typed, said):
    partner = make_processor(name="Kauppapalvelin Oy")
    answer = client.submit("/rajapinnat/uusi", FORM | {"recipient": str(partner.id)} | typed)
    assert (answer.status_code, said in answer.main) == (422, True), answer.main
    assert answer.page.select_one("input[name=purpose]")["value"] == FORM["purpose"]
    assert db.session.scalar(select(Connection.id)) is None


def test_no_connection_is_opened_to_whom_nothing_may_go(client, owner):
    without_agreement = make_recipient(role="processor", name="Sopimukseton Oy")
    answer = client.submit("/rajapinnat/uusi", FORM | {"recipient": str(without_agreement.id)})
    assert "kirjallinen sopimus" in answer.main
    abroad = make_recipient(name="Amerikka Inc", country="US")
    answer = client.submit("/rajapinnat/uusi", FORM | {"recipient": str(abroad.id)})
    assert "EU:n ja ETA:n ulkopuolella" in answer.main
    controller = make_recipient(name="Toinen Oy")
    answer = client.submit("/rajapinnat/uusi", FORM | {"recipient": str(controller.id)})
    assert "Tekninen siirto tehdään vain henkilötietojen käsittelijälle." in answer.main


def test_a_key_for_longer_than_a_year_is_refused(client, owner):
    connection = make_connection()
    answer = client.submit(f"/rajapinnat/{connection.id}/avain", {"expires_on": "1.1.2028"})
    assert (answer.status_code, "enintään vuoden" in answer.main) == (422, True)
    assert db.session.scalar(select(Key.id)) is None


def test_a_key_that_was_in_an_address_is_warned_of(app, client, owner):
    connection = make_connection()
    program, number = Program(app, make_key(connection), connection.id), connection.id
    program.get(f"/changes?token={program.key}")
    assert "on lähetetty osoitteessa 24.11.2026" in client.get(f"/rajapinnat/{number}").main
    assert "Vaihda avain" in client.get("/rajapinnat/").main


def test_a_connection_is_closed_for_good(app, client, owner):
    connection = make_connection()
    number, program = connection.id, Program(app, make_key(connection), connection.id)
    closed = client.submit(f"/rajapinnat/{number}/sulje")
    assert "Liittymä on suljettu." in closed.words
    assert kind(program.get("/changes")) == "bad-key"
    answer = client.submit(f"/rajapinnat/{number}/avain", {"expires_on": "1.11.2027"})
    assert answer.status_code == 422


def test_the_description_is_open_to_all_and_names_every_operation(client, app):
    page = client.get("/rajapinta/v1/")
    for said in (
        "Lue asiakkaan tiedot",
        "GET /customers/{customer}",
        "Idempotency-Key",
        "lines.unit_price",
        "Väärä verkko",
    ):
        assert said in page.main, said
    assert page.page.select_one("#virhe-use-forbidden")
    document = client.get("/rajapinta/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://localhost/rajapinta/v1"}]


def test_old_calls_are_forgotten(app, client, owner, freeze):
    from rekisteri.interfaces import calls
    from rekisteri.kernel.db import transaction

    connection = make_connection()
    Program(app, make_key(connection, expires_on=date(2027, 11, 1)), connection.id).get("/changes")
    with transaction():
        assert calls.forget_old() == 0
    freeze("2028-01-01")
    with transaction():
        assert calls.forget_old() == 1


def test_a_script_rotates_a_key_and_gets_it_once(app, command, owner):
    connection = make_connection()
    made = command("interfaces", "rotate", str(connection.id), "--until", "1.11.2027")
    program = Program(app, made.output.strip(), connection.id)
    assert program.get("/changes").status_code == 200
    assert "Liittymää 4711 ei ole." in command("interfaces", "rotate", "4711").output
    late = command("interfaces", "rotate", str(connection.id), "--until", "1.1.2030")
    assert late.exit_code != 0 and "enintään vuoden" in late.output
