"""Whoever comes into the register from elsewhere is found, once for each source."""

from datetime import date

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import holdings, service
from rekisteri.customers.models import Customer
from rekisteri.informing import finding, lists
from rekisteri.informing.models import Duty
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_clerk, make_organisation, make_person, make_source
from tests.customers.merging_help import merged
from tests.informing.factories import OBTAINED, duties, make_fair, make_lead

TODAY = date(2026, 11, 24)


@pytest.mark.promise("gdpr.informointi")
@pytest.mark.parametrize("kind", ["fair", "partner", "other"])
def test_a_person_who_came_from_elsewhere_is_to_be_told_within_a_month(app, kind):
    fair = make_fair(kind=kind)
    person = make_lead(fair)

    [duty] = duties()

    assert (duty.customer_id, duty.source_id, duty.state) == (person.id, fair.id, "waiting")
    assert (duty.obtained_on, duty.due_on) == (OBTAINED, date(2026, 12, 2))


def test_what_people_tell_of_themselves_and_what_the_company_sees_itself_need_not_be_told(app):
    make_person()
    make_person(source=service.own_source())

    assert duties() == []


def test_an_organisation_is_not_told_for_it_is_no_data_subject(app):
    make_organisation(source=make_fair())

    assert duties() == []


def test_data_that_come_again_from_the_same_source_are_told_once(app):
    fair, clerk = make_fair(), make_clerk()
    person = make_lead(fair)
    duties()
    with transaction():
        service.change(
            customer=service.find(person.id), values={"phone": "040 765 4321"}, source=db.session.merge(fair),
            obtained_on=date(2026, 11, 20), by=clerk, reason="Uusi numero",
        )  # fmt: skip

    assert len(duties()) == 1


def test_each_source_is_told_of_by_itself(app):
    fair, partner, clerk = make_fair(), make_source("Verkkokauppakumppani Oy", "partner"), make_clerk()
    person = make_lead(fair)
    with transaction():
        service.change(
            customer=service.find(person.id), values={"phone": "040 765 4321"}, source=db.session.merge(partner),
            obtained_on=date(2026, 11, 20), by=clerk, reason="Uusi numero",
        )  # fmt: skip

    assert {(duty.source_id, duty.obtained_on) for duty in duties()} == {
        (fair.id, OBTAINED), (partner.id, date(2026, 11, 20)),
    }  # fmt: skip


def test_the_search_goes_on_from_where_it_was_left(app, monkeypatch):
    monkeypatch.setattr(finding, "STEP", 3)
    fair = make_fair()
    people = [make_lead(fair, last_name=name) for name in ("Aho", "Koivu", "Lahti")]

    steps = list(finding.find_on())

    assert len(steps) > 3
    assert [duty.customer_id for duty in duties()] == [person.id for person in people]
    assert list(finding.find_on()) == []


def test_whoever_comes_under_the_number_of_somebody_erased_is_told_as_well(app):
    fair = make_fair()
    first, gone = make_lead(fair, last_name="Aho"), make_lead(fair, last_name="Koivu")
    assert len(duties()) == 2
    with transaction():
        for holding in holdings.all_holdings():
            holding.erase([gone.id], OBTAINED)
    newcomer = make_lead(fair, last_name="Lahti")

    assert finding.unseen() == 1
    assert [duty.customer_id for duty in duties()] == [first.id, newcomer.id]


def test_the_front_page_can_count_those_who_came_since_without_writing_anything(app):
    make_lead(make_fair())

    assert finding.unseen() == 1
    assert db.session.scalar(select(Duty.id)) is None
    finding.find_all()
    assert finding.unseen() == 0


def test_what_was_found_is_on_record_as_a_count(app):
    make_lead(make_fair())
    duties()

    event = db.session.scalars(select(AuditEvent).filter_by(event="informing.found")).one()
    assert event.facts == {"count": 1}


@pytest.mark.parametrize("hidden", ["merged", "incoming"])
def test_nobody_hidden_is_counted_or_listed(app, hidden):
    fair = make_fair()
    person = make_lead(fair)
    duties()
    with transaction():
        db.session.get(Customer, person.id).state = hidden

    assert (lists.count_untold(), lists.by_source(TODAY), lists.page(fair).rows) == (0, [], [])


def test_when_two_cards_become_one_the_duty_follows(app):
    kept, dropped = make_person(), make_lead(make_fair())
    duties()

    merged(kept, dropped)

    assert [duty.customer_id for duty in duties()] == [kept.id]
