"""Columns are recognised by what offices call them, and a row is read as a person would read it."""

import pytest

from rekisteri.customers import rules
from rekisteri.customers.importing import columns
from rekisteri.customers.importing.columns import Reading, check_reading, guess, guess_kind, read_row
from rekisteri.kernel.errors import RuleViolation


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Sukunimi;Etunimi;Sähköposti;Puhelin", ["last_name", "first_name", "email", "phone"]),
        ("LAST NAME;First Name;E-mail;Mobile", ["last_name", "first_name", "email", "phone"]),
        ("Efternamn;Förnamn;E-post;Telefon", ["last_name", "first_name", "email", "phone"]),
        ("Nimi;Y-tunnus;Osoite;Postinro;Kaupunki", ["name", "business_id", "street", "postcode", "city"]),
        ("Nimi;Puh.", ["full_name", "phone"]),
        ("Asiakasnro;Nimi;Sukunimi", ["customer_number", "name", "last_name"]),
        ("Puhelin;Puhelin (2);Hetu;Kengännumero", ["phone", "", "", ""]),
        ("Sähköpostiosoite;Sähköpostiosoite 2;Katuosoite 3", ["email", "email_2", "street_3"]),
    ],
)
def test_columns_are_recognised_by_their_names(header, expected):
    assert guess(header.split(";")) == expected


def test_every_field_is_recognised_by_the_name_it_is_offered_by():
    assert guess(list(columns.OFFERED.values())) == list(columns.OFFERED)
    assert {field for labels in rules.FIELDS.values() for field in labels} <= set(columns.OFFERED)


def test_what_was_told_for_the_source_the_last_time_goes_before_the_guess():
    remembered = {"nimi": "last_name", "puhelin": "", "kengännumero": "tuntematon"}
    assert guess(["Nimi", "Puhelin", "Kengännumero", "GSM"], remembered) == ["last_name", "", "", "phone"]


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (["last_name"], "person"),
        (["name"], "organisation"),
        (["customer_kind"], "mixed"),
        (["name", "full_name"], "mixed"),
    ],
)
def test_of_what_kind_the_rows_are_is_seen_from_the_columns(found, kind):
    assert guess_kind(found) == kind


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        (Reading(("last_name", "last_name"), "person"), "kahdelle sarakkeelle"),
        (Reading(("email",), "person"), "nimi on"),
        (Reading(("email",), "mixed"), "nimi on"),
        (Reading(("last_name",), "organisation"), "yhteisön nimi"),
        (Reading(("full_name",), "person"), "kummin päin"),
        (Reading(("last_name",), "elain"), "mitä rivit ovat"),
    ],
)
def test_columns_that_cannot_be_read_so_are_told(reading, told):
    with pytest.raises(RuleViolation, match=told):
        check_reading(reading)


@pytest.mark.parametrize("order", ["last_first", "first_last"])
@pytest.mark.parametrize(
    ("whole", "last", "first"),
    [("Virtanen, Maija", "Virtanen", "Maija"), ("Virtanen,Maija Liisa", "Virtanen", "Maija Liisa")],
)
def test_a_comma_tells_which_name_is_first(whole, last, first, order):
    row = read_row(Reading(("full_name",), "person", order), [whole])
    assert row.values == {"last_name": last, "first_name": first}


@pytest.mark.parametrize(
    ("order", "whole", "expected"),
    [
        ("last_first", "Virtanen Maija Liisa", {"last_name": "Virtanen", "first_name": "Maija Liisa"}),
        ("first_last", "Maija Liisa Virtanen", {"last_name": "Virtanen", "first_name": "Maija Liisa"}),
        ("first_last", "Madonna", {"last_name": "Madonna"}),
        ("last_first", "Madonna", {"last_name": "Madonna"}),
    ],
)
def test_a_name_in_one_column_is_divided_as_was_told(order, whole, expected):
    assert read_row(Reading(("full_name",), "person", order), [whole]).values == expected


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["Yritys", "Oy Malli Ab", "", ""], "organisation"),
        (["h", "", "Virtanen", ""], "person"),
        (["", "Oy Malli Ab", "", ""], "organisation"),
        (["", "Oy Malli Ab", "Virtanen", ""], "person"),
        (["", "", "", "0201256-6"], "organisation"),
        (["", "", "Virtanen", ""], "person"),
    ],
)
def test_in_a_mixed_file_each_row_tells_its_kind(cells, kind):
    reading = Reading(("customer_kind", "name", "last_name", "business_id"), "mixed")
    assert read_row(reading, cells).kind == kind


def test_a_person_in_a_company_s_column_represents_the_company():
    row = read_row(Reading(("name", "last_name"), "mixed"), ["Oy Malli Ab", "Virtanen"])
    assert row.values == {"last_name": "Virtanen", "organisation": "Oy Malli Ab"}


def test_every_mistake_of_a_row_is_told_at_once():
    reading = Reading(("last_name", "email", "phone", "postcode"), "person")
    row = read_row(reading, ["131052-308T", "maija@", "12", "1"])
    assert [field for field, _sentence in row.errors] == ["last_name", "email", "phone", "postcode"]
    assert "Henkilötunnusta ei saa tallentaa" in row.errors[0][1]


def test_a_postcode_whose_zeros_a_spreadsheet_ate_is_made_whole():
    reading = Reading(("last_name", "postcode", "country"), "person")
    assert read_row(reading, ["Aho", "100", ""]).values["postcode"] == "00100"
    assert read_row(reading, ["Aho", "101", "Islanti"]).values["postcode"] == "101"


def test_a_row_longer_than_the_header_is_told():
    row = read_row(Reading(("last_name",), "person"), ["Aho", "jotakin"])
    assert "enemmän soluja" in row.errors[0][1]


def test_a_row_without_a_name_is_told_unless_a_number_says_whose_it_is():
    reading = Reading(("customer_number", "last_name", "phone"), "person")
    assert "nimi" in read_row(reading, ["", "", "040 555 1234"]).errors[0][1]
    assert read_row(reading, ["7", "", "040 555 1234"]).errors == []
    assert "numeroita" in read_row(reading, ["seitsemän", "Aho", ""]).errors[0][1]
