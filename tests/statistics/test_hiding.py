"""What is hidden beside a small group, figure by figure: examples a person can follow, and what no choice may change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.statistics.periods import Month, grow
from rekisteri.statistics.rules import SMALLEST, Group, is_enough, published, to_hide
from rekisteri.statistics.tables import HIDDEN, Cell, Column, Divided, OverTime, Range

SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1)
PEOPLE = Column("person", "Henkilöt")
SALES = Column("person", "Arvo", "cents")


def hidden(*people, certain=sum):
    """The places of what is hidden in a family of so many people each."""
    return sorted(int(key) for key in to_hide({str(place): one for place, one in enumerate(people)}, certain))


def sold(months):
    """The published sales by month: so many customers, a hundred euros each."""
    groups = {key: Group(people, {"count": people, "cents": people * 10_000}) for key, people in months.items()}
    return {"person": published(grow({"month": groups}))}


def over(first, last, level="month"):
    return Range(Month(2026, first), Month(2026, last), level)


def figures(shown):
    """Every figure there is in a published tree."""
    yield shown["figures"]
    for parts in shown["splits"].values():
        for part in parts.values():
            yield from figures(part)


class TestBesideASmallOne:
    @pytest.mark.parametrize(
        ("people", "gone"),
        [
            ((9, 4, 9, 9), [0, 1]),
            ((9, 9, 9, 1), [2, 3]),
            ((1, 0, 0, 9), [0, 3]),
            ((2, 9, 3), [0, 2]),
            ((1, 9, 1), [0, 1, 2]),
            ((4, 4, 20), [0, 1]),
            ((0, 5, 6), []),
            ((4,), [0]),
            ((1, 1), [0, 1]),
        ],
    )
    def test_goes_its_nearest_large_neighbour(self, people, gone):
        assert hidden(*people) == gone

    @given(SIZES)
    def test_goes_nothing_when_everybody_is_in_a_large_group(self, sizes):
        large = {key: people + SMALLEST for key, people in sizes.items()}
        assert to_hide(large) == set()

    @given(SIZES)
    def test_goes_the_same_however_large_the_large_ones_are(self, sizes):
        """The choice goes by place: from who is hidden nobody learns who is the least of the large."""
        grown = {key: people + 1000 if people >= SMALLEST else people for key, people in sizes.items()}
        assert to_hide(grown) <= to_hide(sizes)

    @given(SIZES)
    def test_goes_the_same_each_time(self, sizes):
        assert to_hide(sizes) == to_hide(dict(sizes))

    @given(SIZES)
    def test_zeros_go_only_when_everything_goes(self, sizes):
        gone = to_hide(sizes)
        assert gone == set(sizes) or all(sizes[key] for key in gone)

    def test_people_counted_in_two_groups_are_trusted_only_once(self):
        assert hidden(3, 3, 9) == [0, 1]
        assert hidden(3, 3, 9, certain=max) == [0, 1, 2]


class TestEnough:
    @pytest.mark.parametrize(
        ("people", "enough"),
        [
            ([4, 1], True),
            ([3, 1], False),
            ([9], False),
            ([], False),
            ([2, 2, 2], True),
            ([2, 2, 1], False),
            ([1] * 7, False),
        ],
    )
    def test_is_when_any_of_them_could_still_be_four(self, people, enough):
        assert is_enough(people, sum) is enough

    @given(st.lists(st.integers(1, 20), min_size=2, max_size=6), st.integers(1, 20))
    def test_stays_enough_when_a_group_of_it_grows(self, people, more):
        if is_enough(people, sum):
            assert is_enough([people[0] + more, *people[1:]], sum)


class TestWhatIsPublished:
    def test_hides_every_figure_of_a_group_and_not_only_the_count(self):
        assert published(Group(4, {"count": 9, "cents": 99_00}))["figures"] is None

    def test_shows_figures_of_zero_people_as_they_are(self):
        assert published(Group(0, {}))["figures"] == {}

    def test_does_not_tell_how_many_people_are_behind_a_figure(self):
        shown = published(Group(7, {"count": 30}, {"kind": {"a": Group(7, {"count": 30})}}))
        assert shown == {"figures": {"count": 30}, "splits": {"kind": {"a": {"figures": {"count": 30}, "splits": {}}}}}

    def test_is_a_copy_that_later_counting_does_not_change(self):
        group = Group(7, {"count": 7})
        shown = published(group)
        group.figures["count"] = 8
        assert shown["figures"] == {"count": 7}

    @given(SIZES)
    def test_tells_nothing_below_what_is_hidden(self, sizes):
        parts = {key: Group(people, {"count": people}) for key, people in sizes.items()}
        shown = published(Group(4, {"count": 4}, {"kind": parts}))
        assert set(figures(shown)) == {None}

    @given(
        st.dictionaries(st.sampled_from(["2026-01", "2026-02", "2026-05", "2026-11"]), st.integers(0, 9), min_size=1)
    )
    def test_never_holds_a_figure_of_one_to_four(self, months):
        counts = [one["count"] for one in figures(sold(months)["person"]) if one]
        assert not any(0 < count < SMALLEST for count in counts)


class TestSales:
    def build(self, months, chosen):
        return OverTime("tilaukset", "Tilaukset", (PEOPLE, SALES)).build(sold(months), chosen)

    def test_of_a_small_month_are_hidden_with_their_euros_and_with_a_neighbour(self):
        table = self.build({"2026-01": 2, "2026-02": 8, "2026-03": 9}, over(1, 3))
        texts = [[cell.text for cell in cells] for _label, cells in table.rows]
        assert texts[0] == texts[1] == [HIDDEN, HIDDEN]
        assert texts[2] == ["9", "900,00\u00a0€"]

    def test_of_a_choice_with_a_hidden_month_are_at_least_what_is_shown(self):
        table = self.build({"2026-01": 2, "2026-02": 8, "2026-03": 9}, over(1, 3))
        assert [cell.text for cell in table.total[1]] == ["vähintään 9", "vähintään 900,00\u00a0€"]
        assert [cell.plain for cell in table.total[1]] == ["vähintään 9", "vähintään 900,00"]

    def test_of_the_quarter_are_shown_whole_though_its_months_are_not(self):
        table = self.build({"2026-01": 2, "2026-02": 8, "2026-03": 9}, over(1, 3, "quarter"))
        assert [cell.text for cell in table.rows[0][1]] == ["19", "1\u00a0900,00\u00a0€"]
        assert len(table.rows) == 1

    def test_of_a_month_are_the_same_whatever_range_it_is_looked_at_in(self):
        months = {"2026-01": 2, "2026-02": 8, "2026-03": 9, "2026-08": 6}
        ranges = [over(first, last) for first in range(1, 13) for last in range(first, 13)]
        seen = {}
        for chosen in ranges:
            for label, cells in self.build(months, chosen).rows:
                assert seen.setdefault(label, cells) == cells
        assert len(seen) == 12

    def test_that_are_hidden_are_no_zero_in_the_chart(self):
        table = self.build({"2026-01": 2, "2026-02": 8, "2026-03": 9}, over(1, 4))
        assert [bar.value for bar in table.chart.bars] == [None, None, 9, 0]

    def test_are_drawn_in_euros_when_the_first_column_is_of_euros(self):
        table = OverTime("arvo", "Arvo", (SALES,)).build(sold({"2026-03": 9}), over(3, 3))
        assert table.in_euros
        assert table.chart.bars[0].value == 900
        assert table.chart.ticks[-1].value == 1000


class TestADivision:
    NAMES = {"a": "Ensimmäinen", "b": "Toinen", "c": "Kolmas"}

    def build(self, **people):
        parts = {key: Group(one, {"count": one}) for key, one in people.items()}
        whole = published(Group(sum(people.values()), {"count": sum(people.values())}, {"tapa": parts}))
        division = Divided("tavat", "Tavat", "Tapa", "tapa", self.NAMES, (PEOPLE,), yearly=False)
        return division.build({"person": whole}, over(1, 12))

    def test_keeps_the_order_of_its_names_and_not_that_of_its_sizes(self):
        assert [label for label, _cells in self.build(a=5, b=50, c=20).rows] == list(self.NAMES.values())

    def test_draws_no_bar_for_a_hidden_part(self):
        table = self.build(a=3, b=50, c=20)
        assert table.shares == [[0, 0, 100]]
        assert [cells[0].text for _label, cells in table.rows] == [HIDDEN, HIDDEN, "20"]

    def test_says_the_whole_though_its_parts_are_hidden(self):
        assert self.build(a=3, b=50, c=20).total == ("Yhteensä", [Cell(73)])

    def test_without_rows_has_no_sum_line_either(self):
        assert self.build(a=0, b=0, c=0).lines == []
