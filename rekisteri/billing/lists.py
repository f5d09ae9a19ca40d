"""Reading invoices and applications page by page, each question by its own index."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from rekisteri.billing.models import CreditApplication, Invoice
from rekisteri.billing.rules import NUMBER
from rekisteri.kernel.db import db

PAGE_SIZE = 50
VIEWS = {
    "avoimet": "Avoimet",
    "eraantyneet": "Erääntyneet",
    "perinnassa": "Perinnässä",
    "maksetut": "Maksetut",
    "hyvitetyt": "Hyvitetyt",
    "kaikki": "Kaikki",
}
Row = TypeVar("Row", Invoice, CreditApplication)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list; `before` and `after` lead to its neighbours, None at the ends."""

    rows: Sequence[Row]
    before: int | None = None
    after: int | None = None


def invoices(view: str, *, on: date, before: int | None = None, after: int | None = None) -> Page[Invoice]:
    """One page of invoices: what is owed by its due day, the eldest first; what is settled or all, the latest first."""
    conditions: dict[str, list[ColumnElement[bool]]] = {
        "avoimet": [Invoice.state == "open"],
        "eraantyneet": [Invoice.state == "open", Invoice.due_on < on],
        "perinnassa": [Invoice.collection_id.is_not(None)],
        "maksetut": [Invoice.state == "paid"],
        "hyvitetyt": [Invoice.state == "credited"],
    }
    query = select(Invoice).where(*conditions.get(view, [])).options(joinedload(Invoice.customer))
    column = Invoice.due_on if view in conditions else Invoice.invoiced_on
    owed = view in ("avoimet", "eraantyneet", "perinnassa")
    return _page(query, Invoice, column, falling=not owed, before=before, after=after)


def applications(*, undecided: bool, before: int | None = None, after: int | None = None) -> Page[CreditApplication]:
    """One page of applications for credit: those to be decided, the eldest first; or all others, the latest first."""
    condition = CreditApplication.state == "open" if undecided else CreditApplication.state != "open"
    query = select(CreditApplication).where(condition).options(joinedload(CreditApplication.customer))
    return _page(
        query, CreditApplication, CreditApplication.applied_on, falling=not undecided, before=before, after=after
    )


def _page(
    query: Select[tuple[Row]],
    table: type[Row],
    column: InstrumentedAttribute[date],
    *,
    falling: bool,
    before: int | None,
    after: int | None,
) -> Page[Row]:
    """Rows after one row, or before another, in the order of a day and the id; no page costs more than the first."""
    order = (column.desc(), table.id.desc()) if falling else (column, table.id)
    turned = (column, table.id) if falling else (column.desc(), table.id.desc())
    start: Any = db.session.get(table, before or after) if before or after else None
    back = bool(before and start)
    if start:
        place, here = tuple_(column, table.id), tuple_(getattr(start, column.key), start.id)
        query = query.where(place > here if falling == back else place < here)
    rows: list[Any] = list(db.session.scalars(query.order_by(*(turned if back else order)).limit(PAGE_SIZE + 1)))
    more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if back:
        rows.reverse()
    earlier, later = (more, True) if back else (bool(start), more)
    return Page(rows, rows[0].id if rows and earlier else None, rows[-1].id if rows and later else None)


def by_number(text: str, limit: int = PAGE_SIZE) -> list[Invoice]:
    """The invoices whose number begins so, in the order of their numbers."""
    start = " ".join(text.split()).upper()
    if not start:
        return []
    query = select(Invoice).where(Invoice.number >= start, Invoice.number < start + "\U0010ffff")
    query = query.options(joinedload(Invoice.customer)).order_by(Invoice.number).limit(limit)
    return list(db.session.scalars(query))


def overdue_uncollected(on: date, limit: int) -> tuple[int, list[Invoice]]:
    """Invoices whose due day has passed, not collected nor written off: how many, and the eldest of them."""
    waiting = (Invoice.collection_id.is_(None), Invoice.written_off_on.is_(None))
    condition = (Invoice.state == "open", *waiting, Invoice.due_on < on)
    count = db.session.scalar(select(func.count()).select_from(Invoice).where(*condition)) or 0
    query = select(Invoice).where(*condition).options(joinedload(Invoice.customer))
    eldest = query.order_by(Invoice.due_on, Invoice.id).limit(limit)
    return count, list(db.session.scalars(eldest)) if count else []


def unpaid_of(customer_id: int) -> int:
    """What a customer owes in all."""
    owed = select(func.sum(Invoice.amount - Invoice.paid)).filter_by(customer_id=customer_id, state="open")
    return int(db.session.scalar(owed) or 0)


def count_open(customer_ids: Collection[int]) -> dict[int, int]:
    """How many open invoices each of these customers has; those without any are left out."""
    query = select(Invoice.customer_id, func.count()).where(Invoice.customer_id.in_(customer_ids))
    found = db.session.execute(query.where(Invoice.state == "open").group_by(Invoice.customer_id))
    return {row[0]: row[1] for row in found}


def may_be_number(text: str) -> bool:
    """Whether an invoice could have this number."""
    return len(text) <= 40 and bool(NUMBER.fullmatch(" ".join(text.split())))
