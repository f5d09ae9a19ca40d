"""Entering a customer: a person or an organisation, with the source and the day of everything."""

import pytest
from sqlalchemy import func, select

from rekisteri.customers import service
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db
from tests.customers.factories import MAIJA, make_organisation, make_person, whence

PERSON = "/asiakkaat/uusi/henkilo"
ORGANISATION = "/asiakkaat/uusi/yhteiso"


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija", full_name="Kaisa Kirjaaja")


def customers() -> int:
    return db.session.scalar(select(func.count()).select_from(Customer))


@pytest.mark.promise("kaytto.yllapito")
@pytest.mark.promise("sisalto.kentat")
def test_a_clerk_enters_a_person_and_sees_the_card(client, clerk):
    answer = client.submit(PERSON, {**MAIJA, "orders": "2024: vene\n2025: airot", **whence()})

    assert answer.page.h1.text == "Maija Virtanen"
    assert "Asiakas on lisätty rekisteriin." in answer.main
    for shown in (
        "041 505 8567",
        "maija.virtanen@esimerkki.fi",
        "Mäkitie 4 A 3",
        "00100",
        "Helsinki",
        "2024: vene 2025: airot",
    ):
        assert shown in answer.main


@pytest.mark.promise("lahteet.saannonmukaiset")
def test_every_datum_knows_its_source_its_day_and_who_entered_it(client, clerk):
    client.submit(PERSON, {**MAIJA, **whence(source="own", obtained_on="1.2.2026")})

    data = db.session.scalars(select(Datum)).all()
    assert {datum.field for datum in data} == set(MAIJA)
    assert {(datum.source.name, datum.obtained_on.isoformat(), datum.entered_by_id) for datum in data} == {
        ("Yrityksen oma havainto", "2026-02-01", clerk.id)
    }


def test_a_clerk_chooses_first_whether_a_person_or_an_organisation_is_entered(client, clerk):
    page = client.get("/asiakkaat/uusi")

    assert [link["href"] for link in page.page.select("main .tasks a")] == [PERSON, ORGANISATION]


def test_a_clerk_enters_an_organisation(client, clerk):
    answer = client.submit(ORGANISATION, {"name": "Äijälän Sähkö Oy", "business_id": "90000097", **whence()})

    assert answer.page.h1.text == "Äijälän Sähkö Oy"
    assert "9000009-7" in answer.main


def test_source_and_day_are_compulsory(client, clerk):
    answer = client.submit(PERSON, {"last_name": "Virtanen", "obtained_on": ""})

    assert answer.status_code == 422
    assert answer.page.title.text.strip().startswith("Virhe:")
    assert "Valitse, mistä tiedot saatiin." in answer.main
    assert "Anna päivä, jona tiedot saatiin." in answer.main
    assert customers() == 0


def test_all_mistakes_are_shown_at_once_in_the_order_of_the_page_and_what_was_typed_stays(client, clerk):
    typed = {"last_name": "M4ija", "email": "maija", "phone": "123", "postcode": "12", "obtained_on": "31.2.2026"}
    answer = client.submit(PERSON, typed)

    told = [link.text for link in answer.page.select("#virheet a")]
    assert [sentence.split()[0] for sentence in told] == [
        "Nimessä",
        "Kirjoita",
        "Puhelinnumero",
        "Suomalaisessa",
        "Valitse,",
        "Päivää",
    ]
    assert answer.page.select_one("#last_name")["value"] == "M4ija"
    assert answer.page.select_one("#obtained_on")["value"] == "31.2.2026"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("31.2.2026", "Päivää 31.2.2026 ei ole kalenterissa."),
        ("24.11.2026", "Päivä on tulevaisuudessa."),
        ("eilen", "Kirjoita päivä muodossa 5.3.2026."),
        ("1.1.0001", "Päivä on liian kaukana menneisyydessä."),
    ],
)
def test_an_impossible_day_is_refused(client, clerk, day, sentence):
    answer = client.submit(PERSON, {"last_name": "Virtanen", **whence(obtained_on=day)})

    assert answer.status_code == 422
    assert sentence in answer.main


@pytest.mark.parametrize("field", ["last_name", "street", "orders"])
def test_a_megabyte_of_text_in_a_field_is_refused_politely(client, clerk, field):
    answer = client.submit(PERSON, {"last_name": "Virtanen", **whence(), field: "ä" * 500_000})

    assert answer.status_code == 422
    assert "Teksti on liian pitkä" in answer.main


def test_an_identity_code_is_refused_whichever_field_it_is_typed_into(client, clerk):
    answer = client.submit(PERSON, {"last_name": "Virtanen", "orders": "asiakas 131052-308T osti veneen", **whence()})

    assert answer.status_code == 422
    assert "Henkilötunnusta ei saa tallentaa asiakasrekisteriin." in answer.main
    assert customers() == 0


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{{7*7}}", "'; DROP TABLE customer; --", "😀 Hymy Oy", "&amp;lt;"]
)
def test_hostile_text_in_an_organisations_name_is_only_text(client, clerk, hostile):
    with client.foreign_words():
        answer = client.submit(ORGANISATION, {"name": hostile, **whence()})
        listed = client.get("/asiakkaat/")

        assert answer.page.h1.text == hostile
        assert hostile in [link.text for link in listed.page.select("#osumat a")]


def test_directions_turned_around_and_zero_bytes_do_not_reach_the_register(client, clerk):
    answer = client.submit(PERSON, {"last_name": "Virta\u202enen\x00", **whence()})

    assert answer.page.h1.text == "Virtanen"


@pytest.mark.parametrize(
    "name", ["Šakki Žukov", "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilasvanhempainyhdistys"]
)
def test_unusual_names_are_entered_and_shown_as_they_are(client, clerk, name):
    answer = client.submit(PERSON, {"last_name": name, **whence()})

    assert answer.page.h1.text == name


def test_a_form_sent_twice_enters_one_customer(client, clerk):
    page = client.get(PERSON)
    form = {field["name"]: field.get("value", "") for field in page.page.select("main form input[type=hidden]")}
    sent = {**form, "last_name": "Virtanen", **whence()}

    first, second = client.post(PERSON, data=sent), client.post(PERSON, data={**sent, "knowingly": "y"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert customers() == 1


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"last_name": "VIRTANEN", "first_name": "maija"}, "sama nimi"),
        ({"last_name": "Muu", "email": "MAIJA.virtanen@esimerkki.fi"}, "sama sähköpostiosoite"),
        ({"last_name": "Muu", "phone": "+358 41 505 8567"}, "sama puhelinnumero"),
    ],
)
def test_a_likely_duplicate_is_warned_of_with_a_link_and_the_likeness(client, clerk, typed, reason):
    maija = make_person()

    answer = client.submit(PERSON, {**typed, **whence()})

    assert answer.status_code == 422
    assert "Rekisterissä on jo samankaltainen asiakas." in answer.main
    assert answer.page.select_one("#samankaltaiset a")["href"] == f"/asiakkaat/{maija.id}"
    assert reason in answer.page.select_one("#samankaltaiset").text
    assert customers() == 1


def test_a_namesake_can_be_entered_knowingly(client, clerk):
    make_person()

    client.submit(PERSON, {"last_name": "Virtanen", "first_name": "Maija", **whence(), "knowingly": "y"}, strict=False)

    assert customers() == 2


def test_an_organisation_with_the_same_business_id_is_a_likely_duplicate(client, clerk):
    make_organisation("Vanha Nimi Oy", business_id="9000009-7")

    answer = client.submit(ORGANISATION, {"name": "Uusi Nimi Oy", "business_id": "FI90000097", **whence()})

    assert "sama y-tunnus" in answer.main.lower()


def test_an_address_that_was_corrected_away_is_no_likeness_any_more(client, clerk):
    maija = make_person()
    from rekisteri.kernel.db import transaction

    with transaction():
        service.change(
            customer=maija,
            values={"phone": "040 123 4567"},
            source=service.self_source(),
            obtained_on=maija.created_at.date(),
            by=None,
            reason="",
        )

    client.submit(PERSON, {"last_name": "Muu", "phone": "041 505 8567", **whence()})

    assert customers() == 2


def test_a_person_is_linked_to_the_organisation_they_name(app):
    organisation = make_organisation("Äijälän Sähkö Oy")

    assert make_person(organisation="äijälän sähkö oy").organisation_id == organisation.id
    assert make_person(organisation="Toinen Oy").organisation_id is None


def test_people_who_named_an_organisation_are_linked_when_it_is_entered(app):
    person = make_person(organisation="Äijälän Sähkö Oy")
    organisation = make_organisation("Äijälän Sähkö Oy")

    db.session.expire_all()
    assert person.organisation_id == organisation.id


def test_of_two_organisations_of_one_name_none_is_guessed(app):
    make_organisation("Kaksonen Oy")
    make_organisation("Kaksonen Oy")

    assert make_person(organisation="Kaksonen Oy").organisation_id is None


def test_from_an_organisations_card_a_person_is_entered_for_that_very_one(client, clerk):
    make_organisation("Kaksonen Oy")
    meant = make_organisation("Kaksonen Oy")

    client.submit(f"/asiakkaat/{meant.id}/uusi-henkilo", {"last_name": "Virtanen", **whence()})

    person = service.search("virtanen")[0]
    assert person.organisation_id == meant.id
    assert "Virtanen" in client.get(f"/asiakkaat/{meant.id}").page.select_one("#edustajat").text


def test_a_person_represents_no_person(client, clerk):
    maija = make_person()

    assert client.get(f"/asiakkaat/{maija.id}/uusi-henkilo").status_code == 404


def test_entering_is_put_on_record_without_what_was_entered(client, clerk):
    client.submit(PERSON, {**MAIJA, **whence()})

    from rekisteri.audit.models import AuditEvent

    row = db.session.scalars(select(AuditEvent).filter_by(event="customer.created")).one()
    assert (row.actor_id, row.facts["fields"]) == (clerk.id, list(MAIJA))
    assert "Virtanen" not in str(row.facts)
