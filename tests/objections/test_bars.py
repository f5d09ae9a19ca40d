"""What has been said no to binds wherever data are used, through merging too, and nobody else's."""

from typing import Any

import pytest
from sqlalchemy import select

from rekisteri.cases import service as cases
from rekisteri.customers import holdings, merging, undoing, uses
from rekisteri.customers.models import Customer
from rekisteri.customers.uses import WIDER
from rekisteri.kernel.db import db, transaction
from rekisteri.objections import rules, service
from tests.cases.factories import TODAY, again
from tests.customers.factories import make_person
from tests.objections.factories import itemise, make_matter, matter_of


def allowed(use: str) -> set[int]:
    """Customers who may be used so."""
    return set(db.session.scalars(uses.permitted(select(Customer.id), use)))


@pytest.mark.parametrize("use", sorted(rules.USES))
def test_a_consent_taken_back_stops_exactly_that_use(owner: Any, use: str) -> None:
    matter = make_matter(owner, "consent_withdrawal")
    itemise(matter, use, by=owner)
    customer_id = matter.case.customer_id
    assert customer_id not in allowed(use)
    for other in set(rules.USES) - WIDER.get(use, {use}):
        assert customer_id in allowed(other), other


@pytest.mark.parametrize(
    ("use", "along"), [("listing", "export"), ("profiling", "interface"), ("disclosure", "interface")]
)
def test_what_goes_out_by_another_way_is_stopped_as_by_a_prohibition(owner: Any, use: str, along: str) -> None:
    matter = make_matter(owner, "consent_withdrawal")
    itemise(matter, use, by=owner)
    assert allowed(along) == set()


def test_nobody_elses_use_is_stopped(owner: Any) -> None:
    another = make_person(last_name="Muu", first_name="Matti")
    matter = make_matter(owner, "consent_withdrawal")
    itemise(matter, "direct_mail", by=owner)
    assert allowed("direct_mail") == {another.id}
    assert uses.why_not(another.id, "direct_mail") == []


def test_a_request_whose_person_is_not_found_stops_nobody(owner: Any) -> None:
    another = make_person(last_name="Muu", first_name="Matti")
    itemise(make_matter(owner, "consent_withdrawal", found=False), "direct_mail", by=owner)
    assert allowed("direct_mail") == {another.id}


def test_the_use_stops_as_soon_as_the_person_is_found(owner: Any) -> None:
    matter = make_matter(owner, "consent_withdrawal", found=False)
    itemise(matter, "direct_mail", by=owner)
    maija = make_person()
    with transaction():
        cases.set_person(case=again(matter.case), customer=maija, by=owner)
    assert allowed("direct_mail") == set()


def test_the_use_is_stopped_of_the_one_customer_that_two_became_and_of_the_right_one_when_they_are_parted(
    owner: Any,
) -> None:
    kept = make_person(last_name="Virtanen", first_name="Maija")
    matter = make_matter(owner, "consent_withdrawal")
    itemise(matter, "direct_mail", by=owner)
    dropped = db.session.get_one(Customer, matter.customer_id)
    number = dropped.id
    with transaction():
        merge = merging.merge(kept=kept, dropped=dropped, choices={}, by=owner)
    assert kept.id not in allowed("direct_mail")
    with transaction():
        undoing.undo(merge=merge, by=owner)
    assert kept.id in allowed("direct_mail")
    assert number not in allowed("direct_mail")


def test_how_many_are_left_out_is_told_by_what_they_said_no_to(owner: Any) -> None:
    matter = make_matter(owner, "consent_withdrawal")
    itemise(matter, "direct_mail", by=owner)
    assert uses.left_out(select(Customer.id), "direct_mail") == {"vastustettu: suoramainonta": 1}
    with transaction():
        service.end(
            matter=matter_of(matter.case, "consent_withdrawal"), channel="visit", told_on=TODAY, by=owner, on=TODAY
        )
    assert uses.left_out(select(Customer.id), "direct_mail") == {}


def test_a_withdrawal_that_was_dropped_at_the_desk_still_binds(owner: Any) -> None:
    """The person's word is no less true because the rest of the request was taken back."""
    matter = make_matter(owner, "consent_withdrawal", kinds=["consent_withdrawal", "complaint"])
    itemise(matter, "direct_mail", by=owner)
    with transaction():
        cases.remove_matter(case=matter.case, kind="consent_withdrawal", reason="withdrawn", by=owner, on=TODAY)
    assert allowed("direct_mail") == set()


def test_what_was_written_down_by_mistake_was_never_said(owner: Any) -> None:
    matter = make_matter(owner, "consent_withdrawal", kinds=["consent_withdrawal", "complaint"])
    itemise(matter, "direct_mail", by=owner)
    with transaction():
        cases.remove_matter(case=matter.case, kind="consent_withdrawal", reason="mistaken", by=owner, on=TODAY)
    assert allowed("direct_mail") == {matter.case.customer_id}


def test_the_room_answers_for_what_it_holds(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner)
    held = next(one for one in holdings.all_holdings() if one.key == "objections")
    ids = [matter.case.customer_id]
    assert held.count(ids) == 1
    assert held.staying(ids, TODAY) == 1, "the request is still open"
    assert "Minua on häiritty, ja pelkään sitä." in set(held.values(ids))
    with transaction():
        assert held.erase(ids, TODAY) == 0
    assert matter_of(matter.case).what != ""
