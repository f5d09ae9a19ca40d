"""The list and its search as pages: by POST, as one types and without JavaScript, 50 rows at a time."""

import pytest

from rekisteri.customers import service
from rekisteri.kernel.db import transaction
from tests.customers.factories import make_clerk, make_organisation, make_person
from tests.support.client import filled_in


@pytest.fixture
def reader(sign_in):
    return sign_in("lukija")


def found(answer) -> list[str]:
    return [link.text for link in answer.page.select("#osumat tbody a")]


def hunt(client, **typed: str):
    """Fill in the search of the page and send it."""
    form = filled_in(client.get("/asiakkaat/").page.select_one("#haku"))
    return client.post("/asiakkaat/", data=form | typed)


def token(client) -> str:
    """The token of the search that stands on top of every page."""
    return client.get("/asiakkaat/").page.select_one(".spine-search [name=csrf_token]")["value"]


def archived(customer):
    clerk = make_clerk()
    with transaction():
        service.archive(customer=service.find(customer.id), by=clerk)


@pytest.mark.promise("kaytto.yllapito")
def test_customers_are_listed_by_name_with_their_contacts(client, reader):
    make_person()
    make_organisation("Äijälän Sähkö Oy")
    make_person(last_name="Aalto", first_name="Eero", organisation="Äijälän Sähkö Oy")

    answer = client.get("/asiakkaat/")

    assert found(answer) == ["Aalto, Eero", "Virtanen, Maija", "Äijälän Sähkö Oy"]
    assert "041 505 8567 · maija.virtanen@esimerkki.fi" in answer.main


def test_a_search_is_sent_in_the_body_and_nothing_of_it_is_left_in_an_address(client, reader):
    make_person()
    make_person(last_name="Korhonen", first_name="Eero", email="")

    answer = hunt(client, q="virtanen")

    assert found(answer) == ["Virtanen, Maija"]
    assert answer.request.path == "/asiakkaat/" and not answer.request.query_string
    assert not [link["href"] for link in answer.page.select("a[href]") if "virtanen" in link["href"].lower()]


def test_a_search_in_the_address_is_not_obeyed(client, reader):
    make_person()

    assert found(client.get("/asiakkaat/?q=korhonen")) == ["Virtanen, Maija"]


def test_while_one_types_only_the_hits_are_sent(client, reader):
    make_person()

    answer = client.htmx("/asiakkaat/", method="POST", data={"q": "virt", "csrf_token": token(client)})

    assert answer.page.html is None
    assert answer.page.select_one("#osumat")["data-announce"] == "1 osuma"
    assert found(answer) == ["Virtanen, Maija"]


def test_the_search_on_top_of_every_page_leads_to_the_hits(client, reader):
    make_person()
    answer = client.post("/asiakkaat/", data={"q": "maija", "csrf_token": token(client)})

    assert found(answer) == ["Virtanen, Maija"]


def test_a_search_without_hits_says_what_to_try(client, reader):
    answer = hunt(client, q="ei ketään")

    assert "Ei osumia" in answer.main
    assert "Tarkista kirjoitusasu" in answer.main


def test_an_empty_register_says_what_to_do_first(client, sign_in):
    sign_in("kasittelija")

    assert "Rekisterissä ei ole vielä asiakkaita" in client.get("/asiakkaat/").main


@pytest.mark.parametrize("typed", ["ä" * 10_000, "131052-308T"])
def test_what_may_not_be_searched_for_is_refused_with_the_reason(client, reader, typed):
    answer = hunt(client, q=typed)

    assert answer.status_code == 422
    assert found(answer) == []
    assert "Teksti on liian pitkä" in answer.main or "Henkilötunnusta ei saa" in answer.main


@pytest.mark.parametrize("typed", ["%", '"', "*", "\\", "<b>", "{{7*7}}", "'"])
def test_odd_signs_find_nobody_and_break_nothing(client, reader, typed):
    make_person()

    with client.foreign_words():
        answer = hunt(client, q=typed)

    assert answer.status_code == 200
    assert found(answer) == []


def test_the_archived_are_out_of_sight_until_asked_for(client, reader):
    archived(make_person(last_name="Vanha"))
    make_person(last_name="Uusi")

    assert found(client.get("/asiakkaat/")) == ["Uusi, Maija"]
    assert found(hunt(client, state="archived")) == ["Vanha, Maija"]
    assert found(hunt(client, state="all", q="maija")) == ["Uusi, Maija", "Vanha, Maija"]


def test_a_long_list_turns_page_by_page_there_and_back(client, reader):
    make_clerk()
    for number in range(53):
        make_person(last_name="A" + "a" * number, phone="", email="")

    first = client.get("/asiakkaat/")
    second = client.get(first.page.select_one("a[rel=next]")["href"])
    back = client.get(second.page.select_one("a[rel=prev]")["href"])

    assert (len(found(first)), len(found(second))) == (50, 3)
    assert found(back) == found(first)
    assert first.page.select("a[rel=prev]") == second.page.select("a[rel=next]") == []


def test_a_long_search_turns_its_page_by_post(client, reader):
    make_clerk()
    for number in range(53):
        make_person(last_name="A" + "a" * number, phone="", email="")

    first = hunt(client, q="maija")
    turn = first.page.select_one("button[name=after]")
    second = hunt(client, q="maija", **{turn["name"]: turn["value"]})

    assert turn["form"] == "haku"
    assert (len(found(first)), len(found(second))) == (50, 3)


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 30, "1; DROP TABLE customer", "٣"])
def test_a_cursor_that_is_none_shows_the_first_page(client, reader, cursor):
    make_person()

    assert found(client.get("/asiakkaat/", query_string={"after": cursor})) == ["Virtanen, Maija"]
