"""A request found by its diary number, typed into the search of customers."""

import pytest

from rekisteri.cases.views.card import find_by_number
from rekisteri.customers.lookup import look_up
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk
from tests.customers.test_list import hunt


@pytest.fixture
def diary(app, freeze):
    freeze("2026-11-23")
    return make_case(by=make_clerk())


@pytest.mark.parametrize("typed", ["2026/0001", " 2026/0001 ", "2026 / 0001"])
def test_a_diary_number_leads_to_its_request(app, diary, typed):
    with app.test_request_context():
        [hit] = find_by_number(typed)

    assert (hit.label, hit.url) == ("Pyyntö 2026/0001", f"/pyynnot/{diary.id}")


@pytest.mark.parametrize(
    "typed", ["", "2026", "2026/", "2026/0002", "26/0001", "2026/0001-2", "٢٠٢٦/0001", "x" * 10_000]
)
def test_what_is_no_number_of_a_request_leads_nowhere(app, diary, typed):
    with app.test_request_context():
        assert find_by_number(typed) == []


def test_the_request_stands_above_the_hits(client, sign_in, diary):
    sign_in("lukija")

    answer = hunt(client, q="2026/0001")

    assert answer.page.select_one("#osumat .by-number a").text == "Pyyntö 2026/0001"


def test_who_may_not_see_requests_is_told_of_none(app, diary):
    with app.test_request_context():
        assert look_up({"text": "2026/0001"}, lambda permission: permission != "cases.view").numbered == []
