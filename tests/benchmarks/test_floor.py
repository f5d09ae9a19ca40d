"""The floor shows what the register shows, or the comparison would mean nothing."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from benchmarks import floor, floor_pages
from benchmarks.driver import sqlite3
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.orders.bulk import Row, enter_many
from rekisteri.orders.rules import Line
from tests.customers.factories import make_person

LISTED = "<main><h1>Asiakkaat</h1><table><tbody><tr><td>Virtanen</td></tr></tbody></table></main>"


def visible(page):
    """What is read on a page's sheet, without spaces."""
    return re.sub(r"\s", "", BeautifulSoup(page, "html.parser").select("main")[0].get_text())


@pytest.fixture
def office(app, client, sign_in, tmp_path, monkeypatch):
    """A register of two people with orders, and the floor made of its pages."""
    if db.engine.dialect.name != "sqlite":
        monkeypatch.setenv("FLOOR_DATA", str(tmp_path))
        return None
    sign_in("vastuuhenkilo")
    people = [
        make_person(last_name="Äijälä", first_name="Antti", email="antti@esimerkki.fi"),
        make_person(last_name="Virtanen", first_name="Maija"),
    ]
    lines = [Line("Tuote", 1000, "kpl", 12_34)]
    days = {"ordered": today(), "confirmed": today(), "delivered": today()}
    with transaction():
        enter_many([Row(person.id, today(), lines, days) for person in people for _ in range(3)], by_id=None)
    path = Path(db.engine.url.database)
    (tmp_path / "floor").mkdir()
    (tmp_path / "floor" / "rekisteri.sqlite").symlink_to(path)
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        values = floor_pages.card_values(connection, people[0].id)
    pages = tmp_path / "pages"
    pages.mkdir()
    card = client.get(f"/asiakkaat/{people[0].id}").text
    floor_pages.write(pages, listed=client.get("/asiakkaat/").text, card=card, values=values)
    monkeypatch.setenv("FLOOR_DATA", str(tmp_path / "floor"))
    monkeypatch.setenv("FLOOR_PAGES", str(pages))
    floor.template.cache_clear()
    floor._own.__dict__.clear()
    return people


def answer(path, query=""):
    said = []
    body = b"".join(floor.app({"PATH_INFO": path, "QUERY_STRING": query}, lambda status, _headers: said.append(status)))
    assert said == ["200 OK"]
    return body.decode()


def test_the_floor_lists_the_same_customers_as_the_register(office, client):
    if office:
        assert visible(answer("/asiakkaat/")) == visible(client.get("/asiakkaat/").text)


def test_the_floor_shows_the_same_card_as_the_register(office, client):
    if office:
        number = office[0].id
        ours, bare = visible(client.get(f"/asiakkaat/{number}").text), visible(answer(f"/asiakkaat/{number}"))
        assert "Äijälä" in bare
        assert bare == ours


def test_the_floor_writes_its_looks_down_and_only_those(office):
    if office:
        floor.connection().execute("DELETE FROM floor_look")
        answer(f"/asiakkaat/{office[0].id}")
        answer(f"/katselematta/{office[1].id}")
        assert [row["customer_id"] for row in floor.connection().execute("SELECT * FROM floor_look")] == [office[0].id]


def test_the_floor_finds_by_like(office):
    if office:
        found = answer("/haku", "q=virtanen")
        assert "Maija" in found
        assert "Antti" not in found


def test_a_page_that_looks_like_a_template_is_not_made_one(tmp_path):
    with pytest.raises(AssertionError, match="template"):
        floor_pages.write(tmp_path, listed=LISTED, card="<p>{{ secret }}</p>", values={})


def test_longer_values_are_found_before_the_shorter_ones_inside_them(tmp_path):
    values = {"short": "12", "long": "12.11.2026", "missing": ""}
    floor_pages.write(tmp_path, listed=LISTED, card="<p>12 · 12.11.2026 · 120</p>", values=values)
    assert (tmp_path / "card.html").read_text() == "<p>{{ v.short }} · {{ v.long }} · 120</p>"
