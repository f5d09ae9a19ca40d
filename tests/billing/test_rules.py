"""The rulebook of billing: what may become of an invoice, a collection and an application, and what is kept how long."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.billing import rules
from rekisteri.kernel.errors import RuleViolation

TODAY = date(2026, 11, 23)
CALENDAR_YEAR = (12, 31)


def refused(check, *given, **named) -> RuleViolation:
    with pytest.raises(RuleViolation) as violation:
        check(*given, **named)
    return violation.value


def test_an_invoice_may_still_be_paid_on_its_due_day():
    assert not rules.is_overdue("open", TODAY, TODAY)
    assert rules.is_overdue("open", date(2026, 11, 22), TODAY)
    assert not rules.is_overdue("paid", date(2026, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("state", "due_on", "collected", "shown"),
    [
        ("open", date(2026, 12, 1), False, ("Avoin", "info")),
        ("open", date(2026, 11, 1), False, ("Erääntynyt", "warn")),
        ("open", date(2026, 11, 1), True, ("Perinnässä", "bad")),
        ("paid", date(2026, 11, 1), False, ("Maksettu", "good")),
        ("credited", date(2026, 11, 1), False, ("Hyvitetty", "neutral")),
    ],
)
def test_an_invoice_is_shown_as_it_stands(state, due_on, collected, shown):
    assert rules.standing(state, due_on, TODAY, collected=collected) == shown


def test_an_invoice_written_off_is_shown_as_such_until_it_is_collected_anew():
    late = ("open", date(2026, 11, 1), TODAY)

    assert rules.standing(*late, written_off=True) == ("Luottotappio", "neutral")
    assert rules.standing(*late, written_off=True, collected=True) == ("Perinnässä", "bad")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1001", "1001"), (" l-2026/17 ", "L-2026/17"), ("ä 1", "Ä 1"), ("2026.001", "2026.001"), ("7", "7")],
)
def test_an_invoice_number_is_kept_in_one_form(typed, kept):
    assert rules.check_number(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "-1", "1-", "1;2", "=1+1", "1" * 41, "1\n2?", "<b>"])
def test_a_text_that_numbers_no_invoice_is_refused(typed):
    assert refused(rules.check_number, typed).field == "number"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"invoiced_on": date(2026, 11, 24)}, "invoiced_on"),
        ({"due_on": date(2026, 8, 31)}, "due_on"),
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
    ],
)
def test_an_invoice_that_cannot_be_is_refused_where_it_is_wrong(changed, field):
    right = {"invoiced_on": date(2026, 9, 1), "due_on": date(2026, 9, 15), "amount": 1, "today": TODAY}
    rules.check_invoice(**right)
    assert refused(rules.check_invoice, **right | changed).field == field


def test_an_invoice_may_fall_due_on_its_own_day():
    rules.check_invoice(invoiced_on=TODAY, due_on=TODAY, amount=1, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "paid"}, "jo maksettu"),
        ({"state": "credited"}, "jo hyvitetty"),
        ({"paid": 0}, "suurempi kuin nolla"),
        ({"paid_on": date(2026, 11, 24)}, "tulevaisuudessa"),
        ({"paid_on": date(2024, 12, 31)}, "yli vuoden ennen"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(changed, said):
    right = {"state": "open", "invoiced_on": date(2026, 9, 1), "paid": 1, "paid_on": TODAY, "today": TODAY}
    rules.check_payment(**right)
    rules.check_payment(**right | {"paid_on": date(2026, 8, 31)})  # in advance
    assert said in refused(rules.check_payment, **right | changed).sentence


def test_a_paid_invoice_may_be_credited_but_not_twice():
    right = {"state": "paid", "invoiced_on": date(2026, 9, 1), "credited_on": TODAY, "today": TODAY}
    rules.check_credit(**right)
    assert "jo hyvitetty" in refused(rules.check_credit, **right | {"state": "credited"}).sentence
    assert refused(rules.check_credit, **right | {"credited_on": date(2026, 8, 31)}).field == "credited_on"
    assert refused(rules.check_credit, **right | {"credited_on": date(2026, 11, 24)}).field == "credited_on"


def test_only_what_has_fallen_due_is_collected_and_by_one_road():
    rules.check_start(overdue=[True, True], collected=[False, False])
    assert "ainakin yksi" in refused(rules.check_start, overdue=[], collected=[]).sentence
    assert "erääntynyttä" in refused(rules.check_start, overdue=[True, False], collected=[False, False]).sentence
    assert "jo perinnässä" in refused(rules.check_start, overdue=[True], collected=[True]).sentence


@pytest.mark.parametrize("state", rules.COLLECTION_STATES)
@pytest.mark.parametrize("new", rules.COLLECTION_STATES)
def test_a_collection_goes_only_forward_and_to_court_only_after_a_demand(state, new):
    allowed = {
        ("reminder", "demand"), ("reminder", "agency"), ("demand", "agency"), ("demand", "court"), ("agency", "court"),
        ("reminder", "ended"), ("demand", "ended"), ("agency", "ended"), ("court", "ended"),
    }  # fmt: skip
    step = {"state": state, "new": new, "on": TODAY, "last_on": None, "today": TODAY}
    if (state, new) in allowed:
        rules.check_step(**step)
    else:
        assert refused(rules.check_step, **step).field == "state"


def test_a_step_is_recorded_once_taken_and_after_the_one_before():
    rules.check_step_day(TODAY, last_on=TODAY, today=TODAY)
    assert "tulevaisuudessa" in refused(rules.check_step_day, date(2026, 11, 24), last_on=None, today=TODAY).sentence
    early = refused(rules.check_step_day, date(2026, 10, 1), last_on=date(2026, 10, 2), today=TODAY)
    assert early.sentence == "Päivä on ennen edellistä vaihetta (2.10.2026)."


def test_a_collection_ends_as_paid_only_when_nothing_is_owed():
    assert rules.check_end("paid", unpaid=0) == "paid"
    assert rules.check_end("written_off", unpaid=1) == "written_off"
    assert "maksamatta 1 234,50 €" in refused(rules.check_end, "paid", unpaid=123450).sentence.replace("\xa0", " ")
    assert "miten perintä päättyi" in refused(rules.check_end, None, unpaid=0).sentence


def decide(**changed):
    right = {
        "state": "open", "decision": "granted", "granted": 1, "reasons": "", "applied_on": date(2026, 11, 20),
        "on": TODAY, "today": TODAY,
    }  # fmt: skip
    rules.check_decision(**right | changed)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"decision": None}, "decision"),
        ({"decision": "withdrawn"}, "decision"),
        ({"granted": None}, "granted"),
        ({"decision": "refused", "reasons": "ei"}, "reasons"),
        ({"on": date(2026, 11, 19)}, "on"),
        ({"on": date(2026, 11, 24)}, "on"),
        ({"state": "granted"}, None),
        ({"state": "withdrawn"}, None),
    ],
)
def test_a_decision_on_credit_without_what_it_needs_is_refused(changed, field):
    decide()
    decide(decision="refused", granted=None, reasons="Aiempia laskuja on maksamatta.")
    assert refused(decide, **changed).field == field


def test_an_application_is_withdrawn_before_it_is_decided():
    right = {"state": "open", "applied_on": date(2026, 11, 20), "on": TODAY, "today": TODAY}
    rules.check_withdrawal(**right)
    assert "jo hylätty" in refused(rules.check_withdrawal, **right | {"state": "refused"}).sentence
    assert refused(rules.check_withdrawal, **right | {"on": date(2026, 11, 24)}).field == "on"


@pytest.mark.parametrize(
    ("voucher", "year_end", "kept_until"),
    [
        (date(2026, 9, 1), (12, 31), date(2032, 12, 31)),
        (date(2026, 12, 31), (12, 31), date(2032, 12, 31)),
        (date(2027, 1, 1), (12, 31), date(2033, 12, 31)),
        (date(2024, 3, 31), (3, 31), date(2030, 12, 31)),  # the year ended 31.3.2024
        (date(2024, 4, 1), (3, 31), date(2031, 12, 31)),
        (date(2024, 2, 29), (2, 28), date(2030, 12, 31)),  # February ends on the 29th in 2024
        (date(2023, 2, 28), (2, 29), date(2029, 12, 31)),
        (date(2023, 3, 1), (2, 29), date(2030, 12, 31)),
        (date(2026, 6, 30), (6, 30), date(2032, 12, 31)),
    ],
)
def test_a_voucher_is_kept_six_calendar_years_after_its_financial_year(voucher, year_end, kept_until):
    assert rules.vouchers_kept_until(voucher, year_end) == kept_until


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from([(12, 31), (6, 30), (2, 28), (9, 30), (1, 31)]))
def test_every_voucher_is_kept_more_than_six_and_at_most_eight_years(voucher, year_end):
    until = rules.vouchers_kept_until(voucher, year_end)
    assert (until.month, until.day) == (12, 31)
    assert 6 <= until.year - voucher.year <= 7


def test_obstacles_tell_their_ground_and_their_end():
    open_one = rules.open_invoice_obstacle("1001", date(2026, 9, 15), 120_00)
    collected = rules.collection_obstacle("agency", date(2026, 10, 1))
    kept = rules.bookkeeping_obstacle([date(2026, 9, 1), date(2025, 1, 1)], CALENDAR_YEAR, TODAY)

    assert (open_one.ground, open_one.until) == ("legal_claim", None)
    assert "Lasku 1001 on maksamatta: 120,00\xa0€, eräpäivä 15.9.2026." in open_one.text
    assert (collected.ground, collected.until) == ("legal_claim", None)
    assert "perintätoimistolla 1.10.2026" in collected.text
    assert kept == rules.Obstacle(
        "bookkeeping", "Kirjanpidon tositteina säilytetään 2 laskua, viimeinen 31.12.2032 saakka.", date(2032, 12, 31)
    )
    assert set(rules.GROUNDS) == {open_one.ground, kept.ground}


def test_a_voucher_whose_time_is_over_is_no_obstacle():
    assert rules.bookkeeping_obstacle([date(2019, 12, 31)], CALENDAR_YEAR, date(2026, 1, 1)) is None
    assert rules.bookkeeping_obstacle([date(2019, 12, 31)], CALENDAR_YEAR, date(2025, 12, 31)) is not None
    assert rules.bookkeeping_obstacle([], CALENDAR_YEAR, TODAY) is None
