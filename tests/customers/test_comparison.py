"""Two customers side by side: what each line says of them, and what has changed since the page was opened."""

from datetime import date

import pytest

from rekisteri.customers import comparison, service
from rekisteri.customers.comparison import Row
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk, make_organisation, make_person, make_source
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.orders.factories import make_order

BARE = dict.fromkeys(("email", "phone", "street", "postcode", "city"), "")


def lines(kept: Customer, dropped: Customer) -> dict[str, Row]:
    """The lines of the comparison, by label."""
    return {row.label: row for row in comparison.compare(kept, dropped).rows}


def change(customer: Customer, **values: str) -> None:
    with transaction():
        service.change(
            customer=db.session.get_one(Customer, customer.id),
            values=values,
            source=service.self_source(),
            obtained_on=date(2026, 11, 20),
            by=None,
            reason="Tieto on muuttunut",
        )


def test_only_what_either_has_is_shown_in_the_order_of_the_card(app):
    kept = make_person(**BARE, organisation="Malli Oy")
    dropped = make_person(**BARE, phone_2="050 765 4321")

    assert list(lines(kept, dropped)) == ["Sukunimi", "Etunimi", "Edustettu yhteisö", "Puhelinnumero 2"]


@pytest.mark.parametrize(
    ("kept", "dropped", "label", "fate"),
    [
        ({"email": "a@esimerkki.fi"}, {}, "Sähköpostiosoite", "Säilyy"),
        ({}, {"email": "a@esimerkki.fi"}, "Sähköpostiosoite", "Siirtyy säilyvälle"),
        ({"email": "a@esimerkki.fi"}, {"email": "A@esimerkki.fi"}, "Sähköpostiosoite", "Sama tieto"),
        ({"email": "a@esimerkki.fi"}, {"email": "b@esimerkki.fi"}, "Sähköpostiosoite", "Valitse alempana"),
        (
            {"email": "b@esimerkki.fi", "email_2": "a@esimerkki.fi"},
            {"email": "a@esimerkki.fi"},
            "Sähköpostiosoite",
            "Sama tieto",
        ),
        ({"city": "Turku"}, {"city": "Turku", "street": "Aukio 1"}, "Postiosoite", "Siirtyy säilyvälle"),
        (
            {"city_2": "Turku"},
            {"city": "Turku", "street": "Aukio 1"},
            "Postiosoite",
            "Täydentää: postiosoite 2",
        ),
    ],
)
def test_each_line_says_what_becomes_of_the_dropped_ones_value(app, kept, dropped, label, fate):
    one, other = make_person(**(BARE | kept)), make_person(**(BARE | dropped))

    assert lines(one, other)[label].fate == fate


def test_an_address_obtained_in_parts_names_all_its_sources(app):
    fair = make_source("Syysmessut")
    kept = make_person(**BARE)
    dropped = make_person(**(BARE | {"street": "Aukio 1"}), source=fair, obtained_on=date(2026, 9, 1))
    change(dropped, city="Turku")

    assert lines(kept, dropped)["Postiosoite"].dropped == (
        "Aukio 1, Turku (Syysmessut, 1.9.2026; Rekisteröity itse, 20.11.2026)"
    )


def test_lines_of_earlier_orders_are_told_in_one_line(app):
    kept, dropped = make_person(**BARE), make_person(**BARE, orders="Ruuveja 2019\nNauloja 2021")

    assert lines(kept, dropped)["Aikaisemmat tilaukset"].dropped.startswith("Ruuveja 2019; Nauloja 2021 (")


def test_what_else_moves_is_counted_by_its_name(app):
    kept, dropped = make_person(), make_person()
    assert comparison.compare(kept, dropped).moving == []

    make_order(dropped)
    make_order(dropped)
    make_case(customer=dropped)
    make_disclosure(dropped, make_recipient())

    moving = {"Tilaukset": 2, "Pyynnöt": 1, "Luovutukset": 1, "Merkinnät luetteloista ja tiedostoista": 1}
    assert dict(comparison.compare(kept, dropped).moving) == moving


def test_the_people_of_an_organisation_are_counted(app):
    kept, dropped = make_organisation("Malli Oy"), make_organisation("Malli")
    make_person(organisation="Malli")
    make_person(organisation="Malli", first_name="Matti")

    assert ("Edustavat henkilöt", 2) in comparison.compare(kept, dropped).moving


def test_nothing_has_changed_when_nothing_has(app):
    kept, dropped = make_person(), make_person()
    seen = comparison.compare(kept, dropped).seen

    make_clerk()
    assert comparison.compare(kept, dropped).seen == seen
    assert comparison.changes(seen, kept, dropped) == []


def test_a_change_an_addition_and_a_removal_since_the_page_was_opened_are_told(app):
    kept, dropped = make_person(), make_person(email="")
    seen = comparison.compare(kept, dropped).seen
    change(kept, phone="050 765 4321")
    change(dropped, email="maija@esimerkki.fi", street="")

    assert comparison.compare(kept, dropped).seen != seen
    assert comparison.changes(seen, kept, dropped) == [
        ("Puhelinnumero (säilyvä)", "041 505 8567", "050 765 4321"),
        ("Sähköpostiosoite (poistuva)", "", "maija@esimerkki.fi"),
        ("Katuosoite (poistuva)", "Mäkitie 4 A 3", ""),
    ]


@pytest.mark.parametrize("seen", ["", "x", "1.2.3", "٣.٤", "-1", "99999999999999999999"])
def test_what_no_page_of_ours_remembers_reveals_nobody_elses_data(app, seen):
    make_person(last_name="Salainen")
    kept, dropped = make_person(), make_person()

    told = comparison.changes(seen, kept, dropped)

    assert "Salainen" not in str(told)
    assert {now for _label, _then, now in told} >= {"Virtanen", "041 505 8567"}
