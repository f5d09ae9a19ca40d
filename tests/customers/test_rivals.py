"""Several people at once on one customer: nothing is lost, nothing stands twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from sqlalchemy import select

from rekisteri.audit import service as audit
from rekisteri.customers import service
from rekisteri.customers.models import Datum, Source
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import Conflict
from tests.customers.factories import make_person

ON = date(2026, 11, 20)
CITIES = [f"Kaupunki{sign * 3}" for sign in "abcdefghijkl"]


def test_of_rival_changes_each_is_kept_in_the_history_and_one_stands(app):
    maija_id = make_person().id

    def change(city: str) -> str:
        with app.app_context():
            while True:
                try:
                    with transaction():
                        service.change(
                            customer=service.find(maija_id),
                            values={"city": city},
                            source=service.self_source(),
                            obtained_on=ON,
                            by=None,
                            reason="Tieto on muuttunut",
                        )
                    return city
                except Conflict:
                    continue
                finally:
                    db.session.remove()

    with ThreadPoolExecutor(4) as desks:
        assert sorted(desks.map(change, CITIES)) == CITIES

    db.session.rollback()  # what was read before the rivals is a stale snapshot
    rows = db.session.scalars(select(Datum).filter_by(customer_id=maija_id, field="city")).all()
    assert Counter(row.value for row in rows) == Counter(["Helsinki", *CITIES])
    assert [row.value for row in rows if row.ended_at is None] == [service.find(maija_id).place]
    assert len({row.replaces_id for row in rows}) == len(rows)
    assert audit.verify() is None


def test_the_registers_own_source_is_made_once_by_rivals(app):
    def make(_desk: int) -> int:
        with app.app_context():
            try:
                with transaction():
                    return service.own_source().id
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as desks:
        assert len(set(desks.map(make, range(8)))) == 1

    db.session.rollback()
    assert len(db.session.scalars(select(Source).filter_by(key="own")).all()) == 1
