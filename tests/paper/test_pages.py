"""The pages of paper: what a clerk sees, types and is told when it will not do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from rekisteri.documents.qr import read_qr
from rekisteri.erasure import service as erasures
from rekisteri.kernel.db import db, transaction
from rekisteri.paper import destroying, piles, service
from rekisteri.paper.models import PaperBinder, PaperHandler, PaperItem, PaperPile, PaperPlace
from rekisteri.prohibitions import service as prohibitions
from tests.cases.factories import make_case
from tests.customers.factories import make_person, make_source
from tests.paper.factories import MATTI, TODAY, enter, lock, make_box, make_handler, make_pile, make_place
from tests.staff.factories import PASSWORD
from tests.support.paper import pictures_of, words_of

CARD = {"last_name": "Korhonen", "first_name": "Matti", "email": "matti.korhonen@esimerkki.fi"}


def only(model: Any) -> Any:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(model).one()


def test_a_box_is_begun_at_the_fair_and_locked_up_afterwards(client: Any, owner: Any) -> None:
    source, place = make_source(), make_place(owner)
    told = {"kind": "box", "holds": "cards", "name": "Messut", "source": str(source.id), "collected_on": "20.11.2026"}
    page = client.submit("/paperiaineisto/uusi", told, follow=True)
    assert "Ei lukitussa paikassa" in page.text
    assert "3 päivää sitten" in client.get("/paperiaineisto/").text
    box = only(PaperBinder)
    page = client.submit(
        f"/paperiaineisto/{box.id}/paikka", {"place": str(place.id), "locked_on": "23.11.2026"}, follow=True
    )
    assert "Paikallaan" in page.text and "3 päivää" in page.text


def test_a_box_without_its_day_is_not_begun_and_what_was_typed_stays(client: Any, owner: Any) -> None:
    page = client.submit("/paperiaineisto/uusi", {"kind": "box", "holds": "cards", "name": "Messut"})
    assert page.status_code == 422
    assert "Anna päivä, jona kortit kerättiin." in page.text
    assert 'value="Messut"' in page.text


def test_a_place_that_is_not_locked_is_refused_on_its_page(client: Any, owner: Any) -> None:
    page = client.submit("/paperiaineisto/paikat/uusi", {"name": "Pöytälaatikko", "fireproof": "y"})
    assert page.status_code == 422
    assert "vain lukitussa paikassa" in page.text


def test_a_place_changed_by_somebody_else_meanwhile_is_not_overwritten(client: Any, owner: Any) -> None:
    place = make_place(owner)
    address = f"/paperiaineisto/paikat/{place.id}/muokkaa"
    told = {"name": "Holvi", "locked": "y", "fireproof": "y", "active": "y"}
    assert client.submit(address, told, follow=False).status_code == 303
    page = client.submit(address, told | {"name": "Kaappi", "version": "1"})
    assert page.status_code == 409
    assert only(PaperPlace).name == "Holvi"


def test_taking_out_and_bringing_back_on_their_pages(client: Any, owner: Any) -> None:
    box = make_box(owner)
    lock(box, owner)
    keeper = make_handler(by=owner)
    told = {"handler": str(keeper.id), "reason": "oikaisupyynnön tarkistus", "due_on": "25.11.2026"}
    assert client.submit(f"/paperiaineisto/{box.id}/otto", told | {"reason": ""}).status_code == 422
    page = client.submit(f"/paperiaineisto/{box.id}/otto", told, follow=True)
    assert "Arvo Arkistonhoitaja, palautettava 25.11.2026" in page.text
    back = {"handler": str(keeper.id), "returned_on": "23.11.2026"}
    page = client.submit(f"/paperiaineisto/{box.id}/palautus", back, follow=True)
    assert "Paikallaan" in page.text and "oikaisupyynnön tarkistus" in page.text


def test_what_should_be_back_is_on_the_desk(client: Any, owner: Any, freeze: Callable[[str], None]) -> None:
    box = make_box(owner)
    lock(box, owner)
    keeper = make_handler(by=owner)
    with transaction():
        service.take(binder=box, handler=keeper, due_on=TODAY, reason="tarkistus", by=owner, on=TODAY)
    assert "Palauttamatta olevat paperit" not in client.get("/").text
    freeze("2026-11-24")
    client.sign_in(owner.username, PASSWORD)
    assert "Palauttamatta olevat paperit" in client.get("/").text
    assert "Palautus myöhässä" in client.get("/paperiaineisto/").text


def test_cards_too_long_outside_are_flagged_on_the_desk_and_on_the_page(client: Any, owner: Any) -> None:
    make_box(owner, collected_on=TODAY - timedelta(5))
    assert "Lukittuun paikkaan tuotavat kortit" in client.get("/").text
    assert "5 päivää sitten – liian kauan" in client.get("/paperiaineisto/").text


def test_a_label_is_followed_wherever_it_leads(client: Any, owner: Any) -> None:
    box, place = make_box(owner), make_place(owner)
    for code, where in ((f"l{box.id}", f"/paperiaineisto/{box.id}"), (f"P{place.id}", f"/paikat/{place.id}")):
        answer = client.submit("/paperiaineisto/", {"code": code}, action="/paperiaineisto/avaa", follow=False)
        assert answer.status_code == 303 and answer.location.endswith(where)
    for code in (f"K{box.id}", "L999", "Maija"):
        page = client.submit("/paperiaineisto/", {"code": code}, action="/paperiaineisto/avaa")
        assert "Koodilla ei löydy mitään" in page.text


def test_a_label_holds_its_code_and_nothing_else(client: Any, owner: Any) -> None:
    box, place = make_box(owner), make_place(owner)
    pdf = client.get("/paperiaineisto/tarrat.pdf").data
    (sheet,) = pictures_of(pdf)
    assert sorted(read_qr(sheet)) == [box.code, place.code]
    one = client.get(f"/paperiaineisto/tarrat.pdf?koodi={box.code}").data
    assert "Rakentajamessut 2026" in words_of(one) and "Kassakaappi" not in words_of(one)
    assert client.get("/paperiaineisto/tarrat.pdf?koodi=K999").status_code == 404


@pytest.mark.promise("paperi.kasittelijat")
def test_the_list_of_named_people_is_kept_and_printed(client: Any, owner: Any) -> None:
    page = client.submit("/paperiaineisto/kasittelijat/uusi", {"name": "Arvo Aho"})
    assert page.status_code == 422 and "salassapitositoumuksen" in page.text
    told = {"name": "Arvo Aho", "task": "arkistonhoitaja", "signed_on": "1.11.2026"}
    assert "Arvo Aho" in client.submit("/paperiaineisto/kasittelijat/uusi", told, follow=True).text
    said = words_of(client.get("/paperiaineisto/kasittelijat.pdf").data)
    assert "Arvo Aho" in said and "1.11.2026" in said and "Ilmari Kiviharju" in said

    arvo = db.session.query(PaperHandler).filter_by(name="Arvo Aho").one()
    page = client.submit(f"/paperiaineisto/kasittelijat/{arvo.id}/paata", {}, follow=True)
    assert "Päättynyt 23.11.2026" in page.text
    assert "Arvo Aho" not in words_of(client.get("/paperiaineisto/kasittelijat.pdf").data)


def test_a_key_is_given_and_comes_back(client: Any, owner: Any) -> None:
    place, keeper = make_place(owner), make_handler(by=owner)
    client.submit(f"/paperiaineisto/paikat/{place.id}/avain", {"handler": str(keeper.id)}, follow=True)
    assert "Arvo Arkistonhoitaja" in client.get("/paperiaineisto/").text
    page = client.get(f"/paperiaineisto/paikat/{place.id}")
    action = f"/paperiaineisto/avaimet/{only(PaperPlace).keys[0].id}/palautus"
    assert action in page.text
    client.submit(f"/paperiaineisto/paikat/{place.id}", {}, action=action)
    assert only(PaperPlace).held_keys == []


def test_cards_are_entered_one_after_another(client: Any, owner: Any) -> None:
    box = make_box(owner)
    client.submit(f"/paperiaineisto/{box.id}", {}, action=f"/paperiaineisto/{box.id}/kortit")
    pile = only(PaperPile)
    address = f"/paperiaineisto/niput/{pile.id}"
    page = client.submit(address, CARD | {"ticks": ["prohibitions.direct_mail"]}, follow=True)
    assert f"Kirjoita korttiin L{box.id}-1" in page.text
    assert f"Kortti L{box.id}-2" in page.text
    assert 'value="Korhonen"' not in page.text
    item = only(PaperItem)
    assert prohibitions.standing(item.customer_id) == ["direct_mail"]
    page = client.submit(address, {}, action=f"{address}/kumoa/{item.id}", follow=True)
    assert "kumottu" in page.text and "Korhonen, Matti" not in page.text


def test_a_mistyped_card_stays_on_the_page_until_it_is_right(client: Any, owner: Any) -> None:
    pile = make_pile(owner)
    page = client.submit(f"/paperiaineisto/niput/{pile.id}", CARD | {"email": "matti(at)esimerkki.fi"})
    assert page.status_code == 422
    assert 'value="Korhonen"' in page.text and 'value="matti(at)esimerkki.fi"' in page.text
    page = client.submit(f"/paperiaineisto/niput/{pile.id}", {"email": "matti.korhonen@esimerkki.fi"})
    assert page.status_code == 422
    assert piles.last(pile) == []


def test_who_the_card_is_of_is_asked_and_answered(client: Any, owner: Any) -> None:
    maija, pile = make_person(), make_pile(owner)
    address = f"/paperiaineisto/niput/{pile.id}"
    typed = {"last_name": "Virtanen", "first_name": "Maija", "email": "maija.virtanen@esimerkki.fi"}
    page = client.submit(address, typed)
    assert page.status_code == 422
    assert "Sama kuin Virtanen, Maija" in page.text and "Eri henkilö" in page.text
    page = client.submit(address, typed | {"answer": str(maija.id)}, strict=False)
    assert "oli jo rekisterissä" in page.text
    assert only(PaperItem).customer_id == maija.id


def test_the_same_card_sent_twice_is_entered_once(client: Any, owner: Any) -> None:
    pile = make_pile(owner)
    address = f"/paperiaineisto/niput/{pile.id}"
    client.submit(address, CARD | {"once": "sama-avain-12345"})
    client.submit(address, CARD | {"once": "sama-avain-12345"})
    assert len(piles.last(pile)) == 1


def test_a_clerk_who_is_not_on_the_list_enters_no_cards(app: Any, owner: Any, sign_in: Callable[..., Any]) -> None:
    pile, client = make_pile(owner), app.test_client()
    sign_in("kasittelija", client=client)
    page = client.submit(f"/paperiaineisto/niput/{pile.id}", CARD)
    assert page.status_code == 422
    assert "nimettyjen käsittelijöiden luettelossa" in page.text
    page = client.submit(
        f"/paperiaineisto/{pile.binder_id}", {}, action=f"/paperiaineisto/{pile.binder_id}/kortit", follow=True
    )
    assert "nimettyjen käsittelijöiden luettelossa" in page.text


def test_the_card_of_a_customer_tells_where_the_paper_is(client: Any, owner: Any) -> None:
    pile = make_pile(owner)
    item = enter(pile, owner)
    lock(pile.binder, owner)
    page = client.get(f"/asiakkaat/{item.customer_id}").text
    assert item.code in page and "Kassakaappi" in page


def test_the_papers_of_a_request_are_told_on_its_page(client: Any, owner: Any) -> None:
    case = make_case(by=owner)
    binder = make_box(owner, kind="binder", holds="requests", name="Pyynnöt 2026", collected_on=None)
    address = f"/paperiaineisto/{binder.id}/pyynto"
    assert "ei löydy" in client.submit(address, {"case_number": "2026/9999"}).text
    page = client.submit(address, {"case_number": case.number}, follow=True)
    assert f"Pyyntö {case.number}" in page.text
    assert binder.title in client.get(f"/pyynnot/{case.id}").text


def destroyed(people: list[PaperHandler], **changes: Any) -> dict[str, Any]:
    told = {"method": "shredder", "level": "P-4", "destroyed_on": "23.11.2026"}
    return told | {"handler": str(people[0].id), "witness": str(people[1].id)} | changes


def test_a_box_is_destroyed_on_its_page_and_the_certificate_is_there(client: Any, owner: Any) -> None:
    box, people = make_box(owner), [make_handler(by=owner), make_handler("Bertta Boman", by=owner)]
    address = f"/paperiaineisto/{box.id}/havita"
    page = client.submit(address, destroyed(people, level=""))
    assert page.status_code == 422 and "turvaluokka" in page.text
    page = client.submit(address, destroyed(people), follow=True)
    assert "Hävittämistodistus" in page.text
    assert "HT 2026/0001" in client.get("/paperiaineisto/havitetyt").text
    assert "Aineisto on hävitetty" in client.get(f"/paperiaineisto/{box.id}").text


def test_single_cards_are_destroyed_from_the_list_and_the_desk_knows(client: Any, owner: Any) -> None:
    pile = make_pile(owner)
    one, two = enter(pile, owner), enter(pile, owner, **MATTI)
    with transaction():
        destroying.set_leaving([one.id, two.id], on=TODAY)
    assert "Hävitettävät paperit" in client.get("/").text
    people = [make_handler(by=owner), make_handler("Bertta Boman", by=owner)]
    address = "/paperiaineisto/havitettavat"
    page = client.submit(address, destroyed(people))
    assert page.status_code == 422 and "Valitse, mitä hävitettiin." in page.text
    both = client.get(f"{address}?valitse=kaikki").text
    assert all(f'value="{card.id}" checked' in both for card in (one, two))
    client.submit(address, destroyed(people, chosen=[str(one.id)]))
    assert [item.id for item in destroying.leaving()] == [two.id]


def test_a_box_kept_long_enough_is_proposed_on_the_page(client: Any, owner: Any) -> None:
    box = make_box(owner, collected_on=TODAY - timedelta(200))
    page = client.get("/paperiaineisto/havitettavat").text
    assert box.code in page and "180 päivää" in page
    kept = client.get("/sailytys/").page.select_one('a[href="/paperiaineisto/havitettavat"]').parent
    assert kept.get_text(" ", strip=True) == "Hävitetään käsin 1"


def test_a_reader_sees_where_papers_are_and_changes_nothing(app: Any, owner: Any, sign_in: Callable[..., Any]) -> None:
    box, client = make_box(owner), app.test_client()
    sign_in("lukija", client=client)
    page = client.get("/paperiaineisto/").text
    assert box.code in page and "Lisää kansio" not in page
    assert client.get(f"/paperiaineisto/{box.id}/paikka").status_code == 403
    assert client.get("/paperiaineisto/havitettavat").status_code == 403


def test_nothing_that_is_not_there_is_shown(client: Any, owner: Any) -> None:
    for path in ("9", "niput/9", "paikat/9", "kasittelijat/9/paata"):
        assert client.get(f"/paperiaineisto/{path}").status_code == 404


def test_the_page_of_an_erasure_tells_the_number_and_the_binder_of_the_card(client: Any, owner: Any) -> None:
    item = enter(make_pile(owner), owner)
    code, case = item.code, make_case(by=owner, kinds=["erasure"], customer=item.customer)
    erasure = erasures.of_case(case, "erasure")
    page = client.get(f"/poistot/{erasure.id}").text
    assert f"Paperikortit ja pyyntöjen paperit: {code} (Rakentajamessut 2026)" in page
