"""The card: what the register holds of a customer, whence and since when, and that the look is put on record."""

import pytest
from sqlalchemy import event, select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import panels, service
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import MAIJA, make_clerk, make_organisation, make_person, make_source


@pytest.fixture
def reader(sign_in):
    return sign_in("lukija")


def line(answer, field: str) -> str:
    return " ".join(answer.page.select_one(f"#tieto-{field}").text.split())


@pytest.mark.promise("lahteet.saannonmukaiset")
def test_each_datum_is_shown_with_its_source_and_day(client, reader):
    maija = make_person(source=make_source("Rakentajamessut 2026"))

    answer = client.get(f"/asiakkaat/{maija.id}")

    assert line(answer, "phone") == "Puhelinnumero 041 505 8567 Lähde: Rakentajamessut 2026, saatu 5.3.2026"
    assert line(answer, "organisation") == "Edustettu yhteisö –"


def test_the_history_tells_what_was_when_by_whom_and_why(client, reader, freeze):
    maija, clerk = make_person(), make_clerk()
    with transaction():
        service.change(
            customer=maija,
            values={"phone": "040 123 4567", "email": ""},
            source=service.own_source(),
            obtained_on=maija.created_at.date(),
            by=clerk,
            reason="Tieto on muuttunut",
        )

    told = [
        " ".join(entry.text.split()) for entry in client.get(f"/asiakkaat/{maija.id}").page.select("#historia .entry")
    ]

    assert (
        "Puhelinnumero muutettu 041 505 8567 → 040 123 4567. Tieto on muuttunut. "
        "Lähde: Yrityksen oma havainto, saatu 23.11.2026. Kirjasi Kaisa Kirjaaja." in told
    )
    assert (
        "Sähköpostiosoite poistettu Oli: maija.virtanen@esimerkki.fi. Tieto on muuttunut. Poisti Kaisa Kirjaaja."
        in told
    )
    assert told[-1].startswith("Tiedot kirjattu Sukunimi, etunimi, sähköpostiosoite, puhelinnumero,")
    assert told[-1].endswith("Lähde: Rekisteröity itse, saatu 5.3.2026. Kirjasi Kaisa Kirjaaja.")


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_a_look_at_a_card_is_put_on_record_with_the_fields_and_without_their_values(client, reader):
    maija = make_person()

    client.get(f"/asiakkaat/{maija.id}")

    look = db.session.scalars(select(AuditEvent).filter_by(event="customer.viewed")).one()
    assert (look.actor_id, look.subject, look.facts) == (reader.id, f"customer:{maija.id}", {"fields": list(MAIJA)})


def test_a_customer_who_is_not_there_leaves_no_trace_of_a_look(client, reader):
    for address in ("/asiakkaat/4711", "/asiakkaat/99999999999999999999", "/asiakkaat/0"):
        assert client.get(address).status_code == 404

    assert db.session.scalars(select(AuditEvent).filter_by(event="customer.viewed")).all() == []


def test_the_organisation_leads_to_its_card_and_back_to_its_people(client, reader):
    organisation = make_organisation("Äijälän Sähkö Oy")
    maija = make_person(organisation="Äijälän Sähkö Oy")

    hers, theirs = client.get(f"/asiakkaat/{maija.id}"), client.get(f"/asiakkaat/{organisation.id}")

    assert hers.page.select_one("#tieto-organisation a")["href"] == f"/asiakkaat/{organisation.id}"
    assert theirs.page.select_one("#edustajat a")["href"] == f"/asiakkaat/{maija.id}"


def test_a_reader_is_offered_nothing_to_change(client, reader):
    answer = client.get(f"/asiakkaat/{make_person().id}")

    assert answer.page.select("main form") == []
    assert not [link for link in answer.page.select("main a") if "Muuta" in link.text or "Muokkaa" in link.text]


def test_rooms_above_may_add_a_panel_and_an_action_for_those_who_may(client, sign_in, app, monkeypatch):
    monkeypatch.setattr(panels, "_panels", [])
    monkeypatch.setattr(panels, "_actions", [])
    panels.add_panel(30, "customers/_people.html", lambda customer: {}, "staff.manage")
    panels.add_action(20, "Toinen", lambda customer: f"/toinen/{customer.id}", "customers.view")
    panels.add_action(10, "Ensimmäinen", lambda customer: "/ensimmainen", "customers.view")
    panels.add_action(15, "Ei nyt", lambda customer: None, "customers.view")
    panels.add_action(5, "Ei sinulle", lambda customer: "/ei", "staff.manage")
    panels.add_action(1, "Joka päivä", lambda customer: "/arki", "customers.view", everyday=True)
    maija = make_person()

    allowed = {"customers.view"}
    assert panels.panels_for(maija, allowed.__contains__) == []
    assert panels.actions_for(maija, allowed.__contains__, everyday=True) == [("Joka päivä", "/arki")]
    assert panels.actions_for(maija, allowed.__contains__, everyday=False) == [
        ("Ensimmäinen", "/ensimmainen"),
        ("Toinen", f"/toinen/{maija.id}"),
    ]
    sign_in("lukija")
    assert "Toinen" in client.get(f"/asiakkaat/{maija.id}").main


EVERYDAY = ["Muokkaa tietoja", "Uusi tilaus", "Uusi lasku", "Kirjaa pyyntö", "Kirjaa kielto"]
SELDOM = [
    "Luottohakemus",
    "Tulosta esitäytetty lomake",
    "Oikaise omasta aloitteesta",
    "Kirjaa luovutus",
    "Kirjaa suostumus",
    "Rajoita käsittelyä",
    "Tulosta kortti",
    "Yhdistä toiseen asiakkaaseen",
    "Siirrä arkistoon",
]


def offered(answer) -> tuple[list[str], list[str]]:
    """What the card's head offers at once, and what it offers once ”Muut toimet” is opened."""
    buttons = answer.page.select("main > .actions .button"), answer.page.select("main > details .actions .button")
    return tuple([" ".join(button.text.split()) for button in some] for some in buttons)


def test_what_one_does_daily_is_seen_at_once_and_the_rest_is_folded(client, sign_in):
    sign_in("vastuuhenkilo")

    answer = client.get(f"/asiakkaat/{make_person().id}")

    assert offered(answer) == (EVERYDAY, SELDOM)
    (folded,) = answer.page.select("main > details")
    assert folded.summary.text == "Muut toimet"
    assert not folded.has_attr("open")


def test_an_archived_customer_is_brought_back_without_unfolding_anything(client, sign_in):
    sign_in("kasittelija")
    maija = make_person()

    client.submit(f"/asiakkaat/{maija.id}", action="/arkistoi")
    answer = client.get(f"/asiakkaat/{maija.id}")

    at_once, folded = offered(answer)
    assert at_once[0] == "Palauta arkistosta"
    assert "Siirrä arkistoon" not in folded
    assert "Rajoita käsittelyä" not in folded  # a clerk does not decide it


def test_who_may_do_nothing_is_offered_no_empty_fold(client, reader):
    assert offered(client.get(f"/asiakkaat/{make_person().id}")) == ([], [])


class Statements:
    """How many statements the database is sent while the block runs."""

    def __enter__(self):
        self.sent = []
        event.listen(db.engine, "before_cursor_execute", self._count)
        return self

    def _count(self, _connection, _cursor, statement, *_rest):
        self.sent.append(statement)

    def __exit__(self, *_error):
        event.remove(db.engine, "before_cursor_execute", self._count)


def test_a_card_costs_as_many_statements_with_a_long_history_and_a_full_register_as_without(client, reader):
    maija, clerk = make_person(), make_clerk()
    card = f"/asiakkaat/{maija.id}"
    with Statements() as bare:
        client.get(card)
    for number in range(12):
        make_person(last_name=f"Muu{'a' * number}", phone="", email="")
        with transaction():
            service.change(
                customer=maija,
                values={"city": f"Kaupunki{'b' * number}"},
                source=service.own_source(),
                obtained_on=maija.created_at.date(),
                by=clerk,
                reason="Tieto on muuttunut",
            )
    with Statements() as full:
        client.get(card)

    assert len(full.sent) == len(bare.sent) <= 20, "\n".join(full.sent)


def test_the_list_costs_as_many_statements_with_one_customer_as_with_a_page_full(client, reader):
    make_person()
    with Statements() as one:
        client.get("/asiakkaat/")
    for number in range(20):
        make_person(last_name="A" + "a" * number, phone="", email="", organisation="Jokin Oy")
    with Statements() as many:
        client.get("/asiakkaat/")

    assert len(many.sent) == len(one.sent) <= 12, "\n".join(many.sent)
