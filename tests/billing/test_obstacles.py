"""What in billing keeps a person's data from being erased, and until when."""

from datetime import date

import pytest

from rekisteri.billing.service import obstacles
from tests.billing.factories import advance, credit_invoice, make_application, make_collection, make_invoice, pay
from tests.customers.factories import make_person
from tests.settings.factories import fill_settings


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def told(customer) -> list[tuple[str, date | None]]:
    return [(obstacle.ground, obstacle.until) for obstacle in obstacles(customer.id)]


def test_a_customer_without_invoices_can_be_erased(maija):
    make_application(maija)
    make_invoice(make_person(last_name="Muu"))

    assert obstacles(maija.id) == []


def test_an_open_invoice_is_a_claim_until_it_is_settled_and_a_voucher_after_that(maija):
    invoice = make_invoice(maija)
    assert told(maija) == [("legal_claim", None), ("bookkeeping", date(2032, 12, 31))]

    pay(invoice)
    assert told(maija) == [("bookkeeping", date(2032, 12, 31))]


def test_the_obstacle_of_a_part_paid_invoice_names_what_is_left(maija):
    pay(make_invoice(maija, number="7"), 100_00, paid_on=date(2026, 10, 1))

    assert obstacles(maija.id)[0].text.startswith("Lasku 7 on maksamatta: 20,00\xa0€, eräpäivä 15.9.2026.")


def test_a_collection_stands_in_the_way_from_its_latest_step(maija):
    collection = make_collection(make_invoice(maija))
    advance(collection, "demand", on=date(2026, 10, 20))

    texts = [obstacle.text for obstacle in obstacles(maija.id) if "Perintä" in obstacle.text]

    assert texts == ["Perintä on kesken: maksuvaatimus 20.10.2026. Este päättyy, kun perintä on päättynyt."]


def test_an_ended_collection_stands_in_nobodys_way(maija):
    invoice = make_invoice(maija)
    make_collection(invoice)
    credit_invoice(invoice)

    assert told(maija) == [("bookkeeping", date(2032, 12, 31))]


@pytest.mark.parametrize(
    ("year_end", "until"),
    [("31.12.", date(2032, 12, 31)), ("30.6.", date(2033, 12, 31)), ("31.10.", date(2032, 12, 31))],
)
def test_the_vouchers_time_follows_the_companys_own_financial_year(maija, year_end, until):
    fill_settings(financial_year_end=year_end)
    pay(make_invoice(maija), paid_on=date(2026, 10, 1))

    assert told(maija) == [("bookkeeping", until)]


def test_a_payment_of_the_next_year_keeps_the_voucher_a_year_longer(maija, freeze):
    freeze("2027-01-10")
    pay(make_invoice(maija), paid_on=date(2027, 1, 7))

    assert told(maija) == [("bookkeeping", date(2033, 12, 31))]


def test_when_the_vouchers_time_is_over_nothing_stands_in_the_way(maija, freeze):
    pay(make_invoice(maija))
    freeze("2032-12-31")
    assert len(obstacles(maija.id)) == 1

    freeze("2033-01-01")
    assert obstacles(maija.id) == []
