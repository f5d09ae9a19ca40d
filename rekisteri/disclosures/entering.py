"""The rows of the ledger, as the door writes them: of one person by a few ready statements, of many by one that reads them."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Insert, Integer, Select, and_, bindparam, func, insert, literal, select

from rekisteri.customers.models import Datum
from rekisteri.customers.rules import slots
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Outgoing, OutgoingPerson
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import connection, db

_OUTGOING = insert(Outgoing.__table__)
_PERSON = insert(OutgoingPerson.__table__)
_DISCLOSURE = insert(Disclosure.__table__)


def enter_one(customer_id: int, row: Mapping[str, Any]) -> int:
    """Enter what goes of one person who may go; the number of the row.

    :param row: the columns of `Outgoing`, without how many went and stayed.
    """
    run = connection()
    made = run.execute(_OUTGOING, {**row, "count": 1, "left_out": {}}).inserted_primary_key
    number: int = made[0] if made else 0
    run.execute(_PERSON, {"outgoing_id": number, "customer_id": customer_id, "left_on": row["left_on"]})
    if row["recipient_id"] is None:
        return number
    told = {name: row[name] for name in ("recipient_id", "purpose", "ground", "way", "by_id")}
    went = {"customer_id": customer_id, "disclosed_on": row["left_on"], "outgoing_id": number}
    entered = run.execute(_DISCLOSURE, told | went).inserted_primary_key
    run.execute(_values(tuple(row["fields"])), {"entered": entered and entered[0], "person": customer_id})
    return number


@lru_cache(maxsize=256)
def _values(fields: tuple[str, ...]) -> Insert:
    """Every value of one person in these fields, as it now stands."""
    held = select(bindparam("entered", type_=Integer), Datum.id).where(
        Datum.customer_id == bindparam("person"),
        Datum.ended_at.is_(None),
        Datum.field.in_([literal(slot) for slot in _slots(fields)]),
    )
    return insert(DisclosedDatum.__table__).from_select(["disclosure_id", "datum_id"], held)


def enter_many(row: Mapping[str, Any], people: Iterator[Select[int]]) -> Outgoing:
    """Enter what goes of those whom the queries find; the row, with how many they were."""
    outgoing = Outgoing(count=0, **row)
    db.session.add(outgoing)
    db.session.flush()
    for part in people:
        chosen = part.add_columns(literal(outgoing.id), literal(outgoing.left_on))
        db.session.execute(insert(OutgoingPerson).from_select(["customer_id", "outgoing_id", "left_on"], chosen))
    mine = select(func.count()).where(OutgoingPerson.outgoing_id == outgoing.id)
    outgoing.count = db.session.scalar(mine) or 0
    if outgoing.recipient_id is not None and outgoing.count:
        _enter_values(outgoing)
    return outgoing


def _enter_values(outgoing: Outgoing) -> None:
    """Every value that went to an outsider, as it stands now."""
    columns = ("recipient_id", "disclosed_on", "purpose", "ground", "way", "outgoing_id", "by_id")
    same = [literal(getattr(outgoing, column if column != "disclosed_on" else "left_on")) for column in columns[:-2]]
    people = select(OutgoingPerson.customer_id, *same, literal(outgoing.id), literal(outgoing.by_id), literal(now()))
    people = people.where(OutgoingPerson.outgoing_id == outgoing.id).order_by(OutgoingPerson.id)
    db.session.execute(insert(Disclosure).from_select(["customer_id", *columns, "at"], people))
    data = (
        select(Disclosure.id, Datum.id)
        .join(Datum, and_(Datum.customer_id == Disclosure.customer_id, Datum.ended_at.is_(None)))
        .where(Disclosure.outgoing_id == outgoing.id, Datum.field.in_(_slots(outgoing.fields)))
    )
    db.session.execute(insert(DisclosedDatum).from_select(["disclosure_id", "datum_id"], data))


def _slots(fields: Collection[str]) -> list[str]:
    return [slot for field in fields for slot in slots(field)]
