"""Where papers are, who may handle them, who has them now."""

from datetime import date, timedelta
from typing import Any

import pytest

from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.paper import queue, service, storing
from rekisteri.paper.models import PaperHandler
from rekisteri.staff.commitments import revoke_commitment
from tests.paper.factories import COLLECTED, TODAY, lock, make_box, make_handler, make_pile, make_place, name, recorded
from tests.staff.factories import make_user


def take(box: Any, handler: PaperHandler, by: Any, days: int = 7) -> None:
    with transaction():
        service.take(
            binder=box, handler=handler, due_on=TODAY + timedelta(days), reason="tietojen tarkistus", by=by, on=TODAY
        )


@pytest.mark.promise("paperi.sailytys")
def test_cards_from_a_fair_are_known_to_be_outside_until_they_are_locked_up_and_then_where(owner: Any) -> None:
    box = make_box(owner)
    assert list(queue.unlocked(TODAY)) == [box]
    assert box.unlocked_days(TODAY) == 3

    place = lock(box, owner)
    assert list(queue.unlocked(TODAY)) == []
    assert service.find(box.id).place == place
    assert (place.locked, place.fireproof) == (True, True)
    assert box.unlocked_days(TODAY + timedelta(90)) == 3


@pytest.mark.promise("paperi.sailytys")
def test_papers_come_to_no_place_that_is_not_locked_and_fireproof(owner: Any) -> None:
    with pytest.raises(RuleViolation, match="paloturvallisessa"), transaction():
        storing.add_place(name="Pahvilaatikko pöydän alla", locked=True, fireproof=False, by=owner)
    box, place = make_box(owner), make_place(owner)
    with transaction():
        storing.change_place(
            place=place, version=place.version, name=place.name, locked=False, fireproof=True, active=False, by=owner
        )
    with pytest.raises(RuleViolation, match="Valitse säilytyspaikka"), transaction():
        service.lock(binder=box, place=place, handler=storing.handler_of(owner), locked_on=TODAY, by=owner, on=TODAY)


def test_a_place_with_papers_in_it_stays_in_use(owner: Any) -> None:
    place = lock(make_box(owner), owner)
    with pytest.raises(RuleViolation, match="Siirrä se ensin"), transaction():
        storing.change_place(
            place=place, version=place.version, name="X", locked=True, fireproof=True, active=False, by=owner
        )


@pytest.mark.promise("paperi.kasittelijat")
def test_nobody_unnamed_brings_papers_to_their_place_or_puts_them_into_a_binder(owner: Any) -> None:
    box, place, clerk = make_box(owner), make_place(owner), make_user("kasittelija")
    told = {"place": place, "locked_on": TODAY, "by": clerk, "on": TODAY}
    with pytest.raises(RuleViolation, match="Valitse nimetty käsittelijä"), transaction():
        service.lock(binder=box, handler=storing.handler_of(clerk), **told)
    binder = make_box(owner, kind="binder", holds="requests", collected_on=None)
    with pytest.raises(RuleViolation, match="nimettyjen käsittelijöiden luettelossa"), transaction():
        service.place_request(binder=binder, number="2026/0001", by=clerk)
    with transaction():
        service.lock(binder=box, handler=storing.handler_of(owner), **told)
    assert service.find(box.id).place == place


def test_papers_that_are_out_are_brought_back_before_they_move(owner: Any) -> None:
    box = make_box(owner)
    lock(box, owner)
    take(box, make_handler(by=owner), owner)
    with pytest.raises(RuleViolation, match="Kirjaa ensin palautus"):
        lock(box, owner)


def test_cards_brought_too_late_are_told_of(owner: Any) -> None:
    late = make_box(owner, collected_on=COLLECTED - timedelta(1))
    make_box(owner)
    assert list(queue.unlocked(TODAY, late=True)) == [late]


def test_moving_to_another_safe_does_not_change_the_day_of_locking(owner: Any) -> None:
    box = make_box(owner)
    lock(box, owner, date(2026, 11, 21))
    lock(box, owner)
    assert box.locked_on == date(2026, 11, 21)


@pytest.mark.promise("paperi.kasittelijat")
def test_only_somebody_named_with_a_commitment_takes_papers_out(owner: Any) -> None:
    box = make_box(owner)
    lock(box, owner)
    keeper = make_handler(by=owner)
    with transaction():
        storing.end_handler(handler=keeper, by=owner, on=TODAY)
    with pytest.raises(RuleViolation, match="ei enää ole"):
        take(box, keeper, owner)
    with pytest.raises(RuleViolation, match="Valitse nimetty"):
        take(box, None, owner)  # type: ignore[arg-type]

    user = make_user("kasittelija")
    named = name(user, by=owner)
    with transaction():
        revoke_commitment(commitment=user.commitments[0], revoked_on=TODAY, reason="Työ päättyi.", by=owner)
    with pytest.raises(RuleViolation, match="salassapitositoumusta"):
        take(box, named, owner)
    assert service.find(box.id).loan is None


@pytest.mark.promise("paperi.kasittelijat")
def test_taking_out_and_bringing_back_stay_on_record(owner: Any) -> None:
    box = make_box(owner)
    lock(box, owner)
    keeper, other = make_handler(by=owner), make_handler("Bertta Boman", by=owner)
    take(box, keeper, owner)
    assert box.loan.handler.full_name == "Arvo Arkistonhoitaja"
    with pytest.raises(RuleViolation, match="jo otettu"):
        take(box, other, owner)

    with transaction():
        service.bring_back(binder=box, handler=other, returned_on=TODAY, by=owner, on=TODAY)
    (loan,) = service.find(box.id).loans
    assert (loan.handler, loan.returned_by, loan.returned_on) == (keeper, other, TODAY)
    assert loan.reason == "tietojen tarkistus"
    assert {"paper.taken", "paper.returned"} <= recorded()


def test_what_is_not_back_in_time_is_told_of(owner: Any) -> None:
    box = make_box(owner)
    lock(box, owner)
    take(box, make_handler(by=owner), owner, days=2)
    assert list(queue.overdue(TODAY + timedelta(2))) == []
    assert [loan.binder for loan in queue.overdue(TODAY + timedelta(3))] == [box]


def test_an_account_without_a_commitment_is_not_named(owner: Any) -> None:
    stranger = make_user("kasittelija", committed=False)
    with pytest.raises(RuleViolation, match="sitoumusta ei ole kirjattu"):
        name(stranger, by=owner)


@pytest.mark.promise("paperi.kasittelijat")
def test_an_account_alone_gives_no_right_to_paper(owner: Any) -> None:
    clerk, box = make_user("kasittelija"), make_box(owner)
    assert clerk.why_not("paper.handle") is None
    with pytest.raises(RuleViolation, match="nimettyjen käsittelijöiden luettelossa"):
        make_pile(clerk, box)


def test_a_person_with_a_key_is_not_let_go_before_it_is_back(owner: Any) -> None:
    place, keeper = make_place(owner), make_handler(by=owner)
    with transaction():
        key = storing.give_key(place=place, handler=keeper, by=owner, on=TODAY)
    with pytest.raises(RuleViolation, match="jo avain"), transaction():
        storing.give_key(place=place, handler=keeper, by=owner, on=TODAY)
    with pytest.raises(RuleViolation, match="vielä avain: Kassakaappi"), transaction():
        storing.end_handler(handler=keeper, by=owner, on=TODAY)
    with transaction():
        storing.take_key_back(key=key, by=owner, on=TODAY)
        storing.end_handler(handler=keeper, by=owner, on=TODAY)
    assert keeper.why_not is not None
    assert keeper not in storing.handlers(able=True)


def test_somebody_who_left_is_named_again_without_a_second_row(owner: Any) -> None:
    user = make_user("kasittelija")
    first = name(user, by=owner)
    with transaction():
        storing.end_handler(handler=first, by=owner, on=TODAY)
    assert name(user, by=owner) is first
    assert first.why_not is None
    assert db.session.query(PaperHandler).filter_by(user_id=user.id).count() == 1
