"""Scales, lines and labels of a chart, and the names of its areas: what the eye compares is in proportion."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.statistics.areas import NAMES, TOWNS
from rekisteri.statistics.charts import (
    FOOT,
    HEIGHT,
    MOST_BARS,
    NOTHING,
    TOP,
    Chart,
    across,
    labels,
    over_time,
    step,
    ticks,
)
from rekisteri.statistics.customers import ABROAD, AREAS, UNKNOWN

LONG = [str(number) for number in range(MOST_BARS + 1)]


def line(values):
    return over_time(LONG, [values])


class TestTheStep:
    @pytest.mark.parametrize(
        ("highest", "distance"),
        [(0, 1), (4, 1), (5, 2), (8, 2), (9, 5), (20, 5), (21, 10), (40, 10), (41, 20), (81, 25), (101, 50)],
    )
    def test_is_the_least_round_one_that_four_of_reach(self, highest, distance):
        assert step(highest) == distance

    @given(st.integers(0, 10**9), st.integers(0, 10**9))
    def test_never_shrinks_when_the_figures_grow(self, one, two):
        low, high = sorted((one, two))
        assert step(low) <= step(high)

    @given(st.integers(41, 10**7))
    def test_grows_tenfold_with_figures_tenfold(self, highest):
        assert step(highest * 10) == step(highest) * 10

    @given(st.integers(0, 10**9))
    def test_is_the_same_between_all_lines(self, highest):
        scale = ticks(highest)
        assert {later - earlier for earlier, later in pairwise(scale)} == {step(highest)}

    @given(st.floats(0.01, 10**8))
    def test_of_euros_with_cents_reaches_too(self, highest):
        assert ticks(highest)[-1] >= highest

    def test_leaves_no_empty_line_above_a_figure_on_the_uppermost(self):
        assert ticks(20)[-1] == 20
        assert ticks(21)[-1] == 30


class TestTheChart:
    def test_has_room_above_for_its_figures_and_below_for_its_names(self):
        chart = over_time(["2026"], [[7]])
        assert chart.height == TOP + HEIGHT + FOOT
        assert chart.base == chart.ticks[0].y == TOP + HEIGHT
        assert chart.ticks[-1].y == TOP

    def test_puts_the_lines_at_equal_distances(self):
        heights = [tick.y for tick in over_time(["2026"], [[100]]).ticks]
        assert {round(lower - higher, 1) for lower, higher in pairwise(heights)} == {HEIGHT / 4}

    def test_has_one_scale_for_all_its_series(self):
        chart = over_time(["1/2026"], [[10], [100]])
        assert chart.ticks[-1].value == 100
        assert [bar.height for bar in chart.bars] == [HEIGHT / 10, HEIGHT]

    def test_has_a_scale_even_when_everything_is_hidden_or_missing(self):
        for values in ([None, None], [NOTHING, NOTHING], [0, 0]):
            chart = over_time(["1/2026", "2/2026"], [values])
            assert [tick.value for tick in chart.ticks] == [0, 1]
            assert chart.is_empty

    def test_of_no_periods_is_empty_and_whole(self):
        chart = over_time([], [])
        assert isinstance(chart, Chart)
        assert chart.is_empty
        assert chart.labels == []

    def test_does_not_let_a_missing_figure_hide_the_highest(self):
        assert over_time(["1", "2", "3"], [[NOTHING, 80, NOTHING]]).ticks[-1].value == 80

    @given(st.integers(1, 10**6), st.integers(1, 10**6))
    def test_draws_twice_the_figure_twice_as_high(self, one, two):
        first, second = over_time(["1", "2"], [[one, two]]).bars
        assert first.height * two == pytest.approx(second.height * one, abs=0.2 * max(one, two))

    @given(st.lists(st.integers(0, 100), min_size=1, max_size=MOST_BARS))
    def test_stands_every_bar_on_the_base(self, values):
        chart = over_time([str(n) for n in range(len(values))], [values])
        assert all(bar.y + bar.height == pytest.approx(chart.base) for bar in chart.bars)

    @given(st.lists(st.integers(0, 100), min_size=2, max_size=MOST_BARS), st.integers(1, 3))
    def test_lets_no_bar_stand_before_another(self, values, number):
        chart = over_time([str(n) for n in range(len(values))], [values] * number)
        ordered = sorted(chart.bars, key=lambda bar: bar.x)
        assert all(left.x + left.width <= right.x + 0.002 for left, right in pairwise(ordered))

    def test_becomes_a_line_only_when_bars_have_no_room(self):
        assert over_time(LONG[:-1], [[1] * MOST_BARS]).strokes == []
        assert line([1] * len(LONG)).bars == []


class TestALine:
    def test_goes_on_from_where_it_was(self):
        strokes = line(list(range(len(LONG)))).strokes
        assert len(strokes) == len(LONG) - 1
        assert all((one.x2, one.y2) == (two.x1, two.y1) for one, two in pairwise(strokes))

    def test_rises_when_the_figures_grow(self):
        assert all(stroke.y2 < stroke.y1 for stroke in line(list(range(len(LONG)))).strokes)

    @pytest.mark.parametrize("gap", [None, NOTHING])
    @pytest.mark.parametrize(("at", "lost"), [(0, 1), (10, 2), (MOST_BARS, 1)])
    def test_never_bridges_a_figure_that_is_not_shown(self, gap, at, lost):
        values = [5.0] * len(LONG)
        values[at] = gap
        strokes = line(values).strokes
        place = 100 / len(LONG)
        assert len(strokes) == len(LONG) - 1 - lost
        assert not any(stroke.x1 < (at + 0.5) * place < stroke.x2 for stroke in strokes)

    def test_of_figures_with_gaps_between_is_not_drawn_at_all(self):
        assert line([5 if place % 2 else None for place in range(len(LONG))]).is_empty


class TestTheLabels:
    @given(st.integers(1, 200))
    def test_are_in_order_and_keep_their_distance(self, count):
        places = [label.x for label in labels([str(n) for n in range(count)])]
        gaps = {round(right - left, 1) for left, right in pairwise(places)}
        assert places == sorted(places)
        assert max(gaps, default=0) - min(gaps, default=0) <= 0.11

    @given(st.integers(1, 200))
    def test_stand_under_the_middle_of_what_they_name(self, count):
        for label in labels([str(n) for n in range(count)]):
            assert label.x == pytest.approx((int(label.text) + 0.5) * 100 / count, abs=0.001)

    def test_of_four_are_all_told(self):
        assert [label.text for label in labels(["I", "II", "III", "IV"])] == ["I", "II", "III", "IV"]


class TestBarsOfAList:
    def test_have_no_length_where_a_figure_is_hidden_and_none_is_longer_than_the_longest(self):
        assert across([[None, 50, 200], [0, 100, None]]) == [[0, 25, 100], [0, 50, 0]]

    @given(st.lists(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), min_size=1, max_size=3))
    def test_keep_the_order_of_what_they_stand_for(self, series):
        flat = [
            (value, share)
            for values, shares in zip(series, across(series), strict=True)
            for value, share in zip(values, shares, strict=True)
        ]
        assert [share for _value, share in sorted(flat)] == sorted(share for _value, share in flat)


class TestTheAreas:
    def test_have_a_name_each_and_no_name_twice(self):
        assert set(NAMES) == {*AREAS, UNKNOWN}
        assert len(set(NAMES.values())) == len(NAMES) == 102

    def test_begin_with_their_digits(self):
        for code, town in TOWNS.items():
            assert NAMES[code] == f"{code} {town}"

    def test_without_a_large_town_are_told_by_their_digits_alone(self):
        assert NAMES["99"] == "99"

    def test_that_are_no_postcodes_are_told_in_words_and_last(self):
        assert list(NAMES)[-2:] == [ABROAD, UNKNOWN]
        assert (NAMES[ABROAD], NAMES[UNKNOWN]) == ("Ulkomaat", "Ei postinumeroa")
