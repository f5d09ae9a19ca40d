"""Files for invoicing services, collectors and providers of credit data: what is open, of whom may go, each on record."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import func, select

from rekisteri.billing.handing_over import hand_over
from rekisteri.billing.handing_rules import KINDS, euros, fields_for
from rekisteri.disclosures.models import Disclosure, Outgoing
from rekisteri.disclosures.rules import CONTENTS, GROUNDS
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.sheets import open_sheet
from tests.billing.factories import TODAY, advance, make_application, make_collection, make_invoice, pay
from tests.customers.factories import make_clerk, make_organisation, make_person
from tests.disclosures.factories import make_recipient
from tests.prohibitions.factories import forbid

PAGE = "/laskutus/aineistot"


@pytest.fixture
def agency(app):
    return make_recipient()


@pytest.fixture
def maija(app):
    return make_person(first_name="Maija", last_name="Virtanen", obtained_on=date(2026, 1, 1))


def hand(cause, recipient, kind):
    clerk = make_clerk()
    details = {"disclosed_on": TODAY, "purpose": KINDS[kind].purpose, "ground": KINDS[kind].ground, "by": clerk}
    with transaction():
        return hand_over(cause, recipient=recipient, fields=("street",), **details)


def collected(customer, agency, **details):
    return advance(make_collection(make_invoice(customer, **details)), "agency", agency=agency)


def take_out(client, kind, recipient, file_kind="csv", **options):
    return client.submit(PAGE, {"recipient": f"{kind}-{recipient.id}", "file_kind": file_kind}, **options)


def table(answer):
    assert answer.status_code == 200 and answer.mimetype == "text/csv", answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def outgoing():
    return db.session.scalars(select(Outgoing).filter_by(kind="hand_over")).all()


def test_each_kind_is_known_to_the_ledger():
    assert {kind.ground for kind in KINDS.values()} <= set(GROUNDS)
    assert {kind.content for kind in KINDS.values()} <= set(CONTENTS)


def test_a_partner_with_an_agreed_list_gets_no_more_than_it():
    assert fields_for(["last_name", "phone", "city"]) == ["last_name", "city"]
    assert {"email", "phone"}.isdisjoint(fields_for([]))
    assert euros(1234_05) == "1234,05"


def test_the_file_has_what_is_open_and_its_taking_out_is_in_the_ledger(client, sign_in, maija, agency):
    sign_in("kasittelija")
    mine = collected(maija, agency, number="L-1")
    pay(collected(maija, agency, number="L-2").invoices[0])
    make_invoice(maija, number="L-3")
    collected(maija, make_recipient(name="Toinen perijä Oy"), number="L-4")
    (row,) = table(take_out(client, "collection", agency))

    assert (row["Sukunimi"], row["Laskun numero"], row["Eräpäivä"], row["Maksamatta (€)"]) == (
        "Virtanen", "L-1", "15.9.2026", "120,00",
    )  # fmt: skip
    (went,) = outgoing()
    assert (went.recipient_id, went.ground, went.way, went.count) == (agency.id, "collection", "file", 1)
    assert "claim" in went.fields and "phone" not in went.fields
    assert db.session.scalar(select(func.count()).where(Disclosure.outgoing_id == went.id)) == 1
    assert mine.state == "agency", "nothing moves by a file"


def test_who_has_forbidden_disclosures_stays_out_and_the_page_tells_who_and_why(client, sign_in, maija, agency):
    sign_in("kasittelija")
    eero = make_person(first_name="Eero", last_name="Salo", obtained_on=date(2026, 1, 1))
    collected(maija, agency, number="L-1")
    collected(eero, agency, number="L-2")
    forbid(eero, "disclosure")
    shown = client.get(PAGE)
    assert "Salo" in shown.page.select_one("#pois").text and "Virtanen" not in shown.page.select_one("#pois").text
    assert "jää pois" in shown.text

    assert [row["Sukunimi"] for row in table(take_out(client, "collection", agency))] == ["Virtanen"]
    forbid(maija, "disclosure")
    refused = take_out(client, "collection", agency)
    assert refused.status_code == 422 and "kieltänyt" in refused.text
    assert len(outgoing()) == 1, "what did not go stands in no ledger"


def test_invoices_and_applications_go_to_their_own_partners(client, sign_in, maija, app):
    sign_in("kasittelija")
    printer, provider = make_recipient(name="Laskupalvelu Oy"), make_recipient(name="Luottotieto Oy")
    firm = make_organisation("Testitukku Oy", obtained_on=date(2026, 1, 1))
    invoice = make_invoice(firm, number="L-7")
    for _ in range(2):
        hand(invoice, printer, "invoice")
    hand(make_application(maija), provider, "application")

    content = take_out(client, "invoice", printer, file_kind="xlsx").data
    (row,) = open_sheet(io.BytesIO(content), "laskutus.xlsx").rows()
    assert "L-7" in row and "Testitukku Oy" in row, "once, however often it was handed over"
    (asked,) = table(take_out(client, "application", provider))
    assert (asked["Sukunimi"], asked["Haettu luotto (€)"]) == ("Virtanen", "2000,00")
    assert take_out(client, "application", printer).status_code == 422
    assert [went.ground for went in outgoing()] == ["billing", "credit"]


def test_with_nothing_left_in_hand_the_page_says_what_to_do_first(client, sign_in, maija, agency):
    sign_in("kasittelija")
    mine = collected(maija, agency)
    hidden = {one["name"]: one["value"] for one in client.get(PAGE).page.select("main form input[type=hidden]")}
    pay(mine.invoices[0])
    late = client.post(PAGE, data=hidden | {"recipient": f"collection-{agency.id}", "file_kind": "csv"})
    assert late.status_code == 422 and "ei ole enää avoimia asioita" in late.text
    assert "Kirjaa ensin" in client.get(PAGE).text


def test_a_partner_whose_agreement_has_ended_gets_no_file(client, sign_in, maija, freeze):
    sign_in("kasittelija")
    agency = make_recipient(agreement_on=date(2026, 9, 1), agreement_until=TODAY)
    collected(maija, agency)
    freeze("2026-11-24")
    sign_in("kasittelija", username="toinen")
    refused = take_out(client, "collection", agency)
    assert refused.status_code == 422 and "Sopimus" in refused.text
    assert outgoing() == []
