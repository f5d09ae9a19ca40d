"""What the settings accept, and when they ask to be looked at again."""

from datetime import date

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.settings.rules import (
    check_business_id,
    check_phone,
    check_postcode,
    check_verified_on,
    check_year_end,
    is_stale,
    missing,
    month_and_day,
)


@pytest.mark.parametrize("typed", ["9000009-7", "90000097", " 9000009 - 7 ", "FI90000097"])
def test_a_business_id_is_kept_in_its_official_form(typed: str) -> None:
    assert check_business_id(typed) == "9000009-7"


def test_an_old_seven_digit_business_id_gets_its_leading_zero() -> None:
    assert check_business_id("000017-4") == "0000017-4"


@pytest.mark.parametrize("typed", ["9000009-1", "1234567-8", "12345", "abcdefg-h", "9000009-70"])
def test_a_business_id_with_a_wrong_check_digit_is_refused(typed: str) -> None:
    with pytest.raises(RuleViolation, match="Y-tunnus ei ole oikein") as refusal:
        check_business_id(typed)
    assert refusal.value.field == "business_id"


@pytest.mark.parametrize("typed", ["1234", "123456", "ABCDE", "١٢٣٤٥"])
def test_a_postcode_has_five_digits(typed: str) -> None:
    with pytest.raises(RuleViolation, match="viisi numeroa") as refusal:
        check_postcode(typed, field="contact_postcode")
    assert refusal.value.field == "contact_postcode"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("040 1234567", "+358401234567"), ("+358 3 234 5670", "+35832345670"), ("+46 8 123 456 78", "+46812345678")],
)
def test_a_phone_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert check_phone(typed, field="phone") == kept


@pytest.mark.parametrize("typed", ["ei ole", "12", "0" * 30])
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(RuleViolation, match="Puhelinnumeroa ei tunnistettu"):
        check_phone(typed, field="phone")


def test_the_authoritys_contact_data_are_old_after_a_year() -> None:
    assert not is_stale(date(2025, 11, 23), date(2026, 11, 23))
    assert is_stale(date(2025, 11, 23), date(2026, 11, 24))


def test_a_leap_day_has_an_anniversary_too() -> None:
    assert not is_stale(date(2028, 2, 29), date(2029, 2, 28))
    assert is_stale(date(2028, 2, 29), date(2029, 3, 1))


def test_nobody_has_checked_anything_tomorrow() -> None:
    with pytest.raises(RuleViolation, match="tulevaisuudessa"):
        check_verified_on(date(2026, 11, 24), date(2026, 11, 23))


def test_what_is_missing_is_named_in_the_order_of_the_page() -> None:
    assert missing({"company_name": "Kuusikon Kello Oy", "register_name": "Asiakasrekisteri"})[:2] == [
        "Y-tunnus",
        "yrityksen osoite",
    ]


@pytest.mark.parametrize(
    ("typed", "kept", "parts"),
    [
        ("31.12.", "31.12.", (12, 31)),
        (" 30.6 ", "30.6.", (6, 30)),
        ("29. 2.", "29.2.", (2, 29)),
        ("01.05.", "1.5.", (5, 1)),
    ],
)
def test_the_end_of_the_financial_year_is_a_day_without_a_year(typed: str, kept: str, parts: tuple[int, int]) -> None:
    assert check_year_end(typed) == kept
    assert month_and_day(kept) == parts


@pytest.mark.parametrize("typed", ["31.11.", "0.5.", "31.12.2026", "joulukuu", "12/31", ""])
def test_a_day_that_no_year_has_ends_no_financial_year(typed: str) -> None:
    with pytest.raises(RuleViolation, match="esimerkiksi") as refusal:
        check_year_end(typed)
    assert refusal.value.field == "financial_year_end"
