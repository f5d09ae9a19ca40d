"""What the invented customers have ordered: in every state and of every age, lifelike, the same from the same seed."""

import random
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from rekisteri.customers.models import Customer
from rekisteri.demo.orders import orders
from rekisteri.kernel.db import db
from rekisteri.orders import rules, service
from rekisteri.orders.models import Order, OrderEvent
from tests.customers.factories import make_person

TODAY = date(2026, 11, 23)


@pytest.fixture
def filled(app, command, freeze):
    freeze("2026-11-23")
    result = command("demo", "--customers", "120", "--cases", "0")
    assert result.exit_code == 0, result.output
    return result


def test_there_are_about_three_orders_a_customer_in_every_state_and_in_the_archive(filled):
    states = Counter(db.session.scalars(select(Order.state)))
    assert set(states) == set(rules.STATES)
    assert 240 < states.total() < 480
    assert f"{states.total()} tilausta" in filled.output
    assert db.session.scalar(select(func.count()).where(Order.archived_on.is_not(None))) > 10


def test_numbers_follow_the_days_and_each_year_has_its_own_without_gaps(filled):
    rows = db.session.execute(select(Order.number, Order.opened_on).order_by(Order.opened_on, Order.id)).all()
    years: dict[int, int] = {}
    for number, day in rows:
        years[day.year] = years.get(day.year, 0) + 1
        assert number == rules.number(day.year, years[day.year])
    assert len(years) > 1
    assert service.find_number(rules.number(2026, years[2026] + 1)) is None


def test_each_order_has_a_course_that_could_have_been(filled):
    for order in db.session.scalars(select(Order)):
        assert order.opened_on <= TODAY
        assert order.total == rules.total(rules.check_lines([line.content for line in order.lines])) > 0
        history = service.history(order)
        states = [event.what for event in history if event.what in rules.STATES]
        days = [event.happened_on for event in history]
        assert states[-1] == order.state
        assert days == sorted(days)
        for before, after in pairwise(states):
            rules.check_step(before, after)


def test_a_customer_has_been_active_at_least_until_the_last_thing_that_happened_to_an_order(filled):
    query = select(Customer.active_on, func.max(OrderEvent.happened_on)).join(Order, Order.customer_id == Customer.id)
    query = query.join(OrderEvent, OrderEvent.order_id == Order.id).where(OrderEvent.what != "archived")
    for active_on, last in db.session.execute(query.group_by(Customer.id, Customer.active_on)):
        assert active_on >= last


def test_the_same_seed_makes_the_same_orders(app):
    for name in ("Aalto", "Virtanen"):
        make_person(last_name=name, obtained_on=date(2026, 3, 5))
    first, again, other = (list(orders(random.Random(seed), TODAY)) for seed in (7, 7, 8))
    assert first == again != other
