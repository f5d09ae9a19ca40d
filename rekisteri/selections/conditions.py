"""What a choice asks of a customer, as conditions of the database over `Customer.id`.

Each is asked of one customer at a time (EXISTS), so that a hundred customers cost as much in a register of a million as in
one of a thousand: the live count looks at a sample, and a sample must not wait for the whole.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from rekisteri.consents import service as consents
from rekisteri.customers import uses
from rekisteri.customers.models import Customer, Datum, Representation, Source
from rekisteri.customers.rules import match_key, slots
from rekisteri.orders.models import Order
from rekisteri.selections import rules
from rekisteri.selections.rules import BOUGHT, Choice
from rekisteri.settings import periods

Condition = ColumnElement[bool]
NO_GROUND = "ei suostumusta eikä asiakassuhdetta, johon sähköinen markkinointi voi perustua"
MOBILE = or_(Datum.value.like("+3584%"), Datum.value.like("+35850%"), Datum.value.not_like("+358%"))
"""A number that takes text messages; of those abroad nobody can tell."""


def fitting(choice: Choice, on: date) -> list[Condition]:
    """What whoever is looked for has; nobody merged away or not yet accepted ever does."""
    return [_free(Customer.state).in_(("active", "archived")), *_asked(choice, on)]


def _free(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """A column with no index to tempt: half of a register by an index costs more than all of it by its rows."""
    return column.concat("")


def _asked(choice: Choice, on: date) -> Iterator[Condition]:
    if choice.kind:
        yield _free(Customer.kind) == choice.kind
    if choice.postcodes:
        yield _datum("postcode", or_(*(Datum.value.between(first, last) for first, last in choice.postcodes)))
    if choice.cities:
        yield _datum("city", Datum.value.in_(spellings(choice.cities)))
    yield from _represented(choice, on)
    yield from _ordered(choice, on)
    yield from _whence(choice)


def spellings(names: tuple[str, ...]) -> list[str]:
    """The ways in which one writes the same name: as typed, in capitals, with a capital first."""
    return sorted(
        {form for name in names for form in (name, name.upper(), name.lower(), name.title(), name.capitalize())}
    )


def _datum(field: str, *conditions: Condition) -> Exists:
    return exists().where(Datum.customer_id == Customer.id, Datum.ended_at.is_(None), Datum.field == field, *conditions)


def _represented(choice: Choice, on: date) -> Iterator[Condition]:
    if choice.ties:
        person = _free(Customer.kind) == "person"
        yield and_(person, Customer.represents != "" if choice.ties == "some" else Customer.represents == "")
    keys = [match_key("organisation", name) for name in choice.organisations]
    if keys:
        named = _datum("organisation", Datum.match.in_(keys))
        yield or_(named, _representation(on, Representation.match.in_(keys)))
    if choice.roles:
        yield _representation(on, Representation.role.in_(spellings(choice.roles)))


def _representation(on: date, condition: Condition) -> Exists:
    """A representation that stands in the register and has not ended."""
    going = or_(Representation.ended_on.is_(None), Representation.ended_on > on)
    return exists().where(Representation.person_id == Customer.id, Representation.ended_at.is_(None), going, condition)


def _orders(states: tuple[str, ...], *conditions: Condition) -> list[Condition]:
    return [Order.customer_id == Customer.id, Order.state.in_(states), *conditions]


def _ordered(choice: Choice, on: date) -> Iterator[Condition]:
    states = choice.counted_states
    if choice.orders_least is not None or choice.orders_most is not None:
        yield _number_of_orders(states, choice.orders_least or 0, choice.orders_most)
    if choice.within_months is not None:
        yield exists().where(*_orders(states, Order.opened_on >= rules.months_before(on, choice.within_months)))
    if choice.before_months is not None:
        limit = rules.months_before(on, choice.before_months)
        yield exists().where(*_orders(states))
        yield not_(exists().where(*_orders(states, Order.opened_on >= limit)))


def _number_of_orders(states: tuple[str, ...], least: int, most: int | None) -> Condition:
    """So many of them; whether there are any at all is asked without counting."""
    some = exists().where(*_orders(states))
    if most == 0:
        return not_(some)
    if least <= 1 and most is None:
        return some if least else Customer.id.is_not(None)
    number = select(func.count()).select_from(Order).where(*_orders(states)).scalar_subquery()
    return number.between(least, most) if most is not None else number >= least


def _whence(choice: Choice) -> Iterator[Condition]:
    asked: list[Condition] = []
    if choice.sources:
        asked.append(Datum.source_id.in_(choice.sources))
    if choice.obtained_from:
        asked.append(Datum.obtained_on >= choice.obtained_from)
    if choice.obtained_until:
        asked.append(Datum.obtained_on <= choice.obtained_until)
    if asked:
        yield exists().where(Datum.customer_id == Customer.id, Datum.ended_at.is_(None), *asked)


def reasons(choice: Choice, on: date) -> dict[str, Condition]:
    """Why somebody who fits is left out all the same: the reason in Finnish → who has it.

    The bars of `customers.uses` are those of every other use; the rest are what the choice itself cannot do without.
    """
    found: dict[str, Condition] = {bar.name: bar.condition() for use in choice.asked_uses for bar in uses.bars(use)}
    if not choice.archived:
        found["arkistossa"] = _free(Customer.state) == "archived"
    found["säilytysaika on päättynyt"] = Customer.active_on <= periods.last_day("customers", on)
    if choice.way != "none":
        name, condition = _UNREACHED[choice.way]
        found[name] = condition(on)
    if rules.needs_consent(choice.use, choice.way):
        found[NO_GROUND] = not_(_may_be_messaged(choice, on))
    return found


def _holding(on: date) -> list[Condition]:
    """An address or a number that may be used on this day."""
    return [
        or_(Datum.valid_from.is_(None), Datum.valid_from <= on),
        or_(Datum.valid_until.is_(None), Datum.valid_until >= on),
    ]


def _reached(main: str, on: date, *conditions: Condition) -> Exists:
    return exists().where(
        Datum.customer_id == Customer.id,
        Datum.ended_at.is_(None),
        Datum.field.in_(slots(main)),
        *_holding(on),
        *conditions,
    )


def _no_address(on: date) -> Condition:
    """Neither a street of their own nor of the organisation they represent, to which their letters would go."""
    office = aliased(Datum)
    theirs = exists().where(
        office.customer_id == Customer.organisation_id, office.ended_at.is_(None), office.field.in_(slots("street"))
    )
    return not_(or_(_reached("street", on), theirs))


_UNREACHED: dict[str, tuple[str, Callable[[date], Condition]]] = {
    "post": ("ei postiosoitetta", _no_address),
    "email": ("ei sähköpostiosoitetta", lambda on: not_(_reached("email", on))),
    "phone": ("ei puhelinnumeroa", lambda on: not_(_reached("phone", on))),
    "sms": ("ei matkapuhelinnumeroa", lambda on: not_(_reached("phone", on, MOBILE))),
}


_OWN = (Datum.source_id == Source.id, _free(Source.kind) == "self")
"""Told by the person themselves."""


def _may_be_messaged(choice: Choice, on: date) -> Condition:
    """An organisation may be sent marketing by e-mail or text message until it forbids it; a natural person must have
    consented, or have bought something and told the address themselves (Act on Electronic Communications Services
    917/2014, sections 200 and 202)."""
    where = [_reached("email", on, *_OWN)] if choice.way == "email" else [_reached("phone", on, MOBILE, *_OWN)]
    customer = and_(exists().where(*_orders(BOUGHT)), *where)
    return or_(_free(Customer.kind) == "organisation", consents.in_force(choice.use, choice.way), customer)


def any_of(conditions: dict[str, Condition]) -> Condition:
    """Whether any reason holds."""
    return or_(false(), *conditions.values())


def nobody_else(choice: Choice, on: date) -> list[Any]:
    """What holds of those who are left: they fit, and no reason leaves them out."""
    return [*fitting(choice, on), *(not_(reason) for reason in reasons(choice, on).values())]
