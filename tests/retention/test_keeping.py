"""What is old enough to go, and stays all the same: for the Ombudsman, for a claim, for an erasure that goes on."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from rekisteri.billing.models import CreditApplication, Invoice
from rekisteri.cases import service as cases
from rekisteri.cases import taken
from rekisteri.cases.models import Case
from rekisteri.customers.models import ContactNote, Customer, Datum
from rekisteri.documents import service as documents
from rekisteri.erasure import finishing
from rekisteri.informing import finding, letters
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db, transaction
from rekisteri.restrictions import service as restrictions
from rekisteri.retention import service
from tests.billing.factories import make_application, make_invoice, pay
from tests.cases.factories import make_case
from tests.customers.factories import make_clerk, make_note, make_person
from tests.erasure import factories as erasures
from tests.informing.factories import make_fair, make_lead
from tests.notice.factories import published
from tests.retention.factories import make_silent
from tests.staff.factories import make_user

pytestmark = pytest.mark.usefixtures("app")
OLD = date(2012, 5, 2)


@pytest.fixture(autouse=True)
def a_day(freeze):
    freeze("2026-11-24")


def test_nobody_goes_by_age_while_a_letter_to_them_waits_for_the_post():
    published()
    lead = make_lead(make_fair(), obtained_on=date(2024, 11, 2))
    finding.find_all()
    clerk, number = make_clerk(), lead.id
    with transaction():
        letter = letters.issue(customer=lead, by=clerk, on=today())
    with transaction():
        assert not service.let_person_go(kind="leads", customer_id=number, by=clerk, on=today())
        documents.mark_posted(document=letter, on=today(), way="post", by=clerk)
    with transaction():
        assert service.let_person_go(kind="leads", customer_id=number, by=clerk, on=today())


def destroyed(kind):
    clerk = make_clerk()
    with transaction():
        seen = service.last_day(kind, today())
        return service.destroy_some(kind=kind, seen=seen, by=clerk, on=today())


def somebody_with_a_past():
    """A person with an old note, invoice and credit application; the id."""
    person, clerk = make_person(), make_clerk()
    make_note(person)
    pay(make_invoice(person))
    make_application(person)
    decided = {"applied_on": OLD, "ended_on": OLD, "state": "refused", "decided_by_id": clerk.id}
    with transaction():
        db.session.execute(update(ContactNote).values(happened_on=OLD))
        db.session.execute(update(Invoice).values(invoiced_on=OLD, due_on=OLD, paid_on=OLD))
        db.session.execute(update(CreditApplication).values(**decided))
    return person.id


def restrict(customer_id, ground="claim"):
    owner = make_user("vastuuhenkilo")
    with transaction():
        customer = db.session.get_one(Customer, customer_id)
        restrictions.restrict(customer=customer, ground=ground, by=owner, on=today())


def take(case_id, ended_on=None):
    clerk = make_clerk()
    with transaction():
        case = cases.find(case_id)
        taken.take(case=case, taken_on=today(), number="1/2026", ended_on=ended_on, by=clerk, on=today())


def ended_case(**values):
    clerk = make_clerk()
    case_id = make_case(by=clerk, **values).id
    with transaction():
        case = cases.find(case_id)
        cases.withdraw(case=case, channel="phone", withdrawn_on=today(), by=clerk, on=today())
    return case_id


@pytest.mark.parametrize("kind", ["notes", "invoices", "credit"])
def test_what_a_person_needs_for_a_claim_stays_whatever_its_age(kind):
    published()
    restrict(somebody_with_a_past())
    assert (service.count(kind, today()).due, service.count(kind, today()).free) == (1, 0)
    assert destroyed(kind) == 0


@pytest.mark.parametrize("kind", ["notes", "invoices", "credit"])
def test_what_nobody_needs_goes_though_a_restriction_on_another_ground_is_in_force(kind):
    published()
    restrict(somebody_with_a_past(), ground="accuracy")
    assert destroyed(kind) == 1


def test_former_values_stay_while_they_are_needed_for_a_claim():
    customer_id = make_person().id
    with transaction():
        db.session.execute(
            update(Datum).where(Datum.field == "city").values(ended_at=now() - timedelta(6000), ended_reason="Muutto")
        )
    restrict(customer_id, ground="unlawful")
    assert destroyed("past_data") == 0
    assert db.session.scalar(select(Datum.id).where(Datum.field == "city")) is not None


def test_what_the_ombudsman_looks_at_keeps_the_request_and_what_the_register_holds_of_the_person(freeze):
    published()
    person = make_person()
    make_note(person)
    case_id = ended_case(customer=person)
    take(case_id)
    freeze("2030-01-10")
    assert (destroyed("cases"), destroyed("notes")) == (0, 0)
    assert db.session.get_one(Case, case_id).person_state == "found"
    take(case_id, ended_on=today())
    assert (destroyed("cases"), destroyed("notes")) == (1, 1)
    assert db.session.get_one(Case, case_id).person_state == "erased"


def test_a_request_without_a_customer_goes_by_its_age(freeze):
    case_id = ended_case()
    freeze("2030-01-10")
    assert destroyed("cases") == 1
    assert db.session.get_one(Case, case_id).person_state == "erased"


def partly_erased():
    """A person of whom the books hold a part; the desk at which it was done."""
    desk = erasures.make_desk()
    customer = db.session.get_one(Customer, desk.customer_id)
    pay(make_invoice(customer, invoiced_on=date(2024, 5, 2), due_on=date(2024, 5, 16)), paid_on=date(2024, 5, 2))
    first = erasures.erase(desk)
    erasures.close(desk)
    finishing.carry_on(first.id)
    return desk


def test_the_request_of_an_erasure_that_goes_on_keeps_the_address_of_its_second_letter(freeze):
    desk = partly_erased()
    freeze("2030-01-10")
    assert destroyed("cases") == 0
    freeze("2031-01-01")
    last = erasures.erase(desk)
    assert last.certificate is not None
    assert last.certificate.addressee_lines[:2] == ["Äijä Örsfelt", erasures.STREET]
    erasures.post_everything(desk.case.id, desk.clerk)
    finishing.carry_on(last.id)
    assert [paper.state for paper in documents.for_subject(desk.case.subject) if paper.state == "waiting"] == []


def test_who_was_promised_a_second_letter_goes_by_the_request_and_not_by_age(freeze):
    desk = partly_erased()
    freeze("2033-01-01")
    with transaction():
        db.session.get_one(Customer, desk.customer_id).active_on = OLD
    assert service.proposals("customers", on=today()).rows == []


def test_who_waits_for_an_answer_to_a_wish_to_be_erased_goes_by_the_request():
    customer_id = make_silent()
    other = make_silent(last_name="Toinen", email="toinen@esimerkki.example")
    erasures.ask(db.session.get_one(Customer, customer_id), "erasure")
    with transaction():
        db.session.get_one(Customer, customer_id).active_on = OLD
    assert [row.customer.id for row in service.proposals("customers", on=today()).rows] == [other]
