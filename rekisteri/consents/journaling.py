"""Ended consents in the journal outside the database: a restored backup must not bring a consent back to life.

A consent that the backup does not know is not given again: what is lost allows nothing, which is the safe way to be wrong.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.consents import events
from rekisteri.consents.models import Consent
from rekisteri.forgotten import bars
from rekisteri.kernel.db import db

NAME = "consent"


def _states(keys: Collection[str]) -> list[bars.State]:
    """The word that ended a consent is what binds, and it binds for good."""
    query = select(Consent).where(Consent.key.in_(keys), Consent.withdrawn_on.is_not(None)).order_by(Consent.id)
    return [bars.State(one.key, True, [one.customer_id], _facts(one)) for one in db.session.scalars(query)]


def _facts(one: Consent) -> dict[str, Any]:
    return {"withdrawn_on": one.withdrawn_on.isoformat() if one.withdrawn_on else "", "channel": one.withdrawn_channel}


def _keys(customer_ids: Collection[int]) -> list[str]:
    """A consent is ended by its own key, whoever its customer has been merged into."""
    return []


def _replay(key: str, customer_ids: Collection[int], facts: Mapping[str, Any], on: date) -> int:
    rows = list(db.session.scalars(select(Consent).filter_by(key=key, withdrawn_on=None)))
    for one in rows:
        one.withdrawn_on, one.withdrawn_channel = date.fromisoformat(facts["withdrawn_on"]), facts["channel"]
        told = {"uses": [one.use], "means": [one.means]}
        audit.record(events.WITHDRAWN_AGAIN, subject=f"customer:{one.customer_id}", **told)
    db.session.flush()
    return len(rows)


bars.add_kind(NAME, bars.Kind(states=_states, keys=_keys, replay=_replay))
