"""The archive: putting away the customers with whom nothing happens any more, and bringing them back.

The register proposes by the clock, a person decides (GDPR art. 5(1)(e)). Rooms above know what is still going on with a
customer; each registers its obstacle once, when its views are imported.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, tuple_, update

from rekisteri.audit import service as audit
from rekisteri.customers import rules
from rekisteri.customers.models import Customer
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff.models import User

ARCHIVED = audit.event("customer.archived", "asiakas arkistoitu")
RESTORED = audit.event("customer.restored", "asiakas palautettu arkistosta")
PAGE_SIZE = 50

Obstacle = Callable[[Collection[int]], Mapping[int, str]]
_obstacles: list[Obstacle] = []


def add_obstacle(find: Obstacle) -> None:
    """Keep out of the proposals those of the given customers with whom something is still going on.

    :param find: customers' ids → what is going on with whom, in Finnish and in few words (”avoin lasku”), in one query.
    """
    _obstacles.append(find)


def obstacles(ids: Collection[int]) -> dict[int, list[str]]:
    """What is still going on with each of these customers; those with whom nothing is are left out."""
    found: dict[int, list[str]] = {}
    for find in _obstacles if ids else []:
        for customer_id, reason in find(ids).items():
            found.setdefault(customer_id, []).append(reason)
    return found


@dataclass(frozen=True)
class Proposals:
    """A page of proposals: who is proposed, who is not and why not, and from whose id the next page goes on."""

    rows: list[Customer]
    kept: list[tuple[Customer, list[str]]]
    after: int | None


def archive(*, customer: Customer, by: User) -> None:
    """Put a customer away from the daily lists; data, history and rights stay as they are."""
    if customer.state == "archived":
        raise RuleViolation("Asiakas on jo arkistossa.")
    customer.state, customer.changed_at = "archived", now()
    audit.record(ARCHIVED, subject=customer.subject, by=by)


def restore(*, customer: Customer, by: User) -> None:
    """Bring a customer back from the archive; that counts as something happening, so it is not proposed at once again."""
    if customer.state == "active":
        raise RuleViolation("Asiakas ei ole arkistossa.")
    customer.state, customer.changed_at = "active", now()
    customer.active_on = max(customer.active_on, today())
    audit.record(RESTORED, subject=customer.subject, by=by)


def touch(customer_id: int, on: date) -> None:
    """Tell that something happened in the relationship on a day (an order, an invoice, a contact): it is not dormant."""
    later = update(Customer).where(Customer.id == customer_id, Customer.active_on < on)
    db.session.execute(later.values(active_on=on), execution_options={"synchronize_session": "fetch"})


def proposals(*, years: int, on: date, after: int | None = None, size: int = PAGE_SIZE) -> Proposals:
    """A page of customers with whom nothing has happened for `years`, the longest silent first.

    The next page begins where this one ended, so page 1,000 costs as page 1.
    """
    place = tuple_(Customer.active_on, Customer.id)
    query = select(Customer).where(*_dormant(years, on)).order_by(Customer.active_on, Customer.id)
    start = db.session.get(Customer, after) if after else None
    if start:
        query = query.where(place > (start.active_on, start.id))
    read = list(db.session.scalars(query.limit(size + 1)))
    more, read = len(read) > size, read[:size]
    busy = obstacles([customer.id for customer in read])
    return Proposals(
        rows=[customer for customer in read if customer.id not in busy],
        kept=[(customer, busy[customer.id]) for customer in read if customer.id in busy],
        after=read[-1].id if more else None,
    )


def _dormant(years: int, on: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Customer.state == "active", Customer.active_on < rules.years_before(on, years)


def archive_proposed(*, ids: Collection[int], years: int, on: date, by: User) -> int:
    """Archive those chosen of the proposals, and return how many; who has meanwhile come alive again is passed over."""
    dormant = list(db.session.scalars(select(Customer).where(Customer.id.in_(ids), *_dormant(years, on))))
    busy = obstacles([customer.id for customer in dormant])
    chosen = [customer for customer in dormant if customer.id not in busy]
    for customer in chosen:
        archive(customer=customer, by=by)
    return len(chosen)
