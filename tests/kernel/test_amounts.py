"""Money and quantities: read as Finns type them, kept whole, shown as Finns write them."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel import forms
from rekisteri.kernel.amounts import LARGEST, read_money, read_quantity
from rekisteri.kernel.formats import fi_decimal, fi_money

DESK = Flask("desk")
DESK.config.update(SECRET_KEY="a form needs one, a test any", WTF_CSRF_ENABLED=False)
NOT_A_SUM = "Kirjoita euromäärä numeroin, esimerkiksi 1\u00a0234,50."


class PriceForm(forms.Form):
    """A price that must be given, a discount that need not, and how many."""

    price = forms.Money("Hinta", required="Anna hinta.", maximum=100_000)
    discount = forms.Money("Alennus")
    amount = forms.Quantity("Määrä", required="Anna määrä.", minimum=1)


def send(**typed: str) -> Any:
    """The form as it is after a person has sent it."""
    with DESK.test_request_context(method="POST", data={"price": "1", "amount": "1"} | typed):
        form = PriceForm()
        form.validate_on_submit()
        return form


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1234,5", 123450),
        ("1 234,50", 123450),
        ("1\u00a0234,50\u00a0€", 123450),
        ("1\u202f234,50 €", 123450),
        ("1234.50 €", 123450),
        ("1.234,50", 123450),
        ("1,234.50", 123450),
        ("12,00 EUR", 1200),
        ("12 euroa", 1200),
        ("12e", 1200),
        ("5,-", 500),
        ("0", 0),
        ("0,07", 7),
        ("007,10", 710),
        ("12,500", 1250),
        ("-5", -500),
        ("\u22125,10 €", -510),
        ("  7 ", 700),
    ],
)
def test_a_sum_is_read_in_every_way_that_clerks_and_bookkeeping_programs_write_it(typed: str, cents: int) -> None:
    assert read_money(typed) == cents


@pytest.mark.parametrize(
    "typed", ["", "abc", "12 50", "1 23,50", "1,2,3", "1e5", "--5", "€", "٣", "1.2.3", ",50", "+5"]
)
def test_what_can_be_read_in_no_way_or_in_two_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match="^" + NOT_A_SUM):
        read_money(typed)


@pytest.mark.parametrize("typed", ["1,234", "1.234", "0,001"])
def test_a_sum_has_no_more_than_cents(typed: str) -> None:
    with pytest.raises(ValueError, match="enintään kaksi desimaalia"):
        read_money(typed)


def test_bounds_are_told_as_money() -> None:
    with pytest.raises(ValueError, match="Pienin sallittu summa on 0,01\u00a0€"):
        read_money("0", minimum=1)
    with pytest.raises(ValueError, match="Suurin sallittu summa on 1\u00a0000,00\u00a0€"):
        read_money("1000,01", maximum=100_000)


@pytest.mark.parametrize("typed", ["9" * 12, "9" * 40, "-" + "9" * 40])
def test_a_finger_left_on_a_key_is_no_sum(typed: str) -> None:
    with pytest.raises(ValueError, match="sallittu summa"):
        read_money(typed)


@pytest.mark.parametrize(
    ("typed", "thousandths"), [("2", 2000), ("1,5", 1500), ("0.125", 125), ("1 000", 1_000_000), ("1,234", 1234)]
)
def test_a_quantity_is_read_to_the_thousandth(typed: str, thousandths: int) -> None:
    assert read_quantity(typed) == thousandths


def test_a_quantity_says_what_is_wrong_with_it() -> None:
    with pytest.raises(ValueError, match="Kirjoita määrä numeroin"):
        read_quantity("kaksi")
    with pytest.raises(ValueError, match="enintään kolme desimaalia"):
        read_quantity("0,1234")
    with pytest.raises(ValueError, match="Pienin sallittu määrä on 0,001"):
        read_quantity("0", minimum=1)
    with pytest.raises(ValueError, match="Suurin sallittu määrä on 10"):
        read_quantity("11", maximum=10_000)


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (0, "0,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (123450, "1\u00a0234,50\u00a0€"),
        (-123450, "\u22121\u00a0234,50\u00a0€"),
        (-5, "\u22120,05\u00a0€"),
        (100_000_000_00, "100\u00a0000\u00a0000,00\u00a0€"),
        (None, ""),
    ],
)
def test_money_is_written_with_cents_and_no_break_spaces(cents: int | None, written: str) -> None:
    assert fi_money(cents) == written


@pytest.mark.parametrize(
    ("thousandths", "written"),
    [(1000, "1"), (1500, "1,5"), (-250, "\u22120,25"), (1_234_567, "1\u00a0234,567"), (0, "0"), (None, "")],
)
def test_a_quantity_is_written_with_the_decimals_it_needs(thousandths: int | None, written: str) -> None:
    assert fi_decimal(thousandths) == written


@given(st.integers(min_value=-LARGEST, max_value=LARGEST))
def test_what_is_written_can_be_typed_back(amount: int) -> None:
    assert read_money(fi_money(amount)) == amount
    assert read_quantity(fi_decimal(amount)) == amount


def test_a_form_takes_sums_and_quantities_as_whole_numbers() -> None:
    form = send(price="1 000", discount="0", amount="0,5")
    assert form.errors == {}
    assert (form.price.data, form.discount.data, form.amount.data) == (100_000, 0, 500)


def test_nought_is_an_answer_to_a_compulsory_question_and_an_empty_field_is_not() -> None:
    assert send(price="0").errors == {}
    assert send(price=" \u200b").errors == {"price": ["Anna hinta."]}
    assert send(amount="").errors == {"amount": ["Anna määrä."]}
    assert send(discount="").discount.data is None


def test_a_refused_sum_stays_as_it_was_typed() -> None:
    form = send(price="kymppi", amount="0", discount="-1")
    assert form.errors == {
        "price": [NOT_A_SUM],
        "discount": ["Pienin sallittu summa on 0,00\u00a0€."],
        "amount": ["Pienin sallittu määrä on 0,001."],
    }
    assert 'value="kymppi"' in str(form.price())


def test_a_sum_in_the_register_is_shown_for_change_without_its_unit() -> None:
    with DESK.test_request_context():
        form = PriceForm(price=123450, amount=1500)
        assert 'value="1\u00a0234,50"' in str(form.price())
        assert 'value="1,5"' in str(form.amount())
        assert 'value=""' in str(form.discount())


def test_templates_have_the_formats_as_filters(app: Flask) -> None:
    page = app.jinja_env.from_string("{{ 123450|fi_money }} / {{ 1500|fi_decimal }}")
    assert page.render() == "1\u00a0234,50\u00a0€ / 1,5"
