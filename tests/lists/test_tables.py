"""Lists on paper, address files for a printing house, and lists for e-mail."""

import io

import pytest
from python_calamine import CalamineWorkbook

from rekisteri.customers.models import Customer
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Outgoing
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_organisation, make_person, make_source
from tests.disclosures.factories import make_processor, make_recipient_abroad
from tests.lists.factories import asked, made, newest, printed
from tests.orders.factories import make_order
from tests.prohibitions.factories import forbid
from tests.selections.factories import save
from tests.support.paper import words_of

LIST = {"title": "Helsingin asiakkaat", "columns": ["address", "phone"]}
FILE_URL, EMAIL_URL = "/luettelot/uusi/osoitetiedosto", "/luettelot/uusi/sahkoposti"


def rows_of(client, address: str) -> list[list[str]]:
    text = client.get(f"{address}/tiedosto").data.decode("utf-8-sig")
    return [line.split(";") for line in text.splitlines()]


@pytest.mark.promise("luettelo.julkaisu")
def test_a_list_is_printed_with_the_columns_that_were_chosen(client, sign_in, company) -> None:
    sign_in("kasittelija", full_name="Aino Koivu")
    make_person()
    text = printed(client, save("Luettelo", use="listing", way="none"), "luettelo", **LIST)
    assert "Helsingin asiakkaat" in text
    assert "Virtanen, Maija Mäkitie 4 A 3, 00100 HELSINKI 041 505 8567" in text
    assert "Tulostanut Aino Koivu" in text
    assert "esimerkki.fi" not in text
    assert set(db.session.scalars(db.select(Outgoing)).one().fields) >= {"street", "phone"}


def test_a_list_needs_a_title_and_a_purpose(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    answer = client.submit("/luettelot/uusi/luettelo", asked(save(), purpose="", title=""))
    assert answer.status_code == 422
    assert "Kerro, mihin tulostetta käytetään." in answer.main
    assert "Anna otsikko." in answer.main


@pytest.mark.promise("luovutus.vain-yritys")
def test_an_address_file_goes_to_a_processor_and_every_value_is_on_record(client, sign_in, company) -> None:
    sign_in("vastuuhenkilo")
    maija = make_person()
    office = make_organisation("Konepaja Oy")
    forbid(make_person(last_name="Ek", first_name="Bo"), "disclosure")
    printer = make_processor(name="Painotalo Oy")
    address = made(client, save(), "osoitetiedosto", recipient=str(printer.id), ground="technical")
    header, *rows = rows_of(client, address)
    assert header == ["Nimi", "Lisärivi", "Lähiosoite", "Postinumero", "Postitoimipaikka", "Maa"]
    assert rows == [
        ["Maija Virtanen", "", "Mäkitie 4 A 3", "00100", "HELSINKI", ""],
        [office.display_name, "", "Teollisuuskatu 7", "33100", "TAMPERE", ""],
    ]
    went = db.session.scalars(db.select(Disclosure).filter_by(customer_id=maija.id)).one()
    assert went.recipient_id == printer.id
    values = set(db.session.scalars(db.select(DisclosedDatum.datum_id).filter_by(disclosure_id=went.id)))
    assert len(values) == 5


def test_the_same_file_as_a_workbook(client, sign_in, company) -> None:
    sign_in("vastuuhenkilo")
    make_person(country="Ruotsi", postcode="111 22", city="Stockholm")
    told = {"recipient": str(make_processor().id), "ground": "technical", "file_kind": "xlsx"}
    content = client.get(f"{made(client, save(), 'osoitetiedosto', **told)}/tiedosto").data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["Maija Virtanen", "", "Mäkitie 4 A 3", "", "111 22 STOCKHOLM", "RUOTSI"]


def test_a_recipient_abroad_added_after_the_selection_gets_nothing_without_a_decision(client, sign_in, company) -> None:
    sign_in("vastuuhenkilo")
    make_person()
    selection = save()
    abroad = make_recipient_abroad()
    with transaction():
        db.session.merge(abroad).transfer_decided_by_id = None
    answer = client.submit(
        FILE_URL, asked(selection, recipient=str(abroad.id), ground="other", purpose="Painettavaksi annetut osoitteet")
    )
    assert answer.status_code == 422
    assert "EU:n ja ETA:n ulkopuolella" in answer.main
    assert newest() is None


def test_a_file_without_a_recipient_or_to_one_who_may_not_have_it_is_refused(client, sign_in, company) -> None:
    sign_in("vastuuhenkilo")
    make_person()
    assert "Valitse, kenelle tiedosto annetaan." in client.submit(FILE_URL, asked(save())).main
    ended = make_processor(name="Entinen Paino Oy")
    with transaction():
        db.session.merge(ended).agreement_on = None
    answer = client.submit(FILE_URL, asked(save("Toinen"), recipient=str(ended.id), ground="technical"))
    assert "kirjallinen sopimus" in answer.main


def test_an_e_mail_list_has_organisations_and_those_who_have_bought_and_told_their_address(
    client, sign_in, company
) -> None:
    sign_in("vastuuhenkilo")
    bought = make_person()
    make_order(bought)
    make_person(last_name="Aho", first_name="Aku", email="aku@esimerkki.fi")
    fair = make_source()
    make_order(make_person(last_name="Ek", first_name="Bo", email="bo@esimerkki.fi", source=fair))
    make_organisation("Konepaja Oy", email="posti@konepaja.example")
    address = made(client, save(way="email"), "sahkoposti")
    assert rows_of(client, address)[1:] == [
        ["Konepaja Oy", "posti@konepaja.example"],
        ["Maija Virtanen", "maija.virtanen@esimerkki.fi"],
    ]


def test_an_e_mail_list_is_not_made_of_a_selection_for_letters(client, sign_in, company) -> None:
    sign_in("vastuuhenkilo")
    make_order(make_person())
    answer = client.submit(EMAIL_URL, asked(save()))
    assert answer.status_code == 422
    assert "jonka yhteydenottotapa on sähköposti" in answer.main


def test_files_are_only_for_those_who_may_take_customers_out(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    assert client.get(FILE_URL).status_code == 403
    assert client.get("/luettelot/").page.select_one("a[href*=osoitetiedosto]") is None
    assert db.session.scalar(db.select(db.func.count(Customer.id))) == 1


def test_a_file_is_not_opened_as_paper_nor_paper_as_a_file(client, sign_in, company) -> None:
    sign_in("vastuuhenkilo")
    make_person()
    address = made(client, save(), "tarrat")
    assert client.get(f"{address}/tiedosto").status_code == 404
    assert words_of(client.get(f"{address}.pdf").data)
