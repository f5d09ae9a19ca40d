"""The sources data come from: kept, chosen, retired, and where their letters go."""

import pytest

from rekisteri.customers import service, sources
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_clerk, make_person, make_source, whence

NEW = "/asiakkaat/lahteet/uusi"
FAIR = {
    "name": "Rakentajamessut 2026",
    "kind": "fair",
    "street": "Messukatu 1",
    "postcode": "00520",
    "city": "Helsinki",
}


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


@pytest.mark.promise("lahteet.saannonmukaiset")
def test_a_source_is_put_on_record_and_can_be_chosen_for_a_datum(client, clerk):
    listed = client.submit(NEW, FAIR)
    offered = [option.text for option in client.get("/asiakkaat/uusi/henkilo").page.select("#source option")]

    assert "Tietolähde on lisätty." in listed.main
    assert "Messut" in listed.main and "Messukatu 1, 00520 HELSINKI" in listed.main
    assert offered == ["Valitse lähde", "Rekisteröity itse", "Yrityksen oma havainto", "Rakentajamessut 2026"]


@pytest.mark.promise("lahteet.saannonmukaiset")
def test_the_regular_sources_of_the_notice_have_their_kinds(client, clerk):
    offered = [label.text for label in client.get(NEW).page.select("#kind label")]

    assert offered == ["Yhteistyökumppani", "Messut", "Muu lähde"]


def test_a_datum_keeps_the_source_it_was_given(client, clerk):
    source = make_source()

    answer = client.submit("/asiakkaat/uusi/henkilo", {"last_name": "Virtanen", **whence(source=str(source.id))})

    assert "Lähde: Rakentajamessut 2026, saatu 5.3.2026" in answer.main


def test_a_retired_source_is_no_longer_offered_but_its_data_keep_it(client, clerk):
    source = make_source()
    maija = make_person(source=source)

    client.submit(f"/asiakkaat/lahteet/{source.id}", {"active": None})

    assert source.name not in client.get("/asiakkaat/uusi/henkilo").page.select_one("#source").text
    assert source.name in client.get(f"/asiakkaat/{maija.id}").main


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Anna lähteen nimi."),
        ({"kind": None}, "Valitse lähteen laji."),
        ({"email": "messut"}, "Kirjoita sähköpostiosoite"),
        ({"postcode": "12"}, "viisi numeroa"),
        ({"name": "131052-308T"}, "Henkilötunnusta ei saa"),
        ({"name": "a" * 300}, "Teksti on liian pitkä"),
    ],
)
def test_a_source_that_no_letter_would_reach_is_refused(client, clerk, typed, sentence):
    answer = client.submit(NEW, {**FAIR, **typed})

    assert answer.status_code == 422
    assert sentence in answer.main


def test_two_sources_of_one_name_would_be_confused(client, clerk):
    make_source()

    assert "Samanniminen tietolähde" in client.submit(NEW, FAIR).main


def test_two_desks_changing_a_source_see_each_other(client, clerk):
    address = f"/asiakkaat/lahteet/{make_source().id}"
    from tests.support.client import chosen_form, filled_in

    mine = filled_in(chosen_form(client.get(address).page, address, None))
    client.submit(address, {"city": "Turku"})

    late = client.post(address, data={**mine, "city": "Oulu"})

    assert late.status_code == 409
    assert "Turku" in late.main and "Oulu" in late.main


def test_the_registers_own_sources_are_made_once_and_never_changed(app):
    with transaction():
        first, again = service.self_source(), service.self_source()
        assert first is again
    with pytest.raises(RuleViolation, match="kuuluu rekisteriin"):
        sources.change_source(
            source=service.self_source(), name="Muu", kind="other", active=True, details={}, by=make_clerk()
        )


def test_a_source_without_a_whole_address_has_no_addressee(app):
    assert make_source().addressee == ("Rakentajamessut 2026", "Messukatu 1", "00520 HELSINKI")
    assert make_source("Verkkokauppa", "partner", street="").addressee == ()


def test_an_unknown_source_is_not_found(client, clerk):
    assert client.get("/asiakkaat/lahteet/4711").status_code == 404


@pytest.mark.parametrize("choice", ["4711", "x", ""])
def test_a_source_that_is_not_offered_cannot_be_chosen(client, clerk, choice):
    answer = client.submit("/asiakkaat/uusi/henkilo", {"last_name": "Virtanen", **whence(source=choice)})

    assert answer.status_code == 422
