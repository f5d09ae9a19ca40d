"""Contact notes: put on record on the card, read back, removed with their text; only while the notice tells of them."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import notes, service
from rekisteri.customers import relationship_rules as rules
from rekisteri.customers.links import all_links
from rekisteri.customers.models import ContactNote, Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.notice import beyond
from tests.customers.factories import make_clerk, make_note, make_person
from tests.notice.factories import published

TODAY = date(2026, 11, 23)
TYPED = {"happened_on": "20.11.2026", "channel": "phone", "text": "Kysyi veneen talvisäilytystä.", "source": "self"}


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija", full_name="Kerttu Käsittelijä")


@pytest.fixture
def told(app):
    """A notice in force that tells of contact notes, as our own wording does."""
    return published()


def panel(answer):
    return " ".join(answer.page.select_one("#yhteydenotot").text.split())


@pytest.mark.promise("kaytto.asiakassuhde")
def test_a_clerk_puts_a_contact_on_record_and_the_card_shows_it(client, clerk, told):
    maija = make_person()

    answer = client.submit(f"/asiakkaat/{maija.id}/yhteydenotot/uusi", TYPED, follow=True)

    assert "Yhteydenotto on kirjattu." in answer.text
    assert "20.11.2026 Puhelu Kysyi veneen talvisäilytystä. Kirjasi Kerttu Käsittelijä." in panel(answer)


@pytest.mark.promise("kaytto.asiakassuhde")
def test_the_newest_contact_comes_first_and_the_older_ones_are_a_page_away(client, clerk, told):
    maija = make_person()
    for day in range(1, 10):
        make_note(maija, text=f"Puhelu numero {day}.", happened_on=date(2026, 3, day))

    card = client.get(f"/asiakkaat/{maija.id}")
    shown = [entry.text for entry in card.page.select("#yhteydenotot .entry")]

    assert len(shown) == notes.ON_CARD
    assert "numero 9." in shown[0]
    everything = client.get(card.page.find("a", string="Kaikki yhteydenotot")["href"])
    assert len(everything.page.select("main .entry")) == 9


def test_a_long_series_of_contacts_is_turned_page_by_page(client, clerk, told, monkeypatch):
    maija = make_person()
    for day in range(1, 8):
        make_note(maija, text=f"Puhelu numero {day}.", happened_on=date(2026, 3, 5))

    first = notes.of(maija, size=3)
    second = notes.of(maija, size=3, after=first.after)
    third = notes.of(maija, size=3, after=second.after)

    read = [note.text for page in (first, second, third) for note in page.rows]
    assert read == [f"Puhelu numero {day}." for day in range(7, 0, -1)]
    assert third.after is None


def test_the_page_of_another_customers_note_begins_from_the_start(app, told):
    maija, matti = make_person(), make_person(first_name="Matti", email="", phone="")
    hers, his = make_note(maija), make_note(matti)

    assert [note.id for note in notes.of(maija, after=his.id).rows] == [hers.id]


@pytest.mark.promise("sisalto.kentat")
def test_without_a_notice_that_tells_of_contacts_none_is_recorded_and_the_page_says_why(client, clerk):
    published(content="Tallennamme nimen ja yhteystiedot.")
    maija = make_person()

    page = client.get(f"/asiakkaat/{maija.id}/yhteydenotot/uusi")

    assert "seloste ei kerro yhteydenotoista" in page.main
    assert page.page.select_one("main .callout a")["href"] == "/tietosuojaseloste/luonnos"
    assert not page.page.select("main form")
    with pytest.raises(RuleViolation, match="Yhteydenottoja ei voi kirjata"):
        make_note(maija)


@pytest.mark.promise("sisalto.kentat")
def test_a_notice_that_stops_telling_of_contacts_stops_the_form_that_was_open(client, clerk):
    maija = make_person()
    published()
    published(content="Tallennamme nimen ja yhteystiedot.", valid_from=TODAY)

    answer = client.post(f"/asiakkaat/{maija.id}/yhteydenotot/uusi", data=TYPED)

    assert answer.status_code in (400, 422)
    assert db.session.scalars(select(ContactNote)).all() == []


def test_the_check_of_the_notice_knows_whether_contacts_are_held(app, told):
    assert not notes.any_held()
    make_note(make_person())

    assert notes.any_held()
    assert [group.told_of for group in beyond.undeclared("pelkkä nimi")] == ["yhteydenotoista"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Kirjoita lyhyesti, mitä yhteydenotto koski."),
        ({"text": "Tunnus on 131052-308T."}, "Henkilötunnusta"),
        ({"text": "a" * 2001}, "enintään 2 000 merkkiä"),
        ({"channel": ""}, "Valitse, miten oltiin yhteydessä."),
        ({"channel": "savumerkki"}, "Valitse jokin annetuista vaihtoehdoista."),
        ({"happened_on": "24.11.2026"}, "Päivä on tulevaisuudessa."),
        ({"happened_on": "1.1.1850"}, "liian kaukana menneisyydessä"),
        ({"happened_on": ""}, "Anna päivä, jona oltiin yhteydessä."),
        ({"source": ""}, "Valitse, mistä tiedot saatiin."),
    ],
)
def test_what_is_wrong_with_a_contact_is_said_on_its_form(client, clerk, told, typed, sentence):
    maija = make_person()

    answer = client.submit(f"/asiakkaat/{maija.id}/yhteydenotot/uusi", TYPED | typed)

    assert answer.status_code == 422
    assert sentence in answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert db.session.scalars(select(ContactNote)).all() == []


@pytest.mark.parametrize("text", ["  ", "\x00\x07", "…"])
def test_a_note_says_something(text):
    with pytest.raises(RuleViolation):
        rules.check_note(text)


def test_a_double_click_puts_one_contact_on_record(client, clerk, told):
    maija = make_person()
    url = f"/asiakkaat/{maija.id}/yhteydenotot/uusi"
    once = client.get(url).page.select_one("input[name=once]")["value"]

    client.submit(url, TYPED | {"once": once})
    client.submit(url, TYPED | {"once": once})

    assert len(notes.of(maija).rows) == 1


def test_a_contact_wakes_a_dormant_customer_but_an_old_one_does_not(app, told):
    maija = make_person()
    maija_id = maija.id
    with transaction():
        db.session.get(Customer, maija_id).active_on = date(2020, 1, 1)

    make_note(maija, happened_on=date(2026, 3, 5))
    make_note(maija, happened_on=date(2025, 3, 5))

    assert service.find(maija_id).active_on == date(2026, 3, 5)


def test_nothing_is_written_of_a_customer_in_the_archive(app, told):
    maija, clerk = make_person(), make_clerk()
    with transaction():
        service.archive(customer=service.find(maija.id), by=clerk)

    with pytest.raises(RuleViolation, match="arkistossa"):
        make_note(maija)


def test_a_note_is_removed_with_its_text_and_the_reason_stays(client, clerk, told):
    maija = make_person()
    note = make_note(maija, text="Väärän asiakkaan asia.")
    url = f"/asiakkaat/{maija.id}/yhteydenotot/{note.id}/poista"

    assert "Väärän asiakkaan asia." in client.get(url).main
    assert client.submit(url, {"reason": ""}).status_code == 422
    answer = client.submit(url, {"reason": "mistake"}, follow=True)

    assert "Väärän asiakkaan asia." not in answer.text
    gone = db.session.scalars(select(ContactNote)).one()
    assert (gone.text, gone.ended_reason) == ("", "Kirjattu vahingossa tai väärälle asiakkaalle")
    assert client.get(url).status_code == 404


def test_a_note_is_not_removed_without_a_reason_nor_by_another_customers_address(client, clerk, told):
    maija, matti = make_person(), make_person(first_name="Matti", email="", phone="")
    note = make_note(maija)

    with pytest.raises(RuleViolation, match="miksi"), transaction():
        notes.remove_note(note=notes.find_note(note.id), reason=" ", by=clerk)
    assert client.get(f"/asiakkaat/{matti.id}/yhteydenotot/{note.id}/poista").status_code == 404


def test_a_reader_reads_the_contacts_and_changes_none(client, sign_in, told):
    maija = make_person()
    make_note(maija, text="Kysyi tarjousta.")
    sign_in("lukija")

    card = client.get(f"/asiakkaat/{maija.id}")

    assert "Kysyi tarjousta." in panel(card)
    assert not card.page.select("#yhteydenotot a")


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_the_log_tells_of_contacts_and_of_looks_at_them_but_not_their_text(client, clerk, told):
    maija = make_person()
    client.submit(f"/asiakkaat/{maija.id}/yhteydenotot/uusi", TYPED)
    client.get(f"/asiakkaat/{maija.id}/yhteydenotot")
    client.get(f"/asiakkaat/{maija.id}")

    events = db.session.scalars(
        select(AuditEvent).filter_by(subject=f"customer:{maija.id}").order_by(AuditEvent.seq)
    ).all()
    looks = [event.facts["fields"] for event in events if event.event == "customer.viewed"]

    assert [event.facts["channel"] for event in events if event.event == "contact_note.added"] == ["phone"]
    assert looks[1] == ["contact_notes"]
    assert looks[2][-1] == "contact_notes"
    assert "talvisäilytystä" not in str([event.facts for event in events])


def test_contacts_follow_their_customer_in_a_merging_and_go_with_them_in_an_erasure(app, told):
    maija = make_person()
    make_note(maija)
    assert ContactNote.customer_id in [link.column for link in all_links()]

    with transaction():
        db.session.execute(ContactNote.__table__.delete().where(ContactNote.id == 0))
        db.session.execute(Customer.__table__.delete().where(Customer.id == maija.id))

    assert db.session.scalars(select(ContactNote)).all() == []


def test_text_in_a_note_is_only_text(client, clerk, told):
    maija = make_person()
    make_note(maija, text="<script>alert(1)</script> & ”lainaus”\nToinen rivi")

    entry = client.get(f"/asiakkaat/{maija.id}").page.select_one("#yhteydenotot .entry")

    assert [line.text for line in entry.select("p")][1:3] == ["<script>alert(1)</script> & ”lainaus”", "Toinen rivi"]
