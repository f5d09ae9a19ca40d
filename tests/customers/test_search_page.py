"""The search as a page: numbers of other rooms, those who may have been meant, too many to look at."""

import pytest

from rekisteri.customers import finders
from rekisteri.customers.finders import Hit
from rekisteri.customers.lookup import look_up
from rekisteri.customers.search import MOST_HITS
from rekisteri.kernel.db import transaction
from tests.customers.factories import fill, make_person
from tests.customers.test_list import found, hunt


@pytest.fixture
def reader(sign_in):
    return sign_in("lukija")


@pytest.fixture
def boats(monkeypatch):
    """A room of boats, whose numbers lead to their owners."""
    monkeypatch.setattr(finders, "_finders", [])
    maija = make_person()

    def find(text: str) -> list[Hit]:
        return [Hit("Vene 7", "/asiakkaat/", maija.id)] if text == "V7" else []

    finders.add_finder("customers.view", find)
    return maija


def test_a_number_leads_to_its_page_and_its_customer(client, reader, boats):
    answer = hunt(client, q="V7")

    links = answer.page.select("#osumat .by-number a")
    assert [(link.text, link["href"]) for link in links] == [
        ("Vene 7", "/asiakkaat/"),
        ("Virtanen, Maija", f"/asiakkaat/{boats.id}"),
    ]
    assert answer.page.select_one("#osumat")["data-announce"] == "Numerolla löytyi: Vene 7"
    assert "Ei osumia" not in answer.main and "Samankaltaisia" not in answer.main


def test_a_number_is_shown_only_to_those_who_may_open_it(app, boats):
    assert [hit.label for hit, _ in look_up({"text": "V7"}, lambda _permission: True).numbered] == ["Vene 7"]
    assert look_up({"text": "V7"}, lambda _permission: False).numbered == []


def test_the_name_of_a_merged_customer_is_not_shown_beside_a_number(app, boats):
    with transaction():
        boats.state = "merged"

    [(_hit, customer)] = look_up({"text": "V7"}, lambda _permission: True).numbered
    assert customer is None


def test_numbers_stand_above_the_first_page_only(app, boats):
    for turned in ("before", "after"):
        assert look_up({"text": "V7", turned: boats.id}, lambda _permission: True).numbered == []


def test_slips_are_forgiven_when_nobody_is_found_exactly_and_that_is_said(client, reader):
    make_person()
    make_person(last_name="Korhonen", first_name="Eero", email="")

    answer = hunt(client, q="virtannen")

    assert found(answer) == ["Virtanen, Maija"]
    assert "Tarkkoja osumia ei ole. Samankaltaisia:" in answer.main
    assert answer.page.select_one("#osumat")["data-announce"] == "Tarkkoja osumia ei ole. Samankaltaisia: 1"


def test_slips_are_not_forgiven_where_somebody_is_found_exactly(client, reader):
    make_person(last_name="Virtanen")
    make_person(last_name="Virtannen", email="")

    answer = hunt(client, q="virtannen")

    assert found(answer) == ["Virtannen, Maija"]
    assert "Samankaltaisia" not in answer.main


def test_of_too_many_hits_the_page_asks_to_narrow_the_search(client, reader):
    fill(MOST_HITS + 1, last_name="Aho{0:04}", street="Kaikkitie 1")

    answer = hunt(client, q="kaikkitie")

    assert "Yli 500 osumaa, tarkenna hakua" in answer.main
    assert answer.page.select_one("#osumat")["data-announce"] == "Yli 500 osumaa, tarkenna hakua"
    assert len(found(answer)) == 50


@pytest.mark.parametrize("typed", ["maija.virtanen@esimerkki.fi", "+358 41 505 8567", "virtannen"])
def test_nothing_searched_for_is_left_in_an_address_or_in_the_log(client, reader, typed, caplog):
    make_person()

    answer = hunt(client, q=typed)

    assert found(answer) == ["Virtanen, Maija"]
    assert not answer.request.query_string
    assert not [link["href"] for link in answer.page.select("a[href]") if "virta" in link["href"].lower()]
    assert typed not in caplog.text and "virta" not in caplog.text.lower()
