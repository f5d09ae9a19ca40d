"""Ways to orders: the list and its search, the archive, the card, the search box of customers, the front page."""

from datetime import timedelta

import pytest

from rekisteri.customers.finders import hits
from rekisteri.kernel.db import transaction
from rekisteri.orders import bulk
from tests.customers.factories import make_person
from tests.customers.test_card import Statements
from tests.orders.factories import CHAIRS, TODAY, make_order


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def search(client, text: str, url: str = "/tilaukset/", **more: str):
    token = client.get(url).page.select_one("#haku [name=csrf_token]")["value"]
    return client.post(url, data={"q": text, "csrf_token": token, **more})


def numbers(answer) -> list[str]:
    return [row.th.get_text(strip=True) for row in answer.page.select("#tilaukset tbody tr")]


def fill(customer, count: int) -> None:
    days = [TODAY - timedelta(days=number // 20) for number in reversed(range(count))]
    with transaction():
        bulk.enter_many([bulk.Row(customer.id, day, [CHAIRS], {"ordered": day}) for day in days], by_id=None)


def test_an_empty_register_says_how_to_begin(client, clerk):
    assert "Tilauksia ei ole vielä kirjattu" in client.get("/tilaukset/").main
    assert "Arkisto on tyhjä" in client.get("/tilaukset/arkisto").main


def test_an_order_is_found_by_its_number_or_the_beginning_of_it(client, clerk):
    maija = make_person()
    for _ in range(12):
        make_order(maija)
    assert numbers(search(client, "t2026/3")) == ["T 2026/0003"]
    assert numbers(search(client, "2026/001")) == ["T 2026/0012", "T 2026/0011", "T 2026/0010"]
    assert "1 tilaus" in search(client, "2026/0007").main
    assert "katso arkistosta" in search(client, "2026/99").main


def test_what_is_no_number_is_answered_with_advice_and_the_word_stays_out_of_addresses(client, clerk):
    answer = search(client, "Virtanen")
    assert answer.status_code == 422
    assert "Kirjoita tilausnumero, esimerkiksi T 2026/0007, tai vuosi." in answer.main
    assert "Virtanen" not in "".join(link["href"] for link in answer.page.select("a"))
    for text in ("%", '"', "*", "NEAR(", "ä" * 10_000, "\x00"):
        assert search(client, text).status_code in (200, 422)


def test_the_list_may_be_narrowed_by_state(client, clerk):
    maija = make_person()
    make_order(maija)
    make_order(maija, state="quote")
    assert numbers(search(client, "", tila="quote")) == ["T 2026/0002"]
    assert numbers(client.get("/tilaukset/?tila=ordered")) == ["T 2026/0001"]
    assert numbers(client.get("/tilaukset/?tila=confirmed")) == []
    assert client.get("/tilaukset/?tila=nonsense").status_code == 422


@pytest.mark.promise("kaytto.tilaukset")
def test_the_archive_is_a_list_of_its_own(client, clerk):
    maija = make_person()
    make_order(maija, state="delivered", archived=True)
    make_order(maija, state="delivered")
    assert numbers(client.get("/tilaukset/")) == ["T 2026/0002"]
    assert numbers(client.get("/tilaukset/arkisto")) == ["T 2026/0001"]
    assert numbers(search(client, "2026/1")) == []
    assert numbers(search(client, "2026/1", url="/tilaukset/arkisto")) == ["T 2026/0001"]
    assert [link.text for link in client.get("/tilaukset/").page.select("main .actions a")] == [
        "Uusi tilaus",
        "Arkisto",
    ]


def test_a_thousand_orders_are_leafed_through_page_by_page(client, clerk):
    fill(make_person(), 1000)
    seen, url = [], "/tilaukset/?tila=ordered"
    while url:
        page = client.get(url)
        seen += numbers(page)
        url = next((link["href"] for link in page.page.select(".pager a") if link.text == "Seuraavat"), None)
    assert seen == [f"T 2026/{serial:04}" for serial in range(1000, 0, -1)]


def test_a_search_is_leafed_through_without_its_word_in_any_address(client, clerk):
    fill(make_person(), 120)
    first = search(client, "2026/0")
    button = first.page.select_one(".pager button")
    assert (button["form"], button["name"]) == ("haku", "after")
    second = search(client, "2026/0", after=button["value"])
    assert numbers(second)[0] == "T 2026/0070"


@pytest.mark.parametrize("place", ["-1", "0", "99999999999999999999", "x", "2147483648"])
def test_a_place_that_cannot_be_shows_the_first_page(client, clerk, place):
    make_order()
    assert numbers(client.get(f"/tilaukset/?after={place}")) == ["T 2026/0001"]
    assert numbers(client.get(f"/tilaukset/?customer={place}")) == ["T 2026/0001"]


def test_the_card_shows_the_ten_latest_and_leads_to_all_of_the_customers_orders(client, clerk):
    maija = make_person()
    fill(maija, 60)
    make_order(make_person(first_name="Matti"))
    make_order(maija, state="cancelled", archived=True)

    card = client.get(f"/asiakkaat/{maija.id}")
    assert numbers(card) == ["T 2026/0062", *(f"T 2026/{serial:04}" for serial in range(60, 51, -1))]
    assert "Arkistossa" in card.page.select_one("#tilaukset tbody tr").text

    link = next(link for link in card.page.select("main a") if link.text == "Kaikki asiakkaan tilaukset")
    every = client.get(link["href"])
    assert every.page.h1.text == "Asiakkaan tilaukset"
    assert len(numbers(every)) == 50
    assert "T 2026/0061" not in every.main
    onward = next(link for link in every.page.select(".pager a") if link.text == "Seuraavat")["href"]
    assert len(numbers(client.get(onward))) == 11


def test_a_card_without_orders_says_so(client, clerk):
    assert "Asiakkaalle ei ole kirjattu tilauksia." in client.get(f"/asiakkaat/{make_person().id}").main


def test_the_card_costs_one_statement_more_however_many_orders_there_are(client, clerk):
    few, many = make_person(), make_person(first_name="Matti")
    make_order(few)
    fill(many, 200)
    counts = []
    for customer in (few, many):
        client.get(f"/asiakkaat/{customer.id}")
        with Statements() as sent:
            client.get(f"/asiakkaat/{customer.id}")
        counts.append(len(sent.sent))
    assert counts[0] == counts[1]


def test_the_box_that_searches_customers_finds_an_order_by_its_number(client, clerk):
    order = make_order(state="delivered", archived=True)

    def told(text: str, *permissions: str) -> list[tuple[str, str, int | None]]:
        with client.application.test_request_context():
            return [(hit.label, hit.url, hit.customer_id) for hit in hits(text, permissions.__contains__)]

    assert told("T 2026/1", "orders.view") == [("Tilaus T 2026/0001", f"/tilaukset/{order.id}", order.customer_id)]
    assert told("2026/0001") == []
    for nothing in ("2026", "2026/2", "Virtanen", ""):
        assert told(nothing, "orders.view") == []


def test_the_front_page_tells_which_orders_wait_for_a_confirmation(client, sign_in):
    maija = make_person()
    for state in ("quote", "confirmed", "delivered", "ordered"):
        make_order(maija, state=state)
    sign_in("kasittelija")
    part = client.get("/").page.select_one("#vahvistettavat")
    assert part.h2.text == "Vahvistettavat tilaukset (1)"
    assert [row.th.text for row in part.select("tbody tr")] == ["T 2026/0004"]


def test_the_index_leads_to_orders(client, clerk):
    page = client.get("/tilaukset/arkisto")
    here = page.page.select_one("#hakemisto [aria-current]")
    assert (here.text, here["href"]) == ("Tilaukset", "/tilaukset/")
