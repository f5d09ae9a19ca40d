"""Recording what of a customer went to whom, and answering it later."""

from datetime import date

import pytest
from sqlalchemy import func, select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import service as customers
from rekisteri.disclosures import service
from rekisteri.disclosures.models import Disclosure
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import DISCLOSED, make_disclosure, make_recipient

FORM = {
    "disclosed_on": "1.10.2026",
    "fields": ["last_name", "phone"],
    "ground": "collection",
    "purpose": "Avoimen laskun perintä",
    "way": "email",
}


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def recorded() -> int:
    return db.session.scalar(select(func.count()).select_from(Disclosure))


def change_phone(maija, number: str) -> None:
    clerk = make_clerk()
    with transaction():
        customers.change(
            customer=maija,
            values={"phone": number},
            source=customers.self_source(),
            obtained_on=date(2026, 11, 1),
            by=clerk,
            reason="Tieto on muuttunut",
        )


@pytest.fixture
def maija(app, freeze):
    """Maija Virtanen, in the register since 5.3.2026."""
    freeze("2026-03-05")
    person = make_person()
    freeze("2026-11-23")
    return person


@pytest.mark.promise("luovutus.vain-yritys")
def test_what_went_to_whom_when_and_why_is_recorded_from_the_card(client, maija, clerk):
    recipient = make_recipient()
    link = next(
        link for link in client.get(f"/asiakkaat/{maija.id}").page.select("main a") if link.text == "Kirjaa luovutus"
    )

    answer = client.submit(link["href"], {"recipient": str(recipient.id), **FORM})

    told = " ".join(answer.page.select_one("#luovutukset tbody").text.split())
    assert "Luovutus on kirjattu." in answer.main
    assert told == "1.10.2026 Saatavat Oy Sukunimi, Puhelinnumero Perintä Avoimen laskun perintä"


@pytest.mark.parametrize(
    ("ground", "role", "told"),
    [
        pytest.param(
            "credit", "controller", "Luottohakemus tai luottopäätös", marks=pytest.mark.promise("luovutus.luottopaatos")
        ),
        pytest.param("collection", "controller", "Perintä", marks=pytest.mark.promise("luovutus.perinta")),
        pytest.param("billing", "processor", "Laskutus", marks=pytest.mark.promise("luovutus.laskutus")),
        pytest.param("added_value", "processor", "Lisäarvopalvelu", marks=pytest.mark.promise("luovutus.lisaarvo")),
        pytest.param("law", "authority", "Lain velvoite", marks=pytest.mark.promise("luovutus.laki")),
        pytest.param("technical", "processor", "Tekninen siirto", marks=pytest.mark.promise("kaytto.kumppanit")),
    ],
)
def test_each_ground_of_the_notice_is_recorded_and_read_in_the_ledger(client, maija, clerk, ground, role, told):
    recipient = make_recipient(role=role, agreement_on=date(2026, 9, 1))

    client.submit(f"/luovutukset/uusi/{maija.id}", {"recipient": str(recipient.id), **FORM, "ground": ground})

    row = " ".join(client.get("/luovutukset/").page.select_one("main tbody tr").text.split())
    assert row == f"1.10.2026 Virtanen, Maija Saatavat Oy Sukunimi, Puhelinnumero {told} Avoimen laskun perintä"


@pytest.mark.promise("kaytto.kumppanit")
def test_a_technical_transfer_to_one_who_decides_for_themselves_is_refused(client, maija, clerk):
    recipient = make_recipient(role="controller")

    answer = client.submit(
        f"/luovutukset/uusi/{maija.id}", {"recipient": str(recipient.id), **FORM, "ground": "technical"}
    )

    assert answer.status_code == 422
    assert "Tekninen siirto tehdään vain henkilötietojen käsittelijälle." in answer.main
    assert recorded() == 0


def test_whose_data_went_is_found_by_a_search_that_leaves_no_name_behind(client, maija, clerk):
    page = client.get("/luovutukset/uusi").page.select_one("#haku")
    token = page.select_one("[name=csrf_token]")["value"]

    whole = client.post("/luovutukset/uusi", data={"q": "virt", "csrf_token": token})
    part = client.htmx("/luovutukset/uusi", method="POST", data={"q": "virt", "csrf_token": token})

    for answer in (whole, part):
        assert [link["href"] for link in answer.page.select("#asiakkaat a")] == [f"/luovutukset/uusi/{maija.id}"]
    assert part.page.html is None
    assert "Ei osumia" in client.post("/luovutukset/uusi", data={"q": "%", "csrf_token": token}).main
    assert client.post("/luovutukset/uusi", data={"q": "ä" * 10_000, "csrf_token": token}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"recipient": ""}, "Valitse vastaanottaja."),
        ({"recipient": "4711"}, "Valitse jokin annetuista vaihtoehdoista."),
        ({"fields": None}, "Valitse, mitkä tiedot luovutettiin."),
        ({"fields": ["hetu"]}, "Valitse jokin annetuista vaihtoehdoista."),
        ({"ground": None}, "Valitse luovutuksen peruste."),
        ({"purpose": ""}, "Kerro, mihin tarkoitukseen tiedot luovutettiin."),
        ({"purpose": "hetu 131052-308T"}, "Henkilötunnusta ei saa"),
        ({"purpose": "a" * 100_000}, "Teksti on liian pitkä"),
        ({"ground": "other", "purpose": "muu"}, "kokonaisella lauseella"),
        ({"disclosed_on": "24.11.2026"}, "Päivä on tulevaisuudessa."),
        ({"disclosed_on": "31.2.2026"}, "ei ole kalenterissa"),
        ({"disclosed_on": "1.1.2025"}, "Tietoa ”sukunimi” ei ollut rekisterissä 1.1.2025."),
    ],
)
def test_a_record_that_says_too_little_or_wrong_is_refused(client, maija, clerk, typed, sentence):
    recipient = make_recipient()

    answer = client.submit(f"/luovutukset/uusi/{maija.id}", {"recipient": str(recipient.id), **FORM, **typed})

    assert answer.status_code == 422
    assert sentence in answer.main
    assert recorded() == 0


@pytest.mark.promise("siirto.eu")
def test_nothing_can_be_recorded_to_a_country_without_safeguards(client, maija, clerk):
    abroad = make_recipient(name="Cloud Inc.", country="US", postcode="", street="", city="")

    answer = client.submit(f"/luovutukset/uusi/{maija.id}", {"recipient": str(abroad.id), **FORM})

    assert answer.status_code == 422
    assert "EU:n ja ETA:n ulkopuolella (Yhdysvallat)" in answer.main
    assert recorded() == 0


def test_a_form_sent_twice_records_one_disclosure(client, maija, clerk):
    from tests.support.client import chosen_form, filled_in

    address = f"/luovutukset/uusi/{maija.id}"
    recipient = make_recipient()
    form = filled_in(chosen_form(client.get(address).page, address, None)) | FORM | {"recipient": str(recipient.id)}

    first, second = client.post(address, data=form), client.post(address, data=form)

    assert (first.status_code, second.status_code, recorded()) == (303, 303, 1)


def test_the_recipients_of_a_wrong_datum_are_found_by_the_very_value(maija):
    before, after, other = (
        make_recipient(name="Ennen Oy"),
        make_recipient(name="Jälkeen Oy"),
        make_recipient(name="Muu Oy"),
    )
    make_disclosure(maija, before, "phone")
    make_disclosure(maija, other, "email")
    wrong = customers.current(maija)["phone"]
    change_phone(maija, "040 123 4567")
    make_disclosure(maija, after, "phone", disclosed_on=date(2026, 11, 23))

    assert [one.name for one in service.recipients_of(wrong)] == ["Ennen Oy"]
    assert [one.name for one in service.recipients_of(customers.current(maija)["phone"])] == ["Jälkeen Oy"]


def test_a_recipient_who_got_a_datum_twice_is_told_once(maija):
    recipient = make_recipient()
    make_disclosure(maija, recipient, "phone")
    make_disclosure(maija, recipient, "phone")

    assert len(service.recipients_of(customers.current(maija)["phone"])) == 1


def test_a_past_disclosure_is_recorded_of_the_value_of_that_day(maija):
    old = customers.current(maija)["phone"]
    change_phone(maija, "040 123 4567")

    disclosure = make_disclosure(maija, make_recipient(), "phone", disclosed_on=DISCLOSED)

    assert [row.datum_id for row in disclosure.data] == [old.id]


def test_nothing_chosen_is_nothing_disclosed(maija):
    clerk, recipient = make_clerk(), make_recipient()

    with pytest.raises(RuleViolation, match="Valitse, mitkä tiedot"), transaction():
        service.record_disclosure(
            customer=maija,
            recipient=recipient,
            fields=[],
            disclosed_on=DISCLOSED,
            purpose="Perintä",
            ground="collection",
            by=clerk,
        )


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_a_disclosure_is_put_on_record_by_fields_and_never_by_values(client, maija, clerk):
    recipient = make_recipient()
    client.submit(f"/luovutukset/uusi/{maija.id}", {"recipient": str(recipient.id), **FORM})

    row = db.session.scalars(select(AuditEvent).filter_by(event="disclosure.recorded")).one()
    assert (row.actor_id, row.subject) == (clerk.id, f"customer:{maija.id}")
    assert (row.facts["recipient_id"], row.facts["fields"], row.facts["ground"]) == (
        recipient.id,
        ["last_name", "phone"],
        "collection",
    )


def test_without_recipients_the_form_says_to_add_one_first(client, maija, clerk):
    answer = client.get(f"/luovutukset/uusi/{maija.id}")

    assert "Vastaanottajia ei ole vielä lisätty" in answer.main
    assert answer.page.select_one("main a.button")["href"] == "/kumppanit/uusi"
