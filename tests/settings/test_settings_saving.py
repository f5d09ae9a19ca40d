"""Saving a part of the settings: bad input is told on its field and changes nothing, and nobody overwrites another."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.settings import service
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient

SignIn = Callable[..., Any]
TODAY = date(2026, 11, 23)


def save(version: int | None = None, **changes: Any) -> None:
    with transaction():
        now = service.current().version if version is None else version
        service.change(changes=changes, version=now, by=None, on=TODAY)


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        ("yritys", {"company_name": ""}, "Anna yrityksen nimi."),
        ("yritys", {"postcode": "331"}, "Postinumerossa on viisi numeroa"),
        ("yritys", {"phone": "soita vaihteeseen"}, "Puhelinnumeroa ei tunnistettu."),
        ("yritys", {"email": "ei-osoite"}, "ähköposti"),
        ("yhteyshenkilo", {"contact_name": ""}, "Anna yhteyshenkilön nimi."),
        ("yhteyshenkilo", {"contact_phone": "12"}, "Puhelinnumeroa ei tunnistettu."),
        ("vastuuhenkilo", {"owner_title": ""}, "Anna vastuuhenkilön asema."),
        ("rekisteri", {"financial_year_end": "31.6."}, "Kirjoita päivä ja kuukausi"),
        ("rekisteri", {"archive_after_years": "31"}, "Kirjoita vuodet numeroina, 1–30."),
        ("rekisteri", {"register_name": ""}, "Anna rekisterin nimi."),
        ("tietosuojavaltuutettu", {"ombudsman_postcode": "PL 800"}, "Postinumerossa on viisi numeroa"),
        ("tietosuojavaltuutettu", {"verified_on": "31.2.2026"}, "äivä"),
    ],
)
def test_bad_input_is_told_on_its_field_and_nothing_is_saved(
    client: ReadingClient, sign_in: SignIn, part: str, typed: dict[str, str], sentence: str
) -> None:
    fill_settings()
    before = service.values(service.current())
    sign_in("vastuuhenkilo")
    page = client.submit(f"/asetukset/{part}", typed)
    (field, value), *_rest = typed.items()
    assert page.status_code == 422
    assert sentence in page.page.select_one(f"#{field}-error").get_text()
    assert page.page.select_one(f"#{field}")["value"] == value
    db.session.rollback()
    assert service.values(service.current()) == before


@pytest.mark.parametrize(("years", "told"), [("1", "1 vuosi"), ("5", "5 vuotta")])
def test_the_years_before_the_archive_are_told_in_words(
    client: ReadingClient, sign_in: SignIn, years: str, told: str
) -> None:
    fill_settings()
    sign_in("vastuuhenkilo")
    page = client.submit("/asetukset/rekisteri", {"archive_after_years": years})
    assert page.status_code == 200
    assert told in page.main.replace("\u00a0", " ")


def test_one_bad_value_keeps_the_good_ones_beside_it_from_being_saved(app: Flask) -> None:
    fill_settings()
    with pytest.raises(RuleViolation):
        save(company_name="Toinen Oy", postcode="x")
    assert service.current().company_name == "Kuusikon Kello Oy"


def test_a_part_saves_its_own_fields_and_leaves_the_others(app: Flask) -> None:
    fill_settings()
    before = service.values(service.current())
    save(owner_name="Aino Koivu")
    after = service.values(service.current())
    assert {name for name in after if after[name] != before[name]} == {"owner_name", "version"}


def test_what_may_be_empty_can_be_emptied_again(app: Flask) -> None:
    fill_settings()
    save(contact_phone=None, contact_email="", place="")
    known = service.current().controller()
    assert known["contact"]["phone"] == "03 234 5670"
    assert known["place"] == "Tampere"


def test_a_contact_person_with_an_address_is_reached_there(app: Flask) -> None:
    fill_settings(contact_street="Kellokuja 1", contact_postcode="33 200", contact_city="Tampere")
    assert service.current().contact()["lines"] == ["Kellokuja 1", "33200 TAMPERE"]


@pytest.mark.parametrize("behind", [1, 2])
def test_a_form_filled_from_an_older_version_is_refused_with_what_stands_now(app: Flask, behind: int) -> None:
    fill_settings()
    for name in ("Aino Koivu", "Eero Lahti"):
        save(owner_name=name)
    with pytest.raises(Conflict) as refused:
        save(version=service.current().version - behind, owner_name="Onni Saari")
    assert refused.value.theirs == {"owner_name": "Eero Lahti"}
    db.session.rollback()
    assert service.current().owner_name == "Eero Lahti"


def test_two_ends_of_the_financial_year_typed_at_once_are_shown_side_by_side(
    client: ReadingClient, sign_in: SignIn
) -> None:
    fill_settings()
    sign_in("vastuuhenkilo")
    form = client.get("/asetukset/rekisteri").page
    sent = {field["name"]: field.get("value", "") for field in form.select("main form input[name]")}
    client.submit("/asetukset/rekisteri", {"financial_year_end": "30.6."})
    late = client.post("/asetukset/rekisteri", data=sent | {"financial_year_end": "30.4."})
    assert late.status_code == 409
    assert late.page.select_one("#financial_year_end")["value"] == "30.4."
    assert "30.6." in late.main
    db.session.rollback()
    assert service.current().financial_year_end == "30.6."


def test_a_refused_change_leaves_no_trace_in_the_log(app: Flask) -> None:
    fill_settings()
    with pytest.raises(RuleViolation):
        save(business_id="9000009-1")
    db.session.rollback()
    assert db.session.query(AuditEvent).filter_by(event="settings.changed").count() == 1


def test_the_log_names_only_the_fields_whose_value_became_another(app: Flask) -> None:
    fill_settings()
    save(business_id="FI90000097", phone="+358 3 234 5670", city="Nokia")
    facts = [row.facts["fields"] for row in db.session.query(AuditEvent).filter_by(event="settings.changed")]
    assert ["city"] in facts
    assert len(facts) == 2
