"""Undoing a merge: while nothing else has changed, both customers come back exactly as they were."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from rekisteri.audit import service as audit
from rekisteri.customers import frozen, links, pairs
from rekisteri.customers.merge_models import Merge
from rekisteri.customers.merge_state import changes_since, state_of
from rekisteri.customers.merging import point, project
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff.models import User

UNDONE = audit.event("customer.merge_undone", "asiakkaiden yhdistäminen peruttu", fields={"customer": int})


def merges_into(customer: Customer) -> list[Merge]:
    """The merges that brought others to a customer and still hold, the latest first."""
    query = select(Merge).filter_by(kept_id=customer.id, undone_at=None).options(joinedload(Merge.by))
    return list(db.session.scalars(query.order_by(Merge.id.desc())))


def find_merge(merge_id: int) -> Merge | None:
    """The merge with this id."""
    return db.session.get(Merge, merge_id)


def why_not_undo(done: Merge) -> str | None:
    """What stands in the way of undoing a merge, as a sentence; None while it can be undone."""
    if done.undone_at is not None:
        return "Yhdistäminen on jo peruttu."
    if done.kept.merged_into_id is not None:
        return (
            f"Asiakas on sen jälkeen yhdistetty asiakkaaseen {done.kept.merged_into_id}. "
            "Peru ensin myöhempi yhdistäminen."
        )
    if bound := frozen.binding([done.kept_id, done.dropped_id]):
        return f"Yhdistämistä ei voi nyt perua. {' '.join(bound)}"
    changed = changes_since(done.after, state_of(done.kept, done.dropped))
    if not changed:
        return None
    return (
        "Yhdistämistä ei voi enää perua, koska sen jälkeen on muuttunut: "
        f"{', '.join(changed)}. Erota asiakkaat tarvittaessa kirjaamalla poistunut asiakas uudelleen."
    )


def undo(*, merge: Merge, by: User) -> None:
    """Bring both customers back as they were before a merge.

    :raises RuleViolation: something has changed since.
    """
    if refusal := why_not_undo(merge):
        raise RuleViolation(refusal)
    kept, dropped = merge.kept, merge.dropped
    _return_data(merge)
    known = {link.key: link for link in links.all_links()}
    for key, ids in merge.moved["rows"].items():
        point(known[key], ids, dropped.id)
    pairs.part_pairs(merge.moved["pairs"])
    for merger in links.all_mergers():
        if merger.name in merge.moved["mergers"]:
            merger.undo(merge.moved["mergers"][merger.name])
    for customer, before in ((kept, merge.before["kept"]), (dropped, merge.before["dropped"])):
        _restore(customer, before)
    merge.undone_at, merge.undone_by_id = now(), by.id
    db.session.flush()
    audit.record(UNDONE, subject=kept.subject, by=by, customer=dropped.id)
    audit.record(UNDONE, subject=dropped.subject, by=by, customer=kept.id)


def _return_data(merge: Merge) -> None:
    told = merge.data
    if told["joined"]:
        db.session.delete(db.session.get_one(Datum, told["joined"]))
        db.session.flush()
    touched = {*told["moved"], *told["ended"]}
    data = {datum.id: datum for datum in db.session.scalars(select(Datum).where(Datum.id.in_(touched)))}
    for one in told["ended"]:
        data[one].ended_at, data[one].ended_by_id, data[one].ended_reason = None, None, ""
    for one, field in told["fields"]:
        data[one].field = field
    for one in told["moved"]:
        data[one].customer_id = merge.dropped_id
    db.session.flush()


def _restore(customer: Customer, before: Mapping[str, Any]) -> None:
    own = dict(before)
    own["active_on"] = date.fromisoformat(own["active_on"])
    for name in ("created_at", "changed_at"):
        own[name] = datetime.fromisoformat(own[name])
    for name, value in own.items():
        setattr(customer, name, value)
    project(customer)
