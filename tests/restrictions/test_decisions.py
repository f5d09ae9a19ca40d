"""Deciding a request to restrict: what binds, what is written to whom, and what closes the case."""

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.cases import matters, unfounded
from rekisteri.cases import service as cases
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from rekisteri.restrictions import queue, service
from tests.restrictions.factories import (
    REASONS,
    TODAY,
    WEEK_LATER,
    decide,
    letters,
    lift,
    make_desk,
    make_request,
    post,
    restrict,
)
from tests.staff.factories import make_user
from tests.support.paper import words_of


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


def paper(case, kind):
    (found,) = letters(case.subject, kind)
    return words_of(documents.content(found))


@pytest.mark.promise("gdpr.rajoittaminen")
class TestGranting:
    def test_binds_in_the_same_moment(self, desk):
        case, matter = make_request(desk)
        decide(desk, matter)
        (made,) = service.in_force(desk.customer.id)
        assert (made.case_id, made.ground, made.fields) == (case.id, "claim", None)
        assert matter.restriction is made
        assert case.state == "decided"

    def test_answers_the_requester_with_what_it_means(self, desk):
        case, matter = make_request(desk)
        decide(desk, matter)
        words = paper(case, "restriction_decision")
        assert "Hyväksymme pyynnön." in words
        assert "Käsittelyä on rajoitettu 23.11.2026 alkaen." in words
        assert "Perintätoimisto Esimerkki Oy" in words
        assert "18 artiklan 2 kohta" in words
        assert letters(case.subject, "refusal_certificate") == []

    def test_speaks_of_the_person_when_another_asked(self, desk):
        agent = cases.Requester("Aatu Agentti", "Torikatu 1", "33100", "Tampere", role="agent", mandate="shown")
        case, matter = make_request(desk, requester=agent)
        decide(desk, matter)
        words = paper(case, "restriction_decision")
        assert "henkilön Maija Šakki tietojen käsittelyä" in words
        assert "Olette" not in words

    def test_of_some_data_binds_those(self, desk):
        _case, matter = make_request(desk)
        decide(desk, matter, fields=["phone", "street"])
        assert service.in_force(desk.customer.id)[0].fields == ["phone", "street"]

    @pytest.mark.parametrize("ground", [None, "held", "whim"])
    def test_rests_on_one_of_the_four_grounds(self, desk, ground):
        _case, matter = make_request(desk)
        with pytest.raises(RuleViolation) as refused:
            decide(desk, matter, ground=ground)
        assert refused.value.field == "ground"
        assert matter.decision is None

    def test_needs_the_person(self, desk):
        _case, matter = make_request(desk, found=False)
        with pytest.raises(RuleViolation, match="Valitse ensin asiakas"):
            decide(desk, matter)

    def test_needs_to_know_who_asks_for_the_answer_tells_who_has_the_data(self, desk):
        case, matter = make_request(desk, identified=False)
        with pytest.raises(RuleViolation, match="Varmista ensin, kuka pyynnön esittää"):
            decide(desk, matter)
        assert (documents.for_subject(case.subject), service.in_force(desk.customer.id)) == ([], [])

    def test_is_not_given_at_a_strangers_word(self, desk):
        stranger = cases.Requester("Vieras Utelias", "Outokatu 1", "00100", "Helsinki", role="agent", mandate="missing")
        case, matter = make_request(desk, requester=stranger)
        with pytest.raises(RuleViolation, match="Valtuutusta toimia toisen puolesta ei ole esitetty"):
            decide(desk, matter)
        assert documents.for_subject(case.subject) == []
        decide(desk, matter, "refused", refusal_ground="no_authority")

    def test_needs_a_letterhead(self, app, freeze):
        freeze("2026-11-23")
        desk = make_desk(make_user("vastuuhenkilo"), settings=False)
        _case, matter = make_request(desk)
        with pytest.raises(RuleViolation, match="Täydennä ensin asetuksiin"):
            decide(desk, matter)
        assert service.in_force(desk.customer.id) == []


class TestRefusing:
    def test_gives_a_certificate_with_the_reasons(self, desk):
        case, matter = make_request(desk)
        decide(desk, matter, "refused")
        words = paper(case, "refusal_certificate")
        assert REASONS in words
        assert "Yleisen tietosuoja-asetuksen 18 artiklan 1 kohdan edellytykset eivät täyty." in words
        assert "tietosuojavaltuutetun" in words.lower()
        assert service.in_force(desk.customer.id) == []

    def test_is_possible_of_somebody_not_in_the_register(self, desk):
        case, matter = make_request(desk, found=False)
        decide(desk, matter, "refused", refusal_ground="not_held")
        assert "Rekisterissä ei ole tietoja" in paper(case, "refusal_certificate")

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"refusal_ground": None}, "refusal_ground"),
            ({"reasons": "Ei käy."}, "reasons"),
            ({"reasons": ""}, "reasons"),
        ],
    )
    def test_says_why(self, desk, told, field):
        case, matter = make_request(desk)
        with pytest.raises(RuleViolation) as refused:
            decide(desk, matter, "refused", **told)
        assert refused.value.field == field
        assert letters(case.subject, "refusal_certificate") == []

    def test_in_part_gives_both_papers(self, desk):
        case, matter = make_request(desk)
        decide(desk, matter, "partly_granted", fields=["phone"])
        assert "Hyväksymme pyynnön osittain." in paper(case, "restriction_decision")
        assert "puhelinnumero" in paper(case, "refusal_certificate")
        assert service.in_force(desk.customer.id)[0].fields == ["phone"]


class TestWhoAndWhen:
    def test_only_the_person_responsible_decides(self, desk):
        _case, matter = make_request(desk)
        desk.owner = make_user("kasittelija")
        with pytest.raises(NotPermitted):
            decide(desk, matter)

    def test_it_is_decided_once(self, desk):
        _case, matter = make_request(desk)
        decide(desk, matter)
        with pytest.raises(RuleViolation, match="on jo ratkaistu"):
            decide(desk, matter, "refused")

    def test_not_after_the_request_was_withdrawn(self, desk):
        case, matter = make_request(desk)
        with transaction():
            cases.withdraw(case=case, channel="phone", withdrawn_on=TODAY, by=desk.owner, on=TODAY)
        with pytest.raises(RuleViolation, match="on jo päättynyt"):
            decide(desk, matter)

    def test_a_decision_is_one_of_those_known(self, desk):
        _case, matter = make_request(desk)
        with pytest.raises(RuleViolation, match="Valitse, miten pyyntö ratkaistaan"):
            decide(desk, matter, "perhaps")

    def test_the_log_tells_what_was_decided(self, desk):
        _case, matter = make_request(desk)
        decide(desk, matter)
        found = list(db.session.scalars(select(AuditEvent.event).where(AuditEvent.event == "restriction.decided")))
        assert found == ["restriction.decided"]


class TestTheCase:
    def test_stays_open_until_the_request_is_decided(self, desk):
        case, _matter = make_request(desk)
        assert "Pyyntöä käsittelyn rajoittamisesta ei ole ratkaistu." in cases.blockers(case)

    def test_closes_when_every_letter_has_left(self, desk):
        case, matter = make_request(desk)
        decide(desk, matter)
        with transaction():
            for letter in documents.for_subject(case.subject):
                documents.mark_posted(document=letter, on=TODAY, way="post", by=desk.owner)
        with transaction():
            cases.close(case, desk.owner, TODAY)
        assert case.state == "closed"
        assert service.in_force(desk.customer.id)

    def test_shows_the_step_to_take(self, desk, app):
        case, matter = make_request(desk)
        (kind,) = matters.of(case)
        with app.test_request_context():
            assert kind.tasks(case)[0]["url"] == f"/rajoitukset/pyynto/{matter.id}/ratkaisu"
            assert kind.url(case) == f"/rajoitukset/pyynto/{matter.id}"
        decide(desk, matter)
        with app.test_request_context():
            (task,) = kind.tasks(case)
        assert (task["status"], task["hint"]) == ("Valmis", "Käsittely rajoitetaan")


class TestTheDesk:
    def test_shows_undecided_requests_the_most_urgent_first(self, desk):
        _case, later = make_request(desk)
        _other, sooner = make_request(desk, received_on=TODAY.replace(day=2))
        assert queue.waiting_for_decision(8) == (2, [sooner, later])
        decide(desk, sooner)
        assert queue.waiting_for_decision(8) == (1, [later])

    def test_shows_what_may_be_ended_once_its_day_has_come(self, desk):
        made = restrict(desk)
        lift(desk, made)
        assert queue.to_be_ended(WEEK_LATER, 8) == (0, [])
        post(desk, made)
        assert queue.to_be_ended(TODAY, 8) == (0, [])
        assert queue.to_be_ended(WEEK_LATER, 8) == (1, [made])

    def test_lists_restrictions_page_by_page(self, desk):
        made = [restrict(desk, ground) for ground in ("claim", "unlawful", "objection")]
        first = queue.page(size=2)
        assert (first.rows, first.after) == (made[:0:-1], made[1].id)
        assert queue.page(size=2, after=first.after).rows == made[:1]
        assert queue.page(ended=True).rows == []


def test_a_request_refused_at_the_door_restricts_nothing_any_more(desk):
    case, matter = make_request(desk)
    with transaction():
        told = {"ground": "excessive", "reasons": "Sama pyyntö on esitetty viime viikolla, ja siihen on vastattu."}
        unfounded.refuse(case=case, kinds=["restriction"], by=desk.owner, on=case.registered_on, **told)
    with pytest.raises(RuleViolation, match="Asia on jo päättynyt: evätty"):
        decide(desk, matter)
    assert service.in_force(desk.customer.id) == []


def test_the_task_list_says_what_is_missing_before_a_restriction_is_decided(desk, app):
    stranger = cases.Requester("Vieras Utelias", "Outokatu 1", "00100", "Helsinki", role="agent", mandate="missing")
    case, _matter = make_request(desk, requester=stranger)
    with app.test_request_context():
        (task,) = matters.of(case)[0].tasks(case)
    assert task["status"] == "Odottaa"
    assert "Valtuutusta toimia toisen puolesta ei ole esitetty" in task["hint"]
