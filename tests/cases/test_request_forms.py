"""Request forms to hand out, and the way back from the code printed on them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.cases import form_codes, request_forms
from rekisteri.cases.models import RequestForm
from rekisteri.documents.qr import read_qr
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import FILLED, only_case
from tests.customers.factories import make_person
from tests.support.client import ReadingClient
from tests.support.paper import page_count, pictures_of, words_of


def print_for(client: ReadingClient, customer: Any) -> RequestForm:
    """Print a prefilled form from the customer's card and return it."""
    page = client.submit(f"/pyynnot/lomake/asiakas/{customer.id}", {})
    assert page.mimetype == "application/pdf"
    db.session.rollback()
    return db.session.query(RequestForm).order_by(RequestForm.id.desc()).first()


@given(st.text(alphabet=form_codes.ALPHABET, min_size=12, max_size=12))
def test_a_code_is_read_as_it_is_printed(code: str) -> None:
    assert form_codes.read(form_codes.shown(code)) == code
    assert form_codes.read(f"  {form_codes.shown(code).lower()} ") == code
    assert form_codes.read(f"https://rekisteri.example/pyynnot/lomake/{code}") == code


@pytest.mark.parametrize("typed", ["", "2026/0007", "K7QF-2M9X", "K7QF-2M9X-4TBR-9999", "å" * 12, "x" * 100_000])
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert form_codes.read(typed) is None


def test_signs_that_look_alike_are_read_alike() -> None:
    assert form_codes.read("OIL0-1234-5678") == "011012345678"


def test_codes_are_not_guessed() -> None:
    assert len({form_codes.new_code() for _ in range(1000)}) == 1000


def test_the_blank_form_asks_for_what_an_answer_needs_and_no_more(client: ReadingClient, clerk: Any) -> None:
    answer = client.get("/pyynnot/lomake.pdf")
    assert answer.mimetype == "application/pdf"
    words = words_of(answer.data)
    for told in (
        "Oikaisupyyntö",
        "Lomaketta ei ole pakko käyttää, eikä allekirjoitus ole pyynnön edellytys",
        "Oikaistava tieto sanatarkasti",
        "Ehdottamanne muutos sanatarkasti",
        "Perusteet",
        "Paikka ja päiväys",
        "Allekirjoitus",
        "Palauttakaa lomake",
        "Älkää kirjoittako lomakkeeseen henkilötunnusta.",
    ):
        assert told in words, told
    assert "syntymäaika" not in words.lower()


def test_both_forms_last_and_can_be_read_aloud(client: ReadingClient, clerk: Any, verapdf: Callable[..., None]) -> None:
    form = print_for(client, make_person(last_name="Žukauskaitė-Äijälä", first_name="Šarūnė"))
    for address in ("/pyynnot/lomake.pdf", f"/pyynnot/lomake/{form.token}.pdf"):
        pdf = client.get(address).data
        assert page_count(pdf) <= 2
        verapdf(pdf)


def test_the_prefilled_form_knows_the_customer(client: ReadingClient, clerk: Any) -> None:
    form = print_for(client, make_person())
    words = words_of(client.get(f"/pyynnot/lomake/{form.token}.pdf").data)
    for told in ("Maija Virtanen", "Mäkitie 4 A 3, 00100 Helsinki", "maija.virtanen@esimerkki.fi", "041 505 8567"):
        assert told in words, told
    assert form_codes.shown(form.token) in words


def test_the_code_on_the_paper_can_be_read_and_tells_nothing_of_the_person(client: ReadingClient, clerk: Any) -> None:
    form = print_for(client, make_person())
    pictures = pictures_of(client.get(f"/pyynnot/lomake/{form.token}.pdf").data, dpi=150)
    assert read_qr(pictures[0]) == [f"http://localhost/pyynnot/lomake/{form.token}"]


def test_each_printing_has_a_code_of_its_own(client: ReadingClient, clerk: Any) -> None:
    maija = make_person()
    assert print_for(client, maija).token != print_for(client, maija).token


def test_the_scanned_code_leads_to_a_new_request_of_that_person(client: ReadingClient, clerk: Any) -> None:
    maija = make_person()
    form = print_for(client, maija)
    page = client.get(f"/pyynnot/lomake/{form.token}", follow_redirects=True)
    assert page.request.path == "/pyynnot/uusi"
    assert page.page.select_one(f"input[name=person][value='{maija.id}'][checked]")
    page = client.submit(page.request.full_path, FILLED | {"person": str(maija.id)})
    assert only_case().customer_id == maija.id


def test_once_registered_the_code_leads_to_the_case(client: ReadingClient, clerk: Any) -> None:
    form = print_for(client, make_person())
    client.submit(f"/pyynnot/uusi?lomake={form.token}", FILLED)
    page = client.get(f"/pyynnot/lomake/{form.token}", follow_redirects=True)
    assert page.request.path == f"/pyynnot/{only_case().id}"
    assert "Tämä lomake on jo kirjattu." in page.main


def test_the_code_leads_nobody_who_is_not_signed_in(app: Flask, client: ReadingClient, clerk: Any) -> None:
    form = print_for(client, make_person())
    answer = app.test_client().get(f"/pyynnot/lomake/{form.token}", follow_redirects=True)
    assert answer.request.path == "/kirjaudu"
    assert "Virtanen" not in answer.text


def test_a_reader_is_told_that_the_form_has_not_been_registered(
    app: Flask, client: ReadingClient, clerk: Any, sign_in: Callable[..., Any]
) -> None:
    form = print_for(client, make_person())
    reader = app.test_client()
    sign_in("lukija", client=reader)
    page = reader.get(f"/pyynnot/lomake/{form.token}", follow_redirects=True)
    assert "Lomaketta ei ole vielä kirjattu" in page.main


@pytest.mark.parametrize("write", [str, str.lower, form_codes.shown])
def test_the_code_can_be_typed_by_hand(client: ReadingClient, clerk: Any, write: Callable[[str], str]) -> None:
    form = print_for(client, make_person())
    page = client.submit("/pyynnot/avaa", {"code": write(form.token)})
    assert page.request.path == "/pyynnot/uusi"


def test_a_diary_number_typed_by_hand_opens_the_case(client: ReadingClient, clerk: Any) -> None:
    client.submit("/pyynnot/uusi", FILLED)
    page = client.submit("/pyynnot/avaa", {"code": " 2026/0001 "})
    assert "Pyyntö 2026/0001" in page.main


@pytest.mark.parametrize("typed", ["2026/4711", "0000-0000-0000", "jotakin", "<script>"])
def test_an_unknown_number_or_code_is_told(client: ReadingClient, clerk: Any, typed: str) -> None:
    page = client.submit("/pyynnot/avaa", {"code": typed})
    assert page.status_code == 422
    assert "Numerolla tai koodilla ei löydy" in page.main


def test_an_unknown_code_in_an_address_leads_to_the_box_for_codes(client: ReadingClient, clerk: Any) -> None:
    page = client.get("/pyynnot/lomake/0000-0000-0000", follow_redirects=True)
    assert "Lomakkeen koodia ei tunneta." in page.main
    assert client.get("/pyynnot/lomake/000000000000.pdf").status_code == 404


def test_printing_is_on_record_and_changes_nothing_by_a_mere_look(client: ReadingClient, clerk: Any) -> None:
    maija = make_person()
    assert client.get(f"/pyynnot/lomake/asiakas/{maija.id}").status_code == 200
    assert db.session.query(RequestForm).count() == 0
    assert client.get(f"/pyynnot/lomake/{maija.id}.pdf").status_code == 404


def test_the_code_of_a_form_is_found_among_other_codes(clerk: Any) -> None:
    maija = make_person()
    with transaction():
        form = request_forms.print_form(customer=maija, by=clerk, on=today())
    assert request_forms.find_by_codes(["https://example.com", form.token]) is form
    assert request_forms.find_by_codes([]) is None
