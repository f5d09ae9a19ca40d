"""Customers go out to a file for a purpose, on record, and come back in without a change."""

import io

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import service
from rekisteri.customers.importing import columns, receiving
from rekisteri.customers.models import Customer
from rekisteri.disclosures.exporting.models import CustomerExport
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.sheets import open_sheet
from tests.customers.factories import OBTAINED, make_clerk, make_organisation, make_person
from tests.customers.importing.factories import fates, run

PURPOSE = "Tilinpäätöksen asiakasluettelo kirjanpitäjälle"


@pytest.fixture
def people(app):
    make_person(organisation="Äijälän Sähkö Oy", email_2="maija@toinen.example", orders="Kirves\nLapio; 2 kpl")
    make_organisation(business_id="0201256-6", phone="+46 8 123 456")
    make_person(last_name="O'Brien", first_name="", country="Irlanti", postcode="D02 AF30", email="", phone="")
    archived, hidden = make_person(last_name="Arkisto"), make_person(last_name="Salaisuus")
    with transaction():
        service.archive(customer=service.find(archived.id), by=make_clerk())
        db.session.get(Customer, hidden.id).state = "incoming"


def download(client, file_kind="csv", selection="active"):
    answer = client.submit(
        "/asiakkaat/vienti", {"selection": selection, "file_kind": file_kind, "purpose": PURPOSE}, follow=True
    )
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("file_kind", ["csv", "xlsx"])
def test_what_went_out_comes_back_without_a_change(client, sign_in, people, file_kind):
    sign_in("vastuuhenkilo")
    content = download(client, file_kind, "all").data
    file = receiving.read_file(io.BytesIO(content), f"asiakkaat.{file_kind}")
    with transaction():
        batch = receiving.receive(file=file, source=service.own_source(), obtained_on=OBTAINED, by=make_clerk())
        receiving.set_reading(batch=batch, reading=columns.Reading(tuple(batch.columns), batch.kind))

    assert fates(run(batch)) == ["same"] * 4


def test_those_who_are_not_seen_in_the_register_are_in_no_file(client, sign_in, people):
    sign_in("vastuuhenkilo")
    text = download(client, selection="all").data.decode("utf-8-sig")
    assert "Salaisuus" not in text
    assert "Arkisto" in text
    assert "Arkisto" not in download(client).data.decode("utf-8-sig")
    assert "Virtanen" not in download(client, selection="archived").data.decode("utf-8-sig")


def test_the_file_has_the_columns_that_are_in_use(client, sign_in, people):
    sign_in("vastuuhenkilo")
    answer = download(client)
    sheet = open_sheet(io.BytesIO(answer.data), "a.csv")
    assert "Sähköpostiosoite 2" in sheet.header
    assert "Sähköpostiosoite 3" not in sheet.header
    assert next(sheet.rows())[:4] == ["1", "Henkilö", "Virtanen", "Maija"]
    assert answer.headers["Content-Disposition"] == "attachment; filename=asiakkaat-1.csv"


def test_the_purpose_is_asked_and_put_on_record(client, sign_in, people):
    user = sign_in("vastuuhenkilo")
    download(client)
    made = db.session.scalars(select(CustomerExport)).one()
    assert (made.purpose, made.count, made.by_id) == (PURPOSE, 3, user.id)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert (event.event, event.subject) == ("customers.exported", f"export:{made.id}")
    assert PURPOSE not in str(event.facts)
    assert PURPOSE in client.get("/asiakkaat/vienti").words


@pytest.mark.parametrize("purpose", ["", "   "])
def test_without_a_purpose_nothing_goes_out(client, sign_in, people, purpose):
    sign_in("vastuuhenkilo")
    form = {"selection": "active", "file_kind": "csv", "purpose": purpose}
    answer = client.submit("/asiakkaat/vienti", form)
    assert answer.status_code == 422
    assert "Kerro, mihin tietoja käytetään." in answer.words
    assert db.session.scalars(select(CustomerExport)).all() == []


def test_an_empty_selection_is_told(client, sign_in):
    sign_in("vastuuhenkilo")
    answer = client.submit("/asiakkaat/vienti", {"selection": "archived", "file_kind": "csv", "purpose": PURPOSE})
    assert "ei ole yhtään asiakasta" in answer.words


def test_a_formula_typed_as_a_street_is_no_formula_in_the_file(client, sign_in, app):
    make_person(street="=1+1 tie 4")
    sign_in("vastuuhenkilo")
    assert "'=1+1 tie 4" in download(client).data.decode()


def test_a_clerk_does_not_take_the_register_out(client, sign_in):
    sign_in("kasittelija")
    assert client.get("/asiakkaat/vienti").status_code == 403
