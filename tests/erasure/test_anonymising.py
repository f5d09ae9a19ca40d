"""Anonymising: the person is gone as from an erasure, the figures stay, and no way leads back."""

from datetime import date

import pytest
from sqlalchemy import func, select

from rekisteri.customers.models import Customer
from rekisteri.customers.tallies import AnonymousTally, Happening, tally
from rekisteri.disclosures.models import Disclosure
from rekisteri.documents import service as documents
from rekisteri.erasure import finishing
from rekisteri.kernel.db import db, transaction
from rekisteri.orders.models import Order
from rekisteri.statistics import dealings
from tests.customers.factories import make_person
from tests.disclosures.factories import make_disclosure, make_recipient
from tests.erasure.factories import Desk, again, close, erase, make_desk
from tests.orders.factories import CHAIRS, make_order
from tests.support.paper import words_of

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def a_day(freeze: object) -> None:
    freeze("2026-11-23")  # type: ignore[operator]


def others(count: int) -> list[Customer]:
    """Strangers who have ordered in the same month."""
    found = [
        make_person(last_name="Vieras" + "abcdefgh"[number], email=f"v{number}@x.example", phone="")
        for number in range(count)
    ]
    for one in found:
        make_order(db.session.get_one(Customer, one.id), state="delivered")
    return found


def sales() -> dict[str, int]:
    figures = dealings.collect_orders()["orders"]["figures"]
    return dict(figures) if figures else {}


def tallies() -> list[tuple[str, str, str, int, int, int]]:
    rows = db.session.scalars(select(AnonymousTally).order_by(AnonymousTally.what, AnonymousTally.period))
    return [(row.what, row.period, row.codes, row.people, row.count, row.cents) for row in rows]


def desk_with_orders(count: int = 5, orders: int = 1) -> Desk:
    others(count)
    desk = make_desk("anonymisation")
    for _ in range(orders):
        make_order(db.session.get_one(Customer, desk.customer_id), state="delivered", archived=True)
    return desk


@pytest.mark.promise("oikeus.anonymisointi")
def test_the_person_goes_and_the_statistics_stay() -> None:
    desk = desk_with_orders(orders=2)
    before = sales()
    done = erase(desk)
    assert done.whole
    assert customers_left() == 5
    assert (db.session.scalar(select(func.count()).select_from(Order)), sales()["count"]) == (5, before["count"])
    assert abs(sales()["cents"] - before["cents"]) <= 500


def customers_left() -> int:
    return db.session.scalar(select(func.count()).select_from(Customer)) or 0


def test_what_is_left_has_no_day_no_number_no_product_and_no_exact_sum() -> None:
    desk = desk_with_orders()
    erase(desk)
    assert [row for row in tallies() if row[0] == "order"] == [("order", "2026-11", "delivered", 1, 1, 59_000)]
    assert CHAIRS.product.lower() not in str(tallies()).lower()
    assert {column.name for column in AnonymousTally.__table__.columns} == {
        "what", "period", "codes", "people", "count", "cents",
    }  # fmt: skip


def test_who_leaves_does_not_hide_among_the_others() -> None:
    desk = desk_with_orders(count=4)
    erase(desk)
    assert [row[:3] for row in tallies() if row[0] == "order"] == [("order", "", "")]


def test_a_rare_disclosure_is_not_told_among_the_usual_ones_of_its_month() -> None:
    desk = make_desk("anonymisation")
    tax_office = make_recipient(name="Verohallinto", role="authority")
    make_disclosure(db.session.get_one(Customer, desk.customer_id), tax_office, "last_name", ground="law")
    for number in range(5):
        make_disclosure(make_person(email=f"n{number}@x.example", phone=""), desk.recipient, "last_name")
    erase(desk)
    assert [row[:3] for row in tallies()] == [
        ("disclosure", "", ""),
        ("disclosure", "2026-10", "controller collection"),
    ]


def test_a_month_in_which_hardly_anybody_else_ordered_is_not_told() -> None:
    desk = desk_with_orders(count=2)
    erase(desk)
    assert [row[:2] for row in tallies() if row[0] == "order"] == [("order", "")]


def test_a_rare_month_of_an_ordinary_year_becomes_the_year() -> None:
    desk = desk_with_orders(orders=0)
    make_order(db.session.get_one(Customer, desk.customer_id), state="delivered", on=date(2026, 2, 3))
    erase(desk)
    assert [row[:2] for row in tallies() if row[0] == "order"] == [("order", "2026")]


def test_two_people_in_one_figure_cannot_be_told_apart() -> None:
    with transaction():
        for cents in (10_000, 25_700):
            tally(
                "order",
                [Happening("2026-03", ("delivered",), cents)] * 2,
                others=select(Order.customer_id),
                codes=(Order.state,),
                day=Order.ordered_on,
            )
    assert tallies() == [("order", "", "", 2, 4, 71_000)]


def test_quotes_and_cancelled_orders_never_were_sales() -> None:
    desk = make_desk("anonymisation")
    make_order(db.session.get_one(Customer, desk.customer_id), state="cancelled")
    erase(desk)
    assert [row for row in tallies() if row[0] == "order"] == []


def test_disclosures_stay_as_figures_by_role_and_ground() -> None:
    desk = make_desk("anonymisation")
    for number in range(5):
        make_disclosure(make_person(email=f"n{number}@x.example", phone=""), desk.recipient, "last_name")
    erase(desk)
    assert db.session.scalar(select(func.count()).select_from(Disclosure)) == 5
    assert tallies() == [("disclosure", "2026-10", "controller collection", 1, 1, 0)]
    assert dealings.collect_disclosures()["disclosures"]["figures"] == {"count": 6}


def test_a_small_group_stays_hidden_also_when_some_of_it_are_anonymous() -> None:
    desk = make_desk("anonymisation")
    make_order(db.session.get_one(Customer, desk.customer_id), state="delivered", archived=True)
    erase(desk)
    assert sales() == {}


def test_the_letter_says_that_the_data_were_anonymised() -> None:
    desk = make_desk("anonymisation")
    done = erase(desk)
    assert done.certificate is not None
    words = words_of(documents.content(done.certificate))
    assert "Todistus tietojen anonymisoinnista" in words
    assert "Kaikki tiedot on anonymisoitu." in words
    close(desk)
    finishing.carry_on(done.id)
    assert again(desk).latest.state == "finished"  # type: ignore[union-attr]
