"""Restricting, telling, ending: what binds, from when until when, and who hears of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.cases import service as cases
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.restrictions import letters as papers
from rekisteri.restrictions import service
from rekisteri.restrictions.models import Restriction
from tests.restrictions.factories import (
    REASON,
    TODAY,
    WEEK_LATER,
    end,
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


def events():
    return list(db.session.scalars(select(AuditEvent.event).where(AuditEvent.event.startswith("restriction."))))


class TestRestricting:
    def test_binds_from_the_same_moment_on(self, desk):
        made = restrict(desk)
        assert service.in_force(desk.customer.id) == [made]
        assert made.begun_on == TODAY

    def test_is_numbered_year_by_year_without_gaps(self, desk):
        assert [restrict(desk, "claim").number, restrict(desk, "unlawful").number] == ["RA 2026/0001", "RA 2026/0002"]

    def test_the_same_twice_is_one(self, desk):
        assert restrict(desk, "claim") is restrict(desk, "claim")
        assert len(service.in_force(desk.customer.id)) == 1

    def test_some_data_are_kept_in_the_order_of_the_card(self, desk):
        assert restrict(desk, "accuracy", fields=["city", "phone"]).fields == ["phone", "city"]

    @pytest.mark.parametrize(
        ("ground", "fields", "sentence"),
        [
            ("whim", None, "Valitse, millä perusteella käsittely rajoitetaan."),
            ("claim", [], "Valitse, mitä tietoja rajoitus koskee."),
            ("claim", ["shoe_size"], "Valitse tiedot luettelosta."),
        ],
    )
    def test_a_ground_and_data_must_be_known(self, desk, ground, fields, sentence):
        with pytest.raises(RuleViolation, match=sentence):
            restrict(desk, ground, fields=fields)
        assert service.in_force(desk.customer.id) == []

    def test_nobody_who_is_no_longer_seen_is_restricted(self, desk):
        with transaction():
            desk.customer.state, desk.customer.merged_into_id = "merged", desk.customer.id
        with pytest.raises(RuleViolation, match="yhdistetty toiseen"):
            restrict(desk)

    def test_stays_in_the_log_without_the_data_themselves(self, desk):
        restrict(desk, "accuracy", fields=["street"])
        assert events() == ["restriction.begun", "restriction.told"]


class TestTellingTheRecipients:
    def test_who_has_the_data_gets_a_letter_at_once(self, desk):
        restrict(desk)
        (letter,) = letters(desk.customer.subject, "restriction_notice")
        assert letter.addressee_name == "Perintätoimisto Esimerkki Oy"
        assert letter.number == "RA 2026/0001-1"

    def test_the_letter_names_only_what_the_recipient_has(self, desk):
        restrict(desk)
        (letter,) = letters(desk.customer.subject, "restriction_notice")
        words = words_of(documents.content(letter))
        assert "Puhelinnumero, katuosoite" in words
        assert "postinumero" not in words
        assert "Mäkitie" not in words
        assert "19 artiklan" in words

    def test_who_has_none_of_the_restricted_data_is_not_written_to(self, desk):
        made = restrict(desk, "accuracy", fields=["city"])
        assert made.told == []

    def test_without_a_letterhead_the_restriction_binds_and_the_letters_wait(self, app, freeze):
        freeze("2026-11-23")
        desk = make_desk(make_user("vastuuhenkilo"), settings=False)
        made = restrict(desk)
        assert service.in_force(desk.customer.id) == [made]
        assert len(papers.untold(made)) == 1

    def test_who_was_told_of_the_beginning_is_told_of_the_end(self, desk, freeze):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        freeze(WEEK_LATER.isoformat())
        end(desk, made)
        words = words_of(documents.content(letters(desk.customer.subject, "restriction_notice")[1]))
        assert "Rajoitus on päättynyt 30.11.2026." in words
        assert papers.untold(made) == []


class TestLifting:
    def test_the_person_is_told_why_and_when(self, desk):
        made = restrict(desk)
        lift(desk, made)
        words = words_of(documents.content(made.letter))
        assert REASON in words
        assert "Rajoitus päättyy 30.11.2026." in words
        assert "tietosuojavaltuutetun" in words.lower()
        assert made.letter.addressee.split("\n") == ["Maija Šakki", "Mäkitie 4", "00100 HELSINKI"]

    def test_it_binds_until_it_is_ended(self, desk):
        made = restrict(desk)
        lift(desk, made)
        assert service.in_force(desk.customer.id) == [made]

    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            ({"reason": "Ok."}, "Kirjoita syy niin"),
            ({"ends_on": TODAY}, "aikaisintaan huomenna"),
            ({"ends_on": TODAY - timedelta(days=1)}, "aikaisintaan huomenna"),
        ],
    )
    def test_nothing_is_told_that_says_nothing(self, desk, told, sentence):
        made = restrict(desk)
        with pytest.raises(RuleViolation, match=sentence):
            lift(desk, made, **told)
        assert made.letter is None

    def test_needs_a_letterhead(self, app, freeze):
        freeze("2026-11-23")
        desk = make_desk(make_user("vastuuhenkilo"), settings=False)
        made = restrict(desk)
        with pytest.raises(RuleViolation, match="Täydennä ensin asetuksiin"):
            lift(desk, made)

    def test_a_second_letter_takes_the_place_of_the_first(self, desk):
        made = restrict(desk)
        lift(desk, made)
        first = made.letter
        post(desk, made)
        lift(desk, made, ends_on=TODAY + timedelta(days=30))
        assert made.letter is not first
        assert (
            service.why_not_end(made, TODAY) == "Kirjettä rajoituksen päättymisestä ei ole vielä merkitty lähetetyksi."
        )

    def test_another_letter_to_the_person_may_tell_it(self, desk):
        made, other = restrict(desk), restrict(desk, "unlawful")
        lift(desk, made)
        lift(desk, other, letter=made.letter)
        assert other.letter is made.letter
        assert len(letters(desk.customer.subject, "restriction_end")) == 1


class TestEnding:
    def test_is_refused_before_anything_has_been_told(self, desk):
        made = restrict(desk)
        with pytest.raises(RuleViolation, match="on ensin ilmoitettava"):
            end(desk, made)

    def test_is_refused_while_the_letter_lies_on_the_desk(self, desk):
        made = restrict(desk)
        lift(desk, made)
        with pytest.raises(RuleViolation, match="ei ole vielä merkitty lähetetyksi"):
            end(desk, made)
        assert made.in_force

    def test_is_refused_before_the_day_that_was_told(self, desk):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        with pytest.raises(RuleViolation, match=r"päättyy 30\.11\.2026"):
            end(desk, made, on=WEEK_LATER - timedelta(days=1))

    def test_frees_the_data_on_the_day_that_was_told(self, desk):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        end(desk, made)
        assert service.in_force(desk.customer.id) == []
        assert made.ended_on == WEEK_LATER
        assert "restriction.ended" in events()

    def test_a_letter_that_cannot_be_delivered_does_not_bind_for_ever(self, desk):
        made = restrict(desk)
        lift(desk, made)
        with transaction():
            documents.mark_impossible(document=made.letter, reason="Tuntematon osoitteessa.", by=desk.owner)
        end(desk, made)
        assert not made.in_force

    def test_happens_once(self, desk):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        end(desk, made)
        with pytest.raises(RuleViolation, match=r"Rajoitus on päättynyt 30\.11\.2026\."):
            end(desk, made)
        with pytest.raises(RuleViolation, match="Rajoitus on päättynyt"):
            lift(desk, made)

    def test_another_restriction_still_binds(self, desk):
        made, other = restrict(desk), restrict(desk, "unlawful")
        lift(desk, made)
        post(desk, made)
        end(desk, made)
        assert service.in_force(desk.customer.id) == [other]


class TestOfARequest:
    def test_letters_are_numbered_and_kept_with_the_request(self, desk):
        case, _matter = make_request(desk)
        made = restrict(desk, "unlawful", case=case)
        lift(desk, made)
        assert made.letter.subject == case.subject
        assert made.letter.number == f"{case.number}-2"
        assert service.of_case(case) == [made]

    def test_the_letter_of_the_end_goes_to_whoever_asked(self, desk):
        case, _matter = make_request(
            desk,
            requester=cases.Requester("Aatu Agentti", "Torikatu 1", "33100", "Tampere", role="agent", mandate="shown"),
        )
        made = restrict(desk, "unlawful", case=case)
        lift(desk, made)
        assert made.letter.addressee_name == "Aatu Agentti"


def test_the_customer_s_restrictions_show_those_in_force_first(desk):
    first, second = restrict(desk), restrict(desk, "unlawful")
    lift(desk, second)
    post(desk, second)
    end(desk, second)
    assert service.of_customer(desk.customer.id) == [first, second]
    assert service.find(first.id) is first
    assert db.session.query(Restriction).count() == 2
