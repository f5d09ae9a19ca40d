"""What a person is told of restrictions, and what of them stands in the way of erasing or goes with it."""

import pytest

from rekisteri.customers import holdings
from rekisteri.customers.chapters import chapters
from rekisteri.kernel.db import db, transaction
from rekisteri.restrictions import service
from rekisteri.restrictions.models import Restriction, RestrictionException, RestrictionMatter
from tests.restrictions.factories import (
    REASON,
    REASONS,
    TODAY,
    allow,
    decide,
    end,
    lift,
    make_desk,
    make_request,
    post,
    restrict,
)
from tests.staff.factories import make_user


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


def holding():
    return next(one for one in holdings.all_holdings() if one.key == "restrictions")


class TestTelling:
    def test_nothing_is_told_where_there_is_nothing(self, desk):
        assert "restrictions" not in chapters(desk.customer)

    def test_every_restriction_is_told_with_what_was_done_meanwhile(self, desk):
        made = restrict(desk, "accuracy", fields=["phone"])
        allow(desk, made, "dealing")
        (row,) = chapters(desk.customer)["restrictions"].rows
        assert row == [
            "23.11.2026",
            "puhelinnumero",
            "Tietojen paikkansapitävyys on kiistetty",
            "voimassa",
            "Tilausten ja laskujen kirjaaminen 23.11.2026 – 23.11.2026: rekisteröidyn suostumus",
        ]

    def test_an_ended_one_tells_its_end_and_no_colleague_s_name(self, desk):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        end(desk, made)
        told = str(chapters(desk.customer)["restrictions"])
        assert "30.11.2026" in told
        assert desk.owner.full_name not in told


class TestStandingInTheWay:
    @pytest.mark.parametrize("ground", ["claim", "unlawful"])
    def test_who_wants_data_kept_is_not_erased(self, desk, ground):
        made = restrict(desk, ground)
        (hold,) = holding().holds([desk.customer.id], TODAY)
        assert made.number in hold.text
        assert holding().still([desk.customer.id]) == {desk.customer.id}
        assert holding().erase([desk.customer.id], TODAY) == 0

    @pytest.mark.parametrize("ground", ["accuracy", "objection", "held"])
    def test_other_grounds_do_not_keep_anything(self, desk, ground):
        restrict(desk, ground)
        assert holding().holds([desk.customer.id], TODAY) == []

    def test_an_ended_one_keeps_nothing(self, desk):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        end(desk, made)
        assert holding().holds([desk.customer.id], TODAY) == []


class TestErasing:
    def test_takes_the_restriction_with_its_exceptions_and_notices(self, desk):
        made = restrict(desk, "held")
        allow(desk, made, "dealing")
        with transaction():
            assert holding().erase([desk.customer.id], TODAY) == 1
        assert db.session.query(Restriction).count() == db.session.query(RestrictionException).count() == 0

    def test_keeps_binding_while_something_else_is_held(self, desk):
        make_request(desk)
        made = restrict(desk, "held")
        with transaction():
            holding().erase([desk.customer.id], TODAY)
        assert service.in_force(desk.customer.id) == [made]
        assert holding().staying([desk.customer.id], TODAY) == 1

    def test_the_words_to_be_sought_are_those_written_about_the_person(self, desk):
        made = restrict(desk)
        allow(desk, made, "dealing")
        lift(desk, made)
        _case, matter = make_request(desk)
        decide(desk, matter, "refused")
        found = set(holding().values([desk.customer.id]))
        assert {REASON, REASONS, "suostumus puhelimessa 23.11.2026"} <= found

    def test_of_a_request_the_decision_stays_and_its_reasons_go(self, desk):
        case, matter = make_request(desk)
        decide(desk, matter, "refused")
        with transaction():
            case.state, case.closed_on = "closed", TODAY
        with transaction():
            holding().erase([desk.customer.id], TODAY)
        left = db.session.query(RestrictionMatter).one()
        assert (left.decision, left.reasons) == ("refused", "poistettu")
