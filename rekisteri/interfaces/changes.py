"""What partners are told of customers they know: kept until taken in, asked for by their programs (GDPR art. 19, 21(3)).

A partner knows a customer when data of that customer went to it by the interface. It is told of corrections, restrictions
and erasures, which saves the letter, and of prohibitions and other changes, which no letter tells.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, update

from rekisteri.customers import service as customers
from rekisteri.customers import uses
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import base
from rekisteri.disclosures import door
from rekisteri.disclosures.models import DisclosedDatum, Disclosure
from rekisteri.interfaces import connections, duties
from rekisteri.interfaces.models import Change
from rekisteri.interfaces.operations import Answered, Asked
from rekisteri.interfaces.problems import Problem
from rekisteri.interfaces.schemas import FORBIDDABLE
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db

USUAL = 50
PURPOSE = "Ilmoitus tietojen muutoksesta, kiellosta, rajoituksesta tai oikaisusta"
TOLD_OF = ("changes",)
"""What the ledger says went when no value did: that something has changed, and what may not be done now."""


def partners_of(customer_ids: Collection[int]) -> list[int]:
    """Ids of the partners who know any of these customers by the interface."""
    query = select(Disclosure.recipient_id).where(Disclosure.customer_id.in_(customer_ids))
    return sorted(db.session.scalars(query.where(Disclosure.way == "interface").distinct()))


def hearing_partners(customer_ids: Collection[int]) -> list[int]:
    """Those of them who have a connection by which they now hear."""
    return [number for number in partners_of(customer_ids) if connections.hearing(number)]


def received(recipient_id: int, customer_ids: Collection[int], fields: Collection[str]) -> list[str]:
    """Which of these fields a partner has been given, in whatever wording."""
    query = (
        select(Datum.field)
        .join(DisclosedDatum, DisclosedDatum.datum_id == Datum.id)
        .join(Disclosure, Disclosure.id == DisclosedDatum.disclosure_id)
        .where(Disclosure.recipient_id == recipient_id, Disclosure.customer_id.in_(customer_ids))
        .where(Datum.field.in_(fields))
        .distinct()
    )
    return sorted(db.session.scalars(query))


def note(
    recipient_id: int,
    customer_id: int,
    what: str,
    *,
    fields: Collection[str] = (),
    into: int | None = None,
    origin: str = "",
) -> None:
    """Keep for a partner to ask for."""
    db.session.add(
        Change(
            recipient_id=recipient_id,
            customer_id=customer_id,
            what=what,
            fields=list(fields),
            into_id=into,
            origin=origin,
        )
    )
    db.session.flush()


def read_changes(asked: Asked) -> Answered:
    """The changes that the partner has not acknowledged, each time in the ledger for those who are in the register."""
    limit = asked.query.get("limit", USUAL)
    query = select(Change).where(
        Change.recipient_id == asked.connection.recipient.id,
        Change.acknowledged_at.is_(None),
        Change.id > asked.query.get("after", 0),
    )
    found = db.session.scalars(query.order_by(Change.id).limit(limit + 1)).all()
    rows = found[:limit]
    for row in rows:
        row.delivered_at = row.delivered_at or now()
    told = Told(asked, rows)
    content = {"changes": [told.of(row) for row in rows], "more": len(found) > limit}
    return Answered(content, told.outgoing_id)


class Told:
    """What the rows of one answer say of people still in the register, let out by the door."""

    def __init__(self, asked: Asked, rows: Sequence[Change]) -> None:
        self.outgoing_id: int | None = None
        self._people = {number: found for number in {row.customer_id for row in rows} if (found := _living(number))}
        ids = {person.id for person in self._people.values()}
        self._forbidden = forbidden(ids)
        self._allowed = asked.connection.recipient.fields
        self._values = {person.id: customers.current(person) for person in self._people.values()}
        for fields, people in self._passages(rows).items():
            passage = door.let_out(
                kind="notification",
                use="customer_relation",
                people=people,
                fields=fields,
                purpose=PURPOSE,
                by=None,
                recipient=asked.connection.recipient,
                ground="law",
                way="interface",
                origin=asked.connection.subject,
            )
            self.outgoing_id = self.outgoing_id or passage.outgoing_id

    def of(self, row: Change) -> dict[str, Any]:
        """One change as it goes out: of who was erased, the number alone."""
        told: dict[str, Any] = {
            "id": row.id,
            "at": row.at.isoformat().replace("+00:00", "Z"),
            "what": row.what,
            "customer": row.customer_id,
            "fields": row.fields,
        }
        if row.into_id is not None:
            told["into"] = row.into_id
        person = self._people.get(row.customer_id)
        if person is not None and row.what == "corrected":
            held = self._values[person.id]
            told["values"] = {field: held[field].value if field in held else None for field in self._given(row)}
        if person is not None and row.what in {"permissions", "restricted", "released"}:
            told["forbidden"] = self._forbidden[person.id]
        return told

    def _given(self, row: Change) -> list[str]:
        """Of what was corrected, what the partner may be given today."""
        return [field for field in row.fields if not self._allowed or base(field) in self._allowed]

    def _passages(self, rows: Sequence[Change]) -> dict[tuple[str, ...], list[int]]:
        """Of whom what goes out: the corrected values, or only that something has changed."""
        found: dict[tuple[str, ...], set[int]] = {}
        for row in rows:
            person = self._people.get(row.customer_id)
            if person is not None and row.what != "erased":
                fields = tuple(self._given(row)) if row.what == "corrected" else ()
                found.setdefault(fields or TOLD_OF, set()).add(person.id)
        return {fields: sorted(ids) for fields, ids in found.items()}


def _living(customer_id: int | None) -> Customer | None:
    return customers.find(customer_id) if customer_id is not None else None


def forbidden(customer_ids: Collection[int]) -> dict[int, list[str]]:
    """For what the data of each of these customers may not be used now."""
    barred: dict[int, list[str]] = {number: [] for number in customer_ids}
    for use in FORBIDDABLE if customer_ids else ():
        query = uses.permitted(select(Customer.id).where(Customer.id.in_(customer_ids)), use)
        allowed = set(db.session.scalars(query))
        for number in set(customer_ids) - allowed:
            barred[number].append(use)
    return barred


def acknowledge(asked: Asked) -> Answered:
    """The partner has done all that it was told up to here: the duties behind it are fulfilled."""
    partner, through = asked.connection.recipient.id, asked.body["through"]
    last = db.session.get(Change, through)
    if last is None or last.recipient_id != partner or last.delivered_at is None:
        raise Problem("not-found")
    taken_in = db.session.scalars(
        select(Change).where(
            Change.recipient_id == partner,
            Change.acknowledged_at.is_(None),
            Change.delivered_at.is_not(None),
            Change.id <= through,
        )
    ).all()
    for row in taken_in:
        row.acknowledged_at = now()
        if row.what == "erased":
            row.customer_id = None
        duties.fulfil(row.origin)
    db.session.flush()
    return Answered({"acknowledged": len(taken_in)})


def forget(customer_ids: Collection[int]) -> int:
    """Nothing more is told of these customers than that they were erased."""
    gone = db.session.scalars(select(Change).where(Change.customer_id.in_(customer_ids))).all()
    for row in gone:
        if row.acknowledged_at is None:
            db.session.delete(row)
    kept = update(Change).where(Change.customer_id.in_(customer_ids), Change.acknowledged_at.is_not(None))
    db.session.execute(kept.values(customer_id=None, into_id=None, fields=[]))
    db.session.flush()
    return len(gone)
