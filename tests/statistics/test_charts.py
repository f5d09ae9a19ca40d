"""Charts are right: scales reach the highest figure, bars stand for what they say, hidden figures are no zeros."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.statistics.charts import HEIGHT, MOST_BARS, MOST_LABELS, NOTHING, TOP, across, labels, over_time, ticks

FIGURES = st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=40)


class TestTheScale:
    @pytest.mark.parametrize(
        ("highest", "scale"),
        [
            (0, [0, 1]),
            (1, [0, 1]),
            (4, [0, 1, 2, 3, 4]),
            (5, [0, 2, 4, 6]),
            (23, [0, 10, 20, 30]),
            (100, [0, 25, 50, 75, 100]),
            (1234, [0, 500, 1000, 1500]),
        ],
    )
    def test_has_round_figures(self, highest, scale):
        assert ticks(highest) == scale

    @given(st.integers(0, 10**12))
    def test_reaches_the_highest_with_few_lines_at_whole_numbers(self, highest):
        scale = ticks(highest)
        assert scale[-1] >= highest
        assert 2 <= len(scale) <= 5
        assert all(value == int(value) for value in scale)


class TestBars:
    def test_are_as_high_as_what_they_stand_for(self):
        chart = over_time(["1/2026", "2/2026"], [[100, 50]])
        assert [bar.height for bar in chart.bars] == [HEIGHT, HEIGHT / 2]
        assert chart.bars[0].y == TOP

    def test_of_two_series_stand_side_by_side(self):
        first, second = over_time(["2026"], [[4], [8]]).bars
        assert first.x + first.width == pytest.approx(second.x)

    def test_of_a_hidden_figure_has_no_height_and_no_value(self):
        hidden = over_time(["1/2026", "2/2026"], [[None, 8]]).bars[0]
        assert (hidden.height, hidden.value) == (0, None)

    def test_of_no_figure_there_is_none(self):
        """A month without requests has no time of answering, and nothing of it is hidden."""
        assert [bar.place for bar in over_time(["1/2026", "2/2026"], [[NOTHING, 8]]).bars] == [1]

    @given(st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=MOST_BARS))
    def test_stay_inside_the_chart(self, values):
        for bar in over_time([str(n) for n in range(len(values))], [values, values]).bars:
            assert bar.x >= 0
            assert bar.x + bar.width <= 100.001
            assert TOP <= bar.y <= TOP + HEIGHT

    def test_become_a_line_when_there_are_many(self):
        months = [str(number) for number in range(MOST_BARS + 1)]
        chart = over_time(months, [[number for number, _ in enumerate(months)]])
        assert not chart.bars
        assert len(chart.strokes) == MOST_BARS

    def test_a_line_breaks_where_a_figure_is_hidden(self):
        values = [5, 6, None, 8, 9, NOTHING, *range(5, 40)]
        chart = over_time([str(number) for number, _ in enumerate(values)], [values])
        assert len(chart.strokes) == len(values) - 1 - 4

    def test_nothing_to_see_is_known(self):
        assert over_time(["2026"], [[0]]).is_empty
        assert over_time(["2026"], [[None]]).is_empty
        assert not over_time(["2026"], [[5]]).is_empty


class TestLabels:
    @given(st.integers(1, 200))
    def test_have_room_and_the_last_is_always_told(self, count):
        found = labels([str(number) for number in range(count)])
        assert 1 <= len(found) <= MOST_LABELS
        assert found[-1].text == str(count - 1)

    def test_the_outermost_stay_inside(self):
        found = labels([str(number) for number in range(36)])
        assert found[-1].anchor == "end"
        assert {label.anchor for label in found[:-1]} <= {"middle", "start"}


class TestBarsAcross:
    def test_are_measured_against_the_longest_of_all_series(self):
        assert across([[5, 20, None, 0], [10, 1, 0, 2]]) == [[25, 100, 0, 0], [50, 5, 0, 10]]

    def test_of_nothing_have_no_length(self):
        assert across([[None, 0]]) == [[0, 0]]

    @given(FIGURES, FIGURES)
    def test_never_leave_the_page(self, first, second):
        assert all(0 <= length <= 100 for lengths in across([first, second]) for length in lengths)
