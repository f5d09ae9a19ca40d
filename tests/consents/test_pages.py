"""The pages of consents: what a clerk sees, types and gets back."""

import io
from typing import Any

import pytest

from rekisteri.consents import service
from rekisteri.documents import service as documents
from tests.consents.factories import WORDING, consent, standing
from tests.customers.factories import make_organisation, make_person
from tests.notice.factories import published
from tests.objections.factories import make_matter
from tests.paper.factories import enter, make_pile, name
from tests.paper.test_piles import undo
from tests.prohibitions.factories import forbid
from tests.prohibitions.test_pages import PNG

TYPED = {
    "uses": ["direct_mail", "direct_marketing"],
    "means": ["email"],
    "wording": WORDING,
    "channel": "web",
    "given_on": "20.11.2026",
}


@pytest.fixture
def maija(told: Any) -> Any:
    return make_person()


def test_a_consent_is_recorded_from_the_card_and_shown_on_it_and_in_its_history(
    client: Any, clerk: Any, maija: Any
) -> None:
    assert "Kirjaa suostumus" in client.get(f"/asiakkaat/{maija.id}").main
    page = client.submit(f"/suostumukset/asiakas/{maija.id}", TYPED | {"files": (io.BytesIO(PNG), "lomake.png")})
    assert "Suostumus on kirjattu." in page.text
    for words in (
        "Suoramainonta ja muu suoramarkkinointi: sähköposti",
        "20.11.2026, verkkolomake",
        WORDING,
        "lomake.png",
    ):
        assert words in page.main, words
    assert "Suostumus sähköiseen suoramarkkinointiin kirjattu" in page.main
    assert [scan.name for scan in documents.scans_of(service.of_customer(maija.id)[0].subject)] == ["lomake.png"]
    index = client.get("/suostumukset/")
    assert "Virtanen, Maija" in index.main


def test_what_is_wrong_is_told_and_what_was_typed_stays(client: Any, clerk: Any, maija: Any) -> None:
    address = f"/suostumukset/asiakas/{maija.id}"
    page = client.submit(address, {"wording": "Kyllä kiitos vaan", "given_on": "20.11.2026", "channel": "web"})
    assert page.status_code == 422
    assert "Valitse, mihin asiakas suostuu." in page.main
    assert "Valitse, millä tavalla mainontaa saa lähettää." in page.main
    assert "Kyllä kiitos vaan" in page.main
    forbid(maija, "direct_mail")
    assert "Asiakas on kieltänyt tämän käytön: suoramainonta." in client.submit(address, TYPED).main
    assert "Päivä ei voi olla tulevaisuudessa." in client.submit(address, TYPED | {"given_on": "24.11.2026"}).main
    bad = client.submit(address, TYPED | {"files": (io.BytesIO(b"MZ\x90"), "viesti.exe")})
    assert bad.status_code == 422
    assert standing(maija) == []


def test_the_words_of_the_last_consent_wait_in_the_next_form(client: Any, clerk: Any, maija: Any) -> None:
    consent(maija)
    assert WORDING in client.get(f"/suostumukset/asiakas/{make_person(last_name='Aho').id}").main
    assert "Asiakas on jo antanut suostumuksen" in client.get(f"/suostumukset/asiakas/{maija.id}").main


def test_it_is_taken_back_by_one_choice_and_a_double_click_is_harmless(client: Any, clerk: Any, maija: Any) -> None:
    consent(maija, "direct_mail", means=["email", "sms"])
    address = f"/suostumukset/asiakas/{maija.id}/peru"
    page = client.get(address)
    assert len(page.page.select("input[name=ids]:checked, input[name=ids][checked]")) == 2
    for _ in range(2):
        done = client.submit(address, {"channel": "phone"}, page=page)
    assert "Päättynyt 23.11.2026, puhelin" in done.main
    assert standing(maija) == []
    assert "ei ole voimassa olevaa suostumusta" in client.get(address).main
    stale = client.submit(address, {"channel": "phone", "ids": ["1-2", "x"], "once": "f" * 32}, page=page)
    assert "Valitse, minkä suostumuksen asiakas peruu." in stale.main


def test_where_the_notice_is_silent_the_page_says_what_to_do(client: Any, clerk: Any, maija: Any) -> None:
    published(content="Tallennamme nimen, yhteisön, yhteystiedot ja aikaisemmat tilaukset.")
    page = client.get(f"/suostumukset/asiakas/{maija.id}")
    assert "ei kerro suostumuksista" in page.main
    assert page.page.select_one("textarea") is None


def test_an_organisation_is_not_asked(client: Any, clerk: Any, told: Any) -> None:
    assert "Kirjaa suostumus" not in client.get(f"/asiakkaat/{make_organisation().id}").main


def test_the_letter_that_takes_it_back_is_met_by_what_is_on_record(client: Any, clerk: Any, told: Any) -> None:
    matter = make_matter(clerk, "consent_withdrawal")
    consent(matter.case.customer)
    page = client.get(f"/vastustamiset/{matter.id}/sisalto")
    assert "Suoramainonta: sähköposti, annettu 2.11.2026" in page.main
    assert page.page.select_one("input[name=uses][value=direct_mail]").has_attr("checked")


def test_a_box_on_a_card_is_a_consent_of_the_cards_day_and_is_undone_with_it(
    client: Any, clerk: Any, told: Any
) -> None:
    name(clerk, by=clerk)
    pile = make_pile(clerk)
    item = enter(pile, clerk, ticked=("consents.email",))
    [one, *_rest] = service.standing(item.customer_id)
    assert (one.given_on, one.channel) == (pile.obtained_on, "letter")
    undo(pile, item.id, clerk)
    assert service.any_held() is False
