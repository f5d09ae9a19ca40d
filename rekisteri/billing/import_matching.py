"""Whose invoices a file tells of: found by the customer's number, the Y-tunnus or the name, all in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from rekisteri.billing.import_reading import Line
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.projection import order_key
from rekisteri.customers.rules import check_value
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.web import LARGEST_ID

SEEN = ("active", "archived")
NOT_FOUND = "Asiakasta ei löydy rekisteristä."
SEVERAL = "Rekisterissä on useita samannimisiä asiakkaita. Lisää tiedostoon asiakasnumero tai Y-tunnus."
OTHER_NAME = "Asiakasnumero ja nimi kuuluvat eri asiakkaille. Tarkista rivi."


class Owners:
    """The customers that the lines of one file speak of."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.by_number = _by_number({int(line.customer_id) for line in lines if _is_id(line.customer_id)})
        self.by_code = _by_code({code for line in lines if (code := _code(line.business_id))})
        self.by_name = _by_name({key for line in lines for key in _keys(line.name)})

    def of(self, line: Line) -> int:
        """The customer whose invoice it is: by the surest of what the row tells.

        :raises RuleViolation: nobody is found, or more than one could be meant.
        """
        named = {number for key in _keys(line.name) for number in self.by_name.get(key, ())}
        if line.customer_id:
            found = self.by_number.get(int(line.customer_id)) if _is_id(line.customer_id) else None
            if found and line.name and found not in named:
                raise RuleViolation(OTHER_NAME)
            return found or _only(())
        if line.business_id:
            return _only(self.by_code.get(_code(line.business_id), ()))
        return _only(named)


def _only(found: Iterable[int]) -> int:
    candidates = set(found)
    if len(candidates) != 1:
        raise RuleViolation(SEVERAL if candidates else NOT_FOUND)
    return candidates.pop()


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10 and 0 < int(text) <= LARGEST_ID


def _code(text: str) -> str:
    try:
        return check_value("organisation", "business_id", text)
    except RuleViolation:
        return ""


def _keys(name: str) -> list[str]:
    """A name as lists sort it; of a person also with the last word first: ”Maija Virtanen” is ”Virtanen, Maija”."""
    words = name.split()
    if not words:
        return []
    return list(dict.fromkeys(order_key(" ".join(words[turn:] + words[:turn])) for turn in range(min(len(words), 4))))


def _by_number(wanted: set[int]) -> dict[int, int]:
    """Each number's customer; a merged one is now the customer it was merged into."""
    found: dict[int, int] = {}
    for part in in_batches(sorted(wanted), MOST_IN_A_QUERY):
        query = select(Customer.id, Customer.state, Customer.merged_into_id).where(Customer.id.in_(part))
        for number, state, into in db.session.execute(query):
            if state in SEEN or into:
                found[number] = into or number
    return found


def _by_code(wanted: set[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    query = select(Datum.value, Datum.customer_id).join(Customer, Customer.id == Datum.customer_id)
    query = query.where(Datum.field == "business_id", Datum.ended_at.is_(None), Customer.state.in_(SEEN))
    for part in in_batches(sorted(wanted), MOST_IN_A_QUERY):
        for code, number in db.session.execute(query.where(Datum.match.in_([code.casefold() for code in part]))):
            found[code].add(number)
    return found


def _by_name(wanted: set[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for part in in_batches(sorted(wanted), MOST_IN_A_QUERY):
        query = select(Customer.sort_key, Customer.id).where(Customer.sort_key.in_(part), Customer.state.in_(SEEN))
        for key, number in db.session.execute(query):
            found[key].add(number)
    return found
