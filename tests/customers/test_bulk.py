"""Entering many at once leaves exactly what entering them one by one by the form leaves."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rekisteri.customers import bulk, rules, search, service
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import MAIJA, OBTAINED, make_clerk, make_organisation, make_person

PEOPLE = [
    ("organisation", {"name": "Äijälän Sähkö Oy", "business_id": "0201256-6", "phone": "09 555 1234", "city": "Espoo"}),
    ("person", MAIJA | {"organisation": "Äijälän sähkö oy"}),
    ("person", {"first_name": "Žofia", "last_name": "Šuková", "phone": "+46 8 123 456", "orders": "Kirves\nLapio"}),
    ("person", {"last_name": "O’Brien", "country": "Irlanti", "city": "Dublin", "street": "Main Street 1"}),
]
SAME = ("display_name", "sort_key", "search_text", "represents", "contact", "place", "state", "kind", "version")


def rows(people=PEOPLE, **details) -> list[bulk.Row]:
    """The people as rows, told by themselves on 5.3.2026."""
    with transaction():
        source = service.self_source().id
    by = make_clerk().id
    whence = {"source_id": source, "obtained_on": OBTAINED, "entered_by_id": by} | details
    return [bulk.Row(kind, rules.check_values(kind, values), **whence) for kind, values in people]


def enter(people=PEOPLE, *, batch=2000, **details) -> list[int]:
    entering, ids = rows(people, **details), []
    with transaction():
        assert bulk.enter_many(entering, batch=batch, entered=ids.extend) == len(people)
    return ids


def data_of(customer: Customer) -> list[tuple]:
    """What stands in the register of a customer, without the ids."""
    columns = (
        "field",
        "value",
        "match",
        "source_id",
        "obtained_on",
        "entered_by_id",
        "ended_at",
        "ended_reason",
        "use",
    )
    return [tuple(getattr(datum, column) for column in columns) for datum in service.history(customer)]


def test_many_leave_what_one_by_one_leaves(app):
    clerk = make_clerk()
    with transaction():
        source = service.self_source()
        for kind, values in PEOPLE:
            service.create(kind=kind, values=values, source=source, obtained_on=OBTAINED, by=clerk)
    one_by_one = db.session.scalars(select(Customer).order_by(Customer.id)).all()
    expected = [({name: getattr(one, name) for name in SAME}, data_of(one)) for one in one_by_one]
    employers = [one.organisation and one.organisation.display_name for one in one_by_one]
    with transaction():
        db.session.query(Datum).delete()
        db.session.query(Customer).filter(Customer.organisation_id.isnot(None)).delete()
        db.session.query(Customer).delete()

    entered = [service.find(number) for number in enter()]

    assert [({name: getattr(one, name) for name in SAME}, data_of(one)) for one in entered] == expected
    assert [one.organisation and one.organisation.display_name for one in entered] == employers
    assert entered[0].created_at.tzinfo and entered[0].active_on == today()


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_people_are_linked_to_their_organisation_in_whichever_order_they_come(app, batch):
    ids = enter([PEOPLE[1], PEOPLE[0], PEOPLE[1]], batch=batch)

    assert [service.find(number).organisation_id for number in ids] == [ids[1], None, ids[1]]


def test_a_person_who_named_the_organisation_long_ago_is_linked_when_it_comes(app):
    maija = make_person(organisation="Äijälän Sähkö Oy")
    ids = enter([PEOPLE[0]])

    assert service.find(maija.id).organisation_id == ids[0]


def test_of_two_organisations_of_one_name_neither_is_guessed(app):
    make_organisation("Äijälän Sähkö Oy")
    waiting = make_person(organisation="Toisen Nimi Oy")
    ids = enter(
        [
            PEOPLE[0],
            PEOPLE[1],
            ("organisation", {"name": "Toisen Nimi Oy"}),
            ("organisation", {"name": "Toisen Nimi Oy"}),
        ]
    )

    assert service.find(ids[1]).organisation_id is None
    assert service.find(waiting.id).organisation_id is None


def test_what_is_still_coming_is_in_no_list_and_takes_nobody_along(app):
    maija = make_person(organisation="Äijälän Sähkö Oy")
    ids = enter(state="incoming")

    assert service.find(maija.id).organisation_id is None
    assert [row.id for row in search.page().rows] == [maija.id]
    assert db.session.get(Customer, ids[1]).organisation_id == ids[0]


def test_the_next_one_by_hand_gets_an_id_of_its_own(app):
    ids = enter(batch=2)
    assert make_person(last_name="Aho").id not in ids


def test_nothing_stays_when_the_transaction_fails(app):
    entering = rows()
    entering[-1].source_id = 999
    with pytest.raises(IntegrityError), transaction():
        bulk.enter_many(entering, batch=2)

    assert db.session.scalars(select(Customer)).all() == []


def test_it_is_only_for_inside_a_transaction(app):
    with pytest.raises(RuntimeError, match="transaction"):
        bulk.enter_many([])
