"""Which customer of the register a row tells of: surely, likely, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from rekisteri.customers import duplicates, rules
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.importing.columns import NUMBER, Read
from rekisteri.customers.likeness import MOST_NAMESAKES
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db

STRONG = {"business_id", "email", "phone", "address"}
MOST_SEVERAL = "rekisterissä on useita, joihin rivi sopii"


@dataclass(frozen=True)
class Known:
    """What of a customer in the register is needed to tell what a row changes."""

    id: int
    kind: str
    version: int
    state: str


@dataclass(frozen=True)
class Match:
    """Whom a row tells of. `reasons` are given when it is only likely."""

    customer: Known
    reasons: tuple[str, ...] = ()


def match(rows: Sequence[Read]) -> list[Match | None]:
    """For each row the customer it tells of; a wrong customer number is put among the row's errors.

    The number decides alone. Without it, a Y-tunnus, or the very same name with an e-mail address or a phone number, is
    sure; what is merely alike is for a person to judge.
    """
    numbered = _numbered(rows)
    asked = [place for place, row in enumerate(rows) if row.number is None]
    found = duplicates.sharing([(rows[place].kind, rows[place].values) for place in asked])
    likely = {place: _likely(alike) for place, alike in zip(asked, found, strict=True)}
    known = _known([one.customer_id for one in likely.values() if one])
    matches: list[Match | None] = []
    for place, row in enumerate(rows):
        alike = likely.get(place)
        if row.number is not None:
            matches.append(_by_number(row, numbered.get(row.number)))
        elif alike and alike.customer_id in known:
            matches.append(Match(known[alike.customer_id], alike.reasons))
        else:
            matches.append(None)
    return matches


@dataclass(frozen=True)
class _Likely:
    customer_id: int
    reasons: tuple[str, ...]


def _likely(found: Sequence[duplicates.Alike]) -> _Likely | None:
    sure = [alike for alike in found if _is_sure(alike)]
    if len(sure) == 1:
        return _Likely(sure[0].customer_id, ())
    if sure:
        return _Likely(sure[0].customer_id, (MOST_SEVERAL,))
    near = next((alike for alike in found if _is_near(alike)), None)
    return _Likely(near.customer_id, tuple(near.explained)) if near else None


def _is_sure(alike: duplicates.Alike) -> bool:
    reasons = set(alike.reasons)
    return "business_id" in reasons or ("name" in reasons and bool(reasons & {"email", "phone"}))


def _is_near(alike: duplicates.Alike) -> bool:
    reasons = set(alike.reasons)
    named = reasons & {"name", "swapped"}
    return bool(reasons & STRONG) or (bool(named) and alike.namesakes <= MOST_NAMESAKES)


def _numbered(rows: Sequence[Read]) -> dict[int, Known]:
    """The customers of the numbers; a merged one's number leads to the one it is now."""
    wanted = [row.number for row in rows if row.number is not None]
    merged = select(Customer.id, Customer.merged_into_id).where(Customer.state == "merged")
    moved: dict[int, int] = {}
    for part in in_batches(wanted, MOST_IN_A_QUERY):
        moved |= {old: new for old, new in db.session.execute(merged.where(Customer.id.in_(part))) if new}
    known = _known([moved.get(number, number) for number in wanted])
    found = {number: known.get(moved.get(number, number)) for number in wanted}
    return {number: customer for number, customer in found.items() if customer}


def _known(ids: Sequence[int]) -> dict[int, Known]:
    query = select(Customer.id, Customer.kind, Customer.version, Customer.state)
    found: dict[int, Known] = {}
    for part in in_batches(sorted(set(ids)), MOST_IN_A_QUERY):
        here = query.where(Customer.id.in_(part), Customer.state.in_(duplicates.LIVE))
        found |= {row.id: Known(*row) for row in db.session.execute(here)}
    return found


def _by_number(row: Read, customer: Known | None) -> Match | None:
    if customer is None:
        row.errors.append((NUMBER, f"Asiakasnumeroa {row.number} ei ole rekisterissä."))
        return None
    if customer.kind != row.kind:
        told = rules.KINDS[customer.kind].lower()
        row.errors.append((NUMBER, f"Asiakas {row.number} on rekisterissä {told}, mutta rivi on toista lajia."))
        return None
    return Match(customer)
