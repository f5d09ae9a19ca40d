"""What customers' data are used for, and who may not be used for what: the one place every use asks.

A higher room that knows of prohibitions or restrictions adds its bars once, when its views are imported. Lists, exports,
disclosures and everything else ask `permitted` for many or `check` for one; no way of asking leads round a bar.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, case, func, not_, select

from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import connection, db
from rekisteri.kernel.errors import RuleViolation

USES: dict[str, str] = {
    "customer_relation": "asiakassuhteen hoitaminen",
    "direct_mail": "suoramainonta",
    "distance_selling": "etämyynti",
    "direct_marketing": "muu suoramarkkinointi",
    "market_research": "markkinatutkimus",
    "opinion_research": "mielipidetutkimus",
    "listing": "luettelossa julkaiseminen",
    "profiling": "profilointi ja kohdennettu sisältö",
    "disclosure": "tietojen luovuttaminen",
    "export": "vienti tiedostoon",
    "interface": "tekninen rajapinta",
    "statistics": "tilastot",
    "dealing": "tilausten ja laskujen kirjaaminen",
    "completing": "avoimen tilauksen laskuttaminen",
    "editing": "tietojen muuttaminen",
}
"""Every use, with its name in Finnish."""

WIDER: dict[str, set[str]] = {
    "profiling": {"profiling", "interface"},
    "listing": {"listing", "export"},
    "disclosure": {"disclosure", "interface"},
}
"""What a no to these keeps the data from, whether it forbids, objects or takes a consent back.

A file taken out is a list, whatever its purpose; targeted content reaches web services through the interface, and what goes
there has been disclosed.
"""

Query = TypeVar("Query", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True)
class Bar:
    """Who may not be used for what. `condition` makes a comparison over `Customer.id`, true for those barred."""

    name: str
    uses: frozenset[str]
    condition: Callable[[], ColumnElement[bool]]
    sentence: str


_bars: dict[tuple[str, frozenset[str]], Bar] = {}


def add_bar(name: str, uses: Collection[str], condition: Callable[[], ColumnElement[bool]], sentence: str) -> None:
    """Keep from `uses` those customers for whom `condition` holds; the same `name` and uses replace.

    :param name: what it is called where the left out are counted, in Finnish: ”käsittely rajoitettu”.
    :param sentence: why, in Finnish, to whoever would use the data.
    """
    unknown = set(uses) - set(USES)
    if unknown:
        raise ValueError(f"unknown uses: {sorted(unknown)}")
    _bars[name, frozenset(uses)] = Bar(name, frozenset(uses), condition, sentence)


def bars(use: str) -> list[Bar]:
    """The bars on a use."""
    if use not in USES:
        raise ValueError(f"unknown use: {use}")
    return [bar for bar in _bars.values() if use in bar.uses]


def permitted(query: Query, use: str) -> Query:
    """The query, which reads customers, without those who may not be used so."""
    for bar in bars(use):
        query = query.where(not_(bar.condition()))
    return query


@dataclass(frozen=True)
class Standing:
    """One customer as a use finds it: the kind, whether in the register, and every reason why it may not be used so."""

    kind: str
    state: str
    reasons: tuple[str, ...]


def standing(customer_id: int, asked: Collection[str]) -> Standing | None:
    """How one customer stands for all these uses, read at once; None when nobody has the number."""
    found = tuple(dict.fromkeys(bar for use in sorted(asked) for bar in bars(use)))
    row = connection().execute(_standing(found, today()), {"customer": customer_id}).first()
    if row is None:
        return None
    kind, state, *barred = row
    reasons = (bar.sentence for bar, stops in zip(found, barred, strict=True) if stops)
    return Standing(kind, state, tuple(dict.fromkeys(reasons)))


@lru_cache(maxsize=256)
def _standing(asked: tuple[Bar, ...], _on: date) -> Select[*tuple[Any, ...]]:
    """The statement, made once a day: a bar may look at the day, as an exception from a restriction does."""
    conditions = (bar.condition().label(f"bar_{place}") for place, bar in enumerate(asked))
    return select(Customer.kind, Customer.state, *conditions).where(Customer.id == bindparam("customer"))


def why_not(customer_id: int, use: str) -> list[str]:
    """Every reason, as a sentence, why a customer may not be used so."""
    found = standing(customer_id, [use])
    return list(found.reasons) if found else []


def check(customer_id: int, use: str) -> None:
    """Refuse a use that is barred.

    :raises RuleViolation: with every reason.
    """
    if reasons := why_not(customer_id, use):
        raise RuleViolation(" ".join(reasons))


def barred(customer_ids: Collection[int], use: str) -> dict[int, str]:
    """Who of these customers may not be used so, and why; two reasons as one text."""
    found: dict[int, str] = {}
    for bar in bars(use) if customer_ids else ():
        for customer_id in db.session.scalars(
            select(Customer.id).where(Customer.id.in_(customer_ids), bar.condition())
        ):
            found[customer_id] = " ".join(filter(None, (found.get(customer_id), bar.sentence)))
    return found


def left_out(query: Select[*tuple[Any, ...]], use: str) -> dict[str, int]:
    """How many of the customers that a query reads each bar leaves out; bars that leave out nobody are not told."""
    asked = bars(use)
    if not asked:
        return {}
    sums = [func.sum(case((bar.condition(), 1), else_=0)) for bar in asked]
    found = db.session.execute(query.order_by(None).with_only_columns(*sums)).one()
    return {bar.name: count for bar, count in zip(asked, found, strict=True) if count}
