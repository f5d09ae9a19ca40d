"""The pages of orders as a clerk uses them."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import service as customers
from rekisteri.kernel.db import db, transaction
from rekisteri.orders import service
from rekisteri.orders.models import Order
from tests.customers.factories import make_clerk, make_person
from tests.orders.factories import CHAIRS, HOURS, make_order, typed

TABLE = {"product": "Ruokapöytä", "quantity": "1", "unit_price": "1 234,50 €"}
WORK = {"product": "Kokoaminen", "quantity": "1,5", "unit": "h", "unit_price": "48"}


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


@pytest.fixture
def maija(app):
    return make_person()


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Order))


def cells(answer, table: str = "main table") -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in answer.page.select(f"{table} tbody tr")]


def press(client, order, button: str, *, page: str = "", **data: str):
    """What the order's page answers when a button of its step form is pressed."""
    url = f"/tilaukset/{order.id}"
    return client.submit(url, {"step": button, **data}, action=f"{url}/vaihe")


@pytest.mark.promise("kaytto.tilaukset")
def test_an_order_is_entered_from_the_customers_card(client, maija, clerk):
    link = next(
        link for link in client.get(f"/asiakkaat/{maija.id}").page.select("main a") if link.text == "Uusi tilaus"
    )

    answer = client.submit(link["href"], typed(TABLE, WORK, state="ordered"), strict=False)

    assert answer.page.h1.text == "Tilaus T 2026/0001"
    assert "Tilaus on kirjattu." in answer.main
    assert cells(answer, "#rivit") == [
        "Ruokapöytä 1 kpl 1 234,50 € 1 234,50 €",
        "Kokoaminen 1,5 h 48,00 € 72,00 €",
    ]
    assert "Summa 1 306,50 €" in answer.main
    card = client.get(f"/asiakkaat/{maija.id}")
    assert cells(card, "#tilaukset") == ["T 2026/0001 23.11.2026 Tilattu 1 306,50 €"]


def test_whose_order_it_is_is_found_by_a_search_that_leaves_no_name_behind(client, maija, clerk):
    archived = make_person(first_name="Matti")
    with transaction():
        customers.archive(customer=customers.find(archived.id), by=clerk)
    token = client.get("/tilaukset/uusi").page.select_one("#haku [name=csrf_token]")["value"]

    whole = client.post("/tilaukset/uusi", data={"q": "virtanen", "csrf_token": token})
    part = client.htmx("/tilaukset/uusi", method="POST", data={"q": "virtanen", "csrf_token": token})

    for answer in (whole, part):
        assert [link["href"] for link in answer.page.select("#asiakkaat a")] == [
            f"/tilaukset/uusi/{maija.id}",
            f"/asiakkaat/{archived.id}",
        ]
    assert part.page.html is None
    assert "Ei osumia" in client.post("/tilaukset/uusi", data={"q": "%", "csrf_token": token}).main
    assert client.post("/tilaukset/uusi", data={"q": "ä" * 10_000, "csrf_token": token}).status_code == 422


@pytest.mark.promise("kaytto.tilaukset")
def test_a_quote_is_taken_step_by_step_to_delivery_and_into_the_archive_and_back(client, maija, clerk):
    order = make_order(maija, state="quote")

    assert client.get(f"/tilaukset/{order.id}").page.h1.text == "Tarjous T 2026/0001"
    assert "Tarjous on merkitty tilatuksi." in press(client, order, "ordered").main
    assert "Tilaus on merkitty vahvistetuksi." in press(client, order, "confirmed").main
    assert "Tilaus on merkitty toimitetuksi." in press(client, order, "delivered").main
    away = client.submit(f"/tilaukset/{order.id}", action="arkistoi")
    assert "Tilaus on siirretty arkistoon." in away.main
    assert "T 2026/0001" not in client.get("/tilaukset/").main
    assert "T 2026/0001" in client.get("/tilaukset/arkisto").main
    back = client.submit(f"/tilaukset/{order.id}", action="palauta")

    happened = [" ".join(item.select_one(".what").text.split()) for item in back.page.select("#vaiheet li")]
    assert happened == [
        "Tarjous tehty", "Tilattu", "Vahvistettu", "Toimitettu", "Siirretty arkistoon", "Palautettu arkistosta",
    ]  # fmt: skip
    assert clerk.full_name in back.page.select_one("#vaiheet").text
    assert "T 2026/0001" in client.get("/tilaukset/").main


def test_a_step_may_be_dated_on_the_day_it_happened(client, maija, clerk):
    order = make_order(maija, state="confirmed", on=date(2026, 11, 2))
    answer = press(client, order, "delivered", on="12.11.2026")
    assert "Toimitettu 12.11.2026" in answer.main


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("24.11.2026", "Päivä on tulevaisuudessa."),
        ("1.11.2026", "Päivä ei voi olla ennen päivää 2.11.2026."),
        ("31.2.2026", "Päivää 31.2.2026 ei ole kalenterissa."),
        ("", "Anna päivä."),
    ],
)
def test_a_day_that_cannot_be_is_asked_again(client, maija, clerk, day, sentence):
    order = make_order(maija, on=date(2026, 11, 2))
    answer = press(client, order, "confirmed", on=day)
    assert answer.status_code == 422
    assert sentence in answer.main
    assert answer.page.select_one("#on")["value"] == day
    assert service.find(order.id).state == "ordered"


def test_a_step_that_may_not_follow_is_refused(client, maija, clerk):
    order = make_order(maija)
    answer = press(client, order, "delivered")
    assert answer.status_code == 422
    assert "ei voi merkitä: toimitettu" in answer.main
    assert client.submit(f"/tilaukset/{order.id}", {"step": "lost"}, action="vaihe").status_code == 400


def test_an_order_is_cancelled_with_a_reason(client, maija, clerk):
    order = make_order(maija)
    refused = client.submit(f"/tilaukset/{order.id}/peru")
    assert refused.status_code == 422
    assert "Valitse, miksi tilaus perutaan." in refused.main

    answer = client.submit(f"/tilaukset/{order.id}/peru", {"reason": "unavailable"})

    assert "Tilaus on peruttu." in answer.main
    assert "Ei voitu toimittaa" in answer.main
    assert not answer.page.select("[name=step]")


def test_a_delivered_order_is_not_offered_for_cancelling_nor_cancelled(client, maija, clerk):
    order = make_order(maija, state="confirmed")
    page = client.get(f"/tilaukset/{order.id}/peru")
    press(client, order, "delivered")
    version = str(service.find(order.id).version)

    assert "Peru tilaus" not in client.get(f"/tilaukset/{order.id}").main
    answer = client.submit(f"/tilaukset/{order.id}/peru", {"reason": "customer", "version": version}, page=page)
    assert answer.status_code == 422
    assert "Toimitettua tilausta ei voi perua." in answer.main


def test_rows_are_added_and_removed_without_javascript_and_what_was_typed_stays(client, maija, clerk):
    url = f"/tilaukset/uusi/{maija.id}"
    more = client.submit(url, typed({**TABLE, "unit_price": "kymppi"}, change="add"), strict=False)
    assert more.status_code == 200
    assert [legend.text for legend in more.page.select("#rivit legend")] == ["Rivi 1", "Rivi 2"]
    assert more.page.select_one("[name=rows-0-unit_price]")["value"] == "kymppi"
    assert more.page.select_one("[name=rows-1-quantity]")["value"] == "1"
    assert "Virhe" not in more.page.title.text

    both = typed(TABLE, {**WORK, "unit_price": "x"}, change="remove-0")
    fewer = client.submit(url, both, strict=False)
    assert fewer.page.select_one("[name=rows-0-product]")["value"] == "Kokoaminen"
    assert fewer.page.select_one("[name=rows-0-unit_price]")["value"] == "x"
    assert len(fewer.page.select("#rivit fieldset")) == 1
    assert how_many() == 0


def test_htmx_gets_the_rows_alone(client, maija, clerk):
    part = client.submit(f"/tilaukset/uusi/{maija.id}", typed(TABLE, change="add"), strict=False, htmx=True)
    assert part.page.html is None
    assert part.page.find(id="rivit")["data-announce"] == "Rivejä 2"


@pytest.mark.parametrize("wish", ["remove-0", "remove-7", "remove-x", "remove-²", "nonsense"])
def test_the_last_row_stays_to_be_filled(client, maija, clerk, wish):
    answer = client.submit(f"/tilaukset/uusi/{maija.id}", typed(TABLE, change=wish), strict=False)
    assert answer.status_code == 200
    assert len(answer.page.select("#rivit fieldset")) == 1


def test_empty_rows_in_between_are_passed_over_and_a_fault_is_shown_on_its_own_row(client, maija, clerk):
    url = f"/tilaukset/uusi/{maija.id}"
    answer = client.submit(url, typed(TABLE, {}, {**WORK, "quantity": "0"}), strict=False)
    assert answer.status_code == 422
    assert answer.page.select_one("#rows-1-quantity-error").text.split(":")[1].strip().startswith("Anna määrä")
    assert answer.page.select_one("#virheet a")["href"] == "#rows-1-quantity"

    saved = client.submit(url, typed(TABLE, {}, WORK), strict=False)
    assert len(cells(saved, "#rivit")) == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({}, "Tilauksessa on oltava ainakin yksi rivi."),
        ({"unit_price": "5"}, "Kirjoita, mitä tilattiin."),
        ({"product": "Tuoli"}, "Anna hinta. Jos rivi on maksuton, kirjoita 0."),
        ({"product": "Tuoli", "unit_price": "kymppi"}, "Kirjoita euromäärä numeroin, esimerkiksi 1 234,50."),
        ({"product": "Tuoli", "unit_price": "12 50"}, "Kirjoita euromäärä numeroin, esimerkiksi 1 234,50."),
        ({"product": "Tuoli", "unit_price": "1,234"}, "Euromäärässä voi olla enintään kaksi desimaalia."),
        ({"product": "Tuoli", "unit_price": "9999999"}, "Suurin sallittu summa on 1 000 000,00 €."),
        ({"product": "Tuoli", "unit_price": "-5"}, "Tilauksen summa"),
        ({"product": "Tuoli", "unit_price": "5", "quantity": ""}, "Anna määrä, joka on suurempi kuin nolla."),
        ({"product": "Tuoli", "unit_price": "5", "quantity": "kaksi"}, "Kirjoita määrä numeroin"),
        ({"product": "Tuoli", "unit_price": "5", "quantity": "0,0001"}, "Määrässä voi olla enintään kolme desimaalia."),
        ({"product": "Tuoli", "unit_price": "5", "unit": "tynnyri"}, "Valitse jokin annetuista vaihtoehdoista."),
        ({"product": "Tuoli 131052-308T", "unit_price": "5"}, "Henkilötunnusta ei saa"),
        ({"product": "x" * 5000, "unit_price": "5"}, "Teksti on liian pitkä"),
    ],
)
def test_a_line_that_says_too_little_or_wrong_is_refused(client, maija, clerk, row, sentence):
    answer = client.submit(f"/tilaukset/uusi/{maija.id}", typed(row), strict=False)
    assert answer.status_code == 422
    assert sentence in answer.main
    assert how_many() == 0


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("state", "delivered", "Valitse jokin annetuista vaihtoehdoista."),
        ("on", "24.11.2026", "Päivä on tulevaisuudessa."),
        ("on", "", "Anna päivä."),
        ("on", "1.1.1900", "ennen päivää 1.1.1990"),
    ],
)
def test_an_order_without_its_kind_or_day_is_refused(client, maija, clerk, field, value, sentence):
    answer = client.submit(f"/tilaukset/uusi/{maija.id}", typed(TABLE) | {field: value}, strict=False)
    assert answer.status_code == 422
    assert sentence in answer.main
    assert how_many() == 0


def test_an_order_of_last_year_gets_a_number_of_last_year(client, maija, clerk):
    answer = client.submit(f"/tilaukset/uusi/{maija.id}", typed(TABLE, state="quote", on="30.12.2025"), strict=False)
    assert answer.page.h1.text == "Tarjous T 2025/0001"


def test_a_double_click_enters_one_order_and_leads_both_to_it(client, maija, clerk):
    url = f"/tilaukset/uusi/{maija.id}"
    page = client.get(url)
    first, second = (client.submit(url, typed(TABLE), page=page, strict=False) for _ in range(2))
    assert first.request.path == second.request.path
    assert how_many() == 1


def test_lines_are_changed_while_the_order_is_open(client, maija, clerk):
    order = make_order(maija, CHAIRS, HOURS)
    url = f"/tilaukset/{order.id}/rivit"
    page = client.get(url)
    assert page.page.select_one("[name=rows-0-unit_price]")["value"] == "129,00"
    assert page.page.select_one("[name=rows-1-quantity]")["value"] == "1,5"

    answer = client.submit(url, {"rows-0-quantity": "6", "rows-1-product": "", "rows-1-unit_price": ""})

    assert "Rivit on tallennettu." in answer.main
    assert cells(answer, "#rivit") == ["Ruokapöydän tuoli 6 kpl 129,00 € 774,00 €"]
    assert "Rivit muutettu" in answer.main


def test_confirmed_lines_are_not_offered_for_change_and_stay(client, maija, clerk):
    order = make_order(maija)
    page = client.get(f"/tilaukset/{order.id}/rivit")
    press(client, order, "confirmed")
    version = str(service.find(order.id).version)

    assert "Muuta rivejä" not in client.get(f"/tilaukset/{order.id}").main
    answer = client.submit(f"/tilaukset/{order.id}/rivit", {"rows-0-quantity": "9", "version": version}, page=page)
    assert answer.status_code == 422
    assert "Rivejä voi muuttaa vain, kunnes tilaus vahvistetaan." in answer.main


def test_two_who_change_the_same_lines_see_each_other(client, maija, clerk):
    order = make_order(maija, CHAIRS)
    url = f"/tilaukset/{order.id}/rivit"
    page = client.get(url)
    client.submit(url, {"rows-0-quantity": "6"})

    answer = client.submit(url, {"rows-0-quantity": "8"}, page=page)

    assert answer.status_code == 409
    assert "Tieto on muuttunut välillä" in answer.main
    assert cells(answer) == ["Ruokapöydän tuoli 6 kpl 129,00 € 774,00 €"]
    assert answer.page.select_one("[name=rows-0-quantity]")["value"] == "8"
    again = client.submit(url, page=answer_as_page(answer))
    assert cells(again, "#rivit") == ["Ruokapöydän tuoli 8 kpl 129,00 € 1 032,00 €"]


def answer_as_page(answer):
    """The page of a conflict, to be sent again knowingly."""
    answer.status_code = 200
    return answer


@pytest.mark.parametrize("action", ["vaihe", "peru", "arkistoi"])
def test_an_order_that_somebody_else_changed_meanwhile_is_not_moved_on_unseen(client, maija, clerk, action):
    order = make_order(maija, state="delivered" if action == "arkistoi" else "ordered")
    url = f"/tilaukset/{order.id}/peru" if action == "peru" else f"/tilaukset/{order.id}"
    page = client.get(url)
    with transaction():
        service.find(order.id).total += 1

    sent = {"vaihe": {"step": "confirmed"}, "peru": {"reason": "customer"}, "arkistoi": {}}[action]
    answer = client.submit(url, sent, page=page, action=action)

    assert answer.status_code == 409
    assert service.find(order.id).state == order.state


def test_no_order_is_entered_for_somebody_in_the_archive(client, maija, clerk):
    url = f"/tilaukset/uusi/{maija.id}"
    page = client.get(url)
    with transaction():
        customers.archive(customer=customers.find(maija.id), by=make_clerk())

    answer = client.submit(url, typed(TABLE), page=page, strict=False)

    assert answer.status_code == 422
    assert "Asiakas on arkistossa. Palauta asiakas ensin arkistosta." in answer.main
    assert "Uusi tilaus" not in client.get(f"/asiakkaat/{maija.id}").main
    assert "Uusi tilaus" not in client.get(f"/tilaukset/?customer={maija.id}").main


def test_a_reader_sees_orders_and_changes_nothing(client, maija, sign_in):
    order = make_order(maija)
    sign_in("lukija")
    page = client.get(f"/tilaukset/{order.id}")
    assert page.page.select("main form") == []
    assert "Muuta rivejä" not in page.main
    assert "Uusi tilaus" not in client.get("/tilaukset/").main
    assert client.get(f"/tilaukset/{order.id}/rivit").status_code == 403


def test_a_look_at_an_order_is_on_record_before_it_is_given(client, maija, clerk):
    order = make_order(maija)
    client.get(f"/tilaukset/{order.id}")
    client.get(f"/tilaukset/?customer={maija.id}")
    looks = list(db.session.scalars(select(AuditEvent).filter_by(event="customer.viewed")))
    assert [(row.subject, row.actor_id, row.facts) for row in looks] == [
        (maija.subject, clerk.id, {"fields": ["orders"]})
    ] * 2


@pytest.mark.parametrize(
    "url", ["/tilaukset/4711", "/tilaukset/4711/rivit", "/tilaukset/4711/peru", "/tilaukset/uusi/4711"]
)
def test_what_is_not_there_is_not_found(client, clerk, url):
    assert client.get(url).status_code == 404


def test_hostile_text_in_a_product_is_only_text(client, maija, clerk):
    with client.foreign_words():
        row = {"product": "<script>alert(1)</script> {{ 7*7 }}", "unit_price": "1"}
        answer = client.submit(f"/tilaukset/uusi/{maija.id}", typed(row), strict=False)
        assert "<script>alert(1)</script> {{ 7*7 }}" in answer.main
        assert not re.search(r"<script>alert", answer.text)


def test_a_hundred_lines_are_saved_and_no_more_is_offered(client, maija, clerk):
    rows = [{**TABLE, "unit_price": "1"}] * 100
    url = f"/tilaukset/uusi/{maija.id}"
    full = client.submit(url, typed(*rows, change="add"), strict=False)
    assert len(full.page.select("#rivit fieldset")) == 100
    assert "Lisää rivi" not in full.main
    assert len(cells(client.submit(url, typed(*rows, TABLE), strict=False), "#rivit")) == 100
