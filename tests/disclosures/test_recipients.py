"""The partners and authorities to whom data may go."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.disclosures import recipients
from rekisteri.kernel.db import db
from tests.customers.factories import make_person
from tests.disclosures.factories import COLLECTOR, make_disclosure, make_recipient
from tests.support.client import chosen_form, filled_in

NEW = "/kumppanit/uusi"


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def test_a_partner_is_put_on_record_with_its_role_and_purpose(client, clerk):
    answer = client.submit(NEW, COLLECTOR)

    assert answer.page.h1.text == "Saatavat Oy"
    assert "Tietoja ei voi luovuttaa" not in answer.main
    for shown in (
        "Vastaanottaja on lisätty.",
        "Toinen rekisterinpitäjä",
        "Erääntyneiden laskujen perintä",
        "Perintäkatu 2, 20100 TURKU",
    ):
        assert shown in answer.main
    assert "Saatavat Oy" in client.get("/kumppanit/").main


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Anna vastaanottajan nimi."),
        ({"role": None}, "Valitse vastaanottajan rooli."),
        ({"role": "friend"}, "Valitse jokin annetuista vaihtoehdoista."),
        ({"purpose": ""}, "Kerro, mihin tarkoitukseen"),
        ({"country": "XX"}, "Valitse jokin annetuista vaihtoehdoista."),
        ({"postcode": "2010"}, "viisi numeroa"),
        ({"email": "saatavat"}, "Kirjoita sähköpostiosoite"),
        ({"country": "US", "postcode": "94105", "transfer_need": "Palvelimet", "transfer_safeguard": ""}, "Kuvaa asia"),
        ({"name": "a" * 1_000_000}, "Teksti on liian pitkä"),
    ],
)
def test_a_recipient_that_says_too_little_or_wrong_is_refused(client, clerk, typed, sentence):
    answer = client.submit(NEW, {**COLLECTOR, **typed})

    assert answer.status_code == 422
    assert sentence in answer.main


def test_two_recipients_of_one_name_would_be_confused(client, clerk):
    make_recipient()

    assert "Samanniminen vastaanottaja" in client.submit(NEW, COLLECTOR).main


@pytest.mark.promise("siirto.eu")
def test_a_recipient_abroad_shows_what_is_missing_until_it_is_recorded(client, clerk, sign_in):
    abroad = make_recipient(name="Cloud Inc.", country="US", postcode="94105", city="San Francisco")
    page = f"/kumppanit/{abroad.id}"

    assert "Ensin on kirjattava siirron tekninen välttämättömyys, siirtoperuste, siirron" in client.get(page).main
    assert "Siirto kesken" in client.get("/kumppanit/").main
    account = {
        "transfer_need": "Palvelinten ylläpito",
        "transfer_basis": "clauses",
        "transfer_safeguard": "Vakiosopimuslausekkeet 4.6.2021",
    }
    answer = client.submit(f"{page}/muokkaa", account)
    assert "Ensin on kirjattava päätös siirrosta." in answer.main
    assert "Hyväksy siirto" not in answer.main

    client.submit(page, action="/kirjaudu-ulos")
    owner = sign_in("vastuuhenkilo")
    answer = client.submit(page, {}, action=f"{page}/siirto")

    assert "Ensin on kirjattava" not in answer.main
    assert f"{owner.full_name} 23.11.2026" in " ".join(answer.main.split())
    assert "Vakiosopimuslausekkeet 4.6.2021" in answer.main
    assert "Yhdysvallat (EU:n ja ETA:n ulkopuolella)" in answer.main


def test_a_letter_to_a_recipient_abroad_ends_with_its_country(app):
    assert make_recipient().addressee == ("Saatavat Oy", "Perintäkatu 2", "20100 TURKU")
    assert make_recipient(name="Inkasso AB", country="SE", postcode="111 22", city="Stockholm").addressee[-2:] == (
        "111 22 STOCKHOLM",
        "RUOTSI",
    )
    assert make_recipient(name="Osoitteeton Oy", street="").addressee == ()


def test_a_recipient_out_of_use_is_not_offered_but_its_past_stays(client, clerk):
    recipient, maija = make_recipient(), make_person(obtained_on=date(2026, 1, 1))
    make_disclosure(maija, recipient)

    client.submit(f"/kumppanit/{recipient.id}/muokkaa", {"active": None})

    assert "Saatavat Oy" not in client.get(f"/luovutukset/uusi/{maija.id}").main
    assert "Avoimen laskun perintä" in client.get(f"/kumppanit/{recipient.id}").main


def test_two_desks_changing_a_recipient_see_each_other(client, clerk):
    address = f"/kumppanit/{make_recipient().id}/muokkaa"
    mine = filled_in(chosen_form(client.get(address).page, address, None))
    client.submit(address, {"city": "Oulu"})

    late = client.post(address, data={**mine, "city": "Kemi"})

    assert late.status_code == 409
    assert "Oulu" in late.main and "Kemi" in late.main


def test_a_change_is_put_on_record_by_its_fields(client, clerk):
    recipient = make_recipient()

    client.submit(f"/kumppanit/{recipient.id}/muokkaa", {"city": "Oulu"})
    client.submit(f"/kumppanit/{recipient.id}/muokkaa", {})

    rows = db.session.scalars(select(AuditEvent).filter_by(event="recipient.changed")).all()
    assert [row.facts for row in rows] == [{"fields": ["city"]}]


def test_hostile_text_is_only_text(client, clerk):
    with client.foreign_words():
        answer = client.submit(NEW, {**COLLECTOR, "name": "<script>alert(1)</script>{{7*7}}"})

        assert answer.page.h1.text == "<script>alert(1)</script>{{7*7}}"


def test_recipients_are_in_finnish_order(app):
    for name in ("Öljy Oy", "Aalto Oy", "Äly Oy", "Zeta Oy"):
        make_recipient(name=name)

    assert [one.name for one in recipients.all_recipients()] == ["Aalto Oy", "Zeta Oy", "Äly Oy", "Öljy Oy"]
