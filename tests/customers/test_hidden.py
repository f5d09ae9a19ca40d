"""Customers that are never seen: those merged into another, and those an import has not yet brought in."""

import pytest

from rekisteri.customers import service
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_organisation, make_person, whence


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def hide(customer, state, into=None):
    with transaction():
        row = db.session.get(Customer, customer.id)
        row.state, row.merged_into_id = state, into.id if into else None


@pytest.fixture
def cards(app):
    """Three cards of one person, the first merged into the second and the second into the third."""
    first, second, third = (make_person(email="", phone="") for _ in range(3))
    hide(first, "merged", second)
    hide(second, "merged", third)
    return first, second, third


def test_a_merged_customer_is_found_as_the_one_it_was_merged_into(cards):
    first, second, third = cards

    assert service.find(first.id).id == service.find(second.id).id == third.id


def test_an_old_address_leads_to_the_card_where_everything_now_is(client, clerk, cards):
    first, _, third = cards

    answer = client.get(f"/asiakkaat/{first.id}")
    assert (answer.status_code, answer.location) == (303, f"/asiakkaat/{third.id}")

    shown = client.get(answer.location)
    assert "Asiakas on yhdistetty: kaikki tiedot ovat tällä kortilla." in shown.text


@pytest.mark.parametrize("page", ["muokkaa", "tieto/phone", "lisaa/osoite", "yhteydenotot", "yhteydenotot/uusi"])
def test_no_page_of_a_merged_customer_is_shown_or_saved(client, clerk, cards, page):
    first, _, third = cards

    answer = client.get(f"/asiakkaat/{first.id}/{page}")

    assert (answer.status_code, answer.location) == (303, f"/asiakkaat/{third.id}")


def test_a_form_that_was_open_when_the_customers_were_merged_is_not_saved(client, clerk):
    kept, gone = make_person(), make_person(email="", phone="")
    form = client.get(f"/asiakkaat/{gone.id}/tieto/phone").page.select_one("main form")
    filled = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    hide(gone, "merged", kept)

    answer = client.post(f"/asiakkaat/{gone.id}/tieto/phone", data=filled | whence(value="040 123 4567"))

    assert answer.status_code == 303
    assert "phone" not in service.current(db.session.get(Customer, gone.id))


def test_who_waits_for_an_import_is_not_there(client, clerk):
    waiting = make_person()
    hide(waiting, "incoming")

    assert service.find(waiting.id) is None
    assert client.get(f"/asiakkaat/{waiting.id}").status_code == 404


@pytest.mark.parametrize("state", ["merged", "incoming"])
def test_the_hidden_are_not_among_an_organisations_people(client, clerk, state):
    organisation = make_organisation("Äijälän Sähkö Oy")
    kept = make_person(organisation="Äijälän Sähkö Oy")
    hidden = make_person(first_name="Matti", organisation="Äijälän Sähkö Oy", email="", phone="")
    hide(hidden, state, kept if state == "merged" else None)

    people = client.get(f"/asiakkaat/{organisation.id}").page.select("#edustajat tbody a")

    assert [link.text for link in people] == ["Virtanen, Maija"]
