"""Reading whom to print: their names and where the post reaches them, for one or for fifty thousand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Row, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from rekisteri.customers.addresses import postal_place
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.countries import country_name
from rekisteri.customers.fields import ADDRESS, slots
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db
from rekisteri.lists.households import Addressee

AT_ONCE = 2000
_FINNISH = (country_name("FI"), country_name("AX"))
_PLACES = [field for main in ADDRESS for field in slots(main)]


def with_address(people: Select[*tuple[Any, ...]], on: date) -> Select[int]:
    """Those of the people whom the post reaches on a day, at home or at the organisation they represent."""
    organisation = aliased(Customer)
    at_work = select(organisation.id).where(organisation.id == Customer.organisation_id, _reached(organisation.id, on))
    chosen = people.order_by(None).subquery()
    return select(Customer.id).where(
        Customer.id.in_(select(chosen.c[0])), or_(_reached(Customer.id, on), at_work.exists())
    )


def _reached(owner: Any, on: date) -> Any:
    """Whether a customer has an address that is whole and holds: street and town, and a postcode if it is in Finland."""
    street, other = aliased(Datum), aliased(Datum)

    def beside(field: str) -> Any:
        same = func.replace(street.field, "street", field)
        return exists().where(other.customer_id == street.customer_id, other.ended_at.is_(None), other.field == same)

    return exists().where(
        street.customer_id == owner,
        street.ended_at.is_(None),
        street.field.in_(slots("street")),
        *_holding(street, on),
        beside("city"),
        or_(beside("postcode"), beside("country").where(other.value.not_in(_FINNISH))),
    )


def _holding(datum: Any, on: date) -> tuple[Any, ...]:
    """An address or a number that may be used on a day."""
    return (
        or_(datum.valid_from.is_(None), datum.valid_from <= on),
        or_(datum.valid_until.is_(None), datum.valid_until >= on),
    )


def addressees(people: Select[int], *, order: str, on: date) -> list[Addressee]:
    """Everybody of the people whom the post reaches, in the order of postcodes or of names."""
    query = select(Customer.id, Customer.kind, Customer.display_name, Customer.organisation_id)
    rows = _stream(query.where(Customer.id.in_(people)).order_by(Customer.sort_key, Customer.id))
    places = dict(_places(Datum.customer_id.in_(people), on))
    found: list[Addressee] = []
    for part in in_batches(rows, AT_ONCE):
        offices = _offices({row.organisation_id for row in part if row.organisation_id}, on)
        found += [one for row in part if (one := _addressee(row, places.pop(row.id, ()), offices)) is not None]
    if order == "postcode":
        found.sort(key=lambda one: one.town)
    return found


def _addressee(
    row: Row[Any], place: tuple[str, ...], offices: Mapping[int, tuple[str, tuple[str, ...]]]
) -> Addressee | None:
    """As `customers.addresses` addresses one: at home, or by the name and then the organisation's."""
    name, theirs = offices.get(row.organisation_id, ("", ()))
    if theirs and (not place or place == theirs):
        return Addressee(row.id, True, row.display_name, (name, *theirs), at_work=True)
    return Addressee(row.id, row.kind == "person", row.display_name, place) if place else None


def _offices(ids: set[int], on: date) -> dict[int, tuple[str, tuple[str, ...]]]:
    """The names and addresses of organisations that people represent."""
    found: dict[int, tuple[str, tuple[str, ...]]] = {}
    for part in in_batches(sorted(ids), MOST_IN_A_QUERY):
        places = dict(_places(Datum.customer_id.in_(part), on))
        for number, name in db.session.execute(select(Customer.id, Customer.display_name).where(Customer.id.in_(part))):
            found[number] = (name, places.get(number, ()))
    return found


def _places(whose: Any, on: date) -> Iterator[tuple[int, tuple[str, ...]]]:
    query = select(Datum.customer_id, Datum.field, Datum.value, Datum.valid_from, Datum.valid_until)
    mine = Datum.field.concat("").in_(
        _PLACES
    )  # no index of fields to tempt: the owner's leads to a few rows, the field's to most
    rows = _stream(query.where(whose, Datum.ended_at.is_(None), mine).order_by(Datum.customer_id))
    for number, held in groupby(rows, key=itemgetter(0)):
        if lines := postal_place(cast(Any, {row.field: row for row in held}), on):
            yield number, lines


def values(
    people: Select[int], fields: Iterable[str], *, on: date, fits: Callable[[str], bool] = bool
) -> Iterator[tuple[Row[Any], dict[str, str]]]:
    """Everybody of the people by name, with the first values of these fields that hold on a day and fit."""
    query = select(Customer.id, Customer.kind, Customer.display_name, Customer.represents)
    rows = _stream(query.where(Customer.id.in_(people)).order_by(Customer.sort_key, Customer.id))
    wanted = [slot for field in fields for slot in slots(field)]
    for part in in_batches(rows, MOST_IN_A_QUERY):
        held: dict[int, dict[str, str]] = {row.id: {} for row in part}
        data = select(Datum.customer_id, Datum.field, Datum.value)
        current = data.where(
            Datum.customer_id.in_(held),
            Datum.ended_at.is_(None),
            Datum.field.concat("").in_(wanted),
            *_holding(Datum, on),
        )
        for number, field, value in db.session.execute(current):
            held[number][field] = value
        for row in part:
            own = held[row.id]
            yield (
                row,
                {field: next((own[slot] for slot in slots(field) if fits(own.get(slot, ""))), "") for field in fields},
            )


def _stream(query: Select[*tuple[Any, ...]]) -> Iterator[Row[Any]]:
    return iter(db.session.connection().execute(query.execution_options(yield_per=AT_ONCE)))
