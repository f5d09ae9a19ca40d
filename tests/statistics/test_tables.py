"""Tables of published figures: the right rows, sums that add only what is shown, nothing told of what is hidden."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekisteri.statistics.periods import Month, grow
from rekisteri.statistics.rules import Group, published
from rekisteri.statistics.tables import HIDDEN, Cell, Column, Divided, OverTime, Range

PEOPLE = Column("person", "Henkilöt")
FIRMS = Column("firm", "Yhteisöt")
VALUE = Column("person", "Arvo", "cents")
DAYS = Column("person", "Päiviä", "days")
YEAR = Range(Month(2026, 1), Month(2026, 12), "month")


def counted(months, **splits):
    """The published figures of a series by month; splits divide each year."""
    whole = grow({"month": {key: Group(people, {"count": people}) for key, people in months.items()}})
    for year in whole.splits["year"].values():
        year.splits |= {
            name: {key: Group(n, {"count": n}) for key, n in parts.items()} for name, parts in splits.items()
        }
    return published(whole)


def told(table, column=0):
    return {label: cells[column].text for label, cells in table.lines}


class TestAFigure:
    @pytest.mark.parametrize(
        ("cell", "text", "plain"),
        [
            (Cell(0), "0", "0"),
            (Cell(12345), "12\u00a0345", "12345"),
            (Cell(123450, "cents"), "1\u00a0234,50\u00a0€", "1234,50"),
            (Cell(None), "suojattu", "suojattu"),
            (Cell(None, "cents"), "suojattu", "suojattu"),
            (Cell(30, more=True), "vähintään 30", "vähintään 30"),
            (Cell(9, "days"), "9", "9"),
            (Cell(0, "days", empty=True), "", ""),
        ],
    )
    def test_is_told_on_the_page_and_in_a_file(self, cell, text, plain):
        assert (cell.text, cell.plain) == (text, plain)


class TestATableOverTime:
    def build(self, figures, chosen=YEAR, columns=(PEOPLE,)):
        return OverTime("uudet", "Uudet", columns).build(figures, chosen)

    def test_has_a_row_for_each_period_and_the_sum(self):
        table = self.build({"person": counted({"2026-03": 7, "2026-05": 8})})
        assert len(table.rows) == 12
        assert told(table)["maaliskuu 2026"] == "7"
        assert told(table)["huhtikuu 2026"] == "0"
        assert told(table)["Yhteensä"] == "15"

    def test_tells_of_quarters_and_years_what_was_published_of_them(self):
        figures = {"person": counted({"2026-01": 2, "2026-02": 2, "2026-05": 8})}
        quarters = told(self.build(figures, Range(Month(2026, 1), Month(2026, 12), "quarter")))
        assert quarters["1. neljännes 2026"] == quarters["2. neljännes 2026"] == HIDDEN
        assert told(self.build(figures, Range(Month(2026, 1), Month(2026, 12), "year")))["2026"] == "12"

    def test_has_zeros_before_the_register_began_and_after(self):
        table = self.build({"person": counted({"2026-01": 9})}, Range(Month(2024, 12), Month(2025, 2), "month"))
        assert set(told(table).values()) == {"0"}

    def test_shows_series_side_by_side_and_draws_those_of_one_unit(self):
        table = self.build(
            {"person": counted({"2026-01": 9}), "firm": counted({"2026-01": 6})}, columns=(PEOPLE, FIRMS)
        )
        assert [cells for label, cells in table.rows if label == "tammikuu 2026"] == [[Cell(9), Cell(6)]]
        assert table.drawn == ["Henkilöt", "Yhteisöt"]

    def test_does_not_draw_euros_on_the_scale_of_a_count(self):
        table = self.build({"person": counted({"2026-01": 9})}, columns=(PEOPLE, VALUE))
        assert table.drawn == ["Henkilöt"]

    def test_of_middle_numbers_has_no_sum_and_no_zero_where_there_is_none(self):
        whole = grow({"month": {"2026-03": Group(5, {"days": 12})}})
        table = self.build({"person": published(whole)}, columns=(DAYS,))
        assert told(table)["maaliskuu 2026"] == "12"
        assert told(table)["huhtikuu 2026"] == told(table)["Yhteensä"] == ""

    @pytest.mark.promise("kaytto.kehittaminen")
    @settings(max_examples=80, deadline=None)
    @given(
        st.dictionaries(st.integers(1, 12).map(lambda month: f"2026-{month:02}"), st.integers(0, 9), min_size=1),
        st.integers(1, 12),
        st.integers(0, 11),
        st.sampled_from(["month", "quarter", "year"]),
    )
    def test_a_sum_is_never_more_than_the_rows_that_are_shown(self, months, first, length, level):
        """Whatever months somebody chooses: so no sum of a choice tells what a row hides."""
        chosen = Range(Month(2026, first), Month(2026, min(first + length, 12)), level)
        table = self.build({"person": counted(months)}, chosen)
        shown = [cells[0].number for _label, cells in table.rows if cells[0].number is not None]
        total = table.total[1][0]
        assert total.number == sum(shown)
        assert total.more == (len(shown) < len(table.rows))


class TestADividedTable:
    NAMES = {"letter": "Kirje", "visit": "Käynti", "email": "Sähköposti"}

    def build(self, figures, chosen=YEAR, **more):
        return Divided("tavat", "Tavat", "Tapa", "channel", self.NAMES, (PEOPLE,), **more).build(figures, chosen)

    def test_has_a_column_for_each_year_and_the_year_as_its_sum(self):
        figures = {"person": counted({"2025-03": 11, "2026-03": 11}, channel={"letter": 6, "visit": 5, "email": 0})}
        table = self.build(figures, Range(Month(2025, 6), Month(2026, 2), "month"))
        assert table.head == ["Tapa", "2025", "2026"]
        assert told(table, 1) == {"Kirje": "6", "Käynti": "5", "Yhteensä": "11"}

    def test_leaves_out_what_nobody_did(self):
        figures = {"person": counted({"2026-03": 11}, channel={"letter": 11, "visit": 0, "email": 0})}
        assert list(told(self.build(figures))) == ["Kirje", "Yhteensä"]

    def test_of_a_year_without_anything_is_nought(self):
        figures = {"person": counted({"2026-03": 11}, channel={"letter": 6, "visit": 5, "email": 0})}
        assert told(self.build(figures, Range(Month(2024, 1), Month(2026, 1), "year")))["Kirje"] == "0"

    @pytest.mark.promise("kaytto.kehittaminen")
    def test_hides_a_small_part_with_another(self):
        figures = {"person": counted({"2026-03": 30}, channel={"letter": 20, "visit": 3, "email": 7})}
        found = told(self.build(figures))
        assert found["Käynti"] == HIDDEN
        assert sorted(found.values()) == ["30", "7", HIDDEN, HIDDEN]

    def test_of_which_everything_is_hidden_has_no_rows_that_would_tell_who_is_there(self):
        figures = {"person": counted({"2026-03": 5}, channel={"letter": 2, "visit": 2, "email": 1})}
        assert self.build(figures).rows == []

    def test_says_that_its_years_are_whole(self):
        assert self.build({"person": counted({})}).note == "Luvut kalenterivuosittain."

    def test_of_the_present_has_a_column_for_each_series_and_bars_to_one_scale(self):
        people, firms = (
            published(
                Group(n, {"count": n}, {"channel": {key: Group(part, {"count": part}) for key, part in parts.items()}})
            )
            for n, parts in ((20, {"letter": 15, "visit": 5}), (9, {"letter": 9, "visit": 0}))
        )
        table = Divided("nyt", "Nyt", "Tapa", "channel", self.NAMES, (PEOPLE, FIRMS), yearly=False).build(
            {"person": people, "firm": firms}, YEAR
        )
        assert table.head == ["Tapa", "Henkilöt", "Yhteisöt"]
        assert told(table, 1) == {"Kirje": "9", "Käynti": "0", "Yhteensä": "9"}
        assert table.shares == [[100, 33.33], [60, 0]]
