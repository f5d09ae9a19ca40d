"""What imported files still hold of a customer. They are kept for a week, packed, so they are looked through row by row."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update

from rekisteri.customers.holdings import Holding, add_holding, all_needed
from rekisteri.customers.importing.models import ImportPiece, ImportRow
from rekisteri.customers.importing.receiving import pack, unpack
from rekisteri.customers.own_holdings import data_values
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fold

_FAST = {"synchronize_session": False}
SHORTEST = 5
"""A shorter text would find strangers."""


def _linked(ids: Sequence[int]) -> dict[int, set[int]]:
    """The rows known to be these customers': numbers by file."""
    found: dict[int, set[int]] = defaultdict(set)
    query = select(ImportRow.batch_id, ImportRow.number).where(ImportRow.customer_id.in_(ids))
    for batch_id, number in db.session.execute(query):
        found[batch_id].add(number)
    return found


def _erase(ids: Sequence[int], on: date) -> int:
    """Take the customers' rows out of every file that is still kept, also where nobody has said whose they are."""
    if all_needed(ids, on):
        return 0
    going = _linked(ids)
    wanted = {fold(value) for value in data_values(ids) if len(value) >= SHORTEST}
    for batch_id, piece, rows in _pieces():
        found = {row[0] for row in rows if any(text in fold(str(cell)) for cell in row[1:] for text in wanted)}
        numbers = found | (going[batch_id] & {row[0] for row in rows})
        going[batch_id] |= found
        if numbers:
            kept = pack([row for row in rows if row[0] not in numbers])
            place = update(ImportPiece).where(ImportPiece.batch_id == batch_id, ImportPiece.number == piece)
            db.session.execute(place.values(rows=kept), execution_options=_FAST)
    return sum(_forget(batch_id, numbers) for batch_id, numbers in going.items() if numbers)


def _pieces() -> Iterator[tuple[int, int, list[list[Any]]]]:
    keys = db.session.execute(select(ImportPiece.batch_id, ImportPiece.number)).all()
    for batch_id, number in keys:
        query = select(ImportPiece.rows).where(ImportPiece.batch_id == batch_id, ImportPiece.number == number)
        yield batch_id, number, unpack(db.session.scalars(query).one())


def _forget(batch_id: int, numbers: set[int]) -> int:
    rows = delete(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.number.in_(sorted(numbers)))
    db.session.execute(rows, execution_options=_FAST)
    return len(numbers)


def _count(ids: Sequence[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(ImportRow).where(ImportRow.customer_id.in_(ids))) or 0


add_holding(
    Holding(
        "imports",
        "Tuontitiedostojen rivit",
        (ImportRow.customer_id,),
        count=_count,
        erase=_erase,
        anonymise=_erase,
        order=30,
    )
)
