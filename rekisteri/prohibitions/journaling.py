"""Prohibitions in the journal outside the database: one that a restored backup does not know of is made or ended again."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select, update

from rekisteri.audit import service as audit
from rekisteri.forgotten import bars
from rekisteri.kernel.clock import end_of
from rekisteri.kernel.db import db
from rekisteri.kernel.upgrades import after_upgrade
from rekisteri.prohibitions import events
from rekisteri.prohibitions.models import Prohibition

NAME = "prohibition"


def _states(keys: Collection[str]) -> list[bars.State]:
    query = select(Prohibition).where(Prohibition.key.in_(keys)).order_by(Prohibition.key, Prohibition.id)
    return [_state(key, list(rows)) for key, rows in groupby(db.session.scalars(query), lambda one: one.key)]


def _state(key: str, rows: list[Prohibition]) -> bars.State:
    standing = [one for one in rows if one.stands]
    shown = standing or rows
    return bars.State(key, bool(standing), [one.customer_id for one in shown], _facts(shown[-1]))


def _facts(one: Prohibition) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": one.kind, "since": one.since.isoformat(), "channel": one.channel}
    if one.withdrawn_on:
        told |= {"withdrawn_on": one.withdrawn_on.isoformat(), "withdrawn_channel": one.withdrawn_channel}
    return told


def _keys(customer_ids: Collection[int]) -> list[str]:
    binding = Prohibition.customer_id.in_(customer_ids) & Prohibition.withdrawn_on.is_(None) & (Prohibition.key != "")
    return sorted(set(db.session.scalars(select(Prohibition.key).where(binding))))


def _replay(key: str, customer_ids: Collection[int], facts: Mapping[str, Any], on: date) -> int:
    """No letter goes out: the person has had it; and what the paper said is not in the journal."""
    rows = list(db.session.scalars(select(Prohibition).filter_by(key=key, withdrawn_on=None)))
    ended = [one for one in rows if one.customer_id not in customer_ids]
    for one in ended:
        one.withdrawn_on = date.fromisoformat(facts.get("withdrawn_on", max(on, one.since).isoformat()))
        one.withdrawn_channel = facts.get("withdrawn_channel", facts["channel"])
    since = date.fromisoformat(facts["since"])
    new = [
        Prohibition(customer_id=number, kind=facts["kind"], since=since, channel=facts["channel"], key=key)
        for number in sorted(set(customer_ids) - {one.customer_id for one in rows})
    ]
    db.session.add_all(new)
    db.session.flush()
    _record(events.GIVEN_AGAIN, new)
    _record(events.ENDED_AGAIN, ended)
    return len(new) + len(ended)


def _record(event: str, rows: Iterable[Prohibition]) -> None:
    for one in rows:
        audit.record(event, subject=f"customer:{one.customer_id}", kind=one.kind)


def never_given(rows: Iterable[Prohibition]) -> None:
    """Tell the journal that these, which go, were written down by mistake."""
    bars.enter(NAME, [bars.State(one.key, False, [one.customer_id], _facts(one)) for one in rows])


bars.add_kind(NAME, bars.Kind(states=_states, keys=_keys, replay=_replay))


@after_upgrade
def enter_the_earlier() -> None:
    """Put into the journal what was forbidden before it knew of prohibitions."""
    rows = list(db.session.scalars(select(Prohibition).filter_by(key="").order_by(Prohibition.id)))
    if not rows:
        return
    keys = {one.id: bars.old_key(NAME, one.id, one.recorded_at.isoformat()) for one in rows}
    states = [
        bars.State(
            keys[one.id],
            one.stands,
            [one.customer_id],
            _facts(one),
            at=end_of(one.withdrawn_on) if one.withdrawn_on else one.recorded_at,
            turn=1 if one.stands else 2,
        )
        for one in rows
    ]
    given = update(Prohibition.__table__).where(Prohibition.id == bindparam("row")).values(key=bindparam("new"))
    db.session.connection().execute(given, [{"row": number, "new": key} for number, key in keys.items()])
    db.session.expire_all()
    bars.enter(NAME, states)
