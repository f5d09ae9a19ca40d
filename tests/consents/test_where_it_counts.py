"""Who gets electronic marketing by consent; what the person is told of it; and that it leaves with the person."""

from datetime import timedelta
from typing import Any

import pytest

from rekisteri.customers.chapters import chapters
from rekisteri.customers.holdings import all_holdings
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import TODAY
from tests.consents.factories import GIVEN, WORDING, consent, standing
from tests.customers.factories import make_organisation, make_person
from tests.lists.factories import made
from tests.lists.test_tables import rows_of
from tests.orders.factories import make_order
from tests.prohibitions.factories import forbid
from tests.selections.factories import chosen, save

pytestmark = pytest.mark.usefixtures("told")


def test_who_has_consented_is_mailed_without_having_bought_and_only_as_they_consented() -> None:
    consent(make_person())
    make_person(last_name="Aho", first_name="Aku", email="aku@esimerkki.fi")
    assert chosen(way="email") == {"Virtanen, Maija"}
    assert chosen(way="sms") == set()
    assert chosen(way="email", use="direct_marketing") == set()


def test_who_has_bought_and_forbidden_it_is_not_mailed_whatever_was_consented_to() -> None:
    maija = make_person()
    make_order(maija)
    consent(maija)
    assert chosen(way="email") == {"Virtanen, Maija"}
    forbid(maija, "direct_mail")
    assert chosen(way="email") == set()


def test_a_list_for_text_messages_has_mobile_numbers_of_those_who_may_be_sent_them(client: Any, clerk: Any) -> None:
    consent(make_person(phone="09 123 4567", phone_2="041 505 8567"), means=["sms"])
    consent(make_person(last_name="Lanka", phone="09 765 4321"), means=["sms"])
    consent(make_person(last_name="Posti", phone="041 505 8568"))
    make_order(make_person(last_name="Ostanut", phone="050 505 8569"))
    make_organisation("Konepaja Oy", phone="+46 70 123 45 67")
    address = made(client, save(way="sms"), "tekstiviesti")
    assert rows_of(client, address) == [
        ["Nimi", "Matkapuhelinnumero"],
        ["Konepaja Oy", "+46701234567"],
        ["Maija Ostanut", "+358505058569"],
        ["Maija Virtanen", "+358415058567"],
    ]
    answer = client.submit("/luettelot/uusi/tekstiviesti", {"selection": str(save("Toinen").id), "purpose": "Tarjous"})
    assert "jonka yhteydenottotapa on tekstiviesti" in answer.main


def test_the_person_is_told_and_can_take_it_along() -> None:
    maija = make_person()
    consent(maija)
    told = chapters(maija)["consents"]
    assert told.rows == [["Suoramainonta: sähköposti", "2.11.2026", "verkkolomake", WORDING, "voimassa"]]
    assert told.provided
    assert told.data == [
        {
            "use": "direct_mail",
            "means": "email",
            "given_on": GIVEN.isoformat(),
            "wording": WORDING,
            "withdrawn_on": None,
        }
    ]


def test_it_leaves_with_the_person() -> None:
    maija, other = make_person(), make_person(last_name="Jäävä")
    consent(maija)
    consent(other)
    [holding] = [one for one in all_holdings() if one.key == "consents"]
    assert holding.count([maija.id]) == 1
    with transaction():
        assert holding.erase([maija.id], TODAY + timedelta(1)) == 1
    assert (standing(maija), len(standing(other))) == ([], 1)
    assert db.session.is_active
