"""A file's columns are known by whatever name offices, shops and other programs have given them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.customers import rules
from rekisteri.customers.importing import columns
from rekisteri.customers.importing.columns import Reading, guess, guess_kind, read_row

USUAL = {
    "customer_number": ["Asiakasnumero", "ASIAKASNRO", "As.nro", "Customer ID", "customer_number"],
    "customer_kind": ["Laji", "Tyyppi", "Asiakastyyppi", "TYPE"],
    "full_name": ["Koko nimi", "Henkilön nimi", "Full Name", "contact_name", "Namn"],
    "last_name": ["Sukunimi", "sukunimi:", "Sukunimi *", "last_name", "LASTNAME", "Surname", "Efternamn"],
    "first_name": ["Etunimi", "Etunimet", "Kutsumanimi", "first_name", "Given name", "Förnamn"],
    "organisation": ["Työnantaja", "Edustaa", "Employer"],
    "name": ["Yritys", "Yrityksen nimi", "Toiminimi", "company_name", "Organization", "Företag"],
    "business_id": ["Y-tunnus", "Y-TUNNUS", "ytunnus", "y_tunnus", "VAT", "FO-nummer", "Business_ID"],
    "email": [
        "Sähköposti",
        "SÄHKÖPOSTIOSOITE",
        "s-posti",
        "E-mail",
        "email_address",
        "E-post",
        "Sa\u0308hko\u0308posti",
    ],
    "phone": ["Puhelin", "Puh.", "GSM", "Matkapuhelin", "phone_number", "Tel", "Telefon:"],
    "street": ["Katuosoite", "Osoite", "Lähiosoite", "street_address", "Adress"],
    "postcode": ["Postinumero", "Postinro", "zip_code", "Postal code", "Postnummer *"],
    "city": ["Postitoimipaikka", "Kaupunki", "Paikkakunta", "City", "Ort"],
    "country": ["Maa", "Maakoodi", "country_code", "Land"],
    "orders": ["Tilaukset", "Aikaisemmat tilaukset", "Order history"],
}
PEOPLE = Reading(("last_name", "first_name", "email", "phone", "postcode", "country"), "person")


@pytest.mark.parametrize(("target", "written"), [(target, one) for target, names in USUAL.items() for one in names])
def test_a_column_is_known_in_every_usual_writing(target, written):
    assert guess([written]) == [target]


@pytest.mark.parametrize("target", USUAL)
@pytest.mark.parametrize("change", [str.upper, str.lower, "  {}  ".format, "{}:".format, "{} *".format])
def test_capitals_spaces_and_marks_around_a_name_make_no_difference(target, change):
    assert guess([change(USUAL[target][0])]) == [target]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["Nimi"], ["full_name"]),
        (["Name", "VAT"], ["name", "business_id"]),
        (["Nimi:", "Y-tunnus:"], ["name", "business_id"]),
        (["Nimi", "last_name", "first_name"], ["name", "last_name", "first_name"]),
        (["Nimi", "Sukunimi *"], ["name", "last_name"]),
    ],
)
def test_what_a_column_called_name_holds_is_seen_from_the_others(header, expected):
    assert guess(header) == expected


@pytest.mark.parametrize(
    "strange", ["Henkilötunnus", "Hetu", "Syntymäaika", "Sukupuoli", "Huomautukset", "Luottoraja", ""]
)
def test_what_the_register_may_not_hold_is_never_proposed_for_it(strange):
    assert guess([strange, "Sukunimi"]) == ["", "last_name"]


@given(st.lists(st.sampled_from([name for names in USUAL.values() for name in names] + ["Nimi", "x", ""]), max_size=12))
def test_no_field_is_proposed_for_two_columns(header):
    found = [target for target in guess(header) if target]

    assert len(set(found)) == len(found)
    assert len(guess(header)) == len(header)
    assert guess_kind(found) in columns.KINDS


def test_what_was_left_out_on_purpose_is_not_proposed_again():
    assert guess(["Puhelin", "GSM"], {"puhelin": ""}) == ["", "phone"]
    assert guess(["Puhelin", "GSM"], {"puhelin": "", "gsm": ""}) == ["", ""]


# rows


@given(st.lists(st.text(max_size=20), max_size=9))
def test_whatever_stands_on_a_row_it_is_read_or_told_in_a_sentence(cells):
    row = read_row(PEOPLE, cells)

    assert row.errors or row.values
    assert all(sentence.endswith(".") for _field, sentence in row.errors)
    for field, value in row.values.items():
        assert rules.check_value("person", field, value, country=row.values.get("country", "")) == value


@pytest.mark.parametrize(
    ("written", "kept"),
    [("100", "00100"), ("1100", "01100"), (" 990 ", "00990"), ("00100", "00100"), ("33100", "33100")],
)
def test_the_zeros_that_a_spreadsheet_took_come_back(written, kept):
    assert read_row(PEOPLE, ["Aho", "", "", "", written, ""]).values["postcode"] == kept


@pytest.mark.parametrize(
    ("written", "country"), [("10", ""), ("010", ""), ("123456", ""), ("1O0", "Suomi"), ("-100", "")]
)
def test_a_postcode_that_can_be_mended_in_no_sure_way_is_told(written, country):
    row = read_row(PEOPLE, ["Aho", "", "", "", written, country])

    assert row.errors == [("postcode", "Suomalaisessa postinumerossa on viisi numeroa.")]


@pytest.mark.parametrize("number", ["0", "7", " 12 ", "000123", "999999999"])
def test_a_customer_number_is_read(number):
    row = read_row(Reading(("customer_number", "last_name"), "person"), [number, "Aho"])
    assert (row.number, row.errors) == (int(number), [])


@pytest.mark.parametrize("number", ["7.0", "-1", "1 000", "٧", "²", "1e3", "9999999999", "A7"])
def test_what_is_no_customer_number_is_told_and_nobody_elses_row_is_touched(number):
    row = read_row(Reading(("customer_number", "last_name"), "person"), [number, "Aho"])
    assert row.number is None
    assert row.errors == [("customer_number", "Asiakasnumerossa on vain numeroita.")]


def test_a_value_in_a_column_that_the_row_s_kind_does_not_have_is_left_out():
    reading = Reading(("customer_kind", "name", "last_name", "business_id", "email"), "mixed")
    person = read_row(reading, ["Henkilö", "", "Aho", "0201256-6", "a@esimerkki.fi"])
    company = read_row(reading, ["Yritys", "Malli Oy", "Aho", "", "a@esimerkki.fi"])

    assert person.values == {"last_name": "Aho", "email": "a@esimerkki.fi"}
    assert company.values == {"name": "Malli Oy", "email": "a@esimerkki.fi"}


@pytest.mark.parametrize("word", ["Henkilö", "HENKILÖ", " person ", "Yksityishenkilö", "kuluttaja"])
def test_the_kind_is_read_in_every_usual_word(word):
    reading = Reading(("customer_kind", "name"), "mixed")
    assert read_row(reading, [word, "Malli Oy"]).kind == "person"
    assert read_row(reading, ["Yritys", "Malli Oy"]).kind == "organisation"


def test_a_foreign_postcode_in_a_further_address_is_judged_by_its_own_country():
    reading = Reading(("last_name", "postcode_2", "country_2", "country"), "person")
    assert read_row(reading, ["Aho", "sw1a 1aa", "Englanti", "Suomi"]).values["postcode_2"] == "SW1A 1AA"
    assert read_row(reading, ["Aho", "sw1a 1aa", "Suomi", "Englanti"]).errors[0][0] == "postcode_2"
