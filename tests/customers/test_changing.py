"""Changing data: the whole form or one datum, two desks at once, the same form twice."""

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import service
from rekisteri.customers.models import Datum
from rekisteri.kernel.db import db
from tests.customers.factories import make_person, whence

NEWER = whence(source="own", obtained_on="20.11.2026")


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija", full_name="Kaisa Kirjaaja")


@pytest.fixture
def maija(clerk):
    return make_person()


def held(customer) -> dict[str, str]:
    return {field: datum.value for field, datum in service.current(service.find(customer.id)).items()}


def opened(client, address: str) -> dict[str, str]:
    """The form of a page as it was opened on one desk."""
    from tests.support.client import chosen_form, filled_in

    return filled_in(chosen_form(client.get(address).page, address, None))


@pytest.mark.promise("kaytto.yllapito")
def test_a_clerk_changes_a_phone_number_and_the_rest_keeps_its_source(client, maija):
    answer = client.submit(f"/asiakkaat/{maija.id}/muokkaa", {"phone": "040 123 4567", **NEWER})

    assert "Muutokset on tallennettu." in answer.main
    told = " ".join(answer.page.select_one("#tieto-phone").text.split())
    assert told.startswith("Puhelinnumero 040 123 4567 Lähde: Yrityksen oma havainto, saatu 20.11.2026")
    assert "Lähde: Rekisteröity itse, saatu 5.3.2026" in answer.page.select_one("#tieto-email").text


def test_the_old_value_stays_in_the_history(client, maija):
    client.submit(f"/asiakkaat/{maija.id}/muokkaa", {"phone": "040 123 4567", **NEWER, "reason": "mistake"})

    old, new = db.session.scalars(select(Datum).filter_by(field="phone").order_by(Datum.id))
    assert (old.value, old.ended_reason, old.ended_at) == ("+358415058567", "Kirjoitusvirhe korjattu", new.entered_at)
    assert (new.replaces_id, new.ended_at) == (old.id, None)


def test_a_form_saved_as_it_was_changes_nothing(client, maija):
    answer = client.submit(f"/asiakkaat/{maija.id}/muokkaa", NEWER)

    assert "Mikään tieto ei muuttunut" in answer.main
    assert len(db.session.scalars(select(Datum)).all()) == len(held(maija))


def test_a_datum_is_removed_by_emptying_its_field_but_the_last_name_is_not(client, maija):
    client.submit(f"/asiakkaat/{maija.id}/muokkaa", {"email": "", "first_name": "", **NEWER})
    refused = client.submit(f"/asiakkaat/{maija.id}/muokkaa", {"last_name": "", **NEWER})

    assert "email" not in held(maija)
    assert refused.status_code == 422
    assert "Anna sukunimi tai etunimi." in refused.main


def test_two_desks_are_told_of_each_other_and_both_values_are_shown(client, maija):
    address = f"/asiakkaat/{maija.id}/muokkaa"
    mine, theirs = opened(client, address), opened(client, address)
    client.post(address, data={**theirs, "phone": "040 111 1111", **NEWER})

    late = client.post(address, data={**mine, "phone": "040 222 2222", **NEWER})

    assert late.status_code == 409
    row = [
        " ".join(cell.text.split())
        for cell in late.page.select_one("#virheet ~ .table-frame tbody tr").select("th, td")
    ]
    assert row == ["Puhelinnumero", "040 222 2222", "040 111 1111"]
    assert held(maija)["phone"] == "+358401111111"


def test_after_seeing_the_other_value_a_second_save_replaces_it_knowingly(client, maija):
    address = f"/asiakkaat/{maija.id}/muokkaa"
    mine = opened(client, address)
    client.submit(address, {"phone": "040 111 1111", **NEWER})
    late = client.post(address, data={**mine, "phone": "040 222 2222", **NEWER})
    from tests.support.client import chosen_form, filled_in

    client.post(address, data=filled_in(chosen_form(late.page, address, None)))

    assert held(maija)["phone"] == "+358402222222"


def test_a_form_sent_twice_changes_once(client, maija):
    address = f"/asiakkaat/{maija.id}/muokkaa"
    form = {**opened(client, address), "phone": "040 123 4567", **NEWER}

    first, second = client.post(address, data=form), client.post(address, data=form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(db.session.scalars(select(Datum).filter_by(field="phone")).all()) == 2


def test_the_name_in_lists_and_the_search_follow_a_change(client, maija):
    client.submit(f"/asiakkaat/{maija.id}/muokkaa", {"last_name": "Öhman", **NEWER})

    assert [row.display_name for row in service.search("öhman")] == ["Öhman, Maija"]
    assert "Virtanen" not in client.get("/asiakkaat/").page.select_one("#osumat").text


def test_one_datum_is_changed_on_the_card(client, maija):
    address = f"/asiakkaat/{maija.id}/tieto/phone"
    form = client.htmx(address)
    assert form.page.html is None
    assert form.page.select_one("#tieto-phone form")["hx-post"] == address

    answer = client.submit(address, {"value": "040 123 4567", **NEWER}, htmx=True)

    assert "040 123 4567" in answer.page.select_one("#tieto-phone").text
    assert answer.page.select_one("#historia")["hx-swap-oob"] == "true"
    assert "Puhelinnumero muutettu" in answer.page.select_one("#historia").text


def test_one_datum_is_changed_without_javascript_on_a_page_of_its_own(client, maija):
    answer = client.submit(f"/asiakkaat/{maija.id}/tieto/city", {"value": "Äänekoski", **NEWER})

    assert answer.request.path == f"/asiakkaat/{maija.id}"
    assert held(maija)["city"] == "Äänekoski"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_datum_is_refused_where_it_was_typed(client, maija, htmx):
    answer = client.submit(f"/asiakkaat/{maija.id}/tieto/phone", {"value": "12", **NEWER}, htmx=htmx)

    assert answer.status_code == 422
    assert "Puhelinnumero ei kelpaa." in answer.page.select_one("#phone-value-error").text
    assert answer.page.select_one("#phone-value")["value"] == "12"


def test_two_desks_on_one_datum_see_each_other_but_not_those_on_another(client, maija):
    phone, city = f"/asiakkaat/{maija.id}/tieto/phone", f"/asiakkaat/{maija.id}/tieto/city"
    mine, other = opened(client, phone), opened(client, city)
    client.submit(phone, {"value": "040 111 1111", **NEWER})

    late = client.post(phone, data={**mine, "value": "040 222 2222", **NEWER})
    unmoved = client.post(city, data={**other, "value": "Turku", **NEWER})

    assert late.status_code == 409
    assert "040 111 1111" in late.main
    assert unmoved.status_code == 303
    assert (held(maija)["phone"], held(maija)["city"]) == ("+358401111111", "Turku")


def test_giving_up_a_change_shows_the_datum_as_it_stands(client, maija):
    address = f"/asiakkaat/{maija.id}/tieto/phone/peruuta"

    assert "041 505 8567" in client.htmx(address).page.select_one("#tieto-phone").text
    assert client.get(address).location == f"/asiakkaat/{maija.id}"


def test_a_field_that_a_person_does_not_have_is_not_found(client, maija):
    for field in ("business_id", "name", "hetu", "display_name"):
        assert client.get(f"/asiakkaat/{maija.id}/tieto/{field}").status_code == 404


def test_every_way_of_seeing_a_datum_is_put_on_record(client, maija):
    client.get(f"/asiakkaat/{maija.id}/tieto/phone")
    client.htmx(f"/asiakkaat/{maija.id}/tieto/city")
    client.get(f"/asiakkaat/{maija.id}/muokkaa")

    looks = db.session.scalars(select(AuditEvent).filter_by(event="customer.viewed").order_by(AuditEvent.seq)).all()
    assert [look.facts["fields"] for look in looks] == [["phone"], ["city"], list(held(maija))]


def test_a_change_is_put_on_record_by_its_fields_and_not_by_their_values(client, clerk, maija):
    client.submit(f"/asiakkaat/{maija.id}/muokkaa", {"phone": "040 123 4567", "city": "Turku", **NEWER})

    row = db.session.scalars(select(AuditEvent).filter_by(event="customer.changed")).one()
    assert (row.actor_id, row.subject, row.facts["fields"]) == (clerk.id, f"customer:{maija.id}", ["phone", "city"])


def test_a_customer_is_archived_and_brought_back(client, maija):
    card = f"/asiakkaat/{maija.id}"

    put_away = client.submit(card, action="/arkistoi")
    refused = client.post(f"{card}/muokkaa", data={**opened(client, f"{card}/muokkaa"), "city": "Turku", **NEWER})
    back = client.submit(card, action="/palauta")

    assert "Asiakas on siirretty arkistoon." in put_away.main
    assert refused.status_code == 422
    assert "Asiakas on arkistossa." in refused.main
    assert "Asiakas on palautettu arkistosta." in back.main
    assert service.find(maija.id).state == "active"
