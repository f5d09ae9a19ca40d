"""Whatever is done with orders, in whatever order: what must always hold, holds."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.customers import service as customers
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders import lists, rules, service
from rekisteri.orders.models import Order
from tests.customers.factories import make_clerk, make_person
from tests.customers.merging_help import merged, undo
from tests.orders.factories import CHAIRS, HOURS, TODAY, make_order

GIFT = rules.Line("Näyte", 1000, "kpl", 0)
LINES = ([CHAIRS], [HOURS, CHAIRS], [GIFT], [], [rules.Line("Alennus", 1000, "kpl", -1_00)])


def do_something(dice: random.Random, ids: list[int], customer_id: int) -> None:
    """One use case at random; what the rules refuse is refused whole."""
    clerk, on = make_clerk(), TODAY - timedelta(days=dice.choice([-1, 0, 0, 0, 1, 20]))
    with transaction():
        if not ids or dice.random() < 0.2:
            order = service.create(
                customer=customers.find(customer_id),
                state=dice.choice(["quote", "ordered", "ordered", "delivered"]),
                lines=dice.choice(LINES),
                on=on,
                by=clerk,
            )
            ids.append(order.id)
            return
        order = service.find(dice.choice(ids))
        match dice.randrange(8):
            case 0:
                service.change_lines(order=order, lines=dice.choice(LINES), by=clerk)
            case 1:
                service.cancel(order=order, reason=dice.choice(["other", "nonsense"]), on=on, by=clerk)
            case 2:
                service.archive(order=order, on=TODAY, by=clerk)
            case 3:
                service.unarchive(order=order, on=TODAY, by=clerk)
            case _:
                fitting = {"quote": service.accept, "ordered": service.confirm}
                step = dice.choice([fitting.get(order.state, service.deliver), service.confirm])
                step(order=order, on=on, by=clerk)


def check_invariants(customer_id: int) -> None:
    """What holds of every order, whatever has been done."""
    orders = list(db.session.scalars(select(Order).order_by(Order.id)))
    serials = sorted(order.number for order in orders)
    assert serials == [rules.number(2026, number) for number in range(1, len(orders) + 1)]
    latest = date.min
    for order in orders:
        history = service.history(order)
        states = [event.what for event in history if event.what in rules.STATES]
        days = [event.happened_on for event in history if event.what in rules.STATES]
        assert states[-1] == order.state
        assert days == sorted(days)
        assert order.total == rules.total([line.content for line in order.lines])
        assert [line.position for line in order.lines] == list(range(1, len(order.lines) + 1))
        assert not (order.is_open and order.archived_on)
        latest = max([latest, *(event.happened_on for event in history if event.what not in {"archived", "restored"})])
    assert customers.find(customer_id).active_on >= latest
    live, away = (len(lists.page(archived=archived, size=500).rows) for archived in (False, True))
    assert live + away == len(orders)


@pytest.mark.promise("kaytto.tilaukset")
@pytest.mark.parametrize("seed", range(4))
def test_whatever_clerks_do_numbers_sums_states_and_history_agree(app, seed):
    dice, ids, maija_id = random.Random(seed), [], make_person().id
    done, refused = 0, []
    for _ in range(100):
        try:
            do_something(dice, ids, maija_id)
            done += 1
        except RuleViolation as refusal:
            refused.append(refusal.sentence)
    db.session.rollback()
    assert done > 20
    assert len(set(refused)) > 5
    check_invariants(maija_id)
    assert audit.verify() is None


def test_orders_follow_a_customer_who_is_merged_into_another_and_return_when_that_is_undone(client, sign_in):
    maija, again = make_person(), make_person(first_name="Maija-Liisa")
    order_id = make_order(again).id
    make_order(maija)
    sign_in("kasittelija")

    done = merged(maija, again)

    assert service.find(order_id).customer_id == maija.id
    card = client.get(f"/asiakkaat/{maija.id}")
    assert len(card.page.select("#tilaukset tbody tr")) == 2
    assert client.get(f"/tilaukset/{order_id}").page.select_one("dd a")["href"] == f"/asiakkaat/{maija.id}"
    undo(done)
    assert [order.id for order in service.for_customer(customers.find(again.id))] == [order_id]
