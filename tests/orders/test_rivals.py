"""Several people at once: no number is given twice, and no change is lost."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.customers import service as customers
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders import service
from rekisteri.orders.models import Order
from tests.customers.factories import make_person
from tests.orders.factories import CHAIRS, TODAY, make_order


def test_rivals_get_numbers_without_gaps_and_without_doubles(app):
    maija_id = make_person().id

    def order(_desk: int) -> str:
        with app.app_context():
            try:
                with transaction():
                    maija = customers.find(maija_id)
                    return service.create(customer=maija, state="ordered", lines=[CHAIRS], on=TODAY, by=None).number
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as desks:
        numbers = sorted(desks.map(order, range(12)))

    assert numbers == [f"T 2026/{serial:04}" for serial in range(1, 13)]
    assert audit.verify() is None


def test_of_rivals_who_cancel_one_succeeds_and_the_other_is_told(app):
    order_id = make_order().id

    def cancel(_desk: int) -> str:
        with app.app_context():
            try:
                with transaction():
                    order = service.find(order_id)
                    service.cancel(order=order, reason="customer", on=TODAY, by=None)
                    return order.state
            except RuleViolation as refusal:
                return refusal.sentence
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as desks:
        told = list(desks.map(cancel, range(2)))

    db.session.rollback()
    assert sorted(told) == ["Tilauksen tila on jo peruttu.", "cancelled"]
    assert db.session.scalar(select(Order.state)) == "cancelled"
