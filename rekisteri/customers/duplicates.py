"""Who in the register looks like somebody: by exact keys that stand in indexes, never by reading the register through.

One question serves a form, a batch of imported rows and the sweep that fills the work list.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from rekisteri.customers import likeness, projection, rules
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fold

MATCHED_BY = ("business_id", "email", "phone")
"""What two customers hardly share unless they are one, a family or an office."""
LIVE = ("active", "archived")
MOST_DUPLICATES = 10
MOST_SHARING = 30
"""A number or a name that more customers have tells nothing of any two of them."""

Key = tuple[str, str]
Place = tuple[str, str]


@dataclass(frozen=True)
class Likeness:
    """A customer who may be the one being entered, and why it seems so, in Finnish."""

    customer: Customer
    reasons: list[str]


@dataclass(frozen=True)
class Alike:
    """A customer who may be the one in question; `reasons` are codes of `likeness.REASONS`, the strongest first."""

    customer_id: int
    reasons: tuple[str, ...]
    names_alike: bool = False
    namesakes: int = 0

    @property
    def score(self) -> int:
        """How surely, of a hundred."""
        return likeness.score(self.reasons)

    @property
    def explained(self) -> list[str]:
        """The reasons in Finnish."""
        return likeness.explained(self.reasons)


@dataclass(frozen=True)
class _Known:
    """What is read of a customer in the register to compare it."""

    id: int
    sort_key: str
    name_key: str


@dataclass(frozen=True)
class Probe:
    """What is compared of a customer, be it on a form, on a line of a file or in the register."""

    kind: str
    sort_key: str
    swapped: str
    name_key: str
    keys: tuple[Key, ...]
    places: tuple[Place, ...]


def likely_duplicates(kind: str, values: Mapping[str, str]) -> list[Likeness]:
    """Customers in the register who look like the one these checked values tell of, the likeliest first."""
    alike = sharing([(kind, values)])[0][:MOST_DUPLICATES]
    query = select(Customer).where(Customer.id.in_([one.customer_id for one in alike]))
    found = {customer.id: customer for customer in db.session.scalars(query)} if alike else {}
    return [Likeness(found[one.customer_id], one.explained) for one in alike]


def sharing(batch: Sequence[tuple[str, Mapping[str, str]]]) -> list[list[Alike]]:
    """For each (kind, checked values) those in the register who look like it, the likeliest first.

    A handful of queries for the whole batch, however long; each finds its rows along an index.
    """
    return compare([probe(kind, values) for kind, values in batch])


def match_keys(values: Mapping[str, str]) -> tuple[Key, ...]:
    """The exact keys of a customer: main field and folded value, whatever slot the value stands in."""
    held = ((rules.base(field), value) for field, value in values.items() if value)
    return tuple({(main, rules.match_key(main, value) or ""): None for main, value in held if main in MATCHED_BY})


def probe(kind: str, values: Mapping[str, str]) -> Probe:
    """What is compared of these values."""
    name = projection.list_name(kind, values)
    swapped = " ".join(part for part in (values.get("first_name"), values.get("last_name")) if part)
    streets = [field for field in rules.slots("street") if values.get(field)]
    places = ((values[field], values.get(field.replace("street", "city"), "")) for field in streets)
    return Probe(
        kind=kind,
        sort_key=projection.order_key(name),
        swapped=projection.order_key(swapped) if kind == "person" else "",
        name_key=likeness.name_key(name),
        keys=match_keys(values),
        places=tuple((rules.match_key("street", street) or "", fold(city)) for street, city in places),
    )


def compare(probes: Sequence[Probe]) -> list[list[Alike]]:
    """The same for what has been prepared already."""
    named, keyed, placed = _namesakes(probes), _sharers(probes), _neighbours(probes)
    return [_alike(one, named, keyed, placed) for one in probes]


def _alike(
    one: Probe,
    named: Mapping[Key, list[_Known]],
    keyed: Mapping[tuple[str, Key], list[_Known]],
    placed: Mapping[tuple[str, Place], list[_Known]],
) -> list[Alike]:
    namesakes = named.get((one.kind, one.name_key), [])
    known = {other.id: other for other in namesakes}
    reasons: dict[int, set[str]] = defaultdict(set)

    def add(other: _Known, reason: str) -> None:
        known[other.id] = other
        reasons[other.id].add(reason)

    for key in one.keys:
        for other in keyed.get((one.kind, key), ())[:MOST_SHARING]:
            add(other, key[0])
    for place in one.places:
        for other in placed.get((one.kind, place), ()):
            if likeness.names_alike(one.name_key, other.name_key):
                add(other, "address")
    for other in known.values():
        if other.name_key == one.name_key:
            reasons[other.id].add(_likeness_of_names(one, other))
    found = [
        Alike(
            customer_id=one_id,
            reasons=likeness.in_order(codes),
            names_alike=likeness.names_alike(one.name_key, known[one_id].name_key),
            namesakes=len(namesakes),
        )
        for one_id, codes in reasons.items()
    ]
    return sorted(found, key=lambda alike: (-alike.score, alike.customer_id))


def _likeness_of_names(one: Probe, other: _Known) -> str:
    if one.sort_key == other.sort_key:
        return "name"
    return "swapped" if one.swapped == other.sort_key else "spelling"


def _namesakes(probes: Sequence[Probe]) -> dict[Key, list[_Known]]:
    """Everybody whose name is heard alike, by kind and key.

    A name that several have tells nothing by itself; in a batch nobody is found by it alone, on a form the first of them.
    """
    found: dict[Key, list[_Known]] = defaultdict(list)
    for kind, wanted in _by_kind((one.kind, one.name_key) for one in probes if one.name_key):
        for part in in_batches(wanted, MOST_IN_A_QUERY):
            living = (Customer.kind == kind, Customer.state.in_(LIVE))
            counted = select(Customer.name_key, func.count()).where(*living, Customer.name_key.in_(part))
            counted = counted.group_by(Customer.name_key)
            few = likeness.MOST_NAMESAKES
            telling = [key for key, count in db.session.execute(counted) if count <= few or len(probes) == 1]
            query = select(Customer.id, Customer.sort_key, Customer.name_key)
            query = query.where(*living, Customer.name_key.in_(telling)).limit(MOST_SHARING * len(telling))
            for row in db.session.execute(query) if telling else ():
                found[kind, row.name_key].append(_Known(*row))
    return _sorted(found)


def _sharers(probes: Iterable[Probe]) -> dict[tuple[str, Key], list[_Known]]:
    """Everybody who has one of the keys, by kind and key, in whatever slot it stands."""
    found: dict[tuple[str, Key], list[_Known]] = defaultdict(list)
    for main, wanted in _by_kind(key for one in probes for key in one.keys):
        for part in in_batches(wanted, MOST_IN_A_QUERY):
            for row in db.session.execute(_holding(main, part)):
                found[row.kind, (main, row.match)].append(_Known(*row[:3]))
    return _sorted(found)


def _holding(main: str, matches: Sequence[str], *further: Any) -> Select[Any]:
    """Those in whose current data a match stands."""
    columns = (Customer.id, Customer.sort_key, Customer.name_key, Customer.kind, Datum.match, *further)
    held = (Datum.field.in_(rules.slots(main)), Datum.match.in_(matches), Datum.ended_at.is_(None))
    return select(*columns).join(Datum, Datum.customer_id == Customer.id).where(*held, Customer.state.in_(LIVE))


def _neighbours(probes: Iterable[Probe]) -> dict[tuple[str, Place], list[_Known]]:
    """Everybody at the same street address in the same town, by kind and place."""
    found: dict[tuple[str, Place], list[_Known]] = defaultdict(list)
    wanted = {place for one in probes for place in one.places}
    city = aliased(Datum)
    same_address = and_(
        city.customer_id == Datum.customer_id,
        city.ended_at.is_(None),
        city.field == func.replace(Datum.field, "street", "city"),
    )
    for part in in_batches(sorted({street for street, _city in wanted}), MOST_IN_A_QUERY):
        for row in db.session.execute(_holding("street", part, city.value).outerjoin(city, same_address)):
            found[row.kind, (row.match, _town(row.value or ""))].append(_Known(*row[:3]))
    return _sorted(found)


@lru_cache(10_000)
def _town(city: str) -> str:
    return fold(city)


def _by_kind(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """The second of each pair, gathered by the first; every value once."""
    found: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
    return [(first, sorted(found[first])) for first in sorted(found)]


def _sorted(found: Mapping[Any, list[_Known]]) -> dict[Any, list[_Known]]:
    """The longest known first, each once: one customer may have a number in two slots."""
    return {
        key: sorted({one.id: one for one in known}.values(), key=lambda one: one.id) for key, known in found.items()
    }
