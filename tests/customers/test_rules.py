"""What may be written into the register about a customer, and how it is kept."""

from datetime import date

import pytest

from rekisteri.customers import rules
from rekisteri.kernel.errors import RuleViolation

TODAY = date(2026, 11, 23)


def refusal(kind: str, field: str, value: str, **rest: str) -> str:
    with pytest.raises(RuleViolation) as refused:
        rules.check_value(kind, field, value, **rest)
    assert refused.value.field == field
    return refused.value.sentence


@pytest.mark.promise("sisalto.kentat")
def test_the_register_holds_the_fields_of_the_notice_and_nothing_more():
    assert list(rules.MAIN_FIELDS["person"].values()) == [
        "Sukunimi",
        "Etunimi",
        "Edustettu yhteisö",
        "Sähköpostiosoite",
        "Puhelinnumero",
        "Katuosoite",
        "Postinumero",
        "Postitoimipaikka",
        "Maa",
        "Aikaisemmat tilaukset",
    ]
    assert {rules.base(field) for field in rules.FIELDS["person"]} == set(rules.MAIN_FIELDS["person"])


@pytest.mark.promise("sisalto.kentat")
@pytest.mark.parametrize("field", ["birthday", "gender", "religion", "notes", "business_id", ""])
def test_a_field_outside_the_notice_cannot_be_recorded_of_a_person(field):
    assert refusal("person", field, "jotakin") == "Rekisterissä ei ole tällaista tietokenttää."


@pytest.mark.parametrize(
    "name",
    [
        "Virtanen",
        "Šakki Žukov",
        "von Essen",
        "af Ursin",
        "O’Brien",
        "D'Angelo",
        "Virtanen-Äijälä",
        "Nguyễn",
        "Þórðarson",
        "李",
        "محمد",
        "Иванов",
        "J. P.",
        "Ö",
        "a" * 100,
        "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilasvanhempainyhdistys",
    ],
)
def test_people_may_be_called_what_they_are_called(name):
    assert rules.check_value("person", "last_name", name) == name


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{7*7}}", "Maija 😀", "Virtanen, Maija", "1234", "--", "a=b", "50 %"]
)
def test_what_is_no_name_is_refused_as_a_name(name):
    assert refusal("person", "last_name", name).startswith("Nimessä")


def test_a_name_longer_than_a_hundred_signs_is_refused():
    assert refusal("person", "first_name", "a" * 101) == "Teksti on liian pitkä: enintään 100 merkkiä."


def test_a_megabyte_of_text_is_refused_without_being_read():
    assert refusal("person", "orders", "ä" * 1_000_000) == "Teksti on liian pitkä: enintään 4000 merkkiä."


def test_signs_that_cannot_be_seen_are_left_out_and_letters_are_composed():
    assert rules.check_value("person", "last_name", "\u202eVir\x00ta\u200bnen\u202c ") == "Virtanen"
    assert rules.check_value("person", "last_name", "A\u0308ija\u0308la\u0308") == "Äijälä"


@pytest.mark.parametrize(
    "field", ["last_name", "organisation", "street", "orders", "email", "city", "country", "phone", "postcode"]
)
@pytest.mark.parametrize("code", ["131052-308T", "131052+308T", "010594Y9032"])
def test_a_personal_identity_code_is_refused_in_every_field(field, code):
    assert "Henkilötunnusta ei saa tallentaa" in refusal("person", field, f"tunnus {code}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("041 505 8567", "+358415058567"),
        ("(09) 123 4567", "+35891234567"),
        ("+358 (0)41 505 8567", "+358415058567"),
        ("00358415058567", "+358415058567"),
        ("+46 8 123 456", "+468123456"),
        ("+1 202-555-0143", "+12025550143"),
    ],
)
def test_a_phone_number_is_kept_in_one_writing_foreign_ones_too(typed, kept):
    assert rules.check_value("person", "phone", typed) == kept


@pytest.mark.parametrize(
    "typed", ["123", "041", "soita iltaisin", "041 505 8567 (työ)", "+358 41", "+999 123456", "0" * 70]
)
def test_what_cannot_be_dialled_is_no_phone_number(typed):
    assert refusal("person", "phone", typed).startswith("Puhelinnumero ei kelpaa.")


def test_an_extension_is_told_apart_from_the_number():
    assert refusal("person", "phone", "09 123 4567 ext. 12") == "Kirjoita puhelinnumero ilman alanumeroa."


@pytest.mark.parametrize(("typed", "kept"), [("Maija@Esimerkki.FI", "Maija@esimerkki.fi"), ("a@öljy.fi", "a@öljy.fi")])
def test_an_email_address_keeps_its_letters_and_loses_its_capitals_after_the_at(typed, kept):
    assert rules.check_value("person", "email", typed) == kept


@pytest.mark.parametrize(
    "typed", ["maija", "maija@", "@esimerkki.fi", "maija@esimerkki", "a b@esimerkki.fi", "työ@esimerkki.fi"]
)
def test_what_cannot_be_delivered_to_is_no_email_address(typed):
    assert refusal("person", "email", typed) == "Kirjoita sähköpostiosoite muodossa nimi@yritys.fi."


@pytest.mark.parametrize("country", ["", "Suomi", "finland", "FI", "Ahvenanmaa"])
def test_a_finnish_postcode_has_five_digits(country):
    assert rules.check_value("person", "postcode", "00100", country=country) == "00100"
    assert rules.check_value("person", "postcode", "FI-00100", country=country) == "00100"
    for typed in ("0010", "001000", "0010A", "٠٠١٠٠"):
        assert refusal("person", "postcode", typed, country=country) == "Suomalaisessa postinumerossa on viisi numeroa."


def test_a_foreign_postcode_may_have_letters():
    assert rules.check_value("person", "postcode", "sw1a 1aa", country="Englanti") == "SW1A 1AA"
    assert refusal("person", "postcode", "<b>", country="Ruotsi").startswith("Postinumerossa voi olla")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("sweden", "Ruotsi"),
        ("SE", "Ruotsi"),
        ("Englanti", "Iso-Britannia"),
        ("Suomi", "Suomi"),
        ("Katalonia", "Katalonia"),
    ],
)
def test_a_country_is_kept_by_its_finnish_name(typed, kept):
    assert rules.check_value("person", "country", typed) == kept


@pytest.mark.parametrize("typed", ["9000009-7", "90000097", "FI90000097", "fi9000009-7"])
def test_a_business_id_is_kept_in_its_official_form(typed):
    assert rules.check_value("organisation", "business_id", typed) == "9000009-7"


def test_an_old_business_id_of_six_digits_gets_its_leading_zero():
    assert rules.check_value("organisation", "business_id", "000010-7") == "0000010-7"


@pytest.mark.parametrize("typed", ["1234567-8", "9000009-8", "12-3", "Y-tunnus", "9000009−7x"])
def test_a_mistyped_business_id_is_noticed(typed):
    assert refusal("organisation", "business_id", typed).startswith("Y-tunnus ei kelpaa.")


def test_earlier_orders_keep_their_lines():
    assert rules.check_value("person", "orders", "2024: vene\r\n2025: airot  \n") == "2024: vene\n2025: airot"


@pytest.mark.parametrize("values", [{}, {"last_name": "", "first_name": " "}, {"email": "maija@esimerkki.fi"}])
def test_a_person_without_any_name_is_refused(values):
    with pytest.raises(RuleViolation, match="Anna sukunimi tai etunimi"):
        rules.check_values("person", values)


@pytest.mark.parametrize("values", [{"last_name": "Virtanen"}, {"first_name": "Šakira"}])
def test_one_name_is_enough(values):
    assert rules.check_values("person", values) == values


def test_an_organisation_has_a_name():
    with pytest.raises(RuleViolation, match="Anna yhteisön nimi"):
        rules.check_values("organisation", {"business_id": "9000009-7"})


def test_a_postcode_is_judged_by_the_country_typed_beside_it():
    kept = rules.check_values("person", {"last_name": "Svensson", "postcode": "SE-111 22", "country": "Ruotsi"})

    assert kept["postcode"] == "SE-111 22"


def test_data_cannot_be_obtained_tomorrow_or_in_another_century():
    assert rules.check_obtained_on(TODAY, today=TODAY) == TODAY
    with pytest.raises(RuleViolation, match="tulevaisuudessa"):
        rules.check_obtained_on(date(2026, 11, 24), today=TODAY)
    with pytest.raises(RuleViolation, match="menneisyydessä"):
        rules.check_obtained_on(date(1899, 12, 31), today=TODAY)


def test_the_post_reads_capitals_and_the_country_last():
    assert rules.postal_lines("Mäkitie 4", "00100", "Äänekoski", "") == ("Mäkitie 4", "00100 ÄÄNEKOSKI")
    assert rules.postal_lines("Gatan 1", "111 22", "Stockholm", "Ruotsi") == ("Gatan 1", "111 22 STOCKHOLM", "RUOTSI")


@pytest.mark.parametrize(
    "address", [("", "00100", "Helsinki", ""), ("Katu 1", "", "Helsinki", ""), ("Katu 1", "00100", "", "")]
)
def test_an_address_the_post_cannot_deliver_to_is_none(address):
    assert rules.postal_lines(*address) == ()
