"""What informing holds of a customer: the duties and the letters. They go with the customer, and with what they told of."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select

from rekisteri.customers.holdings import Holding, add_holding, all_needed
from rekisteri.documents import destroying
from rekisteri.informing.models import Duty
from rekisteri.kernel.db import db


def _subjects(ids: Sequence[int]) -> list[str]:
    return [f"customer:{number}" for number in ids]


def _count(ids: Sequence[int]) -> int:
    duties = db.session.scalar(select(func.count()).where(Duty.customer_id.in_(ids))) or 0
    return duties + destroying.count(_subjects(ids))


def _erase(ids: Sequence[int], on: date) -> int:
    """Nothing while some hold needs everything: that the person was told is then still to be shown."""
    if all_needed(ids, on):
        return 0
    gone = delete(Duty).where(Duty.customer_id.in_(ids))
    rows: int = db.session.execute(gone, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined]
    return rows + destroying.destroy(_subjects(ids), on)


def _values(ids: Sequence[int]) -> list[str]:
    query = select(Duty.reasons).where(Duty.customer_id.in_(ids), Duty.reasons != "")
    return [line for text in db.session.scalars(query) for line in text.splitlines()]


add_holding(
    Holding(
        "informing", "Informoinnit ja niiden kirjeet", (Duty.customer_id,), count=_count, erase=_erase, anonymise=_erase,
        values=_values, order=30,
    )
)  # fmt: skip
