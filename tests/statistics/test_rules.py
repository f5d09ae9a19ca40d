"""Nobody is recognised: small groups are hidden, and nothing that is shown gives them away."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekisteri.statistics.periods import grow
from rekisteri.statistics.rules import SMALLEST, Group, is_enough, published, to_hide

FAMILIES = st.lists(st.integers(0, 12), min_size=1, max_size=6)
MONTHS = st.dictionaries(
    st.builds(lambda year, month: f"{year}-{month:02}", st.integers(2024, 2026), st.integers(1, 12)),
    st.integers(0, 9),
    min_size=1,
    max_size=14,
)


def group(people, **splits):
    return Group(people, {"count": people}, splits)


def tree(months):
    return grow({"month": {key: group(people) for key, people in months.items()}})


def nodes(whole, shown, path="whole"):
    """Every group of a tree: its path, its people, what is shown of it, and the paths of its parts, split by split."""
    splits = [[f"{path}>{key}" for key in parts] for parts in whole.splits.values()]
    yield path, whole.people, shown["figures"], splits
    for name, parts in whole.splits.items():
        for key, part in parts.items():
            yield from nodes(part, shown["splits"][name][key], f"{path}>{key}")


def determined(unknown, equations):
    """Which unknowns have only one solution, by elimination in exact fractions."""
    columns = sorted(unknown)
    rows = [[Fraction(equation.get(name, 0)) for name in columns] for equation in equations]
    done = 0
    for column in range(len(columns)):
        pivot = next((number for number in range(done, len(rows)) if rows[number][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for number, row in enumerate(rows):
            if number != done and row[column]:
                rows[number] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return {columns[row.index(1)] for row in rows[:done] if sum(value != 0 for value in row) == 1}


class TestASmallGroup:
    @pytest.mark.promise("kaytto.kehittaminen")
    @pytest.mark.parametrize("people", range(1, SMALLEST))
    def test_is_never_shown(self, people):
        assert published(group(people))["figures"] is None

    def test_of_nobody_is_shown_as_nothing(self):
        assert published(group(0))["figures"] == {"count": 0}

    def test_of_five_is_shown(self):
        assert published(group(5))["figures"] == {"count": 5}

    def test_takes_all_its_parts_along(self):
        shown = published(group(4, kind={"a": group(4), "b": group(0)}))
        assert [part["figures"] for part in shown["splits"]["kind"].values()] == [None, None]


class TestWhatIsHiddenBesideIt:
    def test_nothing_when_nothing_is_small(self):
        assert to_hide({"a": 5, "b": 0, "c": 9}) == set()

    def test_another_part_so_that_nobody_can_subtract(self):
        assert to_hide({"a": 3, "b": 20, "c": 30}) == {"a", "b"}

    def test_the_nearest_part_and_never_the_smallest_which_could_be_inferred(self):
        assert to_hide({"a": 6, "b": 900, "c": 2, "d": 7}) == {"b", "c"}

    def test_a_zero_stays_in_sight(self):
        assert to_hide({"a": 0, "b": 4, "c": 8}) == {"b", "c"}

    def test_two_small_ones_hide_each_other_when_they_are_five_together(self):
        assert to_hide({"a": 2, "b": 3, "c": 30}) == {"a", "b"}

    def test_two_of_one_person_each_do_not(self):
        assert to_hide({"a": 1, "b": 1, "c": 30, "d": 40}) == {"a", "b", "c"}

    def test_everything_when_there_is_nothing_to_hide_behind(self):
        assert to_hide({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 0}) == set("abcdef")

    def test_those_counted_twice_do_not_make_a_group_larger(self):
        """The same three people may stand behind both."""
        assert to_hide({"a": 3, "b": 3, "c": 30}, max) == {"a", "b", "c"}
        assert not is_enough([3, 3], max)

    @given(FAMILIES, st.sampled_from([sum, max]))
    def test_never_one_part_alone(self, sizes, certain):
        people = {str(number): size for number, size in enumerate(sizes)}
        if sum(sizes) >= SMALLEST:
            assert len(to_hide(people, certain)) != 1 or len(people) == 1

    @given(FAMILIES)
    def test_the_small_ones_are_always_among_the_hidden(self, sizes):
        people = {str(number): size for number, size in enumerate(sizes)}
        assert {key for key, size in people.items() if 0 < size < SMALLEST} <= to_hide(people)


class TestNothingIsDerived:
    @pytest.mark.promise("kaytto.kehittaminen")
    @settings(max_examples=150, deadline=None)
    @given(MONTHS)
    def test_no_hidden_figure_follows_from_the_shown_ones_by_any_adding_and_subtracting(self, months):
        whole = tree(months)
        found = {path: (people, shown, splits) for path, people, shown, splits in nodes(whole, published(whole))}
        hidden = {path for path, (_people, shown, _splits) in found.items() if shown is None}
        sums = []
        for path, (_people, _shown, splits) in found.items():
            for parts in splits:
                equation = {part: 1 for part in parts if part in hidden}
                if path in hidden:
                    equation[path] = -1
                sums.append(equation)
        assert determined(hidden, sums) == set()

    @settings(max_examples=150, deadline=None)
    @given(MONTHS)
    def test_every_small_group_is_hidden_at_every_level(self, months):
        whole = tree(months)
        for _path, people, shown, _splits in nodes(whole, published(whole)):
            assert shown is None or not 0 < people < SMALLEST

    @pytest.mark.promise("kaytto.kehittaminen")
    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.integers(0, 7), min_size=2, max_size=4))
    def test_a_hidden_small_group_could_as_well_be_one_two_three_or_four_people(self, sizes):
        """Also to somebody who knows that people come in whole numbers and that what is not 0 is at least one."""
        people = {str(number): size for number, size in enumerate(sizes)}
        hidden = sorted(to_hide(people))
        if sum(sizes) < SMALLEST or not hidden:
            return
        least = 0 if len(hidden) == len(people) else 1
        together = sum(people[key] for key in hidden)
        worlds = [world for world in product(range(least, together + 1), repeat=len(hidden)) if sum(world) == together]
        for place, key in enumerate(hidden):
            if 0 < people[key] < SMALLEST:
                assert {1, 2, 3, 4} <= {world[place] for world in worlds}

    @settings(max_examples=60, deadline=None)
    @given(MONTHS)
    def test_what_is_shown_adds_up(self, months):
        whole = tree(months)
        found = {path: (shown, splits) for path, _people, shown, splits in nodes(whole, published(whole))}
        for shown, splits in found.values():
            for parts in splits:
                told = [found[part][0] for part in parts]
                if shown is not None and all(part is not None for part in told):
                    assert shown.get("count", 0) == sum(part.get("count", 0) for part in told)
