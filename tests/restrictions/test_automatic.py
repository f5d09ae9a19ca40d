"""What a request for rectification contests is restricted by itself, from its itemising to its answer (art. 18(1)(a))."""

import pytest

from rekisteri.cases import service as cases
from rekisteri.customers import uses
from rekisteri.documents import service as documents
from rekisteri.kernel.db import transaction
from rekisteri.rectification import decisions, demands, letters
from rekisteri.rectification.rules import Demand
from rekisteri.restrictions import queue, service
from tests.rectification.factories import PHONE, REASONS, STREET, TODAY, itemise, make_desk
from tests.restrictions.factories import WEEK_LATER
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user
from tests.support.paper import words_of

CITY = Demand("city", "wrong", "Espoo", "Olen aina asunut Espoossa.")
UNNEEDED = Demand("phone", "unnecessary", "", "En halua numeroani rekisteriin.")


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


def restricted(desk):
    return [(one.ground, one.fields, one.automatic) for one in service.in_force(desk.customer.id)]


def settle(desk, *, grant=True):
    with transaction():
        for item in desk.matter.items:
            if grant:
                decisions.grant(item=item, by=desk.owner, on=TODAY)
            else:
                decisions.refuse(item=item, ground="accurate", reasons=REASONS, by=desk.owner, on=TODAY)
    with transaction():
        letters.issue(matter=desk.matter, by=desk.owner, on=TODAY)


@pytest.mark.promise("gdpr.rajoittaminen")
class TestBeginning:
    def test_what_is_contested_is_restricted_when_it_is_itemised(self, desk):
        itemise(desk, STREET)
        assert restricted(desk) == [("accuracy", ["street"], True)]
        assert uses.why_not(desk.customer.id, "listing") != []

    def test_what_is_only_said_to_be_unneeded_is_not(self, desk):
        itemise(desk, UNNEEDED)
        assert restricted(desk) == []

    def test_what_is_not_held_is_not(self, desk):
        itemise(desk, Demand("email", "incomplete", "maija@posti.example", "Puuttuu."))
        assert restricted(desk) == []

    def test_itemising_anew_adds_to_it_and_makes_no_other(self, desk):
        itemise(desk, STREET)
        itemise(desk, STREET, PHONE)
        assert restricted(desk) == [("accuracy", ["phone", "street"], True)]

    def test_what_is_dropped_stays_restricted_until_the_answer(self, desk):
        itemise(desk, STREET, PHONE)
        itemise(desk, STREET)
        assert restricted(desk) == [("accuracy", ["phone", "street"], True)]

    def test_begins_when_the_person_is_found_afterwards(self, app, freeze):
        freeze("2026-11-23")
        desk = make_desk(make_user("vastuuhenkilo"), found=False)
        itemise(desk, STREET)
        assert restricted(desk) == []
        with transaction():
            cases.set_person(case=desk.case, customer=desk.customer, by=desk.owner)
            demands.refresh(item=desk.matter.items[0], by=desk.owner)
        itemise(desk, STREET)
        assert restricted(desk) == [("accuracy", ["street"], True)]

    def test_the_recipients_are_told_at_once(self, desk):
        itemise(desk, STREET)
        (made,) = service.in_force(desk.customer.id)
        (letter,) = documents.for_subject(desk.case.subject)
        assert [(notice.recipient, notice.document) for notice in made.told] == [(desk.recipient, letter)]
        words = words_of(documents.content(letter))
        assert "Katuosoite" in words
        assert "19 artiklan" in words

    def test_who_has_what_came_to_be_contested_later_is_told_of_that_too(self, desk):
        itemise(desk, STREET)
        itemise(desk, STREET, PHONE)
        _, second = documents.for_subject(desk.case.subject)
        assert "Puhelinnumero, katuosoite" in words_of(documents.content(second))
        (made,) = service.in_force(desk.customer.id)
        assert [notice.document for notice in made.told] == [second]

    def test_who_has_nothing_of_what_came_later_is_not_written_to_again(self, desk):
        itemise(desk, STREET)
        itemise(desk, STREET, CITY)
        assert len(documents.for_subject(desk.case.subject)) == 1

    def test_what_the_company_itself_doubts_it_may_go_on_using(self, desk):
        with transaction():
            case = cases.register_own_initiative(
                customer=desk.customer,
                reason="Kirje palautui postista.",
                by=desk.owner,
                on=TODAY,
                kinds=["rectification"],
            )
        matter = demands.of_case(case)
        with transaction():
            demands.itemise(matter=matter, demands=[demands.Itemised(STREET)], by=desk.owner)
        assert restricted(desk) == []


class TestTheAnswer:
    def test_tells_when_the_restriction_ends_and_no_other_letter_is_needed(self, desk):
        itemise(desk, STREET)
        settle(desk)
        (made,) = service.in_force(desk.customer.id)
        assert made.ends_on == WEEK_LATER
        assert made.letter.kind == "rectification_decision"
        assert "Rajoitus päättyy 30.11.2026" in words_of(documents.content(made.letter))

    def test_reaches_recipients_who_could_not_be_told_of_the_beginning(self, app, freeze):
        freeze("2026-11-23")
        desk = make_desk(make_user("vastuuhenkilo"))
        fill_settings(company_name="")
        itemise(desk, STREET)
        assert documents.for_subject(desk.case.subject) == []
        fill_settings()
        settle(desk, grant=False)
        kinds = [paper.kind for paper in documents.for_subject(desk.case.subject)]
        assert sorted(kinds) == ["refusal_certificate", "restriction_notice"]

    def test_a_certificate_tells_it_where_all_is_refused(self, desk):
        itemise(desk, STREET)
        settle(desk, grant=False)
        (made,) = service.in_force(desk.customer.id)
        assert made.letter.kind == "refusal_certificate"
        assert "Rajoitus päättyy 30.11.2026" in words_of(documents.content(made.letter))

    def test_says_nothing_of_what_was_never_restricted(self, desk):
        itemise(desk, UNNEEDED)
        settle(desk)
        (paper,) = [one for one in documents.for_subject(desk.case.subject) if one.kind == "rectification_decision"]
        assert "rajoitettuna" not in words_of(documents.content(paper))

    def test_ends_it_only_once_it_has_been_posted_and_its_day_has_come(self, desk):
        itemise(desk, STREET)
        settle(desk)
        (made,) = service.in_force(desk.customer.id)
        assert queue.to_be_ended(WEEK_LATER, 8) == (0, [])
        with transaction():
            documents.mark_posted(document=made.letter, on=TODAY, way="post", by=desk.owner)
        assert queue.to_be_ended(WEEK_LATER, 8) == (1, [made])
        with transaction():
            service.end(restriction=made, by=desk.owner, on=WEEK_LATER)
        assert restricted(desk) == []

    def test_the_decision_itself_may_correct_what_is_restricted(self, desk):
        (item,) = itemise(desk, STREET)
        with transaction():
            decisions.grant(item=item, by=desk.owner, on=TODAY)
        assert item.decision == "granted"


def test_a_withdrawn_request_leads_to_a_letter_of_the_end(desk):
    itemise(desk, STREET)
    with transaction():
        cases.withdraw(case=desk.case, channel="phone", withdrawn_on=TODAY, by=desk.owner, on=TODAY)
    (made,) = service.in_force(desk.customer.id)
    assert made.letter.kind == "restriction_end"
    assert "ei enää käsitellä" in words_of(documents.content(made.letter))


def test_what_cannot_be_told_yet_waits_on_the_desk(app, freeze):
    freeze("2026-11-23")
    desk = make_desk(make_user("vastuuhenkilo"))
    itemise(desk, STREET)
    with transaction():
        desk.case.state, desk.case.closed_on = "closed", TODAY
    (made,) = service.in_force(desk.customer.id)
    assert queue.to_be_ended(TODAY, 8) == (1, [made])
