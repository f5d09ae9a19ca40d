"""What may become of an order, what its lines come to, and how its number is read."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.errors import RuleViolation
from rekisteri.orders import rules
from rekisteri.orders.rules import Line

CHAIR = Line("Tuoli", 1000, "kpl", 129_00)


@pytest.mark.promise("kaytto.tilaukset")
def test_an_order_goes_from_quote_to_delivery_step_by_step():
    way = ["quote", "ordered", "confirmed", "delivered"]
    for before, after in pairwise(way):
        rules.check_step(before, after)


@pytest.mark.parametrize("state", rules.OPEN)
def test_whatever_is_open_may_be_cancelled_but_not_put_away(state):
    rules.check_step(state, "cancelled")
    with pytest.raises(RuleViolation, match="Keskeneräistä tilausta ei voi arkistoida"):
        rules.check_archivable(state, archived=False)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("quote", "confirmed", "Tilauksen tila on tarjous, joten sitä ei voi merkitä: vahvistettu."),
        ("quote", "delivered", "Tilauksen tila on tarjous, joten sitä ei voi merkitä: toimitettu."),
        ("ordered", "delivered", "Tilauksen tila on tilattu, joten sitä ei voi merkitä: toimitettu."),
        ("confirmed", "ordered", "Tilauksen tila on vahvistettu, joten sitä ei voi merkitä: tilattu."),
        ("delivered", "cancelled", "Toimitettua tilausta ei voi perua."),
        ("cancelled", "ordered", "Peruttua tilausta ei voi jatkaa. Kirjaa uusi tilaus."),
        ("confirmed", "confirmed", "Tilauksen tila on jo vahvistettu."),
        ("ordered", "thrown away", "Tilauksen tila on tilattu, joten sitä ei voi merkitä: thrown away."),
    ],
)
def test_no_step_is_skipped_or_taken_back(before, after, sentence):
    with pytest.raises(RuleViolation) as refusal:
        rules.check_step(before, after)
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize("state", ["delivered", "cancelled"])
def test_what_is_finished_may_be_put_away_once(state):
    rules.check_archivable(state, archived=False)
    with pytest.raises(RuleViolation, match="jo arkistossa"):
        rules.check_archivable(state, archived=True)


def test_lines_may_be_changed_until_the_order_is_confirmed():
    for state in ("quote", "ordered"):
        rules.check_changeable(state)
    for state in ("confirmed", "delivered", "cancelled"):
        with pytest.raises(RuleViolation, match="kunnes tilaus vahvistetaan"):
            rules.check_changeable(state)


def test_only_quotes_and_orders_are_entered_and_only_known_reasons_cancel():
    for state in ("quote", "ordered"):
        rules.check_first(state)
    with pytest.raises(RuleViolation, match="tarjous vai tilaus"):
        rules.check_first("delivered")
    rules.check_reason("expired")
    with pytest.raises(RuleViolation, match="miksi tilaus perutaan"):
        rules.check_reason("Maija muutti mielensä")


@pytest.mark.parametrize(
    ("quantity", "price", "cents"),
    [
        (4000, 129_00, 516_00),
        (1500, 48_00, 72_00),
        (333, 1_00, 33),
        (500, 1, 1),
        (499, 1, 0),
        (1000, -25_00, -25_00),
        (500, -1, -1),
        (1000, 0, 0),
        (rules.LARGEST_QUANTITY, rules.LARGEST_PRICE, 100_000_000_000_000),
    ],
)
def test_a_line_comes_to_whole_cents(quantity, price, cents):
    assert Line("Tuoli", quantity, "kpl", price).total == cents


def test_an_order_comes_to_the_sum_of_its_lines_less_discounts():
    assert rules.total([CHAIR, Line("Kokoaminen", 1500, "h", 48_00), Line("Alennus", 1000, "kpl", -20_00)]) == 181_00


@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(-(10**8), 10**8)), max_size=20))
def test_rounding_never_moves_a_sum_by_more_than_half_a_cent_a_line(amounts):
    lines = [Line("Tuoli", quantity, "kpl", price) for quantity, price in amounts]
    exact = sum(quantity * price for quantity, price in amounts)
    assert abs(rules.total(lines) * 1000 - exact) <= 500 * len(lines)


@pytest.mark.parametrize(
    ("line", "field", "sentence"),
    [
        (Line("", 1000, "kpl", 1), "rows-1-product", "Kirjoita, mitä tilattiin."),
        (Line("\u200b ", 1000, "kpl", 1), "rows-1-product", "Kirjoita, mitä tilattiin."),
        (Line("x" * 201, 1000, "kpl", 1), "rows-1-product", "enintään 200 merkkiä"),
        (Line("Tuoli, 131052-308T", 1000, "kpl", 1), "rows-1-product", "Henkilötunnusta ei saa"),
        (Line("Tuoli", 0, "kpl", 1), "rows-1-quantity", "suurempi kuin nolla"),
        (Line("Tuoli", -1, "kpl", 1), "rows-1-quantity", "suurempi kuin nolla"),
        (Line("Tuoli", 10**9 + 1, "kpl", 1), "rows-1-quantity", "suurempi kuin nolla"),
        (Line("Tuoli", 1000, "tynnyri", 1), "rows-1-unit", "Valitse yksikkö."),
        (Line("Tuoli", 1000, "kpl", 10**8 + 1), "rows-1-unit_price", "Suurin hinta on 1\u00a0000\u00a0000,00\u00a0€."),
    ],
)
def test_what_is_wrong_with_a_line_is_said_at_its_own_row(line, field, sentence):
    with pytest.raises(RuleViolation) as refusal:
        rules.check_lines([CHAIR, line])
    assert refusal.value.field == field
    assert sentence in refusal.value.sentence


def test_lines_are_cleaned_and_there_is_at_least_one_and_at_most_a_hundred():
    assert rules.check_lines([Line("  Tuoli\u202e ", 1000, "kpl", 1)]) == [Line("Tuoli", 1000, "kpl", 1)]
    with pytest.raises(RuleViolation, match="ainakin yksi rivi"):
        rules.check_lines([])
    with pytest.raises(RuleViolation, match="enintään 100 riviä"):
        rules.check_lines([CHAIR] * 101)


def test_the_sum_is_neither_below_nought_nor_beyond_reason():
    with pytest.raises(RuleViolation, match="Tilauksen summa"):
        rules.check_lines([CHAIR, Line("Alennus", 1000, "kpl", -129_01)])
    with pytest.raises(RuleViolation, match="Tilauksen summa"):
        rules.check_lines([Line("Laivoja", 101_000, "kpl", 1_000_000_00)])


def test_what_is_recorded_has_happened_and_in_order():
    today = date(2026, 11, 23)
    rules.check_day(today, today=today)
    with pytest.raises(RuleViolation, match="Päivä on tulevaisuudessa"):
        rules.check_day(date(2026, 11, 24), today=today)
    with pytest.raises(RuleViolation, match=r"ennen päivää 20\.11\.2026"):
        rules.check_day(date(2026, 11, 19), today=today, not_before=date(2026, 11, 20))
    with pytest.raises(RuleViolation, match=r"ennen päivää 1\.1\.1990"):
        rules.check_day(date(206, 11, 23), today=today)


def test_numbers_are_written_with_four_digits_at_least():
    assert rules.number(2026, 7) == "T 2026/0007"
    assert rules.number(2026, 12345) == "T 2026/12345"


@pytest.mark.parametrize(
    ("text", "exact", "start"),
    [
        ("T 2026/0007", "T 2026/0007", "T 2026/0007"),
        ("t2026/7", "T 2026/0007", "T 2026/0007"),
        (" T  2026/12 ", "T 2026/0012", "T 2026/0012"),
        ("2026/1234", "T 2026/1234", "T 2026/1234"),
        ("2026-0007", "T 2026/0007", "T 2026/0007"),
        ("2026 / 00", "T 2026/0000", "T 2026/00"),
        ("2026", None, None),
        ("T 2026/", None, None),
    ],
)
def test_a_number_is_recognised_however_it_is_typed(text, exact, start):
    found = rules.wanted(text)
    assert found == rules.Wanted(2026, exact=exact, start=start)


@pytest.mark.parametrize("text", ["", "T", "Virtanen", "26/7", "2026/x", "2026/12345678", "%", "3026", "T 2026/7 x"])
def test_what_is_no_number_looks_for_nothing(text):
    assert rules.wanted(text) is None
