"""The ids of customers: none is ever given twice, not even that of somebody who has been erased (GDPR art. 5(1)(d), 15).

The log of processing and the journal of erasures know people by them. SQLite would give the highest id again once its
row is gone, so the highest that was ever given is remembered; PostgreSQL's sequence remembers it by itself.
"""

from typing import Any

from sqlalchemy import Connection, Table, event, func, select, text
from sqlalchemy.dialects.sqlite import insert

from rekisteri.customers.models import Customer
from rekisteri.kernel.db import NumberSeries

SERIES = "customer_id"


def new_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """The next ids of a table, taken under the write lock; on PostgreSQL from its sequence, so that none is given twice."""
    if connection.dialect.name == "postgresql":
        taken = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return list(connection.scalars(taken, {"name": table.name, "count": count}))
    highest = func.coalesce(func.max(table.c.id), 0)
    if table is not Customer.__table__:
        last: int = connection.execute(select(highest)).scalar_one()
    else:
        given = select(NumberSeries.last).filter_by(name=SERIES, year=0).scalar_subquery()
        last = connection.execute(select(func.max(highest, func.coalesce(given, 0)))).scalar_one()
        _remember(connection, last + count)
    return list(range(last + 1, last + 1 + count))


def _remember(connection: Connection, last: int) -> None:
    known = insert(NumberSeries.__table__).values(name=SERIES, year=0, last=last)
    connection.execute(known.on_conflict_do_update(index_elements=["name", "year"], set_={"last": last}))


@event.listens_for(Customer, "before_insert")
def _give_id(_mapper: Any, connection: Connection, customer: Customer) -> None:
    if connection.dialect.name == "sqlite" and customer.id is None:
        customer.id = new_ids(connection, Customer.__table__, 1)[0]
