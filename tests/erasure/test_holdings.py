"""Every room tells what it holds: nothing that points at a customer is forgotten by an erasure or a merge."""

from collections.abc import Iterator

import pytest
from flask import Flask

from rekisteri.customers import holdings, links
from rekisteri.customers.holdings import GROUNDS, Hold
from rekisteri.kernel.db import db
from tests.customers.factories import make_person

pytestmark = pytest.mark.usefixtures("app")


def pointing() -> Iterator[str]:
    """Every column of the database that points at a customer."""
    for table in db.metadata.sorted_tables:
        yield from (
            f"{table.name}.{key.parent.name}" for key in table.foreign_keys if key.column.table.name == "customer"
        )


def covered() -> set[str]:
    return {f"{column.class_.__tablename__}.{column.key}" for one in holdings.all_holdings() for column in one.columns}


def test_every_column_that_points_at_a_customer_is_answered_for_by_a_holding() -> None:
    assert set(pointing()) - covered() == set()


def test_every_link_that_a_merge_moves_is_answered_for_as_well() -> None:
    assert {link.key for link in links.all_links()} - covered() == set()


def test_no_holding_answers_for_a_column_that_is_not_there() -> None:
    assert covered() - set(pointing()) == set()


def test_rows_that_point_at_others_go_before_them_and_the_customer_goes_last() -> None:
    order = [one.key for one in holdings.all_holdings()]
    assert order.index("rectification") < order.index("data")
    assert order.index("billing") < order.index("orders")
    assert order.index("data") < order.index("disclosures")
    assert order[-1] == "customer"


def test_each_holding_is_called_something_that_a_person_understands(app: Flask) -> None:
    titles = [one.title for one in holdings.all_holdings()]
    assert len(titles) == len(set(titles))
    assert all(title[0].isupper() and "_" not in title for title in titles)


def test_a_holding_counts_nothing_of_a_customer_who_only_has_data() -> None:
    ids = [make_person().id]
    found = {one.key: one.count(ids) for one in holdings.all_holdings() if one.count(ids)}
    assert found == {"data": 7, "customer": 1}


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ground_has_its_words_and_its_provision(ground: str) -> None:
    hold = Hold(ground, "Syy.")
    assert hold.title[0].isupper()
    assert "artikla" in hold.provision
