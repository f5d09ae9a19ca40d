"""What the settings accept, how they keep it, what they still lack, and when they refuse: the rules at their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import ytunnus

from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings import rules
from rekisteri.settings.forms import PARTS
from rekisteri.settings.models import Settings
from tests.settings.factories import COMPANY

DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


class TestTheEndOfTheFinancialYear:
    @given(DAYS)
    def test_may_be_any_day_of_the_year(self, day: date) -> None:
        kept = rules.check_year_end(f"{day.day}.{day.month}.")
        assert rules.month_and_day(kept) == (day.month, day.day)

    @given(DAYS)
    def test_is_kept_in_one_form_however_it_was_written(self, day: date) -> None:
        written = [f"{day.day}.{day.month}", f"{day.day:02}.{day.month:02}.", f" {day.day}. {day.month}. "]
        assert {rules.check_year_end(one) for one in written} == {f"{day.day}.{day.month}."}

    @given(DAYS)
    def test_stays_the_same_when_the_form_is_saved_again(self, day: date) -> None:
        kept = rules.check_year_end(f"{day.day}.{day.month}.")
        assert rules.check_year_end(kept) == kept

    @given(DAYS)
    def test_fits_in_its_place(self, day: date) -> None:
        room = Settings.__table__.c.financial_year_end.type.length
        assert len(rules.check_year_end(f"{day.day}.{day.month}.")) <= room

    @pytest.mark.parametrize(
        "typed",
        ["30.2.", "31.4.", "32.1.", "1.13.", "0.1.", "1.0.", "3112", "31-12", "12.31.", "١.٢.", "-1.1.", "1.1.1."],
    )
    def test_that_is_no_day_is_refused_on_its_field_with_an_example(self, typed: str) -> None:
        with pytest.raises(RuleViolation) as refused:
            rules.check_year_end(typed)
        assert refused.value.field == "financial_year_end"
        assert refused.value.sentence == "Kirjoita päivä ja kuukausi, esimerkiksi 31.12. tai 30.6."


class TestTheYearsBeforeTheArchive:
    @pytest.mark.parametrize(("typed", "kept"), [("1", 1), ("3", 3), ("03", 3), ("30", 30)])
    def test_are_from_one_to_thirty(self, typed: str, kept: int) -> None:
        assert rules.check_years(typed) == kept

    @pytest.mark.parametrize("typed", ["0", "31", "300", "-3", "3,5", "3.0", "kolme", "", " ", "³", "٣", "1e1", "+3"])
    def test_that_will_not_do_are_refused_on_their_field(self, typed: str) -> None:
        with pytest.raises(RuleViolation) as refused:
            rules.check_years(typed)
        assert refused.value.field == "archive_after_years"
        assert refused.value.sentence == "Kirjoita vuodet numeroina, 1–30."


class TestABusinessId:
    @given(st.integers(1, 9_999_999))
    def test_is_accepted_with_the_one_check_digit_that_is_right(self, number: int) -> None:
        accepted = []
        for digit in range(10):
            try:
                accepted.append(rules.check_business_id(f"{number:07}-{digit}"))
            except RuleViolation:
                continue
        assert len(accepted) <= 1
        assert all(ytunnus.is_valid(one) for one in accepted)

    @pytest.mark.parametrize("typed", ["fi90000097", "9000009 7", "FI 9000009-7", "900 0009-7"])
    def test_may_be_written_with_its_country_and_spaces(self, typed: str) -> None:
        assert rules.check_business_id(typed) == "9000009-7"

    @pytest.mark.parametrize("typed", ["SE90000097", "9000009–7x", "-", "FI", "٩٠٠٠٠٠٩-٧", "9000009_7"])
    def test_of_another_country_or_none_is_refused(self, typed: str) -> None:
        with pytest.raises(RuleViolation) as refused:
            rules.check_business_id(typed)
        assert refused.value.field == "business_id"


class TestAPostcode:
    @given(st.integers(0, 99_999))
    def test_keeps_its_leading_zeros(self, number: int) -> None:
        assert rules.check_postcode(f"{number:05}", field="postcode") == f"{number:05}"

    def test_may_be_written_with_a_space(self) -> None:
        assert rules.check_postcode("00 100", field="postcode") == "00100"

    @pytest.mark.parametrize("typed", ["FI-00100", "0010O", "00100\n", "0", "００１００"])
    def test_of_anything_but_five_digits_is_refused_on_the_field_it_was_typed_in(self, typed: str) -> None:
        with pytest.raises(RuleViolation) as refused:
            rules.check_postcode(typed, field="ombudsman_postcode")
        assert refused.value.field == "ombudsman_postcode"
        assert "00100" in refused.value.sentence


class TestAPhoneNumber:
    @pytest.mark.parametrize(
        "typed", ["0401234567", "040-123 4567", "+358 40 123 4567", "00358401234567", "(040) 1234567"]
    )
    def test_is_one_number_however_it_was_written(self, typed: str) -> None:
        assert rules.check_phone(typed, field="phone") == "+358401234567"

    @pytest.mark.parametrize("typed", ["040 1234567", "029 566 6700", "+46 8 123 456 78"])
    def test_stays_the_same_when_the_form_is_saved_again(self, typed: str) -> None:
        kept = rules.check_phone(typed, field="phone")
        assert rules.check_phone(kept, field="phone") == kept

    def test_is_refused_on_the_field_it_was_typed_in(self) -> None:
        with pytest.raises(RuleViolation) as refused:
            rules.check_phone("soita", field="contact_phone")
        assert refused.value.field == "contact_phone"


class TestTheAuthoritysData:
    @given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
    def test_are_fresh_for_a_year_and_old_after_it_whatever_the_day(self, day: date) -> None:
        assert not rules.is_stale(day, day)
        assert not rules.is_stale(day, day + timedelta(days=360))
        assert rules.is_stale(day, day + timedelta(days=367))

    def test_may_have_been_looked_up_today(self) -> None:
        assert rules.check_verified_on(date(2026, 11, 23), date(2026, 11, 23)) is None

    def test_that_come_with_the_program_pass_its_own_checks(self) -> None:
        given = rules.OMBUDSMAN
        assert rules.check_postcode(given["postcode"], field="ombudsman_postcode") == given["postcode"]
        assert rules.check_phone(given["phone"], field="ombudsman_phone") == given["phone"]

    def test_that_come_with_the_program_are_to_be_confirmed_by_the_company(self) -> None:
        assert rules.is_stale(rules.OMBUDSMAN_VERIFIED_ON, date(2026, 11, 23))


class TestWhatIsMissing:
    def test_is_nothing_in_a_company_that_filled_in_everything(self) -> None:
        assert rules.missing(COMPANY) == []

    def test_is_everything_in_the_beginning(self) -> None:
        assert rules.missing({}) == [name for name, _group in rules.NEEDED.values()]

    @pytest.mark.parametrize("field", list(rules.NEEDED))
    def test_is_named_alone_when_one_is_left_empty(self, field: str) -> None:
        name, group = rules.NEEDED[field]
        lacking = COMPANY | {field: ""}
        assert rules.missing(lacking) == rules.missing_in(group, lacking) == [name]

    def test_on_each_part_makes_up_what_is_missing_on_the_page(self) -> None:
        parts = [name for part in PARTS for name in rules.missing_in(part.group, {})]
        assert parts == rules.missing({})

    def test_is_not_what_may_be_left_empty(self) -> None:
        optional = {"contact_street", "contact_postcode", "contact_city", "contact_phone", "contact_email", "place"}
        assert optional.isdisjoint(rules.NEEDED)
        assert rules.missing({name: value for name, value in COMPANY.items() if name not in optional}) == []


class TestTheForms:
    def test_ask_for_every_setting_exactly_once(self) -> None:
        asked = [name for part in PARTS for name in vars(part.form) if name in Settings.__table__.columns]
        assert sorted(asked) == sorted(set(Settings.__table__.columns.keys()) - {"id", "version"})

    def test_have_an_address_and_a_heading_of_their_own(self) -> None:
        for told in ("slug", "group", "heading", "lead"):
            assert len({getattr(part, told) for part in PARTS}) == len(PARTS)
