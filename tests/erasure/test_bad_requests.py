"""Requests to erase that are not what they should be: a stranger's, one about the dead, one of somebody unknown or merged."""

from typing import Any

import pytest
from sqlalchemy import func, select

from rekisteri.cases import letters, matters, unfounded
from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import merging
from rekisteri.customers.models import Customer
from rekisteri.erasure import planning, service
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders.models import Order
from tests.customers.factories import make_person
from tests.erasure.factories import PERSON, Desk, again, erase, make_desk, propose
from tests.orders.factories import make_order
from tests.support.client import chosen_form, filled_in

REASONS = "Pyynnön esittäjä on tytär, eikä oikeus siirry omaisille."


@pytest.fixture(autouse=True)
def a_day(app: Any, freeze: Any) -> None:
    freeze("2026-11-23")


def told(desk: Desk, **values: Any) -> Desk:
    """The request as it was written down, but for these."""
    with transaction():
        case = db.session.get_one(Case, again(desk).case_id)
        for name, value in values.items():
            setattr(case, name, value)
    return desk


def blockers(desk: Desk) -> list[str]:
    return planning.plan(again(desk), today()).blockers


def test_a_stranger_gets_nobody_erased() -> None:
    desk = told(make_desk(), requester_role="agent", mandate="missing")
    assert blockers(desk) == [
        "Valtuutusta toimia toisen puolesta ei ole esitetty. Pyydä ensin selvitys tai epää pyyntö."
    ]
    with pytest.raises(RuleViolation, match="Valtuutusta toimia toisen puolesta"):
        propose(desk)


def test_a_mandate_that_was_taken_back_after_the_proposal_stops_the_approval() -> None:
    desk = told(make_desk(), requester_role="agent", mandate="shown")
    proposal = propose(desk)
    told(desk, mandate="missing")
    with pytest.raises(RuleViolation, match="Valtuutusta toimia toisen puolesta"), transaction():
        service.approve(erasure=again(desk), proposal=proposal, by=desk.owner, on=today())
    assert db.session.get(Customer, desk.customer_id) is not None


def test_a_guardian_speaks_for_a_child() -> None:
    desk = told(make_desk(), requester_role="guardian", mandate="shown", represented="minor")
    assert erase(desk).whole


def test_a_request_about_the_dead_is_refused_at_the_door_and_nothing_goes() -> None:
    desk = told(make_desk(), requester_role="agent", mandate="missing", represented="deceased")
    propose(desk)
    with transaction():
        case = again(desk).case
        unfounded.refuse(case=case, kinds=["erasure"], ground="deceased", reasons=REASONS, by=desk.owner, on=today())
    erasure = again(desk)
    assert (erasure.state, erasure.proposal) == ("ended", None)
    assert db.session.get(Customer, desk.customer_id) is not None
    with pytest.raises(RuleViolation):
        propose(desk)


def test_an_email_needs_to_be_known_for_whose_it_is_but_no_signature() -> None:
    desk = told(make_desk(), channel="email", signature="unsigned", identity_method=None, identity_checked_on=None)
    assert blockers(desk) == ["Varmista ensin, kuka pyynnön esittää."]
    told(desk, identity_method="known_address", identity_checked_on=today())
    assert blockers(desk) == []


def test_somebody_who_is_not_in_the_register_is_answered_and_nothing_is_left_to_erase() -> None:
    desk = make_desk()
    told(desk, customer_id=None, person_state="not_found")
    assert blockers(desk) == ["Henkilöä ei ole rekisterissä, joten poistettavaa ei ole. Vastaa pyyntöön ja sulje se."]
    with transaction():
        letters.answer_not_held(case=again(desk).case, by=desk.owner, on=today())
    assert again(desk).state == "ended"
    assert not matters.undecided(again(desk).case)


def test_a_withdrawn_request_erases_nobody() -> None:
    desk = make_desk()
    with transaction():
        cases.withdraw(case=again(desk).case, channel="phone", withdrawn_on=today(), by=desk.clerk, on=today())
    with pytest.raises(RuleViolation):
        propose(desk)
    assert db.session.get(Customer, desk.customer_id) is not None


def test_who_is_merged_while_the_request_waits_is_erased_with_both_cards() -> None:
    desk = make_desk()
    twin = make_person(**PERSON)
    with transaction():
        kept, dropped = db.session.get_one(Customer, twin.id), db.session.get_one(Customer, desk.customer_id)
        merging.merge(kept=kept, dropped=dropped, choices={}, by=desk.clerk)
    assert erase(desk).whole
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 0


def test_an_order_that_was_being_entered_meanwhile_is_for_nobody(client: Any, sign_in: Any) -> None:
    desk = make_desk()
    sign_in("kasittelija")
    url = f"/tilaukset/uusi/{desk.customer_id}"
    form = filled_in(chosen_form(client.get(url).page, url, None))
    erase(desk)
    line = {"rows-0-name": "Tuoli", "rows-0-quantity": "1", "rows-0-unit": "kpl", "rows-0-price": "45,00"}
    answer = client.post(url, data=form | line)
    assert answer.status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Order)) == 0


def test_an_order_entered_after_the_proposal_is_seen_before_anything_goes() -> None:
    desk = make_desk()
    proposal = propose(desk)
    make_order(db.session.get_one(Customer, desk.customer_id))
    with pytest.raises(RuleViolation, match="muuttuneet ehdotuksen jälkeen"), transaction():
        service.approve(erasure=again(desk), proposal=proposal, by=desk.owner, on=today())
