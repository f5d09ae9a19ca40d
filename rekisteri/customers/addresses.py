"""Where a customer's letters are sent."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from rekisteri.customers import rules
from rekisteri.customers.fields import ADDRESS, SLOTS, group_fields, slots
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.validity import holds
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db


def addressee(customer: Customer) -> tuple[str, ...]:
    """The lines of a letter's window, the person first (so that nobody else opens it); empty without an address.

    Of several addresses the first that holds today is used. A person without an address of their own, or at the very
    address of the organisation they represent, is written to there, by the name and then the organisation's.
    """
    place = _place(customer, today())
    if customer.organisation is not None:
        theirs = _place(customer.organisation, today())
        if theirs and (not place or place == theirs):
            return (customer.full_name, customer.organisation.full_name, *theirs)
    return (customer.full_name, *place) if place else ()


def _place(customer: Customer, on: date) -> tuple[str, ...]:
    fields = [field for main in ADDRESS for field in slots(main)]
    query = select(Datum).filter_by(customer_id=customer.id, ended_at=None).where(Datum.field.in_(fields))
    return postal_place({datum.field: datum for datum in db.session.scalars(query)}, on)


def postal_place(held: Mapping[str, Datum], on: date) -> tuple[str, ...]:
    """The lines of the first address to which the post can deliver on this day; empty without one."""
    for number in SLOTS:
        data = [held.get(field) for field in group_fields("address", number)]
        if data[0] is None or not holds(data[0], on):
            continue
        street, postcode, city, country = (datum.value if datum else "" for datum in data)
        if lines := rules.postal_lines(street, postcode, city, country):
            return lines
    return ()
