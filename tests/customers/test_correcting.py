"""Correcting one datum: what rectification asks of customers, and where letters are addressed."""

from datetime import date

import pytest

from rekisteri.customers import service
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_clerk, make_organisation, make_person

ON = date(2026, 11, 20)


def correct(customer, field, value):
    clerk = make_clerk()
    with transaction():
        return service.correct(
            customer=service.find(customer.id),
            field=field,
            value=value,
            source=service.self_source(),
            obtained_on=ON,
            by=clerk,
            reason="Oikaisu 2026/0007",
        )


def test_a_corrected_datum_is_given_before_and_after(app):
    before, after = correct(make_person(), "phone", "040 123 4567")

    assert (before.value, before.ended_reason) == ("+358415058567", "Oikaisu 2026/0007")
    assert (after.value, after.source.name, after.obtained_on) == ("+358401234567", "Rekisteröity itse", ON)


def test_an_unnecessary_datum_is_removed(app):
    maija = make_person()

    before, after = correct(maija, "phone", None)

    assert (before.field, after) == ("phone", None)
    assert "phone" not in service.current(maija)
    assert service.search("041 505 8567") == []


def test_an_incomplete_register_is_completed(app):
    before, after = correct(make_person(), "organisation", "Äijälän Sähkö Oy")

    assert (before, after.value) == (None, "Äijälän Sähkö Oy")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("phone", "041-505 8567", "Rekisterissä on jo juuri tämä tieto."),
        ("orders", None, "Tietoa ei ole rekisterissä."),
        ("postcode", "123", "viisi numeroa"),
        ("business_id", "9000009-7", "ei ole tällaista tietokenttää"),
    ],
)
def test_a_correction_that_corrects_nothing_or_does_wrong_is_refused(app, field, value, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        correct(make_person(), field, value)


def test_a_person_is_not_left_without_a_name(app):
    maija = make_person(first_name="")

    with pytest.raises(RuleViolation, match="Anna sukunimi tai etunimi"):
        correct(maija, "last_name", None)


def test_the_archived_have_their_rights_too(app):
    maija, clerk = make_person(), make_clerk()
    with transaction():
        service.archive(customer=service.find(maija.id), by=clerk)

    _, after = correct(maija, "city", "Turku")

    assert after.value == "Turku"


def test_a_correction_moves_the_version_so_that_an_open_form_notices(app):
    maija = make_person()
    before = maija.version

    correct(maija, "orders", "2024: vene")

    db.session.expire_all()
    assert service.find(maija.id).version > before


def test_a_letter_is_addressed_to_the_person_by_name(app):
    assert service.addressee(make_person()) == ("Maija Virtanen", "Mäkitie 4 A 3", "00100 HELSINKI")


def test_a_letter_abroad_ends_with_the_country(app):
    person = make_person(street="Gatan 1", postcode="111 22", city="Stockholm", country="sverige")

    assert service.addressee(person) == ("Maija Virtanen", "Gatan 1", "111 22 STOCKHOLM", "RUOTSI")


def test_without_a_whole_address_there_is_no_addressee(app):
    assert service.addressee(make_person(city="")) == ()


@pytest.mark.parametrize(
    "own",
    [
        {"street": "", "postcode": "", "city": ""},
        {"street": "Teollisuuskatu 7", "postcode": "33100", "city": "Tampere"},
    ],
)
def test_at_work_the_person_comes_first_and_the_organisation_second(app, own):
    make_organisation("Äijälän Sähkö Oy")
    person = make_person(organisation="Äijälän Sähkö Oy", **own)

    assert service.addressee(person) == ("Maija Virtanen", "Äijälän Sähkö Oy", "Teollisuuskatu 7", "33100 TAMPERE")


def test_at_home_the_employer_is_not_named_on_the_envelope(app):
    make_organisation("Äijälän Sähkö Oy")

    assert service.addressee(make_person(organisation="Äijälän Sähkö Oy"))[1] == "Mäkitie 4 A 3"
