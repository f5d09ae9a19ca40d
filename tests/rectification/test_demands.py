"""Itemising a request against what stands in the register."""

import pytest

from rekisteri.customers import service as customers
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.rectification import demands
from rekisteri.rectification.demands import Itemised
from rekisteri.rectification.rules import Demand
from tests.rectification.factories import PHONE, STREET, TODAY, itemise, make_desk
from tests.staff.factories import make_user


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


def save(desk, *rows):
    with transaction():
        demands.itemise(matter=desk.matter, demands=list(rows), by=desk.owner)


@pytest.mark.promise("oikaisu.yksilointi")
def test_the_wrong_text_is_taken_from_the_register_word_for_word(desk):
    (item,) = itemise(desk, STREET)
    assert item.current_value == "Mäkitie 4"
    assert item.datum_id == customers.current(desk.customer)["street"].id


def test_a_demanded_phone_number_is_kept_as_the_register_keeps_numbers(desk):
    (item,) = itemise(desk, PHONE)
    assert item.requested_value == "+358507654321"


def test_a_datum_the_register_lacks_can_be_demanded_to_be_completed(desk):
    (item,) = itemise(desk, Demand("email", "incomplete", "maija@posti.example", "Puuttuu."))
    assert item.current_value is None
    assert item.datum_id is None


def test_two_demands_on_one_datum_are_refused_on_the_second_row(desk):
    with pytest.raises(RuleViolation) as caught:
        save(desk, Itemised(STREET), Itemised(STREET))
    assert caught.value.field == "rows-1-field"


def test_a_fault_is_pointed_to_its_row_and_field(desk):
    with pytest.raises(RuleViolation) as caught:
        save(desk, Itemised(STREET), Itemised(Demand("postcode", "wrong", "1234", "Väärin.")))
    assert caught.value.field == "rows-1-requested"
    assert "numero" in caught.value.sentence


def test_an_identity_code_is_not_taken_even_when_demanded(desk):
    with pytest.raises(RuleViolation) as caught:
        save(desk, Itemised(Demand("orders", "wrong", "Tunnus 131052-308T", "Virhe.")))
    assert "Henkilötunnusta ei saa" in caught.value.sentence


def test_nothing_is_saved_when_one_row_is_wrong(desk):
    with pytest.raises(RuleViolation):
        save(desk, Itemised(PHONE), Itemised(Demand("street", "wrong", "", "x")))
    assert demands.of_case(desk.case).items == []


def test_an_empty_list_is_refused(desk):
    with pytest.raises(RuleViolation, match="ainakin yksi"):
        save(desk)


def test_rows_left_out_go_and_the_rest_keep_their_identity(desk):
    _street, phone = itemise(desk, STREET, PHONE)
    save(desk, Itemised(PHONE, phone.id))
    assert [item.id for item in desk.matter.items] == [phone.id]
    assert desk.matter.items[0].position == 0


def test_the_list_has_a_new_version_after_each_save(desk):
    before = desk.matter.version
    itemise(desk, STREET)
    assert desk.matter.version > before


def test_when_the_register_changes_the_demand_can_be_brought_up_to_date(desk):
    (item,) = itemise(desk, STREET)
    with transaction():
        customers.correct(
            customer=desk.customer,
            field="street",
            value="Rantatie 1",
            source=customers.own_source(),
            obtained_on=TODAY,
            by=desk.owner,
            reason="toinen oikaisu",
        )
    assert item.current_value == "Mäkitie 4"
    with transaction():
        demands.refresh(item=item, by=desk.owner)
    assert item.current_value == "Rantatie 1"


def test_demands_of_a_person_not_in_the_register_speak_of_nothing_there(app, freeze):
    freeze("2026-11-23")
    desk = make_desk(make_user("vastuuhenkilo"), found=False)
    (item,) = itemise(desk, STREET)
    assert item.current_value is None


def test_a_closed_case_takes_no_more_demands(desk):
    with transaction():
        desk.case.state = "closed"
        db.session.flush()
    with pytest.raises(RuleViolation, match="päättynyt"):
        itemise(desk, STREET)
