"""What a person has said no to binds for as long as the person is in the register, whatever becomes of the request."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.sql import visitors
from sqlalchemy.sql.schema import Table

from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import chapters, uses
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.objections.models import Objection, ObjectionUse
from rekisteri.restrictions import service as restrictions
from rekisteri.retention import service as retention
from tests.billing.factories import make_invoice, pay
from tests.cases.factories import TODAY
from tests.consents.factories import consent, standing
from tests.customers.factories import make_person
from tests.erasure import factories as erasing
from tests.notice.factories import published
from tests.objections.factories import decide, itemise, make_matter, matter_of
from tests.support.client import ReadingClient

NO_MAIL = "Asiakas on vastustanut tätä käyttöä tai peruuttanut suostumuksensa siihen: suoramainonta."


def why_no_mail(customer_id: int) -> list[str]:
    """What the clerk is told who would send advertisements."""
    db.session.rollback()
    return uses.why_not(customer_id, "direct_mail")


def settled(owner: Any) -> int:
    """The customer of a request against direct mail that was granted, answered and closed."""
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner, what="Älkää lähettäkö mainoksia")
    decide(matter_of(matter.case), "granted", by=owner)
    erasing.post_everything(matter.case_id, owner)
    with transaction():
        cases.close(db.session.get_one(Case, matter.case_id), owner, TODAY)
    return matter.case.customer_id


def destroy_cases(owner: Any, on: date) -> None:
    with transaction():
        retention.destroy_some(kind="cases", seen=retention.last_day("cases", on), by=owner, on=on)


class TestWhatIsLeftOfTheRequest:
    """Three years after its end only the facts of a request are kept."""

    @pytest.fixture
    def customer_id(self, owner: Any, freeze: Any) -> int:
        customer_id = settled(owner)
        freeze("2029-11-26")
        destroy_cases(owner, date(2029, 11, 26))
        case = db.session.get_one(Objection, 1).case
        assert (case.customer_id, case.requester_name) == (None, "")
        return customer_id

    @pytest.mark.promise("kielto.suoramainonta")
    def test_no_advertisement_is_sent_after_the_request_is_only_facts(self, customer_id: int) -> None:
        assert why_no_mail(customer_id) == [NO_MAIL]

    def test_the_card_and_the_list_still_tell_it(self, customer_id: int, client: ReadingClient, sign_in: Any) -> None:
        sign_in("vastuuhenkilo")
        assert "Suoramainonta" in client.get(f"/asiakkaat/{customer_id}").main
        page = client.get("/vastustamiset/")
        assert "Virtanen" in page.main
        page = client.get("/vastustamiset/1")
        assert "Lopetettu 23.11.2026" in page.main
        assert "Virtanen" in page.main

    def test_the_person_is_told_of_it(self, customer_id: int) -> None:
        told = chapters.chapters(db.session.get_one(Customer, customer_id))["objections"]
        assert told.rows[0][-1] == "suoramainonta"

    def test_the_person_may_still_allow_it_again(self, customer_id: int, client: ReadingClient, sign_in: Any) -> None:
        sign_in("kasittelija")
        told = {"channel": "phone", "told_on": "26.11.2029"}
        page = client.submit("/vastustamiset/1/salli", told, follow=True)
        assert "Sallittu uudelleen 26.11.2029" in page.main
        assert why_no_mail(customer_id) == []


class TestWhatIsErased:
    """The words go with the request they came in, the bar with the last of the customer."""

    @pytest.fixture
    def desk(self, owner: Any) -> erasing.Desk:
        desk = erasing.make_desk()
        case = erasing.ask(desk.customer, "objection", by=owner)
        matter = matter_of(case)
        itemise(matter, "direct_mail", by=owner, what="Älkää lähettäkö mainoksia")
        decide(matter_of(case), "granted", by=owner)
        erasing.post_everything(case.id, owner)
        with transaction():
            cases.close(db.session.get_one(Case, case.id), owner, TODAY)
        return desk

    def test_after_a_partial_erasure_the_words_are_gone_and_no_advertisement_is_sent(self, desk: erasing.Desk) -> None:
        customer = db.session.get_one(Customer, desk.customer_id)
        pay(make_invoice(customer, invoiced_on=date(2026, 5, 2), due_on=date(2026, 5, 16)), paid_on=date(2026, 5, 2))
        assert erasing.erase(desk).whole is False
        matter = db.session.scalars(select(Objection)).unique().one()
        assert (matter.what, matter.customer_id) == ("", desk.customer_id)
        assert NO_MAIL in why_no_mail(desk.customer_id)

    def test_after_the_whole_erasure_it_is_nobodys(self, desk: erasing.Desk) -> None:
        assert erasing.erase(desk).whole is True
        matter = db.session.scalars(select(Objection)).unique().one()
        assert (matter.what, matter.customer_id, matter.case.customer_id) == ("", None, None)
        assert db.session.get(Customer, desk.customer_id) is None

    def test_what_was_given_again_after_a_restore_goes_without_a_trace(self, owner: Any) -> None:
        desk = erasing.make_desk()
        with transaction():
            use = ObjectionUse(use="direct_mail", bound_on=TODAY)
            db.session.add(Objection(customer_id=desk.customer_id, kind="objection", key="a", uses=[use]))
        assert erasing.erase(desk).whole is True
        assert db.session.scalars(select(ObjectionUse)).all() == []
        assert db.session.scalars(select(Objection)).unique().all() == []


class TestTheWrongPerson:
    """The request was first thought to be another customer's."""

    @pytest.fixture
    def right(self, owner: Any) -> Customer:
        return make_person(last_name="Oikea", first_name="Olga", email="olga@esimerkki.example", phone="")

    def move(self, matter: Objection, customer: Customer, by: Any) -> None:
        with transaction():
            case = db.session.get_one(Case, matter.case_id)
            cases.set_person(case=case, customer=db.session.get_one(Customer, customer.id), by=by)

    def test_the_right_person_is_bound_and_restricted_and_the_wrong_one_is_told_of_the_end(
        self, owner: Any, right: Customer
    ) -> None:
        matter = make_matter(owner)
        wrong = matter.case.customer_id
        itemise(matter, "direct_mail", "profiling", by=owner)
        self.move(matter, right, owner)
        assert NO_MAIL not in why_no_mail(wrong)
        assert NO_MAIL in why_no_mail(right.id)
        (mistaken,) = restrictions.in_force(wrong)
        assert mistaken.lifting_reason == "Rajoitus on kirjattu tietoihinne erehdyksessä, joten se päättyy."
        (restriction,) = restrictions.in_force(right.id)
        assert (restriction.ground, restriction.letter) == ("objection", None)

    def test_a_consent_is_over_as_soon_as_the_person_who_took_it_back_is_found(
        self, owner: Any, right: Customer
    ) -> None:
        published()
        consent(right, "direct_mail")
        matter = make_matter(owner, "consent_withdrawal", found=False)
        itemise(matter, "direct_mail", by=owner)
        assert standing(right) == [("direct_mail", "email")]
        self.move(matter, right, owner)
        assert standing(right) == []

    def test_also_what_was_taken_off_the_request_follows_the_person(self, owner: Any, right: Customer) -> None:
        matter = make_matter(owner, kinds=["objection", "complaint"])
        wrong = matter.case.customer_id
        itemise(matter, "direct_mail", by=owner)
        with transaction():
            cases.remove_matter(case=matter.case, kind="objection", reason="withdrawn", by=owner, on=TODAY)
        self.move(matter, right, owner)
        assert (why_no_mail(wrong), why_no_mail(right.id)) == ([], [NO_MAIL])

    def test_a_person_who_is_not_in_the_register_after_all_binds_nobody(self, owner: Any) -> None:
        matter = make_matter(owner)
        wrong = matter.case.customer_id
        itemise(matter, "direct_mail", by=owner)
        with transaction():
            cases.person_not_found(case=db.session.get_one(Case, matter.case_id), by=owner)
        assert why_no_mail(wrong) == []


def test_nothing_that_binds_is_read_from_the_request(app: Any) -> None:
    """Of a request only the facts stay, so whoever looks there for the customer forgets what the customer has said."""
    for use in uses.USES:
        for bar in uses.bars(use):
            read = {one.name for one in visitors.iterate(bar.condition()) if isinstance(one, Table)}
            assert "case" not in read, bar.name
