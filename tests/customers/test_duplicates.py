"""Who in the register looks like somebody: each likeness is found, explained, and read along an index."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekisteri.customers import duplicates, rules, service
from rekisteri.customers.bulk import Row, enter_many
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import MAIJA, make_clerk, make_organisation, make_person
from tests.customers.test_scale import Asked, reads_whole_tables

NOBODY = {"last_name": "Muu", "first_name": "Aivan"}


def likely(kind: str = "person", **values: str) -> list[tuple[int, list[str]]]:
    """Those who look like these values, with the reasons."""
    found = duplicates.likely_duplicates(kind, rules.check_values(kind, values))
    return [(one.customer.id, one.reasons) for one in found]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"last_name": "virtanen", "first_name": "MAIJA"}, "sama nimi"),
        ({"last_name": "Maija", "first_name": "Virtanen"}, "sama nimi, mutta etu- ja sukunimi toisin päin"),
        ({"last_name": "Wirtanen", "first_name": "Maija"}, "sama nimi hieman toisin kirjoitettuna"),
        (NOBODY | {"email": "MAIJA.VIRTANEN@esimerkki.fi"}, "sama sähköpostiosoite"),
        (NOBODY | {"phone": "+358 41 5058567"}, "sama puhelinnumero"),
        (
            {"last_name": "Virtanen", "first_name": "M.", "street": "mäkitie 4 a 3", "city": "HELSINKI"},
            "samankaltainen nimi ja sama osoite",
        ),
    ],
)
def test_each_likeness_is_found_and_explained(app, values, reason):
    maija = make_person()

    assert likely(**values) == [(maija.id, [reason])]


def test_an_address_shared_by_people_of_other_names_is_no_likeness(app):
    make_person()

    assert likely(last_name="Virtanen", first_name="Matti", street=MAIJA["street"], city="Helsinki") == []


def test_the_same_street_in_another_town_is_no_likeness(app):
    make_person()

    assert likely(last_name="Virtanen", first_name="M.", street=MAIJA["street"], city="Turku") == []


def test_a_business_identity_code_finds_the_organisation_under_any_name(app):
    firm = make_organisation("Vanha Nimi Oy", business_id="9000009-7")

    assert likely("organisation", name="Uusi Nimi Oy", business_id="FI90000097") == [(firm.id, ["sama Y-tunnus"])]


@pytest.mark.parametrize(("held", "typed"), [("email", "email_3"), ("email_2", "email"), ("phone_4", "phone_5")])
def test_a_value_is_found_in_whatever_slot_it_stands(app, held, typed):
    value = "yhteinen@esimerkki.fi" if "email" in held else "050 765 4321"
    maija = make_person(**{held: value})

    assert [found for found, _reasons in likely(**NOBODY, **{typed: value})] == [maija.id]


def test_a_second_address_is_compared_with_its_own_town(app):
    maija = make_person(street_2="Kuusitie 9", postcode_2="20100", city_2="Turku")

    assert likely(last_name="Virtanen", first_name="M.", street="Kuusitie 9", city="Turku") == [
        (maija.id, ["samankaltainen nimi ja sama osoite"])
    ]
    assert likely(last_name="Virtanen", first_name="M.", street="Kuusitie 9", city="Helsinki") == []


def test_what_is_shared_more_comes_first_with_all_its_reasons(app):
    namesake = make_person(email="toinen@esimerkki.fi", phone="")
    same = make_person(last_name="Wirtanen")

    found = likely(**MAIJA)

    assert found[0] == (
        same.id,
        [
            "sama sähköpostiosoite",
            "sama puhelinnumero",
            "sama nimi hieman toisin kirjoitettuna",
            "sama osoite",
        ],
    )
    assert found[1] == (namesake.id, ["sama nimi", "sama osoite"])


def test_a_person_and_an_organisation_are_never_the_same(app):
    make_organisation("Virtanen Maija", email="maija.virtanen@esimerkki.fi")

    assert likely(**MAIJA) == []


@pytest.mark.parametrize("state", ["merged", "incoming"])
def test_those_who_are_never_seen_are_no_likeness(app, state):
    maija = make_person()
    with transaction():
        db.session.get(Customer, maija.id).state = state

    assert likely(**MAIJA) == []


def test_one_in_the_archive_is_a_likeness_too(app):
    maija, clerk = make_person(), make_clerk()
    with transaction():
        service.archive(customer=service.find(maija.id), by=clerk)

    assert [found for found, _reasons in likely(**MAIJA)] == [maija.id]


def test_a_number_shared_by_a_crowd_shows_a_handful(app):
    for number in range(duplicates.MOST_DUPLICATES + 3):
        make_person(last_name=f"Suku{'abcdefghijklmnop'[number]}", email="", phone="09 1234 5678", street="", city="")

    assert len(likely(**NOBODY, phone="09 1234 5678")) == duplicates.MOST_DUPLICATES


def test_a_batch_is_answered_row_by_row_as_one_by_one(app):
    maija = make_person()
    firm = make_organisation(phone="03 123 4567")
    batch = [
        ("person", MAIJA | {"phone": "+358415058567"}),
        ("person", NOBODY),
        ("organisation", {"name": "Muu Oy", "phone": "+35831234567"}),
    ]

    found = duplicates.sharing(batch)

    assert [[one.customer_id for one in row] for row in found] == [[maija.id], [], [firm.id]]
    assert found[2][0].explained == ["sama puhelinnumero"]
    assert found[0][0].score > found[2][0].score


def test_a_name_that_very_many_have_is_told_on_a_form_but_finds_nobody_alone_in_a_batch(app):
    values = rules.check_values("person", {"last_name": "Virtanen", "first_name": "Maija"})
    with transaction():
        source = service.self_source()
        rows = [Row("person", values, source.id, date(2026, 3, 5), None) for _ in range(duplicates.MOST_SHARING + 1)]
        enter_many(rows)
    reached = make_person()

    assert len(duplicates.likely_duplicates("person", values)) == duplicates.MOST_DUPLICATES
    by_name, by_number = duplicates.sharing([("person", values), ("person", values | {"phone": "+358415058567"})])
    assert by_name == []
    assert [(one.customer_id, one.reasons) for one in by_number] == [(reached.id, ("phone", "name"))]


VALUES = st.fixed_dictionaries(
    {
        "last_name": st.sampled_from(["Virtanen", "Wirtanen", "Maija", "Aho"]),
        "first_name": st.sampled_from(["Maija", "Virtanen", "M.", "Matti"]),
        "email_2": st.sampled_from(["a@esimerkki.fi", "b@esimerkki.fi", ""]),
        "phone": st.sampled_from(["041 505 8567", "050 765 4321", ""]),
        "street": st.sampled_from(["Mäkitie 4", "Kuusitie 2", ""]),
        "city": st.sampled_from(["Helsinki", "Turku", ""]),
    }
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, max_size=6))
def test_in_a_batch_each_finds_the_same_as_alone(app, people):
    if not db.session.query(Customer).count():
        for last, first, city in (("Virtanen", "Maija", "Helsinki"), ("Aho", "Matti", "Turku")):
            make_person(last_name=last, first_name=first, email="a@esimerkki.fi", street="Mäkitie 4", city=city)
    batch = [("person", rules.check_values("person", values)) for values in people]

    assert duplicates.sharing(batch) == [duplicates.sharing([one])[0] for one in batch]


def test_an_empty_batch_and_empty_values_ask_nothing(app):
    with Asked() as asked:
        assert duplicates.sharing([]) == []

    assert asked.queries == []


def test_likely_duplicates_are_found_along_indexes(app):
    maija = {**MAIJA, "phone": "+358415058567", "email_2": "toinen@esimerkki.fi"}
    for name in ("Aho", "Virtanen", "Öhman"):
        make_person(last_name=name)
    with Asked() as asked:
        duplicates.likely_duplicates("person", maija)

    assert len(asked.queries) == 6
    assert reads_whole_tables(asked.plans()) == []


def test_a_long_batch_is_asked_in_a_few_queries_along_indexes(app):
    make_person()
    batch = [("person", NOBODY | {"email": f"a{number}@esimerkki.fi"}) for number in range(400)]
    with Asked() as asked:
        duplicates.sharing(batch)

    assert len(asked.queries) == 2
    assert reads_whole_tables(asked.plans()) == []
