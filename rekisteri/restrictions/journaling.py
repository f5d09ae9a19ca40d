"""Restrictions in the journal outside the database: one that a restored backup does not know of begins or ends again."""

from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select, update

from rekisteri.audit import service as audit
from rekisteri.customers.models import Customer
from rekisteri.customers.rules import FIELDS
from rekisteri.forgotten import bars
from rekisteri.kernel.clock import end_of
from rekisteri.kernel.db import db, reach_number
from rekisteri.kernel.upgrades import after_upgrade
from rekisteri.restrictions import events, letters, rules
from rekisteri.restrictions.models import Restriction, RestrictionException

NAME = "restriction"
WHY_AGAIN = "Kirjattu uudelleen varmuuskopion palautuksessa. Aiempi selvitys ei ole tallessa."
"""The journal holds codes and days, so what was written of the ground is lost with the database."""


def _states(keys: Collection[str]) -> list[bars.State]:
    query = select(Restriction).where(Restriction.key.in_(keys)).order_by(Restriction.key, Restriction.id)
    return [_state(key, list(rows)) for key, rows in groupby(db.session.scalars(query), lambda one: one.key)]


def _state(key: str, rows: list[Restriction]) -> bars.State:
    binding = [one for one in rows if one.in_force]
    shown = binding or rows
    return bars.State(key, bool(binding), [one.customer_id for one in shown], _facts(shown[0]))


def _facts(one: Restriction) -> dict[str, Any]:
    return {
        "number": one.number,
        "ground": one.ground,
        "fields": one.fields,
        "since": one.begun_on.isoformat(),
        "ended_on": one.ended_on.isoformat() if one.ended_on else None,
        "exceptions": [_code(allowed) for allowed in one.exceptions if allowed.stopped_on is None],
    }


def _code(allowed: RestrictionException) -> list[str]:
    return [allowed.use, allowed.ground, allowed.made_on.isoformat(), allowed.until.isoformat()]


def _keys(customer_ids: Collection[int]) -> list[str]:
    binding = Restriction.customer_id.in_(customer_ids) & Restriction.ended_on.is_(None) & (Restriction.key != "")
    return sorted(set(db.session.scalars(select(Restriction.key).where(binding))))


def _replay(key: str, customer_ids: Collection[int], facts: Mapping[str, Any], on: date) -> int:
    """No letter goes out: the person has had it. Recipients are put on the list of those to be told, as nothing shows that
    they were. An exception made since is made again, and one stopped since is stopped.
    """
    rows = list(db.session.scalars(select(Restriction).filter_by(key=key, ended_on=None)))
    changed = 0
    for one in rows:
        if one.customer_id in customer_ids:
            _follow(one, facts, on)
        else:
            one.ended_on, one.ended_by_id = (
                max(date.fromisoformat(facts["ended_on"] or on.isoformat()), one.begun_on),
                None,
            )
            audit.record(events.ENDED_AGAIN, subject=f"customer:{one.customer_id}", restriction=one.id)
            changed += 1
    for number in sorted(set(customer_ids) - {one.customer_id for one in rows}):
        _begin(key, number, facts)
        changed += 1
    db.session.flush()
    return changed


def _follow(one: Restriction, facts: Mapping[str, Any], on: date) -> None:
    """What has been added to it since binds as well, and what was no longer excepted is not."""
    known = FIELDS[one.customer.kind]
    together = rules.together(one.fields, facts["fields"], known=known)
    if together != one.fields:
        more, one.fields = set(together or known).difference(one.fields or ()), together
        letters.remember_recipients(one, more=more)
    for allowed in one.exceptions:
        if allowed.stopped_on is None and _code(allowed) not in facts["exceptions"]:
            allowed.stopped_on = max(on, allowed.made_on)
    _except_again(one, facts)


def _except_again(one: Restriction, facts: Mapping[str, Any]) -> None:
    """What was done with the data on the ground of an exception was lawful, and is in what is left of the time as well."""
    known = [_code(allowed) for allowed in one.exceptions]
    for use, ground, made_on, until in (code for code in facts["exceptions"] if code not in known):
        days = {"made_on": date.fromisoformat(made_on), "until": date.fromisoformat(until)}
        one.exceptions.append(RestrictionException(use=use, ground=ground, why=WHY_AGAIN, **days))
        audit.record(events.EXCEPTED_AGAIN, subject=f"customer:{one.customer_id}", restriction=one.id, use=use)


def _begin(key: str, customer_id: int, facts: Mapping[str, Any]) -> None:
    customer = db.session.get_one(Customer, customer_id)
    begun = Restriction(
        number=_number(str(facts["number"])),
        customer=customer,
        ground=facts["ground"],
        fields=facts["fields"],
        begun_on=date.fromisoformat(facts["since"]),
        key=key,
    )
    db.session.add(begun)
    db.session.flush()
    audit.record(events.BEGUN_AGAIN, subject=customer.subject, restriction=begun.id, ground=begun.ground)
    letters.remember_recipients(begun)
    _except_again(begun, facts)


def _number(told: str) -> str:
    """The number that stands in the person's letter, which nothing new gets; one that two customers bear is told apart."""
    year, count = told.removeprefix("RA ").split("-")[0].split("/")
    reach_number("restriction", int(year), int(count))
    number, copy = told, 1
    while db.session.scalar(select(Restriction.id).filter_by(number=number)):
        copy += 1
        number = f"{told}-{copy}"
    return number


bars.add_kind(NAME, bars.Kind(states=_states, keys=_keys, replay=_replay))


@after_upgrade
def enter_the_earlier() -> None:
    """Put into the journal what was restricted before it knew of restrictions."""
    rows = list(db.session.scalars(select(Restriction).filter_by(key="").order_by(Restriction.id)))
    if not rows:
        return
    keys = {one.id: bars.old_key(NAME, one.number, one.begun_on) for one in rows}
    states = [
        bars.State(
            keys[one.id],
            one.in_force,
            [one.customer_id],
            _facts(one),
            at=end_of(one.ended_on or one.begun_on),
            turn=1 if one.in_force else 2,
        )
        for one in rows
    ]
    given = update(Restriction.__table__).where(Restriction.id == bindparam("row")).values(key=bindparam("new"))
    db.session.connection().execute(given, [{"row": number, "new": key} for number, key in keys.items()])
    db.session.expire_all()
    bars.enter(NAME, states)
