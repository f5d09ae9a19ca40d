"""Other requests of the one to be erased: none goes unanswered, none is left behind."""

import pytest

from rekisteri.cases import matter_changes
from rekisteri.cases import service as cases
from rekisteri.customers.models import Customer
from rekisteri.erasure import service
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.erasure.factories import Desk, again, approve, ask, close, erase, make_desk, propose

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def a_day(freeze: object) -> None:
    freeze("2026-11-23")  # type: ignore[operator]


def the_customer(desk: Desk) -> Customer:
    return db.session.get_one(Customer, desk.customer_id)


def withdraw(case_id: int, desk: Desk) -> None:
    with transaction():
        case = cases.find(case_id)
        assert case is not None
        cases.withdraw(case=case, channel="phone", withdrawn_on=today(), by=desk.clerk, on=today())


def test_another_open_request_to_be_erased_is_ended_first_for_it_would_lose_its_address() -> None:
    desk = make_desk()
    other = ask(the_customer(desk), "anonymisation", by=desk.clerk)
    with pytest.raises(RuleViolation, match=other.number):
        propose(desk)
    withdraw(other.id, desk)
    assert erase(desk).whole


def test_a_request_that_comes_between_proposal_and_approval_is_not_wiped() -> None:
    desk = make_desk()
    propose(desk)
    other = ask(the_customer(desk), "erasure", by=desk.clerk)
    with pytest.raises(RuleViolation, match=other.number):
        approve(desk)
    again(desk)
    found = cases.find(other.id)
    assert found is not None
    assert found.requester_name == "Äijä Örsfelt"


def both(desk: Desk) -> None:
    with transaction():
        case = cases.find(desk.case.id)
        matter_changes.add_matter(case=case, kind="anonymisation", by=desk.clerk, on=today())  # type: ignore[arg-type]


def take_off(desk: Desk, kind: str) -> None:
    with transaction():
        case = cases.find(desk.case.id)
        matter_changes.remove_matter(case=case, kind=kind, reason="withdrawn", by=desk.clerk, on=today())  # type: ignore[arg-type]


def test_who_asks_for_both_erasing_and_anonymising_gets_one_of_them() -> None:
    desk = make_desk()
    both(desk)
    with pytest.raises(RuleViolation, match="vain toinen niistä voidaan tehdä"):
        propose(desk)
    again(desk)
    take_off(desk, "anonymisation")
    assert erase(desk).whole


def test_a_twin_that_was_left_when_the_other_was_done_says_what_to_do_with_it() -> None:
    desk = make_desk()
    erase(desk)
    both(desk)
    twin = service.of_case(cases.find(desk.case.id), "anonymisation")  # type: ignore[arg-type]
    with pytest.raises(RuleViolation, match="eikä tätä enää tehdä") as refused, transaction():
        service.propose(erasure=twin, by=desk.clerk, on=today())  # type: ignore[arg-type]
    assert "este koskee" not in refused.value.sentence
    again(desk)
    take_off(desk, "anonymisation")
    close(desk)
    assert again(desk).case.state == "closed"
