"""How everything of two customers stood when they were merged, so that it shows whether something has changed since."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select

from rekisteri.customers import links
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import Versioned, db

NOTHING = [0, 0, 0]
DATA = "asiakkaan tiedot"


def state_of(kept: Customer, dropped: Customer) -> dict[str, list[Any]]:
    """Counts, last ids and versions of all that belongs to the kept customer: no one's data, and new at any change."""
    data = select(func.count(), func.max(Datum.id), func.count(Datum.ended_at)).filter_by(customer_id=kept.id)
    own = [kept.state, kept.organisation_id, kept.active_on.isoformat(), kept.changed_at.isoformat()]
    signpost = [dropped.state, dropped.merged_into_id, dropped.changed_at.isoformat()]
    found: dict[str, list[Any]] = {"customer": own, "dropped": signpost, "datum": list(db.session.execute(data).one())}
    return found | {link.key: _rows(link, kept.id) for link in links.all_links()}


def _rows(link: links.Link, customer_id: int) -> list[Any]:
    """How many rows a column has of a customer, their last id, and what grows whenever one of them changes."""
    model = link.column.class_
    query = select(func.count(), func.max(model.id), _grows(model)).where(link.column == customer_id)
    return [int(value or 0) for value in db.session.execute(query).one()]


def _grows(model: Any) -> ColumnElement[Any]:
    """The sum of the rows' versions, or how many have ended where a row is never changed otherwise.

    People change without their organisation; only who they are counts there.
    """
    if issubclass(model, Versioned) and model is not Customer:
        return func.sum(model.version)
    return func.count(model.ended_at) if hasattr(model, "ended_at") else literal(0)


def changes_since(then: Mapping[str, list[Any]], now: Mapping[str, list[Any]]) -> list[str]:
    """What has changed, by its Finnish name; nothing when everything stands as it stood."""
    found = [DATA] if any(then[part] != now[part] for part in ("customer", "dropped", "datum")) else []
    changed = [link.name for link in links.all_links() if then.get(link.key, NOTHING) != now[link.key]]
    return [*found, *dict.fromkeys(changed)]
