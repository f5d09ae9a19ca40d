"""The calendar of the statistics: whole months, in order, called as Finns call them."""

from datetime import date

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.statistics.periods import Month, check_range, grow, parse_month, periods
from rekisteri.statistics.rules import Group

TODAY = date(2026, 11, 23)


class TestAMonth:
    @pytest.mark.parametrize("typed", ["3/2026", "03/2026", " 3/2026 ", "3.2026", "3. 2026"])
    def test_is_read_as_people_write_it(self, typed):
        assert parse_month(typed) == Month(2026, 3)

    @pytest.mark.parametrize("typed", ["", "2026", "13/2026", "0/2026", "3/26", "1.3.2026", "maaliskuu", "²/2026"])
    def test_that_is_none_is_told_so(self, typed):
        with pytest.raises(ValueError, match="Kirjoita kuukausi muodossa 3/2026"):
            parse_month(typed)

    @pytest.mark.parametrize(("step", "there"), [(1, "1/2027"), (-12, "12/2025"), (0, "12/2026"), (14, "2/2028")])
    def test_is_followed_by_others(self, step, there):
        assert str(Month(2026, 12).later(step)) == there

    @pytest.mark.parametrize(
        ("month", "keys"),
        [(Month(2026, 1), ["2026-01", "2026/1", "2026"]), (Month(2026, 12), ["2026-12", "2026/4", "2026"])],
    )
    def test_belongs_to_a_quarter_and_a_year(self, month, keys):
        assert [month.key(level) for level in ("month", "quarter", "year")] == keys

    def test_is_that_of_its_days(self):
        assert Month.of(date(2026, 2, 28)) == Month(2026, 2)


class TestTheRows:
    def test_are_months_by_their_finnish_names(self):
        found = periods(Month(2025, 12), Month(2026, 2), "month")
        assert [period.label for period in found] == ["joulukuu 2025", "tammikuu 2026", "helmikuu 2026"]
        assert [period.short for period in found] == ["12/2025", "1/2026", "2/2026"]

    def test_are_whole_quarters_even_when_the_range_begins_within_one(self):
        found = periods(Month(2025, 12), Month(2026, 4), "quarter")
        assert [period.label for period in found] == ["4. neljännes 2025", "1. neljännes 2026", "2. neljännes 2026"]
        assert found[-1].short == "II/2026"

    def test_are_whole_years(self):
        assert [period.key for period in periods(Month(2024, 6), Month(2026, 1), "year")] == ["2024", "2025", "2026"]


class TestTheRange:
    def test_may_be_ten_years(self):
        check_range(Month(2016, 12), Month(2026, 11), on=TODAY)

    @pytest.mark.parametrize(
        ("first", "last", "sentence"),
        [
            (Month(2026, 5), Month(2026, 4), "Viimeinen kuukausi on ennen ensimmäistä. Tarkista kuukaudet."),
            (Month(2026, 5), Month(2026, 12), "Viimeinen kuukausi ei voi olla tulevaisuudessa."),
            (Month(2016, 11), Month(2026, 11), "Valitse enintään kymmenen vuotta kerrallaan."),
            (Month(1989, 12), Month(1990, 1), "Tilastot alkavat aikaisintaan vuodesta 1990."),
        ],
    )
    def test_is_refused_with_the_reason(self, first, last, sentence):
        with pytest.raises(RuleViolation) as refused:
            check_range(first, last, on=TODAY)
        assert refused.value.sentence == sentence


class TestTheTree:
    def test_holds_every_month_of_every_year_from_the_first_to_the_last(self):
        whole = grow({"month": {"2024-05": Group(6, {"count": 6}), "2026-02": Group(7, {"count": 7})}})
        years = whole.splits["year"]
        assert list(years) == ["2024", "2025", "2026"]
        assert all(
            len(quarter.splits["month"]) == 3 for year in years.values() for quarter in year.splits["quarter"].values()
        )
        assert years["2025"].people == 0

    def test_adds_up_what_was_counted_by_the_month(self):
        months = {"2026-01": Group(6, {"count": 6, "cents": 100}), "2026-03": Group(7, {"count": 7, "cents": 50})}
        whole = grow({"month": months})
        assert (whole.people, whole.figures) == (13, {"count": 13, "cents": 150})
        assert whole.splits["year"]["2026"].splits["quarter"]["2026/1"].figures == {"count": 13, "cents": 150}

    def test_keeps_the_people_that_were_counted_at_a_higher_level(self):
        """Six who ordered in January and in February are six in the quarter."""
        six = Group(6, {"count": 6})
        levels = {
            "month": {"2026-01": six, "2026-02": Group(6, {"count": 6})},
            "quarter": {"2026/1": Group(6, {"count": 12})},
        }
        quarter = grow(levels).splits["year"]["2026"].splits["quarter"]["2026/1"]
        assert (quarter.people, quarter.figures) == (6, {"count": 12})

    def test_of_an_empty_register_has_no_years(self):
        assert grow({"month": {}}).splits["year"] == {}
