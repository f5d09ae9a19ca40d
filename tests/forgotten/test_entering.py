"""Somebody who was erased is entered again: the clerk is warned, an import leaves out whoever said no."""

import pytest
from sqlalchemy import func, select

from rekisteri.customers import service
from rekisteri.customers.models import Customer
from rekisteri.forgotten import keys
from rekisteri.kernel.db import db
from tests.customers.factories import make_person, whence
from tests.customers.importing.factories import checked, fates, said
from tests.forgotten.factories import MAIJA, forget

PERSON = "/asiakkaat/uusi/henkilo"
ROW = "Mäkinen;Maija;maija.makinen@esimerkki.fi;;;;"


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def customers() -> int:
    return db.session.scalar(select(func.count()).select_from(Customer))


@pytest.mark.promise("oikeus.unohdus")
def test_a_clerk_who_enters_an_erased_person_is_warned_and_nothing_typed_is_lost(client, clerk):
    forget()
    answer = client.submit(PERSON, {**MAIJA, **whence()})
    assert answer.status_code == 422
    assert "jonka tiedot on poistettu rekisteristä (sama sähköpostiosoite, sama puhelinnumero" in answer.main
    assert answer.page.select_one("#email")["value"] == "maija.makinen@esimerkki.fi"
    assert answer.page.select_one("input[name=knowingly]") is not None
    assert "Onko asiakas jo rekisterissä?" not in answer.main
    assert customers() == 0


def test_a_clerk_who_has_made_sure_enters_the_person_knowingly(client, clerk):
    forget(forbidden=True)
    page = client.submit(PERSON, {**MAIJA, **whence()})
    assert "joka on kieltänyt markkinoinnin" in page.main
    answer = client.submit(PERSON, {"knowingly": "y"}, page=_reopened(page))
    assert "Asiakas on lisätty rekisteriin." in answer.main
    assert customers() == 1


def _reopened(page):
    page.status_code = 200  # the refused form, filled in further
    return page


def test_a_namesake_elsewhere_is_entered_without_a_word(client, clerk):
    forget()
    elsewhere = {"postcode": "99999", "city": "Korvatunturi", "email": "", "phone": ""}
    answer = client.submit(PERSON, {**MAIJA, **elsewhere, **whence()})
    assert "Asiakas on lisätty rekisteriin." in answer.main
    assert "poistettu rekisteristä" not in answer.main


def test_a_likely_duplicate_and_an_erased_person_are_told_of_together(client, clerk):
    make_person(**MAIJA)
    forget()
    answer = client.submit(PERSON, {**MAIJA, **whence()})
    assert "Onko asiakas jo rekisterissä?" in answer.main
    assert "jonka tiedot on poistettu" in answer.main
    assert len(answer.page.select("input[name=knowingly]")) == 1


def test_an_erased_persons_number_on_anothers_card_is_warned_of_after_saving(client, clerk):
    forget()
    other = make_person(last_name="Aho", first_name="Aino", email="aino@esimerkki.fi", phone="040 123 4567")
    answer = client.submit(f"/asiakkaat/{other.id}/muokkaa", {"phone": "041 505 8567", "reason": "changed", **whence()})
    assert "Muutokset on tallennettu." in answer.words
    assert "jonka tiedot on poistettu rekisteristä (sama puhelinnumero)" in answer.words


def test_a_change_of_something_else_does_not_warn_again(client, clerk):
    forget()
    again = make_person(**MAIJA)
    answer = client.submit(f"/asiakkaat/{again.id}/muokkaa", {"orders": "2026: vene", "reason": "changed", **whence()})
    assert "Muutokset on tallennettu." in answer.words
    assert "poistettu rekisteristä" not in answer.words


def test_one_datum_and_one_more_address_are_looked_at_as_well(client, clerk):
    forget()
    other = make_person(last_name="Aho", first_name="Aino", email="aino@esimerkki.fi", phone="040 123 4567")
    one = client.submit(
        f"/asiakkaat/{other.id}/tieto/email", {"value": MAIJA["email"], "reason": "changed", **whence()}
    )
    assert "(sama sähköpostiosoite)" in one.words
    more = client.submit(f"/asiakkaat/{other.id}/lisaa/puhelin", {"phone": MAIJA["phone"], **whence()})
    assert "(sama puhelinnumero)" in more.words


def test_with_a_lost_key_the_clerk_is_told_and_may_go_on(client, clerk):
    forget()
    keys.key_file().unlink()
    page = client.submit(PERSON, {**MAIJA, **whence()})
    assert "avain forgotten.key puuttuu" in page.main
    answer = client.submit(PERSON, {"knowingly": "y"}, page=_reopened(page))
    assert "Asiakas on lisätty rekisteriin." in answer.main


def test_an_import_leaves_an_erased_person_for_a_person_to_decide(app):
    forget()
    batch = checked(ROW, "Aho;Aino;aino@esimerkki.fi;;;;")
    assert fates(batch) == ["doubtful", "new"]
    assert "sama sähköpostiosoite" in said(batch)[0]


@pytest.mark.promise("oikeus.unohdus")
def test_an_import_does_not_bring_back_one_who_forbade_marketing(app):
    forget(forbidden=True)
    batch = checked(ROW)
    assert fates(batch) == ["refused"]
    assert "Häntä ei saa lisätä rekisteriin markkinointia varten." in said(batch)[0]


def test_a_mere_namesake_in_the_same_town_is_not_refused_unseen(app):
    forget(forbidden=True)
    batch = checked("Mäkinen;Maija;;;;00100;Helsinki")
    assert fates(batch) == ["doubtful"]


def test_a_customer_who_is_in_the_register_is_not_brought_back_by_a_file(app):
    """Of a couple with one address, the one who stays is not left out because the other was erased."""
    matti = make_person(last_name="Mäkinen", first_name="Matti", email=MAIJA["email"])
    forget(forbidden=True)
    batch = checked(f"Mäkinen;Matti;{MAIJA['email']};;;;")
    assert fates(batch) == ["same"]
    assert service.find(matti.id) is not None
