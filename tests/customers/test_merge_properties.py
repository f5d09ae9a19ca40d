"""Whatever two customers hold and whatever is chosen, merging them loses nothing and mixes nothing."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rekisteri.customers import fields, merge_rules, rules
from rekisteri.customers.merge_rules import BOTH, DROPPED, KEPT
from rekisteri.kernel.errors import RuleViolation


@dataclass(frozen=True)
class Told:
    """A value with the day it was obtained."""

    value: str
    obtained_on: date


DAYS = st.sampled_from([date(2025, 1, 1), date(2026, 1, 1)])
KINDS = st.sampled_from(list(fields.FIELDS))


@st.composite
def pairs(draw):
    """Two customers of one kind, with data that partly agree."""
    kind = draw(KINDS)
    held = st.dictionaries(
        st.sampled_from(list(fields.FIELDS[kind])),
        st.builds(Told, st.sampled_from(["a", "A", "b", "c"]), DAYS),
        max_size=14,
    )
    return kind, draw(held), draw(held)


def after(kept, dropped, plan) -> dict[str, str]:
    """What stands in the register of the kept customer when the plan has been carried out."""
    stay = {name: told.value for name, told in kept.items() if name not in plan.replaced}
    moved = {target: dropped[name].value for name, target in plan.moves.items()}
    assert not set(stay) & set(moved)
    return stay | moved | ({"orders": plan.joined} if plan.joined else {})


def values_of(held, main) -> set[str]:
    return {told.value.lower() for name, told in held.items() if rules.base(name) == main}


@given(pairs())
def test_what_is_proposed_can_always_be_accepted_as_it_is(pair):
    kind, kept, dropped = pair
    proposed = {one.unit.code: one.default for one in merge_rules.differences(kind, kept, dropped)}

    after(kept, dropped, merge_rules.plan(kind, kept, dropped, proposed))


@given(pairs())
def test_a_question_is_asked_only_where_the_two_differ_and_shows_what_each_has(pair):
    kind, kept, dropped = pair
    for one in merge_rules.differences(kind, kept, dropped):
        assert one.kept
        assert one.dropped
        assert one.kept.lower() != one.dropped.lower()
        assert one.default in one.options
        assert (BOTH in one.options) == bool(one.room) or one.unit.code == "orders"


@given(pairs())
def test_who_keeps_the_kept_ones_data_changes_none_of_them(pair):
    kind, kept, dropped = pair
    choices = {one.unit.code: KEPT for one in merge_rules.differences(kind, kept, dropped)}
    result = after(kept, dropped, merge_rules.plan(kind, kept, dropped, choices))

    assert {name: result.get(name) for name in kept} == {name: told.value for name, told in kept.items()}


@given(pairs())
def test_who_takes_the_dropped_ones_data_has_every_value_of_them(pair):
    kind, kept, dropped = pair
    choices = {one.unit.code: DROPPED for one in merge_rules.differences(kind, kept, dropped)}
    plan = merge_rules.plan(kind, kept, dropped, choices)
    result = after(kept, dropped, plan)

    assert plan.unused == set()
    for name in plan.moves:
        assert dropped[name].value in {
            value for field, value in result.items() if rules.base(field) == rules.base(name)
        }


@given(pairs())
def test_where_there_is_room_for_both_neither_ones_addresses_and_numbers_are_lost(pair):
    kind, kept, dropped = pair
    asked = merge_rules.differences(kind, kept, dropped)
    assume(all(BOTH in one.options for one in asked if one.unit.group))
    choices = {one.unit.code: BOTH if one.unit.group else KEPT for one in asked}
    result = after(kept, dropped, merge_rules.plan(kind, kept, dropped, choices))

    for main in (*fields.ADDRESS, "email", "phone"):
        there = {value.lower() for name, value in result.items() if rules.base(name) == main}
        assert values_of(kept, main) | values_of(dropped, main) == there


@given(pairs())
def test_the_parts_of_an_address_stay_together(pair):
    kind, kept, dropped = pair
    choices = {one.unit.code: one.default for one in merge_rules.differences(kind, kept, dropped)}
    moves = merge_rules.plan(kind, kept, dropped, choices).moves

    for number in fields.SLOTS:
        parts = [name for name in fields.group_fields("address", number) if name in moves]
        assert len({fields.slot(moves[name]) for name in parts}) <= 1
        assert all(rules.base(moves[name]) == rules.base(name) for name in parts)


@given(pairs())
def test_merging_a_customer_with_its_likeness_asks_nothing_and_moves_nothing(pair):
    kind, one, _other = pair
    plan = merge_rules.plan(kind, one, dict(one), {})

    assert merge_rules.differences(kind, one, dict(one)) == []
    assert plan.moves == {}
    assert plan.same == set(one)


@given(pairs())
def test_an_empty_card_gives_and_takes_everything_without_a_question(pair):
    kind, one, _other = pair

    assert merge_rules.plan(kind, one, {}, {}) == merge_rules.Plan()
    taken = merge_rules.plan(kind, {}, one, {})
    assert merge_rules.differences(kind, {}, one) == []
    assert set(taken.moves) | taken.same == set(one)


@given(pairs())
def test_a_question_left_unanswered_stops_the_merging_at_its_own_place(pair):
    kind, kept, dropped = pair
    asked = merge_rules.differences(kind, kept, dropped)
    assume(asked)
    answers = {one.unit.code: KEPT for one in asked[:-1]}

    for wrong in ({}, {asked[-1].unit.code: ""}, {asked[-1].unit.code: "kaikki"}):
        with pytest.raises(RuleViolation) as refused:
            merge_rules.plan(kind, kept, dropped, answers | wrong)
        assert refused.value.field == asked[-1].unit.code
