"""The settings as people fill them in."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db
from rekisteri.settings import service
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient

SignIn = Callable[..., Any]
YRITYS = {
    "company_name": "Kuusikon Kello Oy",
    "business_id": "90000097",
    "street": "Tehtaankuja 3",
    "postcode": "33100",
    "city": "Tampere",
    "phone": "03 2345670",
    "email": "toimisto@kuusikonkello.example",
}


def test_a_new_register_says_what_is_still_to_be_filled_in(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")
    page = client.get("/asetukset/").main
    assert "Täydennä: yrityksen nimi, Y-tunnus, yrityksen osoite" in page
    assert "Täydennä: rekisterin vastuuhenkilön nimi, rekisterin vastuuhenkilön asema." in page
    assert "Tietosuojavaltuutetun toimisto" in page


def test_the_person_responsible_fills_in_the_company(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")
    page = client.submit("/asetukset/yritys", YRITYS).main
    assert "Yritys: tiedot tallennettiin." in page
    assert "9000009-7" in page
    assert "03 234 5670" in page
    assert "Täydennä: yrityksen nimi" not in page


def test_an_administrator_without_a_commitment_may_fill_them_in(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("paakayttaja", committed=False)
    assert client.submit("/asetukset/yritys", YRITYS).status_code == 200


def test_a_reader_sees_the_settings_but_changes_nothing(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    page = client.get("/asetukset/")
    assert [link["href"] for link in page.page.select("main a[href^='/asetukset/']")] == ["/asetukset/kirjeet"]
    assert client.get("/asetukset/yritys").status_code == 403
    assert client.post("/asetukset/yritys").status_code in (400, 403)


def test_a_wrong_business_id_is_told_on_its_field(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")
    page = client.submit("/asetukset/yritys", YRITYS | {"business_id": "9000009-1"})
    assert page.status_code == 422
    assert "Y-tunnus ei ole oikein" in page.page.select_one("#business_id-error").text
    assert page.page.select_one("#street")["value"] == "Tehtaankuja 3"


def test_a_part_that_does_not_exist_is_not_found(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")
    assert client.get("/asetukset/olematon").status_code == 404


def test_two_people_do_not_overwrite_each_other(app: Flask, client: ReadingClient, sign_in: SignIn) -> None:
    fill_settings()
    sign_in("vastuuhenkilo")
    form = client.get("/asetukset/vastuuhenkilo").page
    sent = {field["name"]: field.get("value", "") for field in form.select("main form input[name]")}
    client.submit("/asetukset/vastuuhenkilo", {"owner_name": "Aino Koivu"})
    late = client.post("/asetukset/vastuuhenkilo", data=sent | {"owner_name": "Eero Lahti"})
    assert late.status_code == 409
    assert "Eero Lahti" in late.main
    assert "Aino Koivu" in late.main
    db.session.rollback()
    assert service.current().owner_name == "Aino Koivu"


def test_two_first_saves_do_not_both_win(app: Flask, client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")
    form = client.get("/asetukset/vastuuhenkilo").page
    sent = {field["name"]: field.get("value", "") for field in form.select("main form input[name]")}
    client.submit("/asetukset/rekisteri", {"register_name": "Kuusikon asiakasrekisteri"})
    late = client.post("/asetukset/vastuuhenkilo", data=sent | {"owner_name": "Eero Lahti", "owner_title": "johtaja"})
    assert late.status_code == 409


def test_old_contact_data_of_the_authority_are_to_be_checked(
    client: ReadingClient, sign_in: SignIn, freeze: Callable[[str], None]
) -> None:
    freeze("2026-11-23")
    sign_in("vastuuhenkilo")
    assert "Tarkista yhteystiedot" in client.get("/asetukset/").main
    page = client.submit("/asetukset/tietosuojavaltuutettu", {"verified_on": "20.11.2026"}).main
    assert "Tarkista yhteystiedot" not in page
    assert "20.11.2026" in page


def test_a_day_to_come_is_no_day_of_checking(
    client: ReadingClient, sign_in: SignIn, freeze: Callable[[str], None]
) -> None:
    freeze("2026-11-23")
    sign_in("vastuuhenkilo")
    page = client.submit("/asetukset/tietosuojavaltuutettu", {"verified_on": "24.11.2026"})
    assert page.status_code == 422
    assert "Tarkistuspäivä ei voi olla tulevaisuudessa." in page.main


def test_every_page_bears_the_registers_own_name(client: ReadingClient, sign_in: SignIn) -> None:
    fill_settings(register_name="Kuusikon asiakasrekisteri")
    assert "Kuusikon asiakasrekisteri" in client.get("/tietosuojaseloste").page.title.text


def test_the_log_tells_which_fields_changed_but_not_their_values(
    app: Flask, client: ReadingClient, sign_in: SignIn
) -> None:
    user = sign_in("vastuuhenkilo")
    client.submit("/asetukset/vastuuhenkilo", {"owner_name": "Onni Saari", "owner_title": "toimitusjohtaja"})
    db.session.rollback()
    row = db.session.query(AuditEvent).filter_by(event="settings.changed").one()
    assert row.facts == {"fields": ["owner_name", "owner_title"]}
    assert row.actor_id == user.id


def test_saving_without_changes_leaves_no_trace(app: Flask, client: ReadingClient, sign_in: SignIn) -> None:
    fill_settings()
    sign_in("vastuuhenkilo")
    client.submit("/asetukset/yritys")
    db.session.rollback()
    assert db.session.query(AuditEvent).filter_by(event="settings.changed").count() == 1


def test_letters_get_the_company_in_one_piece(app: Flask) -> None:
    fill_settings()
    known = service.current().controller()
    assert known["lines"] == ["Tehtaankuja 3", "33100 TAMPERE"]
    assert known["phone"] == "03 234 5670"
    assert known["place"] == "Tampere"
    assert known["owner"] == {"name": "Onni Saari", "title": "toimitusjohtaja"}
    assert known["ombudsman"]["lines"] == ["PL 800", "00531 HELSINKI"]


def test_a_contact_person_without_an_address_is_reached_through_the_company(app: Flask) -> None:
    fill_settings(contact_phone="", contact_email="")
    contact = service.current().contact()
    assert contact["lines"] == ["Tehtaankuja 3", "33100 TAMPERE"]
    assert contact["email"] == "toimisto@kuusikonkello.example"


def test_a_register_without_settings_still_answers(app: Flask) -> None:
    assert service.current().register_name == "Asiakasrekisteri"
    assert "yrityksen nimi" in service.missing()
    fill_settings()
    assert service.missing() == []


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "{{7*7}}", "Žukov & Pojat \u202eyO"])
def test_hostile_names_are_shown_as_plain_text(client: ReadingClient, sign_in: SignIn, payload: str) -> None:
    sign_in("vastuuhenkilo")
    with client.foreign_words():
        page = client.submit("/asetukset/yritys", YRITYS | {"company_name": payload})
    assert not page.page.select("main script")
    assert payload.replace("\u202e", "") in page.main


def test_the_end_of_the_financial_year_is_set_with_the_register(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")

    assert "31.12." in client.get("/asetukset/").main
    refused = client.submit("/asetukset/rekisteri", {"financial_year_end": "31.4."})
    answer = client.submit("/asetukset/rekisteri", {"financial_year_end": "30.4."})

    assert (refused.status_code, answer.status_code) == (422, 200)
    assert "esimerkiksi 31.12. tai 30.6." in refused.main
    assert "30.4." in answer.main
