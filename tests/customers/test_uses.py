"""The one place where every use of customers' data asks whether it is barred."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from rekisteri.customers import uses
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import fill, make_person

SENTENCE = "Virtaset on jätettävä rauhaan."


@pytest.fixture
def bar(app: object) -> Iterator[None]:
    """Nobody called Virtanen may be in a mailing or an export."""
    kept = dict(uses._bars)
    uses.add_bar("virtasia", ["direct_mail", "export"], lambda: Customer.display_name.startswith("Virtanen"), SENTENCE)
    yield
    uses._bars.clear()
    uses._bars.update(kept)


def names(use: str) -> list[str]:
    """Who may be used so."""
    query = uses.permitted(select(Customer.display_name), use)
    return sorted(db.session.scalars(query))


@pytest.mark.usefixtures("bar")
class TestABar:
    def test_keeps_out_of_its_uses_and_of_no_others(self) -> None:
        make_person()
        make_person(last_name="Aho")
        assert names("direct_mail") == names("export") == ["Aho, Maija"]
        assert names("market_research") == ["Aho, Maija", "Virtanen, Maija"]

    def test_refuses_one_customer_with_its_reason(self) -> None:
        virtanen, aho = make_person(), make_person(last_name="Aho")
        with pytest.raises(RuleViolation, match=SENTENCE):
            uses.check(virtanen.id, "direct_mail")
        uses.check(aho.id, "direct_mail")
        uses.check(virtanen.id, "market_research")
        assert uses.why_not(virtanen.id, "export") == [SENTENCE]
        assert uses.why_not(aho.id, "export") == []

    def test_tells_every_reason_at_once(self) -> None:
        virtanen = make_person()
        uses.add_bar("maijoja", ["export"], lambda: Customer.display_name.endswith("Maija"), "Maijat jätetään pois.")
        with pytest.raises(RuleViolation) as refusal:
            uses.check(virtanen.id, "export")
        assert SENTENCE in refusal.value.sentence and "Maijat jätetään pois." in refusal.value.sentence

    def test_counts_whom_it_leaves_out(self) -> None:
        fill(3)
        fill(2, last_name="Aho")
        assert uses.left_out(select(Customer.id), "export") == {"virtasia": 3}
        assert uses.left_out(select(Customer.id).order_by(Customer.sort_key), "export") == {"virtasia": 3}

    def test_that_leaves_out_nobody_is_not_told(self) -> None:
        make_person(last_name="Aho")
        assert uses.left_out(select(Customer.id), "export") == {}

    def test_holds_for_what_the_query_itself_chooses(self) -> None:
        make_person()
        make_person(last_name="Aho")
        query = select(Customer.display_name).where(Customer.state == "archived")
        assert list(db.session.scalars(uses.permitted(query, "export"))) == []

    def test_of_the_same_name_and_uses_takes_the_place_of_the_former(self) -> None:
        make_person()
        uses.add_bar("virtasia", ["export", "direct_mail"], lambda: Customer.display_name == "Ei kukaan", "Ei kukaan.")
        assert names("direct_mail") == ["Virtanen, Maija"]

    def test_of_the_same_name_for_other_uses_stands_beside_it(self) -> None:
        make_person()
        uses.add_bar("virtasia", ["statistics"], lambda: Customer.display_name.startswith("Virtanen"), SENTENCE)
        assert names("direct_mail") == names("statistics") == []


def test_nobody_can_ask_for_a_use_that_does_not_exist(app: object) -> None:
    for ask in (
        lambda: uses.permitted(select(Customer.id), "everything"),
        lambda: uses.check(1, "everything"),
        lambda: uses.left_out(select(Customer.id), "everything"),
        lambda: uses.add_bar("x", ["everything"], lambda: Customer.id == 1, "x"),
    ):
        with pytest.raises(ValueError, match="everything"):
            ask()


def test_nobody_is_barred_who_is_not_there(app: object) -> None:
    for use in uses.USES:
        assert uses.why_not(123456, use) == []


def test_no_way_of_asking_takes_more_than_whom_and_what_for(app: object) -> None:
    """There is no argument by which somebody could be let through."""
    from inspect import signature

    taken = {len(signature(ask).parameters) for ask in (uses.permitted, uses.why_not, uses.check, uses.left_out)}
    assert taken == {2}
