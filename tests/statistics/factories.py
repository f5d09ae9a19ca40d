"""Many customers and their dealings on chosen days, for tests that count. Nobody in them exists."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import update

from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.bulk import Row, enter_many
from rekisteri.disclosures.models import Disclosure
from rekisteri.kernel.db import db, transaction
from rekisteri.orders.models import Order
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def make_people(count: int, *, on: date | datetime = date(2026, 3, 5), source: Any = None, **row: Any) -> list[int]:
    """So many people who came into the register on a day; their ids.

    :param row: what the row says otherwise: `kind`, `state`, `values`.
    """
    moment = on if isinstance(on, datetime) else datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    kind, values = row.pop("kind", "person"), row.pop("values", {})
    ids: list[int] = []
    with transaction():
        whence = source or customers.self_source()
        rows = [
            Row(kind, _named(kind, number) | values, whence.id, moment.date(), None, created_at=moment, **row)
            for number in range(count)
        ]
        enter_many(rows, entered=ids.extend)
    return ids


def _named(kind: str, number: int) -> dict[str, str]:
    name = "Testi" + LETTERS[number // 676 % 26] + LETTERS[number // 26 % 26] + LETTERS[number % 26]
    return {"last_name": name} if kind == "person" else {"name": f"{name} Oy"}


def make_orders(ids: list[int], *, on: date, total: int = 10000, state: str = "ordered") -> None:
    """An order of 100 € for each of these customers on a day."""
    with transaction():
        for number, customer_id in enumerate(ids):
            db.session.add(
                Order(
                    number=f"T {on.isoformat()} {state[:2]}{number}",
                    customer_id=customer_id,
                    state=state,
                    opened_on=on,
                    ordered_on=None if state == "quote" else on,
                    delivered_on=on if state == "delivered" else None,
                    cancelled_on=on if state == "cancelled" else None,
                    cancel_reason="customer" if state == "cancelled" else "",
                    total=total,
                )
            )


def make_requests(ids: list[int], *, on: date, closed: date | None = None, **changes: Any) -> None:
    """A request of each of these customers, received on a day; closed without letters when a day is given."""
    clerk = make_clerk()
    for customer_id in ids:
        case = make_case(received_on=on, on=on, by=clerk, **changes)
        ended = {"state": "closed", "closed_on": closed} if closed else {}
        with transaction():
            values = {"customer_id": customer_id, "person_state": "found"} | ended
            db.session.execute(update(Case).where(Case.id == case.id).values(values))


def make_disclosures(ids: list[int], recipient: Any, *, on: date, ground: str = "collection") -> None:
    """Something of each of these customers went to a recipient on a day."""
    clerk = make_clerk()
    with transaction():
        for one in ids:
            db.session.add(
                Disclosure(
                    customer_id=one,
                    recipient_id=recipient.id,
                    disclosed_on=on,
                    purpose="Perintä",
                    ground=ground,
                    by_id=clerk.id,
                )
            )
