"""Who a choice finds, by each thing one may choose by."""

from datetime import date

import pytest

from rekisteri.customers.models import Customer, Source
from rekisteri.customers.representing import Told, add
from rekisteri.customers.service import self_source
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_clerk, make_organisation, make_person, make_source
from tests.notice.factories import published
from tests.orders.factories import make_order
from tests.selections.factories import chosen

MAIJA, AATU, SEIJA, FIRM = "Virtanen, Maija", "Aalto, Aatu", "Šakki, Seija", "Äijälän Sähkö Oy"


@pytest.fixture(autouse=True)
def people(app):
    """Two people in Helsinki and Espoo, one who represents an organisation, and the organisation in Tampere."""
    firm = make_organisation()
    make_person()
    make_person(last_name="Aalto", first_name="Aatu", postcode="02100", city="ESPOO", obtained_on=date(2024, 1, 5))
    make_person(
        last_name="Šakki",
        first_name="Seija",
        organisation=firm.display_name,
        postcode="33200",
        city="Tampere",
        source=make_source(),
    )


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({}, {MAIJA, AATU, SEIJA, FIRM}),
        ({"kind": "organisation"}, {FIRM}),
        ({"kind": "person"}, {MAIJA, AATU, SEIJA}),
        ({"postcodes": (("00000", "02999"),)}, {MAIJA, AATU}),
        ({"postcodes": (("00100", "00100"), ("33000", "33199"))}, {MAIJA, FIRM}),
        ({"cities": ("espoo",)}, {AATU}),
        ({"cities": ("TAMPERE", "Helsinki")}, {MAIJA, SEIJA, FIRM}),
        ({"ties": "some"}, {SEIJA}),
        ({"ties": "none"}, {MAIJA, AATU}),
        ({"organisations": ("äijälän sähkö oy",)}, {SEIJA}),
        ({"obtained_until": date(2024, 12, 31)}, {AATU}),
        ({"obtained_from": date(2025, 1, 1), "kind": "person"}, {MAIJA, SEIJA}),
        ({"cities": ("Tampere",), "kind": "person", "ties": "none"}, set()),
    ],
)
def test_people_are_found_by_what_the_register_has_of_them(criteria, found):
    assert chosen(**criteria) == found


def test_by_the_source_that_told_something_of_them(people):
    fair = db.session.scalar(db.select(Source).filter_by(kind="fair"))
    assert chosen(sources=(fair.id,)) == {SEIJA}


def test_by_the_role_one_has_in_an_organisation(app):
    buyer, clerk = make_person(last_name="Ostaja", first_name="Otso"), make_clerk()
    published()
    for told in (
        Told("Kallion Kone Oy", role="ostopäällikkö"),
        Told("Vanha Kone Oy", role="toimitusjohtaja", ended_on=date(2025, 1, 1)),
    ):
        with transaction():
            add(person=buyer, told=told, source=self_source(), obtained_on=date(2026, 3, 5), by=clerk)
    assert chosen(roles=("Ostopäällikkö",)) == {"Ostaja, Otso"}
    assert chosen(organisations=("Kallion Kone Oy",), roles=("ostopäällikkö",)) == {"Ostaja, Otso"}
    assert chosen(roles=("toimitusjohtaja",)) == set()


class TestByOrders:
    @pytest.fixture(autouse=True)
    def orders(self, people):
        """Maija bought twice, the last time this autumn; Aatu once, two years ago; Seija asked for a quote."""
        by_name = {one.display_name: one for one in db.session.scalars(db.select(Customer))}
        make_order(by_name[MAIJA], state="delivered", on=date(2025, 3, 1))
        make_order(by_name[MAIJA], on=date(2026, 10, 1))
        make_order(by_name[AATU], state="delivered", on=date(2024, 11, 1))
        make_order(by_name[SEIJA], state="quote", on=date(2026, 11, 1))

    @pytest.mark.parametrize(
        ("criteria", "found"),
        [
            ({"orders_least": 1}, {MAIJA, AATU}),
            ({"orders_least": 2}, {MAIJA}),
            ({"orders_least": 1, "orders_most": 1}, {AATU}),
            ({"orders_most": 1}, {AATU, SEIJA, FIRM}),
            ({"orders_most": 0, "kind": "person"}, {SEIJA}),
            ({"within_months": 6}, {MAIJA}),
            ({"before_months": 12}, {AATU}),
            ({"within_months": 36, "before_months": 1}, {MAIJA, AATU}),
            ({"orders_least": 1, "states": ("quote",)}, {SEIJA}),
            ({"within_months": 120, "states": ("delivered",)}, {MAIJA, AATU}),
            ({"before_months": 12, "states": ("delivered",)}, {MAIJA, AATU}),
        ],
    )
    def test_by_how_many_how_long_ago_and_in_what_state(self, criteria, found):
        assert chosen(**criteria) == found
