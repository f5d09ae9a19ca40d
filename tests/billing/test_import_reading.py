"""Reading one row of the accounting system's file, and finding whose it is."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.billing import import_reading
from rekisteri.billing.import_matching import NOT_FOUND, SEVERAL, Owners
from rekisteri.billing.import_reading import COLUMNS, NEEDED, Line, check_columns, guess, read_line
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_organisation, make_person

TODAY = date(2026, 11, 23)
ROW = {
    "number": "1001",
    "name": "Virtanen Maija",
    "invoiced_on": "1.9.2026",
    "due_on": "15.9.2026",
    "amount": "120,00",
    "paid": "",
    "paid_on": "",
}


def read(**changed: str) -> Line:
    return read_line(2, ROW | changed, today=TODAY)


def test_a_row_becomes_an_invoice():
    assert read() == Line(
        row=2,
        number="1001",
        name="Virtanen Maija",
        invoiced_on=date(2026, 9, 1),
        due_on=date(2026, 9, 15),
        amount=120_00,
    )


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("120", 120_00),
        ("120,5", 120_50),
        ("1 234,50 €", 1_234_50),
        ("1\xa0234,50", 1_234_50),
        ("1234.50", 1_234_50),
        ("0,01", 1),
    ],
)
def test_a_sum_is_read_as_finns_and_programs_write_it(typed, cents):
    assert read(amount=typed).amount == cents


@pytest.mark.parametrize(
    "typed", ["1.9.2026", "01.09.2026", "2026-09-01", "2026-09-01 00:00:00", "2026-09-01T00:00:00"]
)
def test_a_day_is_read_as_finns_and_programs_write_it(typed):
    assert read(invoiced_on=typed).invoiced_on == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "paid", "paid_on"),
    [
        ({}, 0, None),
        ({"paid": "ei"}, 0, None),
        ({"paid": "Avoin"}, 0, None),
        ({"paid": "0,00"}, 0, None),
        ({"paid": "0,00", "paid_on": "1.10.2026"}, 0, None),
        ({"paid_on": "1.10.2026"}, 120_00, date(2026, 10, 1)),
        ({"paid": "MAKSETTU", "paid_on": "1.10.2026"}, 120_00, date(2026, 10, 1)),
        ({"paid": "20", "paid_on": "1.10.2026"}, 20_00, date(2026, 10, 1)),
        ({"paid": "130", "paid_on": "1.10.2026"}, 130_00, date(2026, 10, 1)),
    ],
)
def test_what_was_paid_is_understood_however_it_is_told(typed, paid, paid_on):
    line = read(**typed)

    assert (line.paid, line.paid_on, line.refused) == (paid, paid_on, "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "x" * 41}, "enintään 40"),
        ({"number": "131052-308T;"}, "Laskun numerossa"),
        ({"due_on": ""}, "puuttuu"),
        ({"amount": "1,234,5"}, "Summa: Kirjoita euromäärä"),
        ({"amount": "1,005"}, "kaksi desimaalia"),
        ({"amount": "10000000000000000000"}, "Suurin sallittu"),
        ({"paid": "ehkä"}, "Maksettu: Kirjoita euromäärä"),
        ({"paid_on": "30.2.2026"}, "Maksupäivä: Päivää 30.2.2026 ei ole kalenterissa"),
        ({"credited_on": "1.8.2026"}, "ennen laskupäivää"),
        ({"credited_on": "24.11.2026"}, "tulevaisuudessa"),
    ],
)
def test_a_row_that_makes_no_sense_says_why_and_still_shows_whose_it_was(typed, said):
    line = read(**typed)

    assert said in line.refused
    assert line.name == "Virtanen Maija"


@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.text(max_size=60)))
def test_no_row_however_strange_stops_the_reading(cells):
    line = read_line(2, ROW | cells, today=TODAY)

    assert isinstance(line, Line)
    assert line.refused == "" or line.refused.endswith((".", "?"))


@pytest.mark.parametrize("missing", NEEDED)
def test_each_needed_column_is_asked_for_by_its_name(missing):
    columns = {field: place for place, field in enumerate((*NEEDED, "name")) if field != missing}

    with pytest.raises(RuleViolation) as refusal:
        check_columns(columns)

    assert refusal.value.field == missing
    assert COLUMNS[missing] in refusal.value.sentence


@pytest.mark.parametrize("whose", ["customer_id", "business_id", "name"])
def test_any_one_way_to_the_customer_will_do(whose):
    check_columns({field: place for place, field in enumerate((*NEEDED, whose))})


def test_every_column_by_its_own_name_is_guessed():
    header = list(COLUMNS.values())

    assert guess(header) == {field: place for place, field in enumerate(COLUMNS)}


@given(st.lists(st.text(max_size=20), max_size=30))
def test_a_guess_takes_no_column_twice(header):
    found = guess(header)

    assert len(set(found.values())) == len(found)
    assert all(0 <= place < len(header) for place in found.values())


def test_three_hundred_columns_are_refused_in_a_sentence():
    content = ";".join(f"sarake{number}" for number in range(300)).encode() + b"\n1;2\n"

    with pytest.raises(RuleViolation, match="300 saraketta"):
        import_reading.open_invoices(io.BytesIO(content), "leveä.csv")


@pytest.fixture
def maija(app):
    make_organisation("Äijälän Sähkö Oy", business_id="0112038-9")
    return make_person(obtained_on=date(2026, 1, 1))


def owner(**who: str) -> int | str:
    """Whose a row is, or why nobody's."""
    line = Line(2, number="1", **who)
    try:
        return Owners([line]).of(line)
    except RuleViolation as violation:
        return violation.sentence


@pytest.mark.parametrize(
    "name", ["Virtanen Maija", "Virtanen, Maija", "Maija Virtanen", "MAIJA  VIRTANEN", "maija virtanen"]
)
def test_a_person_is_found_by_name_in_either_order(maija, name):
    assert owner(name=name) == maija.id


def test_a_person_of_several_names_is_found_in_either_order(app):
    person = make_person(last_name="von Essen", first_name="Anna Maija")

    assert owner(name="Anna Maija von Essen") == owner(name="von Essen Anna Maija") == person.id


@pytest.mark.parametrize("name", ["", "Virtanen", "Maija", "Virtanen Maija Oy", "%", "*"])
def test_half_a_name_finds_nobody(maija, name):
    assert owner(name=name) == NOT_FOUND


def test_a_customer_in_the_archive_still_gets_its_invoices(maija):
    with transaction():
        db.session.get(type(maija), maija.id).state = "archived"

    assert owner(name="Virtanen Maija") == owner(customer_id=str(maija.id)) == maija.id


def test_a_customer_that_only_an_import_has_proposed_is_nobody(maija):
    with transaction():
        db.session.get(type(maija), maija.id).state = "incoming"

    assert owner(name="Virtanen Maija") == owner(customer_id=str(maija.id)) == NOT_FOUND


@pytest.mark.parametrize("number", ["0", "-1", "1.0", "99999999999", "²", "abc", "4711"])
def test_a_number_that_is_no_customers_finds_nobody(maija, number):
    assert owner(customer_id=number) == NOT_FOUND


def test_namesakes_are_never_guessed_between(maija):
    make_person(obtained_on=date(2026, 1, 1))

    assert owner(name="Maija Virtanen") == SEVERAL


def test_two_organisations_of_one_business_id_are_never_guessed_between(maija):
    make_organisation("Toinen Oy", business_id="0112038-9")

    assert owner(business_id="0112038-9") == SEVERAL


@pytest.mark.parametrize("code", ["0112038-1", "12345", "ei ole"])
def test_a_business_id_that_is_wrong_finds_nobody_even_with_a_right_name(maija, code):
    assert owner(business_id=code, name="Äijälän Sähkö Oy") == NOT_FOUND
