"""Entering invoices, and marking what becomes of them."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from rekisteri.audit.models import AuditEvent
from rekisteri.billing import service
from rekisteri.billing.models import Invoice
from rekisteri.customers import service as customers
from rekisteri.disclosures.models import Disclosure
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.billing.factories import credit_invoice, make_invoice, pay
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_processor, make_recipient
from tests.orders.factories import make_order
from tests.support.client import chosen_form, filled_in

TYPED = {"number": "l-77", "invoiced_on": "1.11.2026", "due_on": "15.11.2026", "amount": "1 234,50"}


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def plain(answer) -> str:
    return answer.main.replace("\xa0", " ")


def test_an_invoice_is_entered_from_the_customers_card(client, clerk, maija):
    link = next(
        link for link in client.get(f"/asiakkaat/{maija.id}").page.select("main a") if link.text == "Uusi lasku"
    )

    answer = client.submit(link["href"], TYPED)

    assert answer.page.h1.text == "Lasku L-77"
    for shown in ("Lasku on kirjattu.", "Maija Virtanen", "1.11.2026", "15.11.2026", "1 234,50 €", "Erääntynyt"):
        assert shown in plain(answer)
    assert "L-77" in client.get(f"/asiakkaat/{maija.id}").page.select_one("#laskut").text


def test_an_invoice_can_also_be_begun_by_finding_the_customer(client, clerk, maija):
    page = client.get("/laskutus/uusi").page.select_one("#haku")
    token = page.select_one("[name=csrf_token]")["value"]

    whole = client.post("/laskutus/uusi", data={"q": "virt", "csrf_token": token})
    part = client.htmx("/laskutus/uusi", method="POST", data={"q": "virt", "csrf_token": token})

    for answer in (whole, part):
        assert [link["href"] for link in answer.page.select("#asiakkaat a")] == [f"/laskutus/uusi/{maija.id}"]
    assert "Ei osumia" in client.post("/laskutus/uusi", data={"q": "%", "csrf_token": token}).main


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": ""}, "Anna laskun numero."),
        ({"number": "=1+1"}, "Laskun numerossa voi olla"),
        ({"number": "131052-308T"}, "Henkilötunnusta ei saa"),
        ({"invoiced_on": "24.11.2026"}, "Laskupäivä on tulevaisuudessa."),
        ({"due_on": "31.10.2026"}, "Eräpäivä ei voi olla ennen laskupäivää."),
        ({"due_on": "31.2.2026"}, "ei ole kalenterissa"),
        ({"amount": "0"}, "Pienin sallittu summa"),
        ({"amount": "paljon"}, "Kirjoita euromäärä numeroin"),
        ({"order_number": "T 2026/0001"}, "Asiakkaalla ei ole tilausta T 2026/0001."),
    ],
)
def test_an_invoice_that_says_too_little_or_wrong_is_refused(client, clerk, maija, typed, sentence):
    answer = client.submit(f"/laskutus/uusi/{maija.id}", TYPED | typed)

    assert answer.status_code == 422
    assert sentence in answer.main
    assert db.session.scalar(select(func.count()).select_from(Invoice)) == 0


def test_two_invoices_never_have_one_number(client, clerk, maija):
    make_invoice(maija, number="L-77")

    assert "Lasku L-77 on jo rekisterissä." in client.submit(f"/laskutus/uusi/{maija.id}", TYPED).main
    whole = {"invoiced_on": date(2026, 9, 1), "due_on": date(2026, 9, 1), "amount": 1}
    with pytest.raises(IntegrityError), transaction():
        db.session.add(Invoice(number="L-77", customer_id=maija.id, **whole))


def test_an_invoice_knows_the_order_it_is_for_but_no_others_order(client, clerk, maija):
    own, other = make_order(maija), make_order(make_person(last_name="Muu"))

    answer = client.submit(f"/laskutus/uusi/{maija.id}", TYPED | {"order_number": own.number.lower()})
    refused = client.submit(f"/laskutus/uusi/{maija.id}", TYPED | {"number": "8", "order_number": other.number})

    assert answer.page.select_one(f"main a[href='/tilaukset/{own.id}']").text == own.number
    assert f"Asiakkaalla ei ole tilausta {other.number}." in refused.main


def test_a_form_sent_twice_enters_one_invoice(client, clerk, maija):
    address = f"/laskutus/uusi/{maija.id}"
    form = filled_in(chosen_form(client.get(address).page, address, None)) | TYPED

    answers = [client.post(address, data=form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(Invoice)) == 1


def test_a_wrong_entry_is_mended_while_the_invoice_is_open(client, clerk, maija):
    invoice = make_invoice(maija)

    answer = client.submit(f"/laskutus/{invoice.id}/muokkaa", {"amount": "99,90"})

    assert "99,90 €" in plain(answer)
    changed = db.session.scalars(select(AuditEvent).filter_by(event="invoice.changed")).one()
    assert changed.facts == {"fields": ["amount"]}
    pay(invoice)
    assert "Vain avointa laskua voi muuttaa." in client.submit(f"/laskutus/{invoice.id}/muokkaa", {"amount": "1"}).main


def test_two_desks_changing_an_invoice_see_each_other(client, clerk, maija):
    address = f"/laskutus/{make_invoice(maija).id}/muokkaa"
    mine = filled_in(chosen_form(client.get(address).page, address, None))
    client.submit(address, {"amount": "80"})

    late = client.post(address, data={**mine, "amount": "70"})

    assert late.status_code == 409
    assert "80,00" in late.main and "70" in late.main


def test_a_payment_offers_all_that_is_owed_and_today(client, clerk, maija):
    invoice = make_invoice(maija)

    answer = client.submit(f"/laskutus/{invoice.id}/maksu")

    assert "Maksu on kirjattu." in answer.main
    assert "Maksettu" in answer.main and "120,00 €, 23.11.2026" in plain(answer)
    assert (invoice.state, invoice.paid, invoice.paid_on) == ("paid", 120_00, date(2026, 11, 23))


def test_a_part_paid_leaves_the_rest_open(client, clerk, maija):
    invoice = make_invoice(maija)

    first = client.submit(f"/laskutus/{invoice.id}/maksu", {"paid": "100", "paid_on": "1.10.2026"})
    offered = client.get(f"/laskutus/{invoice.id}/maksu").page.select_one("#paid")["value"]

    assert "Maksamatta 20,00 €" in " ".join(plain(first).split())
    assert offered == "20,00"
    assert invoice.state == "open"


def test_what_cannot_have_been_paid_is_refused(client, clerk, maija):
    address = f"/laskutus/{make_invoice(maija).id}/maksu"

    assert "tulevaisuudessa" in client.submit(address, {"paid_on": "24.11.2026"}).main
    assert "Pienin sallittu summa" in client.submit(address, {"paid": "0"}).main
    client.submit(address)
    assert "Lasku on jo maksettu." in client.submit(address, {"paid": "1"}).main


def test_a_paid_invoice_that_is_credited_says_to_give_the_money_back(client, clerk, maija):
    invoice = pay(make_invoice(maija))

    page = client.get(f"/laskutus/{invoice.id}/hyvitys")
    answer = client.submit(f"/laskutus/{invoice.id}/hyvitys", {"credited_on": "20.11.2026"})

    assert "Laskusta on maksettu 120,00 €. Palauta maksu asiakkaalle kirjanpidossa." in plain(page)
    assert "Hyvitetty" in answer.main and "20.11.2026" in answer.main
    assert "Lasku on jo hyvitetty." in client.submit(f"/laskutus/{invoice.id}/hyvitys").main


def test_a_marking_made_by_mistake_is_taken_back(client, clerk, maija):
    invoice = credit_invoice(make_invoice(maija))

    answer = client.submit(f"/laskutus/{invoice.id}", action="avoimeksi")

    assert "Lasku on palautettu avoimeksi." in answer.main
    assert (invoice.state, invoice.paid, invoice.credited_on) == ("open", 0, None)
    clerk = make_clerk()
    with pytest.raises(RuleViolation, match="jo avoin"), transaction():
        service.reopen(invoice=invoice, by=clerk)


def test_an_invoice_tells_the_archive_that_the_relationship_lives(maija, app):
    with transaction():
        customers.find(maija.id).active_on = date(2020, 1, 1)

    make_invoice(maija, invoiced_on=date(2026, 9, 1))

    assert customers.find(maija.id).active_on == date(2026, 9, 1)


@pytest.mark.promise("luovutus.laskutus", "luovutus.vain-yritys")
def test_what_went_to_an_invoicing_service_is_a_disclosure_on_record(client, clerk, maija):
    recipient, invoice = make_processor(name="Laskutuspalvelu Oy"), make_invoice(maija)
    address = f"/laskutus/{invoice.id}/luovutus"

    chosen = [box["value"] for box in client.get(address).page.select("#fields input[checked]")]
    answer = client.submit(address, {"recipient": str(recipient.id), "way": "interface"})

    assert chosen == ["last_name", "first_name", "street", "postcode", "city"]
    told = " ".join(answer.page.select_one("#luovutukset tbody").text.split())
    assert told.startswith("23.11.2026 Laskutuspalvelu Oy Sukunimi, Etunimi, Katuosoite")
    disclosure = db.session.scalars(select(Disclosure)).one()
    assert (disclosure.ground, disclosure.customer_id, disclosure.way) == ("billing", maija.id, "interface")
    assert "Laskutuspalvelu Oy" in client.get(f"/asiakkaat/{maija.id}").page.select_one("#luovutukset").text


def test_a_hand_over_that_says_too_little_records_nothing(client, clerk, maija):
    make_recipient()
    address = f"/laskutus/{make_invoice(maija).id}/luovutus"

    answer = client.submit(address, {"fields": None})

    assert answer.status_code == 422
    for sentence in ("Valitse vastaanottaja.", "Valitse, mitkä tiedot luovutettiin.", "Valitse toimitustapa."):
        assert sentence in answer.main
    assert db.session.scalar(select(func.count()).select_from(Disclosure)) == 0


@pytest.mark.promise("gdpr.osoitusvelvollisuus")
def test_looking_at_an_invoice_is_a_look_at_its_customer(client, sign_in, maija):
    invoice = make_invoice(maija)
    reader = sign_in("kasittelija")

    client.get(f"/laskutus/{invoice.id}")

    look = db.session.scalars(select(AuditEvent).filter_by(event="customer.viewed")).one()
    assert (look.actor_id, look.subject, look.facts) == (reader.id, f"customer:{maija.id}", {"fields": ["billing"]})
