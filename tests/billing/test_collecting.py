"""Collecting what is overdue, step by step to its end."""

from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from rekisteri.audit.models import AuditEvent
from rekisteri.billing import collecting, lists, service
from rekisteri.billing.models import Collection, HandOver, Invoice
from rekisteri.disclosures.models import Disclosure
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.billing.factories import advance, credit_invoice, make_collection, make_invoice, pay
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_recipient
from tests.support.client import chosen_form, filled_in


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


@pytest.fixture
def maija(app):
    return make_person(obtained_on=date(2026, 1, 1))


def plain(answer) -> str:
    return " ".join(answer.main.replace("\xa0", " ").split())


def links(answer) -> list[str]:
    return [link.text for link in answer.page.select("main .actions a")]


def test_collecting_begins_with_a_reminder_and_may_take_all_overdue_invoices(client, clerk, maija):
    first, second = make_invoice(maija, number="1"), make_invoice(maija, number="2", amount=80_00)
    make_invoice(maija, number="3", due_on=date(2026, 12, 1))
    address = f"/laskutus/{first.id}/perinta"

    page = client.get(address).page
    offered = [label.text for label in page.select("#invoices label")]
    chosen = [box["value"] for box in page.select("#invoices input[checked]")]
    answer = client.submit(address, {"invoices": [str(first.id), str(second.id)], "on": "1.10.2026"})

    assert [text.replace("\xa0", " ") for text in offered] == [
        "Lasku 1: 120,00 €, eräpäivä 15.9.2026",
        "Lasku 2: 80,00 €, eräpäivä 15.9.2026",
    ]
    assert chosen == [str(first.id)]
    assert answer.page.h1.text == "Perintä: Maija Virtanen"
    assert "Maksamatta 200,00 €" in plain(answer)
    assert "1.10.2026 Maksumuistutus" in plain(answer)
    assert first.collection_id == second.collection_id is not None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"invoices": None}, "Valitse ainakin yksi lasku."),
        ({"invoices": ["4711"]}, "Valitse jokin annetuista vaihtoehdoista."),
        ({"on": "24.11.2026"}, "Päivä on tulevaisuudessa."),
        ({"on": "15.9.2026"}, "Vain erääntynyttä laskua voi periä."),
    ],
)
def test_a_collection_that_cannot_begin_is_refused(client, clerk, maija, typed, sentence):
    answer = client.submit(f"/laskutus/{make_invoice(maija).id}/perinta", typed)

    assert answer.status_code == 422
    assert sentence in answer.main
    assert db.session.scalar(select(func.count()).select_from(Collection)) == 0


def test_an_invoice_is_collected_by_one_road_at_a_time(client, clerk, maija):
    invoice = make_invoice(maija)
    make_collection(invoice)
    writer = make_clerk()

    assert "Ei perittävää" in client.get(f"/laskutus/{invoice.id}/perinta").main
    with pytest.raises(RuleViolation, match="jo perinnässä"), transaction():
        collecting.start(customer=maija, invoices=[invoice], on=date(2026, 11, 1), by=writer)


def test_another_customers_invoice_is_never_collected_with_ones_own(maija):
    stranger, writer = make_invoice(make_person(last_name="Muu")), make_clerk()

    with pytest.raises(RuleViolation, match="ainakin yksi"), transaction():
        collecting.start(customer=maija, invoices=[stranger], on=date(2026, 11, 1), by=writer)


def test_each_page_offers_only_the_steps_that_may_follow(client, clerk, maija):
    collection = make_collection(make_invoice(maija))
    address, offered = f"/laskutus/perinnat/{collection.id}", []

    for state in ("demand", "agency", "court"):
        offered.append(links(client.get(address)))
        advance(collection, state)
    offered.append(links(client.get(address)))

    assert offered == [
        ["Kirjaa maksuvaatimus", "Anna perintätoimistolle", "Päätä perintä"],
        ["Anna perintätoimistolle", "Vie oikeuteen", "Päätä perintä"],
        ["Vie oikeuteen", "Päätä perintä"],
        ["Päätä perintä"],
    ]


def test_a_demand_is_recorded_with_its_day(client, clerk, maija):
    collection = make_collection(make_invoice(maija))
    address = f"/laskutus/perinnat/{collection.id}/maksuvaatimus"

    early = client.submit(address, {"on": "30.9.2026"})
    answer = client.submit(address, {"on": "20.10.2026"})

    assert "Päivä on ennen edellistä vaihetta (1.10.2026)." in early.main
    assert "20.10.2026 Maksuvaatimus" in plain(answer)
    assert collection.state == "demand"


def test_nobody_goes_to_court_straight_from_a_reminder(client, clerk, maija):
    collection = make_collection(make_invoice(maija))

    answer = client.submit(f"/laskutus/perinnat/{collection.id}/oikeus")

    assert answer.status_code == 422
    assert "Perintä ei voi edetä tähän vaiheeseen." in answer.main


@pytest.mark.promise("luovutus.perinta", "luovutus.vain-yritys")
def test_handing_a_debt_to_an_agency_is_a_disclosure_on_record(client, clerk, maija):
    agency, collection = make_recipient(), make_collection(make_invoice(maija))
    address = f"/laskutus/perinnat/{collection.id}/perintatoimisto"

    answer = client.submit(
        address,
        {"recipient": str(agency.id), "fields": ["last_name", "phone"], "way": "portal", "disclosed_on": "1.11.2026"},
    )

    assert "Perintätoimisto Saatavat Oy" in plain(answer)
    told = " ".join(answer.page.select_one("#luovutukset tbody").text.split())
    assert told == "1.11.2026 Saatavat Oy Sukunimi, Puhelinnumero Avoimen laskun perintä"
    disclosure = db.session.scalars(select(Disclosure)).one()
    assert (disclosure.ground, disclosure.recipient_id, disclosure.way) == ("collection", agency.id, "portal")
    assert {row.datum.value for row in disclosure.data} == {"Virtanen", "+358415058567"}
    ledger = " ".join(client.get("/luovutukset/").page.select_one("main tbody tr").text.split())
    assert ledger == "1.11.2026 Virtanen, Maija Saatavat Oy Sukunimi, Puhelinnumero Perintä Avoimen laskun perintä"


def test_a_step_that_is_refused_records_no_disclosure(client, clerk, maija):
    agency, collection = make_recipient(), make_collection(make_invoice(maija))
    address = f"/laskutus/perinnat/{collection.id}/perintatoimisto"
    sent = {"recipient": str(agency.id), "way": "portal"}

    early = client.submit(address, sent | {"disclosed_on": "30.9.2026"})
    nobody = client.submit(address, {"way": "portal"})

    assert "ennen edellistä vaihetta" in early.main
    assert "Valitse vastaanottaja." in nobody.main
    assert collection.state == "reminder"
    assert db.session.scalar(select(func.count()).select_from(Disclosure)) == 0


def test_nothing_is_handed_to_an_agency_out_of_use_or_abroad(client, clerk, maija):
    make_recipient(name="Inkasso Inc.", country="US", postcode="", street="", city="")
    collection = make_collection(make_invoice(maija))
    abroad = db.session.scalar(select(func.max(HandOver.disclosure_id)))

    answer = client.submit(f"/laskutus/perinnat/{collection.id}/perintatoimisto", {"recipient": "1", "way": "portal"})

    assert "EU:n ja ETA:n ulkopuolella (Yhdysvallat)" in answer.main
    assert abroad is None and collection.state == "reminder"


def test_a_hand_over_stands_for_exactly_one_reason(maija):
    invoice, collection = make_invoice(maija), make_collection(make_invoice(maija))
    advance(collection, "agency")

    with pytest.raises(IntegrityError), transaction():
        db.session.scalars(select(HandOver)).one().invoice_id = invoice.id


def test_the_last_payment_ends_the_collection(client, clerk, maija):
    first, second = make_invoice(maija), make_invoice(maija)
    collection = make_collection(first, second)

    pay(first)
    between = collection.state
    client.submit(f"/laskutus/{second.id}/maksu")

    assert between == "reminder"
    assert (collection.state, collection.outcome, collection.ended_on) == ("ended", "paid", date(2026, 11, 23))
    assert (first.collection_id, second.collection_id) == (None, None)
    assert "Velka on maksettu" in client.get(f"/laskutus/perinnat/{collection.id}").main
    ended = db.session.scalars(select(AuditEvent).filter_by(event="collection.ended")).one()
    assert ended.facts == {"outcome": "paid", "on": "2026-11-23"}


def test_a_collection_whose_only_invoice_is_credited_is_withdrawn(maija):
    invoice = make_invoice(maija)
    collection = make_collection(invoice)

    credit_invoice(invoice)

    assert (collection.state, collection.outcome) == ("ended", "withdrawn")


def test_a_payment_of_an_earlier_day_ends_the_collection_on_its_last_steps_day(maija):
    invoice = make_invoice(maija)
    collection = make_collection(invoice, on=date(2026, 10, 1))

    pay(invoice, paid_on=date(2026, 9, 30))

    assert collection.ended_on == date(2026, 10, 1)


def test_a_collection_cannot_be_called_paid_while_something_is_owed(client, clerk, maija):
    collection = make_collection(make_invoice(maija))
    address = f"/laskutus/perinnat/{collection.id}/paata"

    answer = client.submit(address, {"outcome": "paid"})

    assert "Laskuja on vielä maksamatta 120,00 €." in plain(answer)
    assert "Valitse, miten perintä päättyi." in client.submit(address).main


def test_a_debt_given_up_stays_open_and_can_be_collected_anew(client, clerk, maija):
    invoice = make_invoice(maija)
    collection = make_collection(invoice)

    answer = client.submit(f"/laskutus/perinnat/{collection.id}/paata", {"outcome": "withdrawn"})
    again = make_collection(invoice, on=date(2026, 11, 23))

    assert "Perinnästä on luovuttu" in answer.main
    assert links(answer) == []
    assert invoice.collection_id == again.id != collection.id
    rows = [
        " ".join(row.text.split()) for row in client.get(f"/laskutus/{invoice.id}").page.select("#perinta tbody tr")
    ]
    assert rows == [
        "23.11.2026 Maksumuistutus – –",
        "1.10.2026 Päättynyt 23.11.2026 Perinnästä on luovuttu",
    ]


def test_a_debt_written_off_is_still_owed_but_nobody_waits_for_it(client, clerk, maija):
    invoice = make_invoice(maija)
    collection = make_collection(invoice)

    client.submit(f"/laskutus/perinnat/{collection.id}/paata", {"outcome": "written_off"})

    assert (invoice.state, invoice.written_off_on) == ("open", date(2026, 11, 23))
    assert lists.overdue_uncollected(date(2026, 11, 23), 8) == (0, [])
    assert "Kirjattu luottotappioksi 23.11.2026" in plain(client.get(f"/laskutus/{invoice.id}"))
    pay(invoice)
    assert (invoice.state, invoice.written_off_on) == ("paid", None)


def test_a_payment_taken_back_does_not_bring_the_invoice_back_to_its_collection(maija):
    first, second, writer = make_invoice(maija), make_invoice(maija), make_clerk()
    collection = make_collection(first, second)
    pay(first)
    with transaction():
        service.reopen(invoice=first, by=writer)
    assert collection.unpaid == second.unpaid

    pay(second)

    assert (collection.state, first.state, first.collection_id) == ("ended", "open", None)


def test_two_desks_taking_a_step_see_each_other(client, clerk, maija):
    address = f"/laskutus/perinnat/{make_collection(make_invoice(maija)).id}/maksuvaatimus"
    mine = filled_in(chosen_form(client.get(address).page, address, None))
    client.submit(address)

    late = client.post(address, data=mine | {"once": "another-key-of-a-form"})

    assert late.status_code == 409


def test_a_settled_invoice_is_in_no_collection_whatever_the_way(maija):
    collection = make_collection(make_invoice(maija))

    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Invoice).values(state="paid", paid=120_00, paid_on=date(2026, 11, 1)))
    assert collection.state == "reminder"
