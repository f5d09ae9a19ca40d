"""Who has been kept for long enough: proposed by name, stopped by a hold, let go wholly when confirmed."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db, transaction
from rekisteri.retention import people, service
from rekisteri.retention.models import Destruction
from tests.billing.factories import make_invoice, pay
from tests.customers.factories import make_clerk, make_note, make_person
from tests.informing.factories import make_fair, make_lead
from tests.notice.factories import published
from tests.orders.factories import make_order
from tests.retention.factories import LONG_AGO, make_silent, set_length

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-11-24")


def proposed(kind="customers"):
    page = service.proposals(kind, on=TODAY)
    return [(row.customer.id, [hold.ground for hold in row.holds]) for row in page.rows]


def let_go(customer_id, kind="customers"):
    clerk = make_clerk()
    with transaction():
        return service.let_person_go(kind=kind, customer_id=customer_id, by=clerk, on=TODAY)


@pytest.mark.promise("gdpr.sailytysajat")
def test_those_with_whom_nothing_was_done_for_five_years_are_proposed_the_longest_silent_first(app):
    newer = make_silent(date(2021, 11, 23))
    older = make_silent(date(2019, 1, 1), state="archived")
    make_silent(date(2021, 11, 24))

    assert proposed() == [(older, []), (newer, [])]


@pytest.mark.parametrize("hidden", ["merged", "incoming"])
def test_nobody_hidden_is_proposed(app, hidden):
    make_silent(state=hidden)

    assert proposed() == []


def test_the_company_s_own_length_is_followed(app):
    customer = make_silent(date(2023, 5, 1))
    assert proposed() == []

    set_length("customers", 3)

    assert proposed() == [(customer, [])]


def test_a_hold_stops_it_and_is_named(app):
    held = make_silent()
    make_order(db.session.get(Customer, held), on=date(2020, 1, 1))
    with transaction():
        db.session.get(Customer, held).active_on = LONG_AGO
    free = make_silent(date(2020, 2, 2))

    assert proposed() == [(held, ["open_order"]), (free, [])]
    assert service.count("customers", TODAY).held == 1
    assert not let_go(held)
    assert db.session.get(Customer, held) is not None


def test_the_bookkeeping_years_of_an_invoice_hold_the_customer(app):
    held = make_silent()
    pay(make_invoice(db.session.get(Customer, held)))
    with transaction():
        db.session.get(Customer, held).active_on = LONG_AGO

    assert proposed() == [(held, ["bookkeeping"])]


@pytest.mark.promise("gdpr.sailytysajat")
def test_who_is_confirmed_goes_wholly_and_the_book_tells_that_somebody_went(app):
    customer = make_silent()

    assert let_go(customer)

    assert db.session.get(Customer, customer) is None
    assert db.session.scalars(select(Datum.id).filter_by(customer_id=customer)).all() == []
    [line] = db.session.scalars(select(Destruction)).all()
    assert (line.kind, line.count, line.until, line.length) == ("customers", 1, date(2021, 11, 23), 5)


def test_who_has_come_alive_meanwhile_is_passed_over(app):
    customer = make_silent()
    with transaction():
        db.session.get(Customer, customer).active_on = TODAY

    assert not let_go(customer)


def test_among_many_only_those_held_are_found(app):
    free = [make_silent() for _ in range(5)]
    held = [make_silent() for _ in range(2)]
    for customer in held:
        pay(make_invoice(db.session.get(Customer, customer)))

    assert people.held_among([*free[:3], held[0], *free[3:], held[1]], TODAY) == set(held)


def test_a_contact_of_a_fair_that_never_became_a_customer_goes_in_a_year(app):
    fair = make_fair()
    lead = make_lead(fair, date(2025, 11, 23))
    make_lead(fair, date(2025, 11, 24), last_name="Koivu")

    assert proposed("leads") == [(lead.id, [])]
    assert let_go(lead.id, "leads")
    assert proposed("leads") == []


def test_who_has_ordered_been_billed_been_met_or_told_their_data_is_no_mere_contact(app):
    published()
    fair, long_ago = make_fair(), date(2024, 1, 1)
    people_of_the_fair = [make_lead(fair, long_ago, last_name=name) for name in ("Aho", "Koivu", "Lahti")]
    make_order(people_of_the_fair[0])
    make_invoice(people_of_the_fair[1])
    make_note(people_of_the_fair[2])
    make_person(obtained_on=long_ago)

    assert proposed("leads") == []


def test_the_pages_follow_each_other_without_losing_or_repeating_anybody(app):
    expected = [make_silent(date(2020, 1, 1)) for _ in range(5)]

    first = people.page("customers", date(2021, 1, 1), on=TODAY, size=2)
    second = people.page("customers", date(2021, 1, 1), on=TODAY, size=2, after=first.after)
    third = people.page("customers", date(2021, 1, 1), on=TODAY, size=2, after=second.after)

    assert [row.customer.id for page in (first, second, third) for row in page.rows] == expected
    assert third.after is None
