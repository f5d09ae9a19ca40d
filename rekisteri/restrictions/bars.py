"""Where a restriction binds: every use of customers' data asks here through `customers.uses` and `customers.frozen`."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, and_, exists, not_, select

from rekisteri.customers import marks
from rekisteri.customers.archiving import add_obstacle
from rekisteri.customers.frozen import EVERYTHING, add_freeze
from rekisteri.customers.models import Customer
from rekisteri.customers.uses import add_bar
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.restrictions import rules
from rekisteri.restrictions.exceptions import excepted
from rekisteri.restrictions.models import Restriction

NAME = "käsittely rajoitettu"
MARK = marks.Mark("Käsittely rajoitettu", "bad")
"""What stands beside the name of who has any restriction in force."""

_BINDS = and_(Restriction.customer_id == Customer.id, Restriction.ended_on.is_(None))


def restricted() -> ColumnElement[bool]:
    """Whether anything of a customer is restricted: such a customer is in no list, mailing, export or statistics."""
    return exists().where(_BINDS)


def barred(use: str, *, whole: bool, held: bool = True) -> ColumnElement[bool]:
    """Whether a restriction without an exception for this use binds.

    :param whole: counts only those that concern everything; a disputed phone number does not stop an order.
    :param held: counts also those that keep what is held until it may be erased.
    """
    scope = Restriction.fields.is_(None) if whole else Restriction.id.is_not(None)
    grounds = Restriction.id.is_not(None) if held else Restriction.ground != "held"
    return exists().where(_BINDS, scope, grounds, not_(excepted(use, today())))


def frozen(customer_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """The data of these customers that are not changed for the time being."""
    query = select(Restriction.customer_id, Restriction.fields).where(
        Restriction.customer_id.in_(customer_ids), Restriction.ended_on.is_(None), not_(excepted("editing", today()))
    )
    found: dict[int, frozenset[str]] = {}
    for customer_id, fields in db.session.execute(query):
        kept = EVERYTHING if fields is None else frozenset(fields)
        found[customer_id] = found.get(customer_id, frozenset()) | kept
    return found


def disputed(customer_ids: Collection[int]) -> dict[int, str]:
    """Of whom something is still to be settled: the clock does not propose them for the archive.

    What is only held until it may be erased is where it belongs in the archive.
    """
    query = select(Restriction.customer_id).where(
        Restriction.customer_id.in_(customer_ids), Restriction.ended_on.is_(None), Restriction.ground != "held"
    )
    return dict.fromkeys(db.session.scalars(query), NAME)


marks.add_mark(restricted(), lambda _binds: MARK)
add_freeze(frozen, f"{rules.RESTRICTED} Tietoja ei voi muuttaa ennen kuin rajoitus päättyy. {rules.HOW_YET}")

SENTENCE = f"{rules.RESTRICTED} {rules.HOW_YET}"
FOR_MANY = (
    "customer_relation",
    "direct_mail",
    "distance_selling",
    "direct_marketing",
    "market_research",
    "opinion_research",
    "listing",
    "profiling",
    "export",
    "interface",
    "statistics",
)
"""What is done with many at a time: no exception leads a restricted customer into it."""

add_obstacle(disputed)
add_bar(NAME, FOR_MANY, restricted, rules.RESTRICTED)
add_bar(NAME, ["disclosure"], lambda: barred("disclosure", whole=False), SENTENCE)
add_bar(NAME, ["dealing"], lambda: barred("dealing", whole=True), SENTENCE)
add_bar(NAME, ["completing"], lambda: barred("dealing", whole=True, held=False), SENTENCE)
add_bar(NAME, ["editing"], lambda: barred("editing", whole=True), SENTENCE)
