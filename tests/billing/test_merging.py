"""Two customers become one: what was billed, collected and applied for goes along, and so do the obstacles."""

from datetime import date

import pytest

from rekisteri.billing import collecting, credit, service
from rekisteri.customers import service as customers
from tests.billing.factories import make_application, make_collection, make_invoice, pay
from tests.customers.factories import make_person
from tests.customers.merging_help import everything, merged, undo


@pytest.fixture
def pair(app):
    """Maija twice over; the second one owes something and has asked for credit."""
    kept = make_person(obtained_on=date(2026, 1, 1))
    dropped = make_person(first_name="Maija-Liisa", obtained_on=date(2026, 1, 1))
    make_collection(make_invoice(dropped, number="1"))
    pay(make_invoice(dropped, number="2"))
    make_application(dropped)
    return kept, dropped


def test_what_is_owed_follows_the_customer(pair):
    kept, dropped = pair

    merged(kept, dropped)

    assert {invoice.number for invoice in service.for_customer(customers.find(kept.id))} == {"1", "2"}
    assert len(collecting.for_customer(customers.find(kept.id))) == 1
    assert len(credit.for_customer(customers.find(kept.id))) == 1
    assert customers.find(dropped.id).id == kept.id


def test_what_stands_in_the_way_of_erasing_follows_too(pair):
    kept, dropped = pair
    before = service.obstacles(dropped.id)
    assert service.obstacles(kept.id) == []

    merged(kept, dropped)

    assert service.obstacles(kept.id) == before
    assert service.obstacles(dropped.id) == []


def test_undoing_gives_everything_back(pair):
    before = everything()

    undo(merged(*pair))

    assert everything() == before


def test_the_merged_customers_card_shows_the_others_invoices(client, sign_in, pair):
    kept, dropped = pair
    merged(kept, dropped)
    sign_in("kasittelija")

    panel = client.get(f"/asiakkaat/{kept.id}").page.select_one("#laskut")

    assert [row.text for row in panel.select("table")[0].select("tbody th")] == ["2", "1"]
