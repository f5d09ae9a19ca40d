"""Telling each row's fate before anything changes: new, same, changed, doubtful, or refused and why."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import func, select

from rekisteri.customers import frozen, projection, rules
from rekisteri.customers.bulk import MOST_IN_A_QUERY, Insert, in_batches
from rekisteri.customers.bulk_changes import Held, held_by
from rekisteri.customers.importing import columns, receiving, recognisers
from rekisteri.customers.importing.matching import Known, Match, match
from rekisteri.customers.importing.models import ImportBatch, ImportRow
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation

_packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
ARCHIVED = "Asiakas on arkistossa. Palauta asiakas arkistosta, jos tietoja on muutettava."


@dataclass
class _Judged:
    """A row and its fate so far."""

    number: int
    row: columns.Read
    fate: str = "new"
    match: Match | None = None
    reasons: tuple[str, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    key: str = ""

    def refuse(self, field: str, sentence: str) -> None:
        """The row is not taken."""
        self.fate = "refused"
        self.row.errors.append((field, sentence))

    def doubt(self, *reasons: str) -> None:
        """A person decides."""
        self.fate, self.reasons = "doubtful", (*self.reasons, *reasons)


def check_on(batch: ImportBatch) -> None:
    """Judge the next piece of the file. What is worked out outside the write lock is thrown away if a rival was faster."""
    position = batch.position
    rows = receiving.piece(batch, position)
    judged = _judge(batch, rows) if rows is not None else []
    batch_id = batch.id
    with transaction():
        current = db.session.get_one(ImportBatch, batch_id)
        if current.state != "checking" or current.position != position:
            return
        if rows is None:
            current.state, current.position = "ready", 0
        else:
            connection = db.session.connection()
            Insert(connection, ImportRow.__table__).many([_stored(batch_id, one) for one in judged])
            current.position = position + 1
            current.counts = dict(Counter(current.counts) + Counter(one.fate for one in judged))
        current.changed_at = now()


def _judge(batch: ImportBatch, rows: Sequence[Sequence[Any]]) -> list[_Judged]:
    reading = receiving.reading_of(batch)
    judged = [_Judged(cells[0], columns.read_row(reading, cells[1:])) for cells in rows]
    fit = [one for one in judged if not one.row.errors]
    for one, found in zip(fit, match([one.row for one in fit]), strict=True):
        one.match = found
    for one in judged:
        if one.row.errors:
            one.fate = "refused"
    fit = [one for one in judged if one.fate != "refused"]
    held = held_by([one.match.customer.id for one in fit if one.match])
    for one in fit:
        if one.match:
            _compare(one, one.match.customer, held[one.match.customer.id])
    _refuse_frozen(fit)
    _ask_recognisers(fit)
    _find_repeats(batch, [one for one in fit if one.fate != "refused"])
    return judged


def _compare(one: _Judged, customer: Known, held: Mapping[str, Held]) -> None:
    """What the row would change. An empty cell takes nothing away; a value that stands in another slot is there already."""
    before = {field: datum["value"] for field, datum in held.items()}
    one.changes = tuple(
        (field, before.get(field, ""), value)
        for field, value in one.row.values.items()
        if value not in [before.get(slot) for slot in rules.slots(rules.base(field))]
        and not (rules.base(field) == "country" and rules.is_finland(value) and rules.is_finland(before.get(field, "")))
    )
    if one.match and one.match.reasons:
        one.doubt(*one.match.reasons)
    elif not one.changes:
        one.fate = "same"
    elif customer.state == "archived":
        one.refuse("", ARCHIVED)
    else:
        one.fate = "changed"
    if one.changes and one.fate != "refused":
        try:
            rules.check_values(customer.kind, before | {field: after for field, _before, after in one.changes})
        except RuleViolation as violation:
            one.refuse(violation.field or "", violation.sentence)


def _refuse_frozen(judged: Sequence[_Judged]) -> None:
    """What is to stay as it is is not changed by a file either."""
    changing = {one.match.customer.id: one for one in judged if one.match and one.fate == "changed"}
    wanted = {number: [field for field, _before, _after in one.changes] for number, one in changing.items()}
    for number, sentence in frozen.why_not(wanted).items():
        changing[number].refuse("", sentence)


def _ask_recognisers(judged: Sequence[_Judged]) -> None:
    """Of those whom the file would bring; who surely is in the register already is not brought back."""
    brought = [one for one in judged if one.match is None or one.match.reasons]
    asked = [recognisers.Candidate(one.row.kind, one.row.values) for one in brought]
    for place, verdict in recognisers.verdicts(asked).items():
        if verdict.fate == "refused":
            brought[place].refuse("", verdict.sentence)
        else:
            brought[place].doubt(verdict.sentence)


def _find_repeats(batch: ImportBatch, judged: Sequence[_Judged]) -> None:
    """A customer who stands on two rows of one file is entered once."""
    for one in judged:
        one.key = _key(one)
    seen: dict[str, int] = {}
    first = select(ImportRow.key, func.min(ImportRow.number)).where(ImportRow.batch_id == batch.id)
    for part in in_batches(sorted({one.key for one in judged}), MOST_IN_A_QUERY):
        found = first.where(ImportRow.key.in_(part), ImportRow.fate != "refused").group_by(ImportRow.key)
        seen.update((key, number) for key, number in db.session.execute(found))
    for one in judged:
        if one.key in seen:
            one.doubt(f"sama asiakas on jo tiedoston rivillä {seen[one.key]}")
        else:
            seen[one.key] = one.number


def _key(one: _Judged) -> str:
    """What two rows share when they are of one customer: the customer, or else the name with what distinguishes it."""
    if one.match and not one.match.reasons:
        return f"#{one.match.customer.id}"
    values = one.row.values
    name = projection.order_key(projection.list_name(one.row.kind, values))
    rest = [values[field] for field in ("business_id", "email", "phone", "street") if values.get(field)][:1]
    return blake2b("\n".join([one.row.kind, name, *rest]).encode(), digest_size=16).hexdigest()


def _stored(batch_id: int, one: _Judged) -> dict[str, Any]:
    customer = one.match.customer if one.match and one.fate != "refused" else None
    return {
        "batch_id": batch_id,
        "number": one.number,
        "fate": one.fate,
        "kind": one.row.kind,
        "key": one.key,
        "data": _packed(_told(one)),
        "customer_id": customer.id if customer else None,
        "customer_version": customer.version if customer else None,
        "decision": "",
        "result": "",
    }


def _told(one: _Judged) -> dict[str, Any]:
    """What is kept of the row: of one that nothing is done with, not even its values."""
    if one.fate == "refused":
        return {"errors": one.row.errors, "name": projection.list_name(one.row.kind, one.row.values)}
    if one.fate == "same":
        return {"name": projection.list_name(one.row.kind, one.row.values)}
    told: dict[str, Any] = {"values": one.row.values}
    return told | {name: found for name in ("reasons", "changes") if (found := getattr(one, name))}
