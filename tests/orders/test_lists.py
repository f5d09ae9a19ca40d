"""The lists of orders: in order, page by page, narrowed, and quick however long they grow."""

from datetime import date, timedelta

import pytest

from rekisteri.kernel.db import db, transaction
from rekisteri.orders import bulk, lists, rules, service
from tests.customers.factories import make_person
from tests.customers.test_scale import Asked
from tests.orders.factories import CHAIRS, TODAY, make_order


def enter(customer, count: int, *, state: str = "ordered", archived: bool = False) -> None:
    """So many orders of one customer, the days going back from today."""
    rows = []
    for number in reversed(range(count)):
        day = TODAY - timedelta(days=number)
        days = {"ordered": day} | ({"confirmed": day, "delivered": day} if state == "delivered" else {})
        rows.append(bulk.Row(customer.id, day, [CHAIRS], days, archived_on=TODAY if archived else None))
    with transaction():
        bulk.enter_many(rows, by_id=None)


def numbers(page: lists.Page) -> list[str]:
    return [row.number for row in page.rows]


def test_the_latest_order_comes_first(app):
    maija = make_person()
    make_order(maija, on=date(2026, 3, 1))
    make_order(maija, on=date(2026, 1, 1))
    make_order(maija, on=date(2026, 3, 1))
    assert numbers(lists.page()) == ["T 2026/0003", "T 2026/0001", "T 2026/0002"]


@pytest.mark.promise("kaytto.tilaukset")
def test_the_archive_stands_apart_from_the_live_register(app):
    maija = make_person()
    make_order(maija, state="delivered", archived=True)
    make_order(maija)
    assert numbers(lists.page()) == ["T 2026/0002"]
    assert numbers(lists.page(archived=True)) == ["T 2026/0001"]
    assert numbers(lists.page(archived=None, customer_id=maija.id)) == ["T 2026/0002", "T 2026/0001"]


def test_a_list_may_be_narrowed_by_state_and_by_customer(app):
    maija, matti = make_person(), make_person(first_name="Matti")
    for customer, state in ((maija, "quote"), (maija, "delivered"), (matti, "quote")):
        make_order(customer, state=state)
    assert numbers(lists.page(state="quote")) == ["T 2026/0003", "T 2026/0001"]
    assert numbers(lists.page(state="quote", customer_id=maija.id)) == ["T 2026/0001"]
    assert [row.customer for row in lists.page().rows] == ["Virtanen, Matti", "Virtanen, Maija", "Virtanen, Maija"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("T 2026/0011", ["T 2026/0011"]),
        ("2026/2", ["T 2026/0002"]),
        ("t 2026/001", ["T 2026/0012", "T 2026/0011", "T 2026/0010"]),
        ("2026/1", ["T 2026/0001"]),
        ("2026/99", []),
        ("2025", ["T 2025/0002", "T 2025/0001"]),
        ("2025/", ["T 2025/0002", "T 2025/0001"]),
    ],
)
def test_orders_are_found_by_a_number_its_beginning_or_a_year(app, text, found):
    maija = make_person()
    enter(maija, 12)
    for day in (date(2025, 12, 1), date(2025, 12, 31)):
        make_order(maija, on=day)
    assert numbers(lists.page(wanted=rules.wanted(text))) == found


@pytest.mark.parametrize("text", ["", "2026/0"])
def test_pages_follow_each_other_there_and_back_without_gaps_or_doubles(app, text):
    enter(make_person(), 23)
    wanted = rules.wanted(text)
    first = lists.page(wanted=wanted, size=10)
    second = lists.page(wanted=wanted, size=10, after=first.after)
    third = lists.page(wanted=wanted, size=10, after=second.after)

    assert numbers(first) + numbers(second) + numbers(third) == [f"T 2026/{serial:04}" for serial in range(23, 0, -1)]
    assert (first.before, third.after) == (None, None)
    assert numbers(lists.page(wanted=wanted, size=10, before=third.before)) == numbers(second)
    assert numbers(lists.page(wanted=wanted, size=10, before=second.before)) == numbers(first)


def test_a_page_that_goes_on_from_an_order_since_destroyed_begins_anew(app):
    enter(make_person(), 3)
    assert len(lists.page(after=4711).rows) == 3


@pytest.mark.parametrize(
    "narrowed",
    [
        {},
        {"state": "ordered"},
        {"archived": True},
        {"customer": True},
        {"text": "2026/0011"},
        {"text": "2026"},
    ],
    ids=str,
)
def test_each_list_is_read_along_an_index_however_far(app, narrowed):
    maija = make_person()
    enter(maija, 60)
    enter(maija, 60, state="delivered", archived=True)
    asked_for = {key: value for key, value in narrowed.items() if key in {"state", "archived"}}
    asked_for["wanted"] = rules.wanted(narrowed.get("text", ""))
    if "customer" in narrowed:
        asked_for |= {"customer_id": maija.id, "archived": None}
    place = lists.page(**asked_for).rows[0].id

    with Asked() as asked:
        lists.page(**asked_for, after=place)
        lists.page(**asked_for, before=place)

    plans = asked.plans()
    for whole in ("SCAN customer_order\n", "SCAN customer\n", "Seq Scan"):
        assert whole not in plans + "\n"
    if narrowed.get("text") != "2026":
        assert "TEMP B-TREE" not in plans
        assert "Sort  (" not in plans


def test_the_queue_and_the_card_are_read_along_indexes(app):
    maija = make_person()
    enter(maija, 60)
    db.session.rollback()
    with Asked() as asked:
        service.unconfirmed(8)
        service.for_customer(maija)
        service.open_orders(maija.id)
        service.count_open([maija.id])
        service.find_number("T 2026/0001")
    plans = asked.plans() + "\n"
    assert "SCAN customer_order\n" not in plans
    assert "Seq Scan" not in plans
