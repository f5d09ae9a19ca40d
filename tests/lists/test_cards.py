"""A customer's card on paper: asked what for and for whom, put on record, and never by the browser's own print."""

import pytest
from playwright.sync_api import Page, expect

from rekisteri.customers.models import Customer
from rekisteri.disclosures.models import Disclosure, Outgoing
from rekisteri.kernel.db import db, transaction
from tests.consents.factories import consent
from tests.customers.factories import make_person
from tests.disclosures.factories import make_recipient
from tests.notice.factories import published
from tests.prohibitions.factories import forbid
from tests.support.paper import words_of

ASKED = {"purpose": "Asiakaskäynti Helsingissä", "receiver": "own"}


def card(client, customer: Customer, **told: str):
    return client.submit(f"/luettelot/kortti/asiakas/{customer.id}", ASKED | told)


def ledger() -> Outgoing:
    db.session.rollback()
    return db.session.scalars(db.select(Outgoing).filter_by(kind="print")).one()


@pytest.mark.promise("luovutus.vain-yritys")
def test_a_card_is_printed_with_sources_and_what_the_customer_has_said_and_leaves_a_row(
    client, sign_in, company
) -> None:
    sign_in("kasittelija", full_name="Aino Koivu")
    published()
    maija = make_person()
    consent(maija, "direct_marketing")
    forbid(maija, "direct_mail")
    assert "Tulosta kortti" in client.get(f"/asiakkaat/{maija.id}").main
    text = words_of(card(client, maija).data)
    for words in (
        "Virtanen",
        "041 505 8567",
        "5.3.2026",
        "Suoramainonta 23.11.2026",
        "Muu suoramarkkinointi: sähköposti",
    ):
        assert words in text, words
    assert (
        "Käyttötarkoitus: Asiakaskäynti Helsingissä. Vastaanottaja: Yrityksen oma käyttö. Tulostanut Aino Koivu."
        in text
    )
    went = ledger()
    assert (went.kind, went.receiver, went.count, went.way) == ("print", "own", 1, "print")
    assert {"last_name", "phone", "street"} <= set(went.fields)


def test_a_recipient_gets_only_what_has_been_agreed_on_and_each_value_is_kept(client, sign_in, company) -> None:
    sign_in("kasittelija")
    maija = make_person()
    forbid(maija, "direct_mail")
    collector = make_recipient(fields=["last_name", "first_name", "phone"])
    page = card(client, maija, receiver=str(collector.id))
    assert "Valitse luovutuksen peruste." in page.main
    text = words_of(card(client, maija, receiver=str(collector.id), ground="collection").data)
    assert "Virtanen" in text and "041 505 8567" in text
    assert not any(words in text for words in ("Mäkitie", "esimerkki.fi", "Suoramainonta", "Lähde"))
    assert "Vastaanottaja: Saatavat Oy" in text
    assert {one.datum.field for one in db.session.scalars(db.select(Disclosure)).one().data} == {
        "last_name", "first_name", "phone",
    }  # fmt: skip


def test_what_for_is_asked_and_nothing_typed_is_lost(client, sign_in, company) -> None:
    sign_in("kasittelija")
    page = card(client, make_person(), purpose="", receiver="subject")
    assert (page.status_code, "Kerro, mihin tulostetta käytetään." in page.main) == (422, True)
    assert page.page.select_one("option[value=subject][selected]")
    assert db.session.scalar(db.select(Outgoing)) is None


def test_it_is_opened_on_its_own_day_only_and_by_its_own_address(client, sign_in, company, freeze) -> None:
    sign_in("vastuuhenkilo")
    card(client, make_person())
    address = f"/luettelot/kortti/{ledger().id}.pdf"
    assert client.get(address).data.startswith(b"%PDF-")
    assert client.get("/luettelot/kortti/99.pdf").status_code == 404
    with transaction():
        db.session.get_one(Outgoing, ledger().id).origin = "export:1"
    assert client.get(address).status_code == 404
    with transaction():
        db.session.get_one(Outgoing, ledger().id).origin = "card"
    freeze("2026-11-24")
    sign_in("vastuuhenkilo", username="toinen")
    assert client.get(address).status_code == 422


def test_who_is_restricted_or_gone_is_not_printed(client, sign_in, company) -> None:
    from tests.restrictions import factories as restrictions

    clerk = sign_in("kasittelija", "vastuuhenkilo", full_name="Ilmari Kiviharju")
    desk = restrictions.make_desk(clerk)
    card(client, desk.customer)
    number = ledger().id
    restrictions.restrict(desk)
    assert client.get(f"/luettelot/kortti/{number}.pdf").status_code == 422
    assert card(client, desk.customer).status_code == 422
    assert ledger().id == number


def test_the_browsers_own_print_of_a_card_has_nothing_of_the_customer(page: Page, walk_in) -> None:
    walk_in(page, "kasittelija")
    page.goto(f"/asiakkaat/{make_person().id}")
    reminder = page.get_by_text("Asiakkaan tiedot tulostetaan kortin toiminnolla")
    expect(reminder).to_be_hidden()
    page.emulate_media(media="print")
    expect(reminder).to_be_visible()
    for gone in ("h1", "#tiedot", "#muutokset"):
        expect(page.locator(gone).first).to_be_hidden()
