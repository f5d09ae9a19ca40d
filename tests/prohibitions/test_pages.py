"""The pages of prohibitions: what a clerk sees, types and gets back."""

import io
from typing import Any

import pytest

from rekisteri.cases import service as cases
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db
from rekisteri.prohibitions import letters, service
from tests.cases.factories import FILLED, only_case
from tests.customers.factories import make_person
from tests.prohibitions.factories import forbid, make_case, standing
from tests.support.client import ReadingClient
from tests.support.paper import words_of

TYPED = {"kinds": ["direct_mail", "listing"], "channel": "phone", "told_on": "23.11.2026"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


@pytest.fixture
def maija(app: Any) -> Any:
    return make_person()


def test_a_call_is_recorded_from_the_card_and_shown_on_it(client: ReadingClient, clerk: Any, maija: Any) -> None:
    assert "Kirjaa kielto" in client.get(f"/asiakkaat/{maija.id}").main
    page = client.submit(f"/kiellot/asiakas/{maija.id}", TYPED)
    assert "Kielto on kirjattu ja sitoo heti." in page.text
    assert "Luettelossa julkaiseminen" in page.main
    assert "Asiakas sallii taas" in page.main
    assert standing(maija) == ["direct_mail", "listing"]


def test_nothing_chosen_is_told_and_what_was_typed_stays(client: ReadingClient, clerk: Any, maija: Any) -> None:
    page = client.submit(f"/kiellot/asiakas/{maija.id}", {"told_on": "24.11.2026", "channel": "visit"})
    assert page.status_code == 422
    assert "Valitse, mitä asiakas kieltää." in page.main
    assert 'value="24.11.2026"' in page.text
    page = client.submit(f"/kiellot/asiakas/{maija.id}", TYPED | {"told_on": "24.11.2026"})
    assert "Ilmoituspäivä ei voi olla tulevaisuudessa." in page.main
    assert standing(maija) == []


def test_a_double_click_records_once(client: ReadingClient, clerk: Any, maija: Any) -> None:
    address = f"/kiellot/asiakas/{maija.id}"
    page = client.get(address)
    for _ in range(2):
        client.submit(address, TYPED, page=page)
    assert len(service.of_customer(maija.id)) == 2


def test_the_letter_is_kept_with_the_prohibition_and_a_bad_file_is_told(
    client: ReadingClient, clerk: Any, maija: Any
) -> None:
    address = f"/kiellot/asiakas/{maija.id}"
    page = client.submit(address, TYPED | {"files": (io.BytesIO(b"MZ\x90"), "viesti.exe")})
    assert page.status_code == 422
    assert standing(maija) == []
    client.submit(address, TYPED | {"files": (io.BytesIO(PNG), "viesti.png")})
    first = service.of_customer(maija.id)[0]
    assert [scan.name for scan in documents.scans_of(first.subject)] == ["viesti.png"]


def test_only_the_customers_word_ends_it_and_the_page_asks_how_it_came(
    client: ReadingClient, clerk: Any, maija: Any
) -> None:
    (one,) = forbid(maija, "direct_mail")
    address = f"/kiellot/{one.id}/peru"
    page = client.submit(address, {"told_on": "23.11.2026"})
    assert page.status_code == 422
    assert "Valitse, miten asiakas ilmoitti asiasta." in page.main
    page = client.submit(address, {"channel": "phone", "told_on": "23.11.2026"})
    assert "kielto on päättynyt" in page.text
    assert "Peruttu 23.11.2026" in page.main
    assert "Kielto on peruttu 23.11.2026." in client.get(address).main


def test_two_who_have_the_same_withdrawal_open_do_not_overwrite_each_other(
    client: ReadingClient, clerk: Any, maija: Any
) -> None:
    (one,) = forbid(maija, "direct_mail")
    address, typed = f"/kiellot/{one.id}/peru", {"channel": "phone", "told_on": "23.11.2026"}
    mine, theirs = client.get(address), client.get(address)
    client.submit(address, typed, page=theirs)
    assert client.submit(address, typed, page=mine).status_code == 409


def test_the_list_tells_how_many_and_who(client: ReadingClient, clerk: Any, maija: Any) -> None:
    assert "Yhtään kieltoa ei ole voimassa" in client.get("/kiellot/").main
    forbid(maija, "listing")
    page = client.get("/kiellot/")
    assert "Virtanen, Maija" in page.main
    page = client.get("/kiellot/?kielto=direct_mail")
    assert "Tätä ei ole kieltänyt kukaan" in page.main
    assert "Virtanen, Maija" in client.get("/kiellot/?kielto=tuntematon").main


def test_a_letter_that_forbids_is_recorded_and_confirmed(client: ReadingClient, clerk: Any) -> None:
    case = make_case(clerk)
    page = client.submit(f"/kiellot/pyynto/{case.id}", {"kinds": ["direct_mail", "disclosure"]})
    assert "Tulosta vahvistus" in page.text
    db.session.rollback()
    letter = letters.confirmation_of(case)
    assert letter is not None
    text = words_of(documents.content(letter))
    assert "Suoramainonta: kielto on voimassa 16.11.2026 alkaen" in text
    assert "Tietojen luovuttaminen muille" in text
    assert case.customer is not None
    assert standing(case.customer) == ["direct_mail", "disclosure"]
    assert "Vahvistus kiellosta" in client.get(f"/pyynnot/{case.id}").main


def test_a_letter_of_somebody_unknown_waits_until_the_person_is_found(client: ReadingClient, clerk: Any) -> None:
    case = make_case(clerk, found=False)
    page = client.get(f"/kiellot/pyynto/{case.id}")
    assert "Asiakasta ei ole valittu" in page.main


def test_a_letter_that_is_not_confirmed_keeps_the_request_open(client: ReadingClient, clerk: Any) -> None:
    case = make_case(clerk)
    page = client.get(f"/pyynnot/{case.id}/sulje")
    assert "Kieltoa ei ole kirjattu eikä vahvistettu." in page.main


def test_a_stranger_gets_no_confirmation(client: ReadingClient, clerk: Any) -> None:
    stranger = cases.Requester("Vieras Utelias", "Outokatu 1", "00100", "Helsinki", role="agent", mandate="missing")
    case = make_case(clerk, requester=stranger)
    page = client.submit(f"/kiellot/pyynto/{case.id}", {"kinds": ["listing"]})
    assert page.status_code == 422
    assert "Valtuutusta toimia toisen puolesta ei ole esitetty" in page.main
    assert letters.confirmation_of(case) is None


def test_a_prohibition_is_one_of_the_rights_a_letter_may_concern(client: ReadingClient, clerk: Any) -> None:
    page = client.submit("/pyynnot/uusi", FILLED | {"kinds": ["prohibition"]})
    assert "Kirjaa kielto ja vahvista se kirjeellä" in page.main
    assert client.get(f"/kiellot/pyynto/{only_case().id}").status_code == 200
    assert client.get("/kiellot/pyynto/9999").status_code == 404


def test_a_reader_sees_but_does_not_record(client: ReadingClient, sign_in: Any, maija: Any) -> None:
    forbid(maija, "listing")
    sign_in("lukija")
    page = client.get(f"/asiakkaat/{maija.id}")
    assert "Luettelossa julkaiseminen" in page.main
    assert "Asiakas sallii taas" not in page.main
    assert client.get(f"/kiellot/asiakas/{maija.id}").status_code == 403
