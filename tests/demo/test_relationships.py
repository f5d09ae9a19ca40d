"""The invented company knows some of its customers: contacts, roles, further addresses; a few have fallen silent."""

import pytest
from sqlalchemy import func, select

from rekisteri.consents.models import Consent
from rekisteri.customers import archiving
from rekisteri.customers.models import ContactNote, Customer, Datum, Representation
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.notice import beyond


@pytest.fixture
def filled(app, command):
    result = command("demo", "--customers", "60", "--cases", "2", "--password", "keksitty salasana kokeeseen")
    assert result.exit_code == 0, result.output
    return result


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def test_its_notice_tells_of_all_that_it_holds(filled):
    assert beyond.undeclared("") != []
    assert all(beyond.declares(group) for group in beyond.GROUPS)


def test_some_people_have_contacts_roles_and_further_addresses(filled):
    assert count(ContactNote) > 20
    assert count(Representation, Representation.role != "") > 5
    assert count(Datum, Datum.field == "email_2") >= 5


def test_some_people_let_themselves_be_mailed(filled):
    assert count(Consent) >= 5


def test_contacts_are_of_the_past_and_keep_their_customers_awake(filled):
    newest = select(ContactNote.customer_id, func.max(ContactNote.happened_on)).group_by(ContactNote.customer_id)
    for customer_id, day in db.session.execute(newest):
        assert day <= db.session.get(Customer, customer_id).active_on <= today()


def test_a_few_have_been_silent_for_years_and_are_proposed_for_the_archive(filled):
    found = archiving.proposals(years=3, on=today())

    assert found.rows
    assert len(found.rows) + len(found.kept) < 20
