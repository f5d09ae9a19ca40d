"""What is opened all day asks the database a fixed number of times, however much there is to show."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from rekisteri.customers import service
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.orders.bulk import Row, enter_many
from rekisteri.orders.rules import Line
from tests.customers.factories import make_clerk, make_person, make_source

LIST = 3
"""The session, the customers with what marks them, and the name of the register."""
CARD = 18
"""The session, the look put on record, the customer with the data, and one or two for each panel of another room."""


@contextmanager
def asked():
    """The statements that reach the database meanwhile, those that only begin and end a transaction left out."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "SET", "SELECT pg_advisory")):
            seen.append(" ".join(statement.split())[:80])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def count(client, address):
    """How often a page asks the database, once everything that is made at a first look has been made."""
    client.get(address)
    with asked() as seen:
        assert client.get(address).status_code == 200
    return seen


def test_the_list_asks_as_often_for_fifty_customers_as_for_two(client, sign_in):
    sign_in("vastuuhenkilo")
    for _ in range(2):
        make_person(last_name="Virtanen")
    few = count(client, "/asiakkaat/")
    for _ in range(60):
        make_person(last_name="Äijälä")
    many = count(client, "/asiakkaat/")
    assert len(client.get("/asiakkaat/").page.select("tbody tr")) == 50
    assert many == few
    assert len(many) <= LIST, many


def test_a_page_deep_in_the_list_asks_once_more_for_the_place_it_begins_at(client, sign_in):
    sign_in("vastuuhenkilo")
    last = [make_person(last_name="Äijälä") for _ in range(60)][49]
    assert len(count(client, f"/asiakkaat/?state=active&after={last.id}")) <= LIST + 1


def fill(maija):
    """A long history: data changed again and again, orders."""
    source, clerk = make_source(), make_clerk()
    for number in range(12):
        with transaction():
            values = {"street": f"Mäkitie {number + 1}"}
            customer = service.find(maija.id)
            service.change(
                customer=customer, values=values, source=source, obtained_on=today(), by=clerk, reason="muutto"
            )
    days = {"ordered": today(), "confirmed": today(), "delivered": today()}
    with transaction():
        enter_many([Row(maija.id, today(), [Line("Tuote", 1000, "kpl", 100)], days) for _ in range(12)], by_id=None)


def test_the_card_asks_as_often_for_a_long_history_as_for_a_short_one(client, sign_in):
    sign_in("vastuuhenkilo")
    maija = make_person()
    address = f"/asiakkaat/{maija.id}"
    few = count(client, address)
    fill(maija)
    many = count(client, address)
    assert "Mäkitie 12" in client.get(address).words
    assert len(many) <= len(few) + 3, sorted(set(many) - set(few))
    assert len(many) <= CARD, many


@pytest.mark.parametrize("role", ["lukija", "kasittelija"])
def test_whoever_may_see_less_makes_the_card_ask_no_more(client, sign_in, role):
    sign_in(role)
    assert len(count(client, f"/asiakkaat/{make_person().id}")) <= CARD
