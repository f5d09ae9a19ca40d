"""Other requests of the one to be erased: none goes unanswered, none is left behind."""

from typing import Any

import pytest

from rekisteri.cases import matter_changes, strays
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import chapters
from rekisteri.customers.models import Customer
from rekisteri.erasure import service
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_person
from tests.erasure.factories import (
    EMAIL,
    STREET,
    Desk,
    again,
    approve,
    ask,
    close,
    erase,
    make_desk,
    post_everything,
    propose,
)
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user

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


AIJA = {"email": EMAIL, "name": "Äijä Örsfelt", "street": STREET}


def asked_before(by: Any, **told: str) -> int:
    """A request of somebody who was not in the register then, answered and closed; the id."""
    who = AIJA | told
    with transaction():
        case = cases.register(
            received_on=today(), channel="letter", kinds=["access"], by=by, on=today(), signature="signed",
            requester=cases.Requester(who["name"], who["street"], "37120", "Nokia", email=who["email"]),
            content="Haluan nähdä tietoni.",
        )  # fmt: skip
        cases.person_not_found(case=case, by=by)
        cases.answer_not_held(case=case, by=by, on=today())
        number = case.id
    post_everything(number, by)
    with transaction():
        cases.close(cases.find(number), by, today())  # type: ignore[arg-type]
    return number


def join(case_id: int, desk: Desk) -> None:
    with transaction():
        cases.set_person(case=cases.find(case_id), customer=the_customer(desk), by=desk.clerk)  # type: ignore[arg-type]


def ready_desk(**told: str) -> tuple[Desk, int]:
    fill_settings(company_name="Esimerkkitukku Oy", owner_name="Ilmari Kiviharju")
    case_id = asked_before(make_user("kasittelija", username="entinen", full_name="Entinen Kirjaaja"), **told)
    return make_desk(), case_id


def test_a_request_from_before_the_person_was_known_is_joined_first_and_goes_with_the_rest() -> None:
    desk, earlier = ready_desk()
    with pytest.raises(RuleViolation, match="2026/0001 näyttää olevan samalta henkilöltä"):
        propose(desk)
    again(desk)
    join(earlier, desk)
    done = erase(desk)
    assert (done.whole, done.state) == (True, "answered")
    case = db.session.get_one(Case, earlier)
    assert (case.person_state, case.requester_name, case.requester_email, case.state) == ("erased", "", "", "closed")


def test_the_plan_leads_to_where_the_earlier_request_is_joined(client, sign_in) -> None:  # type: ignore[no-untyped-def]
    desk, earlier = ready_desk()
    sign_in("kasittelija", username="toinen", full_name="Toinen Kirjaaja")
    assert f'href="/pyynnot/{earlier}/henkilo"' in client.get(f"/poistot/{desk.erasure.id}").text
    client.submit(f"/pyynnot/{earlier}/henkilo", {"query": "Örsfelt", "person": str(desk.customer_id)}, follow=True)
    assert again(desk).case.customer_id == db.session.get_one(Case, earlier).customer_id
    assert "näyttää olevan" not in client.get(f"/poistot/{desk.erasure.id}").text


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Pirkko Örsfelt", "email": ""},
        {"name": "Pirkko Örsfelt"},
        {"street": "Toinen tie 5", "email": ""},
    ],
    ids=["of the same house", "of the same letterbox", "of the same name elsewhere"],
)
def test_the_request_of_somebody_else_stands_in_nobody_s_way_and_the_proof_is_given(told: dict[str, str]) -> None:
    desk, earlier = ready_desk(**told)
    done = erase(desk)
    assert (done.whole, done.state) == (True, "answered")
    assert db.session.get_one(Case, earlier).requester_name == (AIJA | told)["name"]


def test_who_has_married_is_known_by_the_first_name_and_the_address() -> None:
    desk, earlier = ready_desk(name="Äijä Nieminen", street="Vanha katu 3")
    assert [case.id for case in strays.of_people([desk.customer_id])] == [earlier]


def test_the_person_is_told_of_a_request_from_before_the_register_knew_whose_it_was() -> None:
    desk, earlier = ready_desk()
    told = chapters.chapters(the_customer(desk))
    numbers = [row[0] for row in told["requests"].rows]
    assert db.session.get_one(Case, earlier).number in numbers
    assert "Vastaus pyyntöönne: emme käsittele tietojanne" in [row[1] for row in told["papers"].rows]


def test_whoever_was_found_when_the_request_was_decided_is_not_changed_afterwards() -> None:
    desk, earlier = ready_desk()
    join(earlier, desk)
    with pytest.raises(RuleViolation, match="ei voi enää muuttaa"):
        join(earlier, desk)
    again(desk)
    erase(desk)
    somebody = make_person()
    with pytest.raises(RuleViolation, match="Pyynnön tiedot on poistettu"), transaction():
        cases.set_person(case=cases.find(earlier), customer=somebody, by=desk.clerk)  # type: ignore[arg-type]
