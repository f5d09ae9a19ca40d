"""Objections in the journal outside the database: a use that a restored backup does not know to be over is ended again.

The journal holds codes and days, so what the person wrote, and the request itself, are lost with the database.
"""

from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select, update

from rekisteri.audit import service as audit
from rekisteri.forgotten import bars
from rekisteri.kernel.clock import end_of
from rekisteri.kernel.db import db
from rekisteri.kernel.upgrades import after_upgrade
from rekisteri.objections import events, rules
from rekisteri.objections.models import Objection, ObjectionUse

NAME = "objection"


def _states(keys: Collection[str]) -> list[bars.State]:
    query = select(Objection).where(Objection.key.in_(keys)).order_by(Objection.key, Objection.id)
    rows = db.session.scalars(query).unique()
    return [_state(key, list(same)) for key, same in groupby(rows, lambda one: one.key)]


def _state(key: str, rows: list[Objection]) -> bars.State:
    standing = [one for one in rows if one.bound and one.customer_id is not None]
    shown = standing or rows
    customers = [one.customer_id for one in shown if one.customer_id is not None]
    return bars.State(key, bool(standing), customers, _facts(shown[-1]))


def _facts(one: Objection) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": one.kind,
        "uses": {use.use: use.bound_on.isoformat() for use in one.uses if use.bound_on},
    }
    if one.ended_on:
        told |= {"ended_on": one.ended_on.isoformat(), "ended_channel": one.ended_channel}
    return told


def _keys(customer_ids: Collection[int]) -> list[str]:
    bound = select(ObjectionUse.objection_id).where(ObjectionUse.bound_on.is_not(None))
    binding = Objection.customer_id.in_(customer_ids) & Objection.ended_on.is_(None) & Objection.id.in_(bound)
    return sorted(set(db.session.scalars(select(Objection.key).where(binding, Objection.key != ""))))


def _replay(key: str, customer_ids: Collection[int], facts: Mapping[str, Any], on: date) -> int:
    """No letter goes out: the person has had it, or gets it once the request is entered again."""
    rows = list(db.session.scalars(select(Objection).filter_by(key=key)).unique())
    changed = 0
    for one in rows:
        if one.customer_id in customer_ids:
            changed += _bind(one, facts)
        elif one.bound and one.customer_id is not None:
            _release(one, facts)
            changed += 1
    for number in sorted(set(customer_ids) - {one.customer_id for one in rows}):
        new = Objection(customer_id=number, kind=facts["kind"], key=key)
        db.session.add(new)
        changed += _bind(new, facts)
    db.session.flush()
    return changed


def _bind(one: Objection, facts: Mapping[str, Any]) -> bool:
    """Let every use that the journal tells be over since its day; whether some was not."""
    since = {use: date.fromisoformat(day) for use, day in facts["uses"].items() if use not in one.bound}
    known = {use.use: use for use in one.uses}
    for use, day in since.items():
        if use not in known:
            known[use] = ObjectionUse(use=use, position=list(rules.USES).index(use))
            one.uses.append(known[use])
        known[use].bound_on = day
    if since:
        audit.record(events.BOUND_AGAIN, subject=f"customer:{one.customer_id}", uses=list(since))
    return bool(since)


def _release(one: Objection, facts: Mapping[str, Any]) -> None:
    """The person has allowed the uses again, or it was another person's word, or nobody's."""
    uses = one.bound
    if "ended_on" in facts:
        one.ended_on, one.ended_channel = date.fromisoformat(facts["ended_on"]), facts["ended_channel"]
    else:
        for use in one.uses:
            use.bound_on = None
    audit.record(events.ENDED_AGAIN, subject=f"customer:{one.customer_id}", uses=uses)


bars.add_kind(NAME, bars.Kind(states=_states, keys=_keys, replay=_replay))


@after_upgrade
def enter_the_earlier() -> None:
    """Give their keys to the objections from before the journal knew of them, and put into it those that have bound."""
    rows = list(db.session.scalars(select(Objection).filter_by(key="").order_by(Objection.id)).unique())
    if not rows:
        return
    keys = {one.id: bars.old_key(NAME, one.case.number, one.kind) for one in rows}
    states = [
        bars.State(
            keys[one.id],
            bool(one.bound),
            [one.customer_id],
            _facts(one),
            at=end_of(one.ended_on or one.bound_since),
            turn=1 if one.bound else 2,
        )
        for one in rows
        if one.customer_id is not None and one.bound_since is not None
    ]
    given = update(Objection.__table__).where(Objection.id == bindparam("row")).values(key=bindparam("new"))
    db.session.connection().execute(given, [{"row": number, "new": key} for number, key in keys.items()])
    db.session.expire_all()
    bars.enter(NAME, states)
