"""The calendar at its edges: turns of the year, leap days, quarters cut by a choice, trees with empty years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.errors import RuleViolation
from rekisteri.statistics.forms import chosen_range, usual
from rekisteri.statistics.periods import FIRST_YEAR, MOST_MONTHS, Month, added, check_range, grow, parse_month, periods
from rekisteri.statistics.rules import Group

TODAY = date(2026, 11, 23)
MONTHS = st.builds(Month, st.integers(1990, 2090), st.integers(1, 12))
LEVELS = st.sampled_from(["month", "quarter", "year"])


def six(**figures):
    return Group(6, {"count": 6} | figures)


class TestAMonth:
    @pytest.mark.parametrize("day", [date(2024, 2, 29), date(2024, 2, 1), date(2026, 2, 28)])
    def test_holds_its_leap_day(self, day):
        assert Month.of(day) == Month(day.year, 2)

    @pytest.mark.parametrize("day", [date(2024, 12, 30), date(2026, 12, 31)])
    def test_of_a_week_that_belongs_to_next_year_is_still_december(self, day):
        assert Month.of(day).key("month") == f"{day.year}-12"
        assert Month.of(day + timedelta(days=7)).key("year") == str(day.year + 1)

    def test_of_new_years_day_is_january_though_its_week_is_of_last_year(self):
        assert date(2027, 1, 1).isocalendar().year == 2026
        assert Month.of(date(2027, 1, 1)).key("quarter") == "2027/1"

    @pytest.mark.parametrize(("number", "quarter"), list(enumerate([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], 1)))
    def test_is_in_its_quarter(self, number, quarter):
        assert Month(2026, number).quarter == quarter

    @given(MONTHS, st.integers(-500, 500))
    def test_is_found_again_by_going_there_and_back(self, month, step):
        assert month.later(step).later(-step) == month
        assert month.later(step).position - month.position == step

    @given(MONTHS, MONTHS)
    def test_comes_before_another_as_its_first_day_does(self, one, two):
        assert (one < two) == (date(one.year, one.number, 1) < date(two.year, two.number, 1))

    @given(MONTHS)
    def test_is_written_so_that_it_can_be_read_again(self, month):
        assert parse_month(str(month)) == month

    @given(MONTHS, MONTHS)
    def test_has_keys_that_sort_as_time_goes(self, one, two):
        assert (one.key("month") <= two.key("month")) == (one <= two)


class TestTheRows:
    @given(MONTHS, st.integers(0, MOST_MONTHS - 1), LEVELS)
    def test_are_each_said_once_and_in_order(self, first, length, level):
        keys = [period.key for period in periods(first, first.later(length), level)]
        assert keys == sorted(set(keys))
        assert keys[0] == first.key(level)
        assert keys[-1] == first.later(length).key(level)

    @given(MONTHS, st.integers(0, MOST_MONTHS - 1))
    def test_are_as_many_as_months_were_chosen(self, first, length):
        assert len(periods(first, first.later(length), "month")) == length + 1

    def test_of_one_month_are_one_whatever_the_level(self):
        for level in ("month", "quarter", "year"):
            assert len(periods(Month(2024, 2), Month(2024, 2), level)) == 1

    def test_are_the_twelve_months_in_finnish(self):
        found = [period.label.split()[0] for period in periods(Month(2026, 1), Month(2026, 12), "month")]
        assert found[:3] == ["tammikuu", "helmikuu", "maaliskuu"]
        assert found[5:7] == ["kesäkuu", "heinäkuu"]
        assert len(set(found)) == 12

    def test_are_quarters_in_roman_numbers_under_a_chart(self):
        found = periods(Month(2026, 1), Month(2026, 12), "quarter")
        assert [period.short for period in found] == ["I/2026", "II/2026", "III/2026", "IV/2026"]

    def test_of_two_months_across_the_year_are_two_quarters_and_two_years(self):
        for level, keys in (("quarter", ["2025/4", "2026/1"]), ("year", ["2025", "2026"])):
            assert [period.key for period in periods(Month(2025, 12), Month(2026, 1), level)] == keys

    def test_backwards_are_none(self):
        assert periods(Month(2026, 3), Month(2026, 1), "month") == []


class TestTheChoice:
    def test_may_end_in_the_month_that_is_not_over(self):
        check_range(Month(2026, 11), Month(2026, 11), on=TODAY)

    def test_may_begin_with_the_first_year_there_is(self):
        check_range(Month(FIRST_YEAR, 1), Month(FIRST_YEAR + 9, 12), on=TODAY)

    def test_lets_january_in_on_its_first_day_and_not_before(self):
        january = Month(2027, 1)
        with pytest.raises(RuleViolation, match="tulevaisuudessa"):
            check_range(january, january, on=date(2026, 12, 31))
        check_range(january, january, on=date(2027, 1, 1))

    @pytest.mark.parametrize(
        ("first", "last", "field"),
        [
            (Month(1800, 1), Month(1801, 1), "alku"),
            (Month(2026, 2), Month(2026, 1), "loppu"),
            (Month(2026, 2), Month(9999, 12), "loppu"),
            (Month(2001, 1), Month(2026, 1), "alku"),
        ],
    )
    def test_that_will_not_do_points_at_the_field_to_mend(self, first, last, field):
        with pytest.raises(RuleViolation) as refused:
            check_range(first, last, on=TODAY)
        assert refused.value.field == field

    @pytest.mark.parametrize("on", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
    def test_that_is_usual_is_always_allowed(self, on):
        chosen = usual(on)
        check_range(chosen.first, chosen.last, on=on)
        assert (chosen.first, chosen.last) == (Month(on.year - 1, 1), Month.of(on))

    def test_belongs_to_every_calendar_year_it_touches(self):
        assert usual(TODAY).years == ["2025", "2026"]


class TestTheForm:
    def test_not_sent_means_the_usual_months(self, app):
        with app.test_request_context():
            form, chosen = chosen_range({}, TODAY)
        assert not form.errors
        assert chosen == usual(TODAY)

    def test_half_sent_is_filled_with_the_usual(self, app):
        with app.test_request_context():
            form, chosen = chosen_range({"jako": "year"}, TODAY)
        assert not form.errors
        assert (chosen.first, chosen.last, chosen.level) == (Month(2025, 1), Month(2026, 11), "year")

    def test_with_anything_else_in_the_address_heeds_only_its_own_fields(self, app):
        with app.test_request_context():
            form, chosen = chosen_range({"haku": "x", "alku": "2/2024", "loppu": "2/2024"}, TODAY)
        assert not form.errors
        assert [period.label for period in chosen.periods] == ["helmikuu 2024"]

    @pytest.mark.parametrize("typed", ["2/24", "29.2.2024", "2024-02", "-1/2026", "1/2026; drop", "1/20266"])
    def test_with_what_is_no_month_keeps_what_was_typed(self, app, typed):
        with app.test_request_context():
            form, chosen = chosen_range({"alku": typed}, TODAY)
        assert list(form.errors) == ["alku"]
        assert form.alku.data == typed
        assert chosen == usual(TODAY)


class TestTheTree:
    def test_has_a_leap_year_as_long_as_any_other(self):
        whole = grow({"month": {"2024-02": six(), "2025-02": six()}})
        for year in ("2024", "2025"):
            months = [
                key for part in whole.splits["year"][year].splits["quarter"].values() for key in part.splits["month"]
            ]
            assert months == [f"{year}-{number:02}" for number in range(1, 13)]

    def test_keeps_december_and_january_apart(self):
        years = grow({"month": {"2025-12": six(), "2026-01": six()}}).splits["year"]
        assert {key: year.people for key, year in years.items()} == {"2025": 6, "2026": 6}
        assert years["2025"].splits["quarter"]["2025/4"].people == 6
        assert years["2026"].splits["quarter"]["2026/1"].people == 6

    def test_takes_a_year_that_was_counted_though_its_months_say_more(self):
        levels = {"month": {"2026-01": six(), "2026-07": six()}, "year": {"2026": Group(7, {"count": 12})}}
        assert grow(levels).splits["year"]["2026"].people == 7

    def test_takes_the_whole_as_it_was_counted(self):
        levels = {"month": {"2025-01": six(), "2026-01": six()}}
        assert grow(levels, Group(6, {"count": 12})).people == 6
        assert grow(levels).people == 12

    @given(st.dictionaries(MONTHS.map(lambda month: month.key("month")), st.integers(0, 9), min_size=1, max_size=8))
    def test_adds_up_at_every_level_to_what_was_put_in(self, months):
        whole = grow({"month": {key: Group(people, {"count": people}) for key, people in months.items()}})
        quarters = [part for year in whole.splits["year"].values() for part in year.splits["quarter"].values()]
        leaves = {key: month for part in quarters for key, month in part.splits["month"].items()}
        assert whole.people == sum(part.people for part in quarters) == sum(months.values())
        assert {key: leaves[key].people for key in months} == months

    def test_adds_figures_of_each_name_apart(self):
        assert added([{"count": 1, "cents": 250}, {"count": 2}, {}]) == {"count": 3, "cents": 250}
