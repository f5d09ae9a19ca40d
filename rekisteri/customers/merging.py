"""Merging two customers into one.

Every row of the dropped customer comes to the kept one with its id, source and dates; what both held differently the
person has judged. The dropped one's own row stays as a signpost without data.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from rekisteri.audit import service as audit
from rekisteri.customers import links, merge_rules, pairs, projection, rules, service, sources
from rekisteri.customers.bulk import MOST_IN_A_QUERY, in_batches
from rekisteri.customers.duplicates import LIVE
from rekisteri.customers.merge_models import Merge
from rekisteri.customers.merge_state import state_of
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fold
from rekisteri.staff.models import User

MERGED = audit.event("customer.merged", "asiakkaaseen yhdistetty toinen", fields={"customer": int, "count": int})
ABSORBED = audit.event("customer.absorbed", "asiakas yhdistetty toiseen", fields={"customer": int})

links.add_link(Customer.organisation_id, "edustavat henkilöt")
links.add_link(Customer.merged_into_id, "aiemmin yhdistetyt asiakkaat")
_OWN = ("state", "organisation_id", "merged_into_id", "active_on", "created_at", "changed_at")
"""What of a customer's own row is not composed from its data."""


def check_pair(kept: Customer, dropped: Customer) -> None:
    """Two different customers of one kind, both in the register.

    :raises RuleViolation: they are not.
    """
    if kept.id == dropped.id:
        raise RuleViolation("Valitse kaksi eri asiakasta.")
    if kept.kind != dropped.kind:
        raise RuleViolation("Henkilöä ja yhteisöä ei voi yhdistää.")
    if kept.state not in LIVE or dropped.state not in LIVE:
        raise RuleViolation("Asiakas on jo yhdistetty toiseen.")


def merge(*, kept: Customer, dropped: Customer, choices: Mapping[str, str], by: User) -> Merge:
    """Bring everything of `dropped` to `kept`.

    :param choices: for each of `merge_rules.differences` its unit's code → kept, dropped or both.
    :raises RuleViolation: the two cannot be merged, or not with these choices.
    """
    check_pair(kept, dropped)
    held, theirs = service.current(kept), service.current(dropped)
    plan = merge_rules.plan(kept.kind, held, theirs, choices)
    if prevented := links.obstacles([kept.id, dropped.id], _after(plan, held, theirs)):
        raise RuleViolation(" ".join(prevented))
    done = Merge(
        kept_id=kept.id,
        dropped_id=dropped.id,
        by_id=by.id,
        before={"kept": _own(kept), "dropped": _own(dropped)},
        moved={},
        data={},
        after={},
    )
    mergers = {merger.name: merger.merge(kept.id, dropped.id) for merger in links.all_mergers()}
    likenesses = pairs.merge_pairs(kept.id, dropped.id, by=by)
    db.session.flush()
    moved = {link.key: _move(link, dropped.id, kept.id) for link in links.all_links()}
    employer = dropped.organisation_id
    done.data = _move_data(kept, dropped, plan, held, theirs, by)
    _bring_together(kept, dropped, employer if "organisation" in plan.moves else kept.organisation_id)
    done.moved = {"rows": {key: ids for key, ids in moved.items() if ids}, "mergers": mergers, "pairs": likenesses}
    db.session.flush()
    done.after = state_of(kept, dropped)
    db.session.add(done)
    db.session.flush()
    audit.record(MERGED, subject=kept.subject, by=by, customer=dropped.id, count=sum(map(len, moved.values())))
    audit.record(ABSORBED, subject=dropped.subject, by=by, customer=kept.id)
    return done


def _after(plan: merge_rules.Plan, held: Mapping[str, Datum], theirs: Mapping[str, Datum]) -> dict[str, int]:
    """The data that would stand after the merge, by field. A text joined of two is neither of them."""
    stay = {field: datum.id for field, datum in held.items() if field not in plan.replaced}
    return stay | {target: theirs[field].id for field, target in plan.moves.items()}


def _own(customer: Customer) -> dict[str, Any]:
    """The customer's own row as JSON takes it, without what is composed from the data."""
    values = {name: getattr(customer, name) for name in _OWN}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _move(link: links.Link, from_id: int, to_id: int) -> list[int]:
    """Let the rows of one column follow their customer; their ids."""
    model = link.column.class_
    ids = list(db.session.scalars(select(model.id).where(link.column == from_id).order_by(model.id)))
    point(link, ids, to_id)
    return ids


def point(link: links.Link, ids: Iterable[int], customer_id: int) -> None:
    """Without a new version of the rows: nothing in them has changed for whoever has one open."""
    model = link.column.class_
    for part in in_batches(ids, MOST_IN_A_QUERY):
        moving = update(model).where(model.id.in_(part)).values({link.column.key: customer_id})
        db.session.execute(moving, execution_options={"synchronize_session": False})
    db.session.expire_all()


def _move_data(
    kept: Customer,
    dropped: Customer,
    plan: merge_rules.Plan,
    held: Mapping[str, Datum],
    theirs: Mapping[str, Datum],
    by: User,
) -> dict[str, Any]:
    """Give every datum to the kept customer, end those that do not stay, and tell what was done."""
    every = service.history(dropped)
    ended = [held[field] for field in sorted(plan.replaced)] + [theirs[field] for field in sorted(plan.unused)]
    for datum in every:
        datum.customer_id = kept.id
    for field, target in plan.moves.items():
        theirs[field].field = target
    for datum in ended:
        _end(datum, merge_rules.REPLACED, by)
    for field in sorted(plan.same):
        _end(theirs[field], merge_rules.SAME, by)
        ended.append(theirs[field])
    joined = _join(kept, plan.joined, held, by) if plan.joined else None
    db.session.flush()
    return {
        "moved": [datum.id for datum in every],
        "fields": [[theirs[field].id, field] for field, target in plan.moves.items() if field != target],
        "ended": [datum.id for datum in ended],
        "joined": joined.id if joined else None,
    }


def _end(datum: Datum, reason: str, by: User) -> None:
    datum.ended_at, datum.ended_by_id, datum.ended_reason = now(), by.id, reason


def _join(kept: Customer, text: str, held: Mapping[str, Datum], by: User) -> Datum:
    """The two customers' earlier orders as one text: the company has put it together itself."""
    joined = Datum(
        customer_id=kept.id,
        field="orders",
        value=text,
        match=rules.match_key("orders", text),
        source=sources.own_source(),
        obtained_on=today(),
        entered_by_id=by.id,
        entered_at=now(),
        replaces_id=held["orders"].id,
    )
    db.session.add(joined)
    return joined


def _bring_together(kept: Customer, dropped: Customer, employer: int | None) -> None:
    """The two own rows: the kept one as the data now say, the dropped one a signpost that says nothing."""
    kept.organisation_id = employer
    kept.state = "active" if "active" in (kept.state, dropped.state) else "archived"
    kept.active_on = max(kept.active_on, dropped.active_on)
    kept.created_at = min(kept.created_at, dropped.created_at)
    dropped.state, dropped.merged_into_id, dropped.organisation_id = "merged", kept.id, None
    for customer in (kept, dropped):
        project(customer)
        customer.changed_at = now()


def project(customer: Customer) -> None:
    """Repeat what now stands on the customer's own row; its new version tells whoever has the card open."""
    values = {field: datum.value for field, datum in service.current(customer).items()}
    for column, value in projection.columns(customer.kind, values).items():
        setattr(customer, column, value)
    flag_modified(customer, "changed_at")


def repeats(datum: Datum) -> list[Datum]:
    """A datum and those that held the same when a merge ended them: their sources told it, their recipients have it too."""
    query = select(Datum).filter_by(customer_id=datum.customer_id, ended_reason=merge_rules.SAME)
    query = query.where(Datum.field.in_(rules.slots(rules.base(datum.field)))).order_by(Datum.id)
    same = [one for one in db.session.scalars(query) if fold(one.value) == fold(datum.value) and one.id != datum.id]
    return [datum, *same]
