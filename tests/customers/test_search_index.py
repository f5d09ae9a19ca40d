"""The index of the search: kept by the database, looked after by the doctor, made anew on the command line."""

from pathlib import Path

import pytest
from sqlalchemy import delete, insert, text, update

from rekisteri.customers import search, search_index, service
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.similar import similar
from rekisteri.customers.wanted import AllOf, AnyOf
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import fill, make_organisation, make_person
from tests.customers.plans import Plans, on_sqlite


def names(typed: str) -> list[str]:
    return [customer.display_name for customer in service.search(typed)]


def run(*statements) -> None:
    with transaction():
        for statement in statements:
            db.session.execute(text(statement) if isinstance(statement, str) else statement)


def test_customers_written_past_the_object_layer_are_found_as_well(app):
    row = {"kind": "person", "display_name": "Äijälä, Anna", "sort_key": "zz", "search_text": " anna äijälä anna "}
    run(insert(Customer).values(row))
    assert names("äijä") == ["Äijälä, Anna"]

    run(update(Customer).values(search_text=" anna öhman anna "))
    assert (names("äijä"), names("öhman")) == ([], ["Äijälä, Anna"])

    run(update(Customer).values(place="Äijälä"))
    assert (names("äijä"), names("öhman")) == ([], ["Äijälä, Anna"])

    run(delete(Customer))
    assert names("öhman") == []
    assert search_index.fault(db.session.connection()) is None


def test_of_an_erased_person_the_index_keeps_no_part(app):
    """On SQLite the parts are bytes of the index's own tables; PostgreSQL takes dead ones out when it vacuums."""
    gone = make_person(last_name="ქწჭ", first_name="", email="", phone="", street="", postcode="", city="")
    make_person(last_name="Jääjä")
    parts = ["წჭ".encode()]

    def held() -> list[bytes]:
        blocks = db.session.scalars(text("SELECT block FROM customer_search_data"))
        return [part for block in blocks for part in parts if part in block]

    if on_sqlite():
        assert held()
    run(
        delete(Datum).where(Datum.customer_id == gone.id),
        delete(Customer).where(Customer.id == gone.id),
    )

    assert names("წჭ") == names("ქწჭ") == []
    if on_sqlite():
        assert held() == []
        db.session.rollback()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        content = Path(db.engine.url.database).read_bytes()
        assert [part for part in parts if part in content] == []


def test_the_doctor_finds_the_index_in_order(app, command):
    make_person()

    assert "Haun hakemisto on kunnossa." in command("check").output


def test_a_missing_index_is_a_fault_that_the_command_line_mends(app, command):
    make_person()
    run(*search_index.undoing(db.engine.dialect.name))
    told = command("check").output
    assert "Haun hakemisto" in told and "flask customers reindex" in told

    mended = command("customers", "reindex")

    assert mended.exit_code == 0
    assert "Haun hakemisto on tehty uudelleen." in mended.output
    assert "Haun hakemisto on kunnossa." in command("check").output
    assert names("rtane") == ["Virtanen, Maija"]


def test_an_index_that_missed_something_is_a_fault(app, command):
    make_person()
    if not on_sqlite():
        run("DROP EXTENSION pg_trgm CASCADE")
        assert "Tietokannasta puuttuu laajennus pg_trgm." in command("check").output
        return
    run("DROP TRIGGER customer_search_update")
    assert "Haun hakemistosta puuttuu: customer_search_update." in command("check").output
    run("UPDATE customer SET search_text = ' muu '")
    command("customers", "reindex")
    assert "kunnossa" in command("check").output

    run("UPDATE customer_search_data SET block = zeroblob(9) WHERE id > 10")
    assert "Haun hakemisto ei vastaa asiakkaiden tietoja." in command("check").output
    command("customers", "reindex")
    assert "Haun hakemisto on kunnossa." in command("check").output

    run("DROP TRIGGER customer_search_update", "UPDATE customer SET search_text = ' toinen '")
    run(next(one for one in search_index.statements("sqlite") if "customer_search_update" in one))
    assert "Haun hakemisto ei vastaa asiakkaiden tietoja." in command("check").output


def test_what_an_older_rule_composed_is_composed_anew_and_nothing_else_changes(app, command):
    maija, firm = make_person(), make_organisation("Öljy Oy")
    before = {one.id: (one.version, one.changed_at, one.display_name) for one in (maija, firm)}
    run(update(Customer).values(sort_key="vanha", search_text="vanha"))
    assert "Haun hakemisto on vanhan version mukainen." in command("check").output

    assert "muuttuivat: 2." in command("customers", "reindex").output

    assert [row.display_name for row in search.page().rows] == ["Virtanen, Maija", "Öljy Oy"]
    assert (names("rtane"), names("vanha")) == (["Virtanen, Maija"], [])
    now = (service.find(number) for number in before)
    assert {one.id: (one.version, one.changed_at, one.display_name) for one in now} == before
    assert "muuttuivat: 0." in command("customers", "reindex").output


def test_alembic_is_told_that_the_index_is_ours():
    for name in ("customer_search", "customer_search_data", "customer_search_idx", "customer_search_config"):
        assert not search_index.known_to_models(name, "table", {})
    assert not search_index.known_to_models("ix_customer_search_text", "index", {})
    assert search_index.known_to_models("customer", "table", {})
    assert search_index.known_to_models("ix_customer_sort_key_id", "index", {})
    assert search_index.known_to_models(None, "schema", {})


@pytest.mark.parametrize(
    ("wanted", "expression"),
    [
        ("äij", '"äij"'),
        ('a"b', '"a""b"'),
        (" v", None),
        (AllOf(("maija", " v")), '("maija")'),
        (AllOf((" m", " v")), None),
        (AnyOf(("maija", " v")), None),
        (AnyOf(("maija", AllOf(("vir", "nen")))), '("maija" OR ("vir" AND "nen"))'),
    ],
)
def test_what_is_asked_of_the_index_is_quoted_so_that_no_sign_means_anything(wanted, expression):
    assert search_index.fts_expression(wanted) == expression
    assert search_index.is_indexed(wanted, "sqlite") == (expression is not None)


@pytest.mark.parametrize(
    ("part", "known"), [("äij", True), (" vi", True), ("a.b", True), ("...", False), ("%%%", False), ("ab.", True)]
)
def test_postgresql_is_asked_only_for_what_its_index_knows(part, known):
    assert search_index.is_indexed(part, "postgresql") == known


SEARCHES = (
    "", "n", "ni", "äijälä", "jälä", "nimi", "nimi0001", "katu 77", "m1234@esimerkki.fi", "m1234@esim", "041 505 8567", "5058",
    "anna äijälä", "matti nimi0007nen", "xqzjw", '"', "%", "...",
)  # fmt: skip


@pytest.fixture
def crowd(app):
    """Enough customers for a planner to choose, and what it knows of them brought up to date."""
    fill(2000, last_name="Nimi{0:04}nen", first_name="Matti", street="Katu {0}", city="Oulu", email="m{0}@esimerkki.fi")
    make_person(last_name="Äijälä", first_name="Anna")
    run("ANALYZE", *([] if on_sqlite() else ["SELECT gin_clean_pending_list('ix_customer_search_text')"]))


@pytest.mark.parametrize("state", ["active", "archived", None])
def test_no_search_reads_everybody_on_either_database(crowd, state):
    for typed in SEARCHES:
        with Plans() as asked:
            first = search.page(text=typed, state=state)
            if first.after:
                second = search.page(text=typed, state=state, after=first.after)
                search.page(text=typed, state=state, before=second.before)

        assert asked.sent or typed in {'"', "%", "..."}  # of lone signs the index knows nothing
        assert asked.reads_everybody() == [], typed


def test_forgiving_slips_reads_nobody_who_has_nothing_of_the_word(crowd):
    for typed in ("äijla", "aijala", "nimi0077nne oulu", "041 505 8576"):
        with Plans() as asked:
            similar(typed)

        assert asked.sent
        assert asked.reads_everybody() == [], typed


def test_a_rare_part_is_looked_up_in_the_index(crowd):
    with Plans() as asked:
        search.page(text="jälä")

    index = "VIRTUAL TABLE INDEX" if on_sqlite() else "Bitmap Index Scan on ix_customer_search_text"
    assert any(index in plan for plan in asked.plans), "\n\n".join(asked.plans)
