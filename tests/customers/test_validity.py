"""For how long an address holds, and what may be told of a relationship: to the day and to the sign."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.customers import relationship_rules, validity
from rekisteri.customers.validity import Detail, check_detail
from rekisteri.kernel.errors import RuleViolation

DAYS = st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31))
DETAILS = st.builds(Detail, st.sampled_from(["", *validity.USES]), DAYS, DAYS)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def refused(check, *given_, **rest) -> RuleViolation:
    with pytest.raises(RuleViolation) as violation:
        check(*given_, **rest)
    return violation.value


@given(DETAILS, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_whoever_uses_an_address_is_warned_exactly_when_it_does_not_hold(detail, on):
    assert bool(validity.warning(detail, on)) is not validity.holds(detail, on)


@given(DETAILS, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_value_that_takes_an_old_ones_place_has_not_run_out_by_itself(detail, on):
    new = validity.renewed(detail, on)

    assert new.use == detail.use
    assert not validity.is_over(new, on)
    assert validity.renewed(new, on) == new


@given(DETAILS)
def test_days_are_accepted_in_their_order_and_in_no_other(detail):
    backwards = detail.valid_from and detail.valid_until and detail.valid_until < detail.valid_from
    if backwards:
        assert refused(check_detail, detail).field == "valid_until"
    else:
        assert check_detail(detail) == detail


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2025, 12, 31), "ei vielä voimassa"),
        (date(2026, 1, 1), ""),
        (date(2026, 6, 30), ""),
        (date(2026, 7, 1), "ei enää voimassa"),
    ],
)
def test_the_first_and_the_last_day_are_days_on_which_an_address_holds(on, said):
    assert validity.warning(Detail("work", date(2026, 1, 1), date(2026, 6, 30)), on) == said


def test_one_day_is_a_time():
    one = Detail("", TODAY, TODAY)
    assert check_detail(one) == one
    assert validity.in_words(one) == "voimassa 23.11.2026–23.11.2026"
    assert [validity.holds(one, TODAY + DAY * step) for step in (-1, 0, 1)] == [False, True, False]


def test_of_what_nothing_is_told_nothing_is_said_and_it_always_holds():
    assert validity.in_words(Detail.of(None)) == validity.warning(Detail(), date.min) == ""
    assert validity.holds(Detail(), date.max)


@pytest.mark.parametrize(
    ("detail", "field"),
    [
        (Detail("koti"), "use"),
        (Detail("", validity.EARLIEST - DAY), "valid_from"),
        (Detail("", None, validity.LATEST + DAY), "valid_until"),
        (Detail("", date(26, 1, 1)), "valid_from"),
    ],
)
def test_a_slip_of_the_year_is_told_at_the_field_it_stands_in(detail, field):
    violation = refused(check_detail, detail)
    assert violation.field == field
    assert violation.sentence.endswith(".")


def test_the_first_and_the_last_year_of_the_calendar_are_accepted():
    assert check_detail(Detail("other", validity.EARLIEST, validity.LATEST))


# the relationship


@pytest.mark.parametrize("channel", ["", "fax", "Puhelu", "phone "])
def test_only_a_known_way_of_being_in_touch_is_recorded(channel):
    assert refused(relationship_rules.check_channel, channel).field == "channel"
    assert relationship_rules.check_channel("phone") == "phone"


def test_a_contact_happened_today_at_the_latest_and_in_our_age():
    check = relationship_rules.check_contact_day
    assert check(TODAY, today=TODAY) == TODAY
    assert check(validity.EARLIEST, today=TODAY) == validity.EARLIEST
    for day, word in ((TODAY + DAY, "tulevaisuudessa"), (validity.EARLIEST - DAY, "menneisyydessä")):
        violation = refused(check, day, today=TODAY)
        assert word in violation.sentence
        assert violation.field == "happened_on"


@pytest.mark.parametrize(
    ("check", "field", "longest"),
    [
        (relationship_rules.check_note, "text", "2\u00a0000"),
        (relationship_rules.check_organisation_name, "organisation", "200"),
        (relationship_rules.check_role, "role", "100"),
    ],
)
def test_a_text_of_just_the_right_length_is_kept_and_a_sign_more_is_told_with_the_limit(check, field, longest):
    signs = int(longest.replace("\u00a0", ""))
    assert check("ä" * signs) == "ä" * signs
    for length in (signs + 1, 3 * signs, 1_000_000):
        violation = refused(check, "ä" * length)
        assert violation.sentence == f"Teksti on liian pitkä: enintään {longest} merkkiä."
        assert violation.field == field


@pytest.mark.parametrize(
    "check", [relationship_rules.check_note, relationship_rules.check_organisation_name, relationship_rules.check_role]
)
@pytest.mark.parametrize("code", ["131052-308T", "131052\u2013308T", "1310\u200b52-308T"])
def test_a_personal_identity_code_gets_into_no_text_of_a_relationship_however_it_is_written(check, code):
    assert "Henkilötunnusta ei saa tallentaa" in refused(check, f"Soitti {code} illalla").sentence


def test_a_role_may_be_left_out_but_a_contact_says_something():
    assert relationship_rules.check_role(" \u200b ") == ""
    assert refused(relationship_rules.check_note, " – \n ? ").field == "text"
    assert refused(relationship_rules.check_organisation_name, "—").field == "organisation"


def test_a_note_keeps_its_lines_and_a_name_has_one():
    assert relationship_rules.check_note("Kysyi hintaa. \r\nSoita maanantaina.") == "Kysyi hintaa.\nSoita maanantaina."
    assert relationship_rules.check_organisation_name("Äijälän\nSähkö  Oy") == "Äijälän Sähkö Oy"


@given(DAYS, DAYS)
def test_a_role_ends_no_earlier_than_it_began(started, ended):
    if started and ended and ended < started:
        assert refused(relationship_rules.check_time, started, ended).field == "ended_on"
    else:
        relationship_rules.check_time(started, ended)
