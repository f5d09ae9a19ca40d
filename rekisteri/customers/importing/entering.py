"""Entering what was accepted: the new ones hidden, piece by piece; then all of it seen at one moment, or none of it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, text, update

from rekisteri.audit import service as audit
from rekisteri.customers.bulk import Row, enter_many, in_batches, link, links_to
from rekisteri.customers.bulk_changes import Change, Whence, change_many
from rekisteri.customers.importing.models import ImportBatch, ImportPiece, ImportRow
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction

IMPORTED = audit.event(
    "import.entered",
    "asiakkaita tuotu tiedostosta",
    fields={"new": int, "changed": int, "skipped": int, "stale": int, "refused": int, "source_id": int},
)
ROWS_AT_ONCE = 2000
REMOVED_AT_ONCE = 500
CHANGED_AT_ONCE = 10_000
REASON = "Uudempi tieto tuotu tiedostosta"

TO_ENTER = or_(ImportRow.fate == "new", and_(ImportRow.fate == "doubtful", ImportRow.decision == "new"))
TO_CHANGE = or_(ImportRow.fate == "changed", and_(ImportRow.fate == "doubtful", ImportRow.decision == "same"))


def enter_on(batch: ImportBatch) -> None:
    """Enter the next new ones, hidden; after the last of them finish the import."""
    position, batch_id = batch.position, batch.id
    query = select(ImportRow.number, ImportRow.kind, ImportRow.data).where(ImportRow.batch_id == batch_id, TO_ENTER)
    found = list(
        db.session.execute(query.where(ImportRow.number > position).order_by(ImportRow.number).limit(ROWS_AT_ONCE))
    )
    if not found:
        finish(batch)
        return
    rows = [
        Row(kind, json.loads(data)["values"], batch.source_id, batch.obtained_on, batch.by_id, state="incoming")
        for _number, kind, data in found
    ]
    with transaction():
        current = db.session.get_one(ImportBatch, batch_id)
        if current.state != "entering" or current.position != position:
            return
        ids: list[int] = []
        enter_many(rows, batch=ROWS_AT_ONCE, entered=ids.extend)
        remember = text(
            "UPDATE import_row SET customer_id = :customer, result = 'incoming' WHERE batch_id = :batch AND number = :number"
        )
        pairs = zip(found, ids, strict=True)
        told = [{"customer": number, "batch": batch_id, "number": row.number} for row, number in pairs]
        db.session.connection().execute(remember, told)
        current.position, current.changed_at = found[-1].number, now()


def finish(batch: ImportBatch) -> None:
    """The one moment: what was hidden is seen, what changes is changed, and the log tells how many."""
    batch_id, position = batch.id, batch.position
    entered = select(ImportRow.customer_id).where(ImportRow.batch_id == batch_id, ImportRow.result == "incoming")
    firms = select(Customer.id).where(Customer.id.in_(entered), Customer.kind == "organisation")
    links = links_to(list(db.session.scalars(firms)), state="incoming")
    with transaction():
        current = db.session.get_one(ImportBatch, batch_id)
        if current.state != "entering" or current.position != position:
            return
        count = sum(_show(entered.where(part)) for part in parts(batch_id))
        link(links)
        stale = _make_changes(current)
        current.counts = {**current.counts, **_totals(current, new=count, stale=stale)}
        current.state, current.changed_at = "done", now()
        told = {
            name: current.counts.get(f"total_{name}", 0) for name in ("new", "changed", "skipped", "stale", "refused")
        }
        audit.record(IMPORTED, subject=current.subject, by=current.by, source_id=current.source_id, **told)


def parts(batch_id: int) -> Iterator[ColumnElement[bool]]:
    """The rows of an import some thousands at a time: a statement that changes them all at once takes memory for them all."""
    last = db.session.scalar(select(func.max(ImportRow.number)).where(ImportRow.batch_id == batch_id)) or 0
    for first in range(0, last + 1, CHANGED_AT_ONCE):
        yield ImportRow.number.between(first, first + CHANGED_AT_ONCE - 1)


def _show(entered: Select[Any]) -> int:
    seen = update(Customer.__table__).where(Customer.id.in_(entered), Customer.state == "incoming")
    return db.session.connection().execute(seen.values(state="active")).rowcount


def _make_changes(batch: ImportBatch) -> int:
    """Change those that the file tells something new of; how many had been changed by somebody since the preview."""
    whence = Whence(batch.source_id, batch.obtained_on, batch.by_id, REASON)
    columns = (ImportRow.number, ImportRow.customer_id, ImportRow.customer_version, ImportRow.data)
    query = select(*columns).where(ImportRow.batch_id == batch.id, TO_CHANGE).order_by(ImportRow.number)
    stale: list[int] = []
    for part in in_batches(db.session.execute(query).all(), ROWS_AT_ONCE):
        changes = [_change(row) for row in part]
        made = change_many([change for change in changes if change], whence)
        done = set()
        for row in part:
            first = row.customer_id in made and row.customer_id not in done
            done.add(row.customer_id)
            if not first:
                stale.append(row.number)
    for numbers in in_batches(stale, REMOVED_AT_ONCE):
        late = update(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.number.in_(numbers))
        db.session.execute(late.values(result="stale"), execution_options={"synchronize_session": False})
    return len(stale)


def _change(row: Any) -> Change | None:
    changes = json.loads(row.data).get("changes", ())
    if row.customer_id is None:
        return None
    return Change(row.customer_id, row.customer_version, {field: after for field, _before, after in changes})


def _totals(batch: ImportBatch, *, new: int, stale: int) -> dict[str, int]:
    """How the import ended, in numbers."""
    changing = _count(batch, TO_CHANGE)
    skipped = _count(batch, and_(ImportRow.fate == "doubtful", ImportRow.decision.in_(("", "skip"))))
    refused = batch.counts.get("refused", 0)
    counted = {"new": new, "changed": changing - stale, "skipped": skipped, "stale": stale, "refused": refused}
    return {f"total_{name}": count for name, count in counted.items()}


def _count(batch: ImportBatch, wanted: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(ImportRow).where(ImportRow.batch_id == batch.id, wanted)
    return db.session.scalar(query) or 0


def remove_on(batch: ImportBatch) -> None:
    """Take away the next of the hidden ones of an import that was given up; after the last its rows and pieces."""
    batch_id = batch.id
    with transaction():
        current = db.session.get_one(ImportBatch, batch_id)
        if current.state != "cancelling":
            return
        hidden = select(ImportRow.customer_id).where(ImportRow.batch_id == batch_id, ImportRow.result == "incoming")
        ids = list(db.session.scalars(hidden.limit(REMOVED_AT_ONCE)))
        if ids:
            _remove(batch_id, ids)
        else:
            forget_rows(batch_id)
            current.state, current.changed_at = "cancelled", now()


def _remove(batch_id: int, ids: Sequence[int | None]) -> None:
    fast = {"synchronize_session": False}
    rows = update(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.customer_id.in_(ids))
    db.session.execute(rows.values(customer_id=None, result=""), execution_options=fast)
    employed = update(Customer.__table__).where(Customer.organisation_id.in_(ids))
    db.session.execute(employed.values(organisation_id=None))
    db.session.execute(delete(Datum).where(Datum.customer_id.in_(ids)), execution_options=fast)
    gone = delete(Customer).where(Customer.id.in_(ids), Customer.state == "incoming")
    db.session.execute(gone, execution_options=fast)


def forget_rows(batch_id: int) -> None:
    """What the file said is no longer kept; what was entered and how many stays."""
    fast = {"synchronize_session": False}
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch_id), execution_options=fast)
    db.session.execute(delete(ImportPiece).where(ImportPiece.batch_id == batch_id), execution_options=fast)
