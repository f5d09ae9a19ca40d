"""Uses that ended because of somebody's word after the backup are over in the restored register as well."""

from typing import Any

import pytest
from sqlalchemy import select, update

from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import merging, uses
from rekisteri.customers.models import Customer
from rekisteri.forgotten import journal
from rekisteri.forgotten.models import BarEntry
from rekisteri.kernel.db import db, transaction
from rekisteri.objections import journaling, service
from rekisteri.objections.models import Objection
from tests.backup.histories import Snapshot
from tests.cases.factories import TODAY
from tests.customers.factories import make_person
from tests.objections.factories import itemise, make_matter, matter_of
from tests.support.client import ReadingClient


@pytest.fixture
def owner(sign_in: Any, freeze: Any) -> Any:
    """The person responsible for the register, on Monday 23.11.2026."""
    freeze("2026-11-23")
    return sign_in("vastuuhenkilo", full_name="Ilmari Kiviharju", title="toimitusjohtaja")


def again() -> journal.bars.Replayed:
    db.session.rollback()
    return journal.replay(journal.read(journal.journal_file()))


def no_mail(customer_id: int) -> bool:
    """Whether advertisements may not be sent because of the customer's own word."""
    db.session.rollback()
    return any("vastustanut" in reason for reason in uses.why_not(customer_id, "direct_mail"))


def allow(matter: Objection, by: Any) -> None:
    with transaction():
        service.end(matter=matter, channel="phone", told_on=TODAY, by=by, on=TODAY)


@pytest.mark.promise("oikeus.unohdus")
def test_what_was_objected_to_after_the_backup_is_over_again(owner: Any, client: ReadingClient) -> None:
    customer, before = make_person(), Snapshot()
    itemise(make_matter(owner, customer=customer), "direct_mail", by=owner)
    before.restore()
    assert not no_mail(customer.id)
    assert again().given == 1
    assert no_mail(customer.id)
    assert "Suoramainonta" in client.get(f"/asiakkaat/{customer.id}").main
    address = f"/vastustamiset/{service.of_customer(customer.id)[0].id}"
    page = client.get(address)
    assert "Pyyntö, jossa asia tuli, ei ole tallessa." in page.main
    assert "Lopetettu 23.11.2026" in page.main
    assert "Kirjattu uudelleen" in client.get("/vastustamiset/").main
    for path in ("sisalto", "ratkaise"):
        assert client.get(f"{address}/{path}").status_code == 404
    page = client.submit(f"{address}/salli", {"channel": "phone", "told_on": "23.11.2026"}, follow=True)
    assert "Sallittu uudelleen 23.11.2026" in page.main
    assert not no_mail(customer.id)
    before.restore()
    assert again().count == 0
    assert not no_mail(customer.id)


def test_what_is_only_weighed_is_not_told_as_over(owner: Any) -> None:
    customer, before = make_person(), Snapshot()
    itemise(make_matter(owner, customer=customer), "statistics", by=owner)
    before.restore()
    again()
    assert service.of_customer(customer.id) == []


def test_a_request_that_the_backup_knows_binds_by_what_was_written_down_since(owner: Any) -> None:
    matter = make_matter(owner)
    customer_id, before = matter.case.customer_id, Snapshot()
    itemise(matter, "direct_mail", by=owner)
    before.restore()
    assert again().given == 1
    assert no_mail(customer_id)
    (one,) = service.of_customer(customer_id)
    assert (one.case_id, one.bound) == (matter.case_id, ["direct_mail"])
    assert again().count == 0


def test_what_was_allowed_after_the_backup_is_allowed_again(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner)
    customer_id, before = matter.case.customer_id, Snapshot()
    allow(matter_of(matter.case), owner)
    before.restore()
    assert no_mail(customer_id)
    assert again().ended == 1
    assert not no_mail(customer_id)
    (one,) = service.of_customer(customer_id)
    assert (one.ended_on, one.ended_channel) == (TODAY, "phone")


def test_the_word_of_another_person_binds_the_right_one(owner: Any) -> None:
    matter, right = make_matter(owner), make_person(last_name="Oikea", email="olga@esimerkki.example", phone="")
    itemise(matter, "direct_mail", by=owner)
    wrong, before = matter.case.customer_id, Snapshot()
    with transaction():
        cases.set_person(case=db.session.get_one(Case, matter.case_id), customer=right, by=owner)
    before.restore()
    again()
    assert (no_mail(wrong), no_mail(right.id)) == (False, True)


def test_what_one_of_two_merged_customers_said_binds_both_that_the_backup_knows(owner: Any) -> None:
    kept, dropped = make_person(), make_person()
    before = Snapshot()
    with transaction():
        merging.merge(kept=kept, dropped=dropped, choices={}, by=owner)
    itemise(make_matter(owner, customer=kept), "direct_mail", by=owner)
    before.restore()
    again()
    assert no_mail(kept.id)
    assert no_mail(dropped.id)
    with transaction():
        one, other = db.session.get_one(Customer, kept.id), db.session.get_one(Customer, dropped.id)
        merging.merge(kept=one, dropped=other, choices={}, by=owner)
    allow(service.of_customer(kept.id)[0], owner)
    assert not no_mail(kept.id), "it was said once"


def test_what_is_older_than_the_journal_is_put_into_it_at_the_next_start(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner)
    with transaction():
        db.session.execute(update(Objection).values(key=""))
        db.session.execute(BarEntry.__table__.delete())
    journal.journal_file().unlink()
    for _ in range(2):
        with transaction():
            journaling.enter_the_earlier()
    entry = db.session.scalars(select(BarEntry)).one()
    assert (entry.binds, entry.customers) == (True, [matter.case.customer_id])
    assert entry.facts == {"kind": "objection", "uses": {"direct_mail": "2026-11-23"}}
    assert entry.key == db.session.scalars(select(Objection.key)).one()
