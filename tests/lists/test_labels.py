"""Labels from a selection to the printer and the ledger."""

import pytest

from rekisteri.disclosures.models import Outgoing, OutgoingPerson
from rekisteri.kernel.db import db
from tests.customers.factories import make_organisation, make_person
from tests.lists.factories import PURPOSE, asked, made, newest, printed
from tests.prohibitions.factories import forbid
from tests.selections.factories import save
from tests.support.paper import words_of

URL = "/luettelot/uusi/tarrat"


@pytest.mark.promise("luettelo.julkaisu")
def test_labels_of_a_selection_are_printed_and_stand_in_the_ledger(client, sign_in, company) -> None:
    sign_in("kasittelija", full_name="Aino Koivu")
    maija = make_person()
    make_person(last_name="Aho", first_name="Aku", street="Rantatie 1", postcode="90100", city="Oulu")
    text = printed(client, save())
    assert text.index("Maija Virtanen Mäkitie 4 A 3 00100 HELSINKI") < text.index("Aku Aho Rantatie 1 90100 OULU")
    went = db.session.scalars(db.select(Outgoing)).one()
    assert (went.kind, went.purpose, went.count, went.use) == ("labels", PURPOSE, 2, "direct_mail")
    assert set(went.fields) == {"last_name", "first_name", "name", "street", "postcode", "city", "country"}
    assert maija.id in set(db.session.scalars(db.select(OutgoingPerson.customer_id)))


@pytest.mark.promise("luettelo.kielto")
def test_who_forbids_between_the_making_and_the_printing_is_not_on_the_labels(client, sign_in, company) -> None:
    sign_in("kasittelija")
    maija = make_person()
    make_person(last_name="Aho", first_name="Aku")
    address = made(client, save())
    forbid(maija, "listing")
    text = words_of(client.get(f"{address}.pdf").data)
    assert "Aku Aho" in text
    assert "Virtanen" not in text


def test_who_has_forbidden_lists_is_counted_and_left_out(client, sign_in, company) -> None:
    sign_in("kasittelija")
    forbid(make_person(), "listing")
    make_person(last_name="Aho", first_name="Aku")
    selection = save()
    preview = client.submit(URL, asked(selection, action="preview"))
    assert preview.status_code == 200
    assert "Tarroja varten on osoitteita 1" in preview.main
    assert "luettelossa julkaiseminen" in preview.main
    assert "Virtanen" not in printed(client, selection)


def test_who_has_no_whole_address_is_counted_and_left_out(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person(postcode="", city="")
    office = make_organisation("Konepaja Oy")
    make_person(last_name="Aho", first_name="Aku", street="", postcode="", city="", organisation="Konepaja Oy")
    make_person(last_name="Kask", first_name="Jaan", street="Pikk 5", postcode="10123", city="Tallinn", country="Viro")
    selection = save()
    assert "postiosoite puuttuu tai ei ole voimassa (1)" in client.submit(URL, asked(selection, action="preview")).main
    text = printed(client, selection)
    assert f"Aku Aho {office.display_name} Teollisuuskatu 7 33100 TAMPERE" in text
    assert text.endswith("Jaan Kask Pikk 5 10123 TALLINN VIRO")
    assert "Maija" not in text


def test_a_household_shares_a_label_only_when_it_is_asked(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    make_person(first_name="Matti", email="", phone="")
    selection = save()
    assert "Virtanen Maija ja Matti" in printed(client, selection)
    assert "Maija Virtanen" in printed(client, selection, merge=None)


def test_marketing_tells_out_of_what_register_the_address_is_whatever_was_ticked(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    told = "Osoitelähde: Kuusikon asiakasrekisteri, Kuusikon Kello Oy, Tehtaankuja 3, 33100 TAMPERE"
    assert told in printed(client, save(), origin=None)
    listing = save("Julkaisu", use="listing")
    assert told not in printed(client, listing, origin=None)
    assert told in printed(client, listing)


def test_a_name_of_two_hundred_letters_is_printed_whole(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person(last_name="Å" * 100, first_name="Ö" * 100)
    text = printed(client, save()).replace(" ", "")
    assert "Ö" * 100 + "Å" * 100 in text
    assert "00100HELSINKI" in text


def test_a_label_that_the_sheet_does_not_have_is_refused_and_nothing_typed_is_lost(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    answer = client.submit(URL, asked(save(), start="99", sheet="L7160"))
    assert answer.status_code == 422
    assert "Arkilla on 21 tarraa. Anna luku väliltä 1–21." in answer.main
    assert answer.page.select_one("[name=start]")["value"] == "99"
    assert answer.page.select_one("[name=sheet] option[selected]")["value"] == "L7160"
    assert newest() is None


def test_an_empty_selection_prints_nothing_and_says_so(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    answer = client.submit(URL, asked(save(cities=("Utsjoki",))))
    assert answer.status_code == 422
    assert "Valinnassa ei ole ketään" in answer.main
    assert db.session.scalar(db.select(db.func.count(Outgoing.id))) == 0


def test_a_test_print_shows_the_frames_and_nobody(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    answer = client.submit(URL, asked(save(), action="test", dx="1,5", dy="−2", start="3"))
    assert answer.mimetype == "application/pdf"
    text = words_of(answer.data)
    assert "3. Maija Mallikas" in text
    assert "Virtanen" not in text
    assert newest() is None


def test_the_sheet_and_the_shift_of_the_printer_are_remembered(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    printed(client, save(), sheet="L7162", dx="1,5", dy="−0,5")
    page = client.get(URL).page
    assert page.select_one("[name=sheet] option[selected]")["value"] == "L7162"
    assert (page.select_one("[name=dx]")["value"], page.select_one("[name=dy]")["value"]) == ("1,5", "−0,5")


def test_a_print_is_not_opened_on_another_day(client, sign_in, company, freeze) -> None:
    sign_in("kasittelija")
    make_person()
    location = made(client, save())
    freeze("2026-11-24")
    sign_in("kasittelija")
    assert "Tulosteen voi avata vain sen tekopäivänä" in client.get(location).main
    assert client.get(f"{location}.pdf").status_code == 422


def test_the_same_form_sent_twice_is_one_print(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    told = asked(save(), once="sama-lomake-kahdesti")
    assert client.submit(URL, told).request.path == client.submit(URL, told).request.path
    assert db.session.scalar(db.select(db.func.count(Outgoing.id))) == 1
