"""What informing holds of a customer: the duties and the letters. They go with what they told of."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select

from rekisteri.customers.holdings import Holding, add_holding, all_needed
from rekisteri.customers.models import Datum
from rekisteri.customers.own_holdings import staying_data
from rekisteri.documents import destroying
from rekisteri.informing.models import Duty
from rekisteri.kernel.db import db


def _subjects(ids: Sequence[int]) -> list[str]:
    return [f"customer:{number}" for number in ids]


def _count(ids: Sequence[int]) -> int:
    duties = db.session.scalar(select(func.count()).where(Duty.customer_id.in_(ids))) or 0
    return duties + destroying.count(_subjects(ids))


def _kept(ids: Sequence[int], on: date) -> list[int]:
    """The duties of sources some of whose data must stay: of these the person is to be told, or it is to be shown."""
    sources = select(Datum.source_id).where(Datum.id.in_(staying_data(ids, on)))
    mine = select(Duty.id).where(Duty.customer_id.in_(ids))
    return list(db.session.scalars(mine if all_needed(ids, on) else mine.where(Duty.source_id.in_(sources))))


def _staying(ids: Sequence[int], on: date) -> int:
    return _count(ids) if all_needed(ids, on) else len(_kept(ids, on))


def _erase(ids: Sequence[int], on: date) -> int:
    """Nothing while some hold needs everything: that the person was told is then still to be shown."""
    if all_needed(ids, on):
        return 0
    gone = delete(Duty).where(Duty.customer_id.in_(ids), Duty.id.not_in(_kept(ids, on)))
    rows: int = db.session.execute(gone, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined]
    return rows + destroying.destroy(_subjects(ids), on)


def _values(ids: Sequence[int]) -> list[str]:
    query = select(Duty.reasons).where(Duty.customer_id.in_(ids), Duty.reasons != "")
    return [line for text in db.session.scalars(query) for line in text.splitlines()]


add_holding(
    Holding(
        "informing", "Informoinnit ja niiden kirjeet", (Duty.customer_id,), count=_count, erase=_erase, anonymise=_erase,
        values=_values, kept=_staying, order=30,
    )
)  # fmt: skip
