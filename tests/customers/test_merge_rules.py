"""What becomes of each datum when two customers become one."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.customers import fields, merge_rules
from rekisteri.customers.merge_rules import BOTH, DROPPED, KEPT
from rekisteri.kernel.errors import RuleViolation


@dataclass(frozen=True)
class Told:
    """A value with the day it was obtained."""

    value: str
    obtained_on: date = date(2026, 3, 5)


def data(**values: str) -> dict[str, Told]:
    return {name: Told(value) for name, value in values.items()}


def asked(kept, dropped, kind="person"):
    return {one.unit.code: one for one in merge_rules.differences(kind, kept, dropped)}


def test_what_only_the_dropped_one_has_moves_without_a_question():
    kept, dropped = data(last_name="Aho"), data(last_name="Aho", phone="+358415058567", city_2="Turku")

    plan = merge_rules.plan("person", kept, dropped, {})

    assert asked(kept, dropped) == {}
    assert plan.moves == {"phone": "phone", "city_2": "city_2"}
    assert plan.same == {"last_name"}


def test_what_is_the_same_in_other_writing_is_no_difference():
    kept, dropped = data(last_name="Aho", email="a@esimerkki.fi"), data(last_name="AHO", email="A@esimerkki.fi")

    assert merge_rules.plan("person", kept, dropped, {}).same == {"last_name", "email"}


def test_a_value_that_the_kept_one_has_in_another_slot_is_the_same():
    kept = data(email="a@esimerkki.fi", email_2="b@esimerkki.fi")

    plan = merge_rules.plan("person", kept, data(email="b@esimerkki.fi"), {})

    assert (plan.same, plan.moves) == ({"email"}, {})


def test_an_address_is_one_whole_and_a_fuller_one_completes_a_part():
    kept = data(city="Helsinki")
    dropped = data(street="Mäkitie 4", postcode="00100", city="Helsinki")

    plan = merge_rules.plan("person", kept, dropped, {})

    assert plan.moves == {"street": "street", "postcode": "postcode"}
    assert plan.same == {"city"}


def test_two_addresses_do_not_both_complete_one_part():
    kept = data(city="Helsinki")
    dropped = data(street="Mäkitie 4", city="Helsinki", street_2="Kuusitie 2", city_2="Helsinki")

    plan = merge_rules.plan("person", kept, dropped, {})

    assert plan.moves == {"street": "street", "street_2": "street_2", "city_2": "city_2"}


def test_addresses_that_differ_in_one_part_are_asked_about_as_wholes():
    kept = data(street="Mäkitie 4", postcode="00100", city="Helsinki")
    dropped = data(street="Mäkitie 14", postcode="00100", city="Helsinki")

    one = asked(kept, dropped)["address"]

    assert (one.unit.label, one.kept, one.dropped) == (
        "Postiosoite",
        "Mäkitie 4, 00100, Helsinki",
        "Mäkitie 14, 00100, Helsinki",
    )
    assert (one.options, one.default, one.room) == ((KEPT, DROPPED, BOTH), BOTH, "Postiosoite 2")


def test_both_stay_when_both_are_wanted_each_in_its_own_slot():
    kept = data(phone="+358411111111", phone_2="+358412222222")
    dropped = data(phone="+358413333333", phone_2="+358414444444")

    plan = merge_rules.plan("person", kept, dropped, {"phone": BOTH, "phone_2": BOTH})

    assert plan.moves == {"phone": "phone_3", "phone_2": "phone_4"}
    assert [one.room for one in merge_rules.differences("person", kept, dropped)] == [
        "Puhelinnumero 3",
        "Puhelinnumero 4",
    ]


def test_where_there_is_no_room_both_is_not_offered_and_not_taken():
    full = data(**{name: f"{name}@esimerkki.fi" for name in fields.slots("email")})
    other = data(email="uusi@esimerkki.fi")

    assert asked(full, other)["email"].options == (KEPT, DROPPED)
    with pytest.raises(RuleViolation, match="Molemmille ei ole tilaa: sähköpostiosoite"):
        merge_rules.plan("person", full, other, {"email": BOTH})


def test_the_last_free_slot_is_offered_once():
    kept = data(**{f"phone{slot}": f"+35841505856{number}" for number, slot in enumerate(("", "_2", "_3", "_4"))})
    dropped = data(phone="+358501111111", phone_2="+358502222222")

    assert {code: one.options for code, one in asked(kept, dropped).items()} == {
        "phone": (KEPT, DROPPED, BOTH),
        "phone_2": (KEPT, DROPPED),
    }


def test_of_what_there_can_be_only_one_the_later_is_proposed():
    kept = {"last_name": Told("Aho", date(2025, 1, 1)), "first_name": Told("Anna", date(2026, 1, 1))}
    dropped = {"last_name": Told("Laine", date(2026, 1, 1)), "first_name": Told("Anne", date(2026, 1, 1))}

    assert {code: one.default for code, one in asked(kept, dropped).items()} == {
        "last_name": DROPPED,
        "first_name": KEPT,
    }


def test_what_is_chosen_ends_the_other():
    kept, dropped = data(last_name="Aho", first_name="Anna"), data(last_name="Laine", first_name="Anne")

    plan = merge_rules.plan("person", kept, dropped, {"last_name": DROPPED, "first_name": KEPT})

    assert plan.moves == {"last_name": "last_name"}
    assert plan.replaced == {"last_name"}
    assert plan.unused == {"first_name"}


def test_earlier_orders_are_put_together_when_both_are_wanted():
    kept, dropped = data(orders="Ruuveja 2019"), data(orders="Nauloja 2021")

    one = asked(kept, dropped)["orders"]
    plan = merge_rules.plan("person", kept, dropped, {"orders": BOTH})

    assert (one.default, one.room) == (BOTH, "")
    assert plan.joined == "Ruuveja 2019\nNauloja 2021"
    assert (plan.replaced, plan.unused, plan.moves) == ({"orders"}, {"orders"}, {})


def test_orders_too_long_together_are_not_put_together():
    long = data(orders="x" * 2500)

    assert asked(long, data(orders="y" * 2500))["orders"].options == (KEPT, DROPPED)


def test_a_choice_not_made_is_asked_for_by_its_place():
    with pytest.raises(RuleViolation, match="Valitse, mikä tieto jää: sukunimi") as refused:
        merge_rules.plan("person", data(last_name="Aho"), data(last_name="Laine"), {})

    assert refused.value.field == "last_name"


def test_the_units_cover_every_field_once():
    for kind, labels in fields.FIELDS.items():
        covered = [name for unit in merge_rules.units(kind) for name in unit.fields]
        assert sorted(covered) == sorted(labels)


VALUE = st.sampled_from(["a", "b", "A", "c"])
HELD = st.dictionaries(st.sampled_from(list(fields.FIELDS["person"])), VALUE, max_size=12)


@given(HELD, HELD, st.randoms(use_true_random=False))
def test_no_value_is_lost_and_no_place_holds_two(one, other, dice):
    kept, dropped = data(**one), data(**other)
    choices = {code: dice.choice(difference.options) for code, difference in asked(kept, dropped).items()}
    try:
        plan = merge_rules.plan("person", kept, dropped, choices)
    except RuleViolation:
        return  # the last free slot went to another choice

    assert set(plan.moves) | plan.same | plan.unused == set(dropped)
    assert not set(plan.moves) & plan.same
    assert not set(plan.moves) & plan.unused
    stay = set(kept) - plan.replaced
    assert not stay & set(plan.moves.values())
    assert len(set(plan.moves.values())) == len(plan.moves)
