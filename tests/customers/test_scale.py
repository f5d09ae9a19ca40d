"""What keeps the register quick when it has grown: no query of the daily pages reads a whole table."""

import pytest
from sqlalchemy import Select, text

from rekisteri.customers import search, service
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from tests.customers.factories import make_organisation, make_person
from tests.customers.plans import Plans


class Asked:
    """The queries that the block sends, with their plans."""

    def __enter__(self):
        from sqlalchemy import event

        self.queries = []
        event.listen(db.session, "do_orm_execute", self._note)
        return self

    def _note(self, state):
        if isinstance(state.statement, Select):
            self.queries.append(state.statement)

    def __exit__(self, *_error):
        from sqlalchemy import event

        event.remove(db.session, "do_orm_execute", self._note)

    def plans(self) -> str:
        return "\n".join(plan_of(query) for query in self.queries)


def plan_of(query) -> str:
    """How the database means to find the rows, small as the table is in the test."""
    compiled = query.compile(db.engine, compile_kwargs={"literal_binds": True})
    if db.engine.dialect.name == "sqlite":
        return "\n".join(row[-1] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))
    db.session.execute(text("SET LOCAL enable_seqscan = off"))
    db.session.execute(text("SET LOCAL enable_bitmapscan = off"))
    return "\n".join(row[0] for row in db.session.execute(text(f"EXPLAIN {compiled}")))


def reads_whole_tables(plans: str) -> list[str]:
    """The lines of a plan that read a table from end to end or sort it in memory."""
    bad = ("SCAN customer", "SCAN datum", "TEMP B-TREE", "Seq Scan on customer", "Seq Scan on datum", "Sort  (")
    return [line for line in plans.splitlines() if any(word in line for word in bad) and "USING INDEX" not in line]


@pytest.fixture
def people(app):
    return [make_person(last_name=name) for name in ("Aho", "Virtanen", "Öhman")]


@pytest.mark.parametrize("state", ["active", "archived", None])
def test_a_page_of_the_list_is_read_along_an_index_however_far(people, state):
    middle = people[1].id
    with Plans(bitmaps=False) as asked:
        search.page(state=state)
        search.page(state=state, after=middle)
        search.page(state=state, before=middle)

    assert len([plan for plan in asked.plans if "sort_key" in plan]) == 3
    assert asked.reads_everybody() == asked.sorts() == []


def test_a_card_is_read_along_indexes(people):
    customer = service.find(people[0].id)
    with Asked() as asked:
        service.history(customer)
        service.current(customer)
        service.held_fields(customer)

    assert len(asked.queries) == 3
    assert "SCAN datum" not in asked.plans()
    assert "Seq Scan on datum" not in asked.plans()


def test_an_organisation_and_its_people_are_found_along_indexes(people):
    organisation = service.find(make_organisation().id)
    with Asked() as asked:
        search.find_organisation("Äijälän Sähkö Oy")
        search.people_of(organisation)

    assert len(asked.queries) == 2
    assert reads_whole_tables(asked.plans()) == []


def test_a_list_carries_what_it_shows_so_that_no_datum_is_read(people):
    with Asked() as asked:
        rows = search.page().rows

    assert [row.contact for row in rows] == ["041 505 8567 · maija.virtanen@esimerkki.fi"] * 3
    assert all("datum" not in str(query) for query in asked.queries)
    assert {column.name for column in Customer.__table__.columns} >= {"display_name", "represents", "contact", "place"}
