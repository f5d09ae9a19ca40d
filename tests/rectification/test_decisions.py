"""Deciding demand by demand: what happens to the register, and who is remembered to be told."""

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import service as customers
from rekisteri.kernel.db import check_version, db, transaction
from rekisteri.kernel.errors import Conflict, NotPermitted, RuleViolation
from rekisteri.rectification import decisions
from rekisteri.rectification.rules import Demand
from tests.rectification.factories import PHONE, REASONS, RECEIVED, STREET, TODAY, itemise, make_desk
from tests.staff.factories import make_user


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


class PowerCut(Exception):
    """Everything stops before the commit."""


def power_cut():
    raise PowerCut


def grant(desk, item, then=lambda: None):
    with transaction():
        decisions.grant(item=item, by=desk.owner, on=TODAY)
        then()


def refuse(desk, item, **changes):
    with transaction():
        decisions.refuse(item=item, **({"ground": "accurate", "reasons": REASONS} | changes), by=desk.owner, on=TODAY)


@pytest.mark.promise("oikaisu.aiheet")
class TestGranting:
    def test_corrects_the_register_in_the_same_transaction(self, desk):
        (item,) = itemise(desk, STREET)
        grant(desk, item)
        assert customers.current(desk.customer)["street"].value == "Mäkitie 14"

    def test_marks_the_data_subject_as_the_source_and_the_day_the_request_came(self, desk):
        (item,) = itemise(desk, STREET)
        grant(desk, item)
        datum = customers.current(desk.customer)["street"]
        assert datum.source.name == "Rekisteröity itse"
        assert datum.obtained_on == RECEIVED

    def test_keeps_the_wrong_text_in_the_history_with_the_case_that_ended_it(self, desk):
        (item,) = itemise(desk, STREET)
        grant(desk, item)
        old = next(datum for datum in customers.history(desk.customer) if datum.value == "Mäkitie 4")
        assert old.ended_at is not None
        assert desk.case.number in old.ended_reason

    def test_of_an_unnecessary_datum_removes_it(self, desk):
        (item,) = itemise(desk, Demand("phone", "unnecessary", "", "En halua numeroani rekisteriin."))
        grant(desk, item)
        assert "phone" not in customers.current(desk.customer)

    def test_completes_what_was_missing(self, desk):
        (item,) = itemise(desk, Demand("email", "incomplete", "maija@posti.example", "Puuttuu."))
        grant(desk, item)
        assert customers.current(desk.customer)["email"].value == "maija@posti.example"

    def test_when_saving_fails_neither_decides_nor_corrects(self, desk):
        (item,) = itemise(desk, STREET)
        with pytest.raises(PowerCut):
            grant(desk, item, then=power_cut)
        assert item.decision is None
        assert customers.current(desk.customer)["street"].value == "Mäkitie 4"

    def test_stops_when_somebody_has_changed_the_datum_meanwhile(self, desk):
        (item,) = itemise(desk, STREET)
        with transaction():
            customers.correct(
                customer=desk.customer, field="street", value="Rantatie 1", source=customers.own_source(),
                obtained_on=TODAY, by=desk.owner, reason="toinen oikaisu",
            )  # fmt: skip
        with pytest.raises(RuleViolation, match="”Rantatie 1”"):
            grant(desk, item)
        assert customers.current(desk.customer)["street"].value == "Rantatie 1"

    def test_is_not_possible_for_a_person_not_found(self, app, freeze):
        freeze("2026-11-23")
        desk = make_desk(make_user("vastuuhenkilo"), found=False)
        (item,) = itemise(desk, STREET)
        with pytest.raises(RuleViolation, match="Valitse ensin asiakas"):
            grant(desk, item)


class TestWhoIsTold:
    @pytest.mark.promise("oikaisu.ilmoitus-lahteelle", "oikaisu.ilmoitus-saajalle")
    def test_the_source_of_the_wrong_datum_and_everyone_who_got_it(self, desk):
        (item,) = itemise(desk, STREET)
        grant(desk, item)
        told = {(n.source or n.recipient).name for n in decisions.notifications_of(item)}
        assert told == {"Messupartneri Oy", "Perintätoimisto Esimerkki Oy"}

    def test_nobody_who_got_only_other_data(self, desk):
        (item,) = itemise(desk, Demand("city", "wrong", "Espoo", "Kaupunki on väärä."))
        grant(desk, item)
        assert {(n.source or n.recipient).name for n in decisions.notifications_of(item)} == {"Messupartneri Oy"}

    def test_nobody_when_the_wrong_text_came_from_the_person(self, desk):
        with transaction():
            customers.change(
                customer=desk.customer, values={"city": "Vantaa"}, source=customers.self_source(),
                obtained_on=TODAY, by=desk.owner, reason="ilmoitus",
            )  # fmt: skip
        (item,) = itemise(desk, Demand("city", "wrong", "Espoo", "Muutin."))
        grant(desk, item)
        assert decisions.notifications_of(item) == []

    def test_nobody_of_a_refusal(self, desk):
        (item,) = itemise(desk, STREET)
        refuse(desk, item)
        assert decisions.notifications_of(item) == []


class TestRefusing:
    def test_leaves_the_register_as_it_is(self, desk):
        (item,) = itemise(desk, STREET)
        refuse(desk, item)
        assert customers.current(desk.customer)["street"].value == "Mäkitie 4"
        assert (item.decision, item.refusal_ground, item.reasons) == ("refused", "accurate", REASONS)

    @pytest.mark.promise("oikaisu.todistus")
    def test_without_reasons_is_refused_by_the_rules_and_not_only_by_the_form(self, desk):
        (item,) = itemise(desk, STREET)
        with pytest.raises(RuleViolation):
            refuse(desk, item, reasons="")
        assert item.decision is None


class TestGrantingInPart:
    def test_writes_something_else_and_refuses_the_rest(self, desk):
        (item,) = itemise(desk, STREET)
        with transaction():
            decisions.grant_in_part(
                item=item, granted_value="Mäkitie 14 A", ground="no_evidence", reasons=REASONS, by=desk.owner, on=TODAY
            )
        assert customers.current(desk.customer)["street"].value == "Mäkitie 14 A"
        assert (item.decision, item.granted_value) == ("partly_granted", "Mäkitie 14 A")

    def test_refuses_a_text_the_register_cannot_hold(self, desk):
        (item,) = itemise(desk, Demand("postcode", "wrong", "00200", "Väärin."))
        with pytest.raises(RuleViolation) as caught, transaction():
            decisions.grant_in_part(
                item=item, granted_value="1", ground="no_evidence", reasons=REASONS, by=desk.owner, on=TODAY
            )
        assert caught.value.field == "granted_value"


class TestWhoDecides:
    @pytest.mark.parametrize("role", ["lukija", "kasittelija", "paakayttaja"])
    def test_nobody_but_the_person_responsible(self, desk, role):
        (item,) = itemise(desk, STREET)
        other = make_user(role)
        with pytest.raises(NotPermitted), transaction():
            decisions.refuse(item=item, ground="accurate", reasons=REASONS, by=other, on=TODAY)
        assert item.decision is None

    def test_not_even_the_person_responsible_without_a_commitment(self, desk):
        (item,) = itemise(desk, STREET)
        other = make_user("vastuuhenkilo", committed=False)
        with pytest.raises(NotPermitted), transaction():
            decisions.grant(item=item, by=other, on=TODAY)
        assert customers.current(desk.customer)["street"].value == "Mäkitie 4"


def test_the_second_of_two_deciders_finds_the_demand_decided(desk):
    (item,) = itemise(desk, STREET)
    seen = item.version
    grant(desk, item)
    with pytest.raises(Conflict):
        check_version(item, seen)
    with pytest.raises(RuleViolation, match="jo ratkaistu"):
        refuse(desk, item)


def test_a_decision_moves_the_case_to_review_and_is_on_record_without_personal_data(desk):
    item, _ = itemise(desk, STREET, PHONE)
    grant(desk, item)
    assert desk.case.state == "in_review"
    row = db.session.scalar(select(AuditEvent).filter_by(event="rectification.decided"))
    assert row.facts == {"item": item.id, "decision": "granted", "ground": None, "told": 2}
    assert row.actor_id == desk.owner.id
