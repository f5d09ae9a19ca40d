"""The pages of informing, as a clerk sees them."""

from datetime import date

import pytest

from rekisteri.customers import service as customers
from rekisteri.customers.chapters import chapters
from rekisteri.customers.holdings import all_holdings
from rekisteri.customers.models import Customer
from rekisteri.informing.models import Duty
from rekisteri.kernel.db import db, transaction
from tests.customers.factories import make_note, make_person
from tests.informing.factories import duties, make_fair, make_lead
from tests.notice.factories import published
from tests.orders.factories import make_order

INDEX = "/informoinnit/"


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-12-10")


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def state_of(duty_id):
    db.session.rollback()
    return db.session.get_one(Duty, duty_id).state


@pytest.mark.promise("gdpr.informointi")
def test_the_register_knows_whom_it_has_not_told_and_who_is_late(client, clerk):
    fair = make_fair()
    make_lead(fair)
    make_lead(fair, date(2026, 12, 1), last_name="Koivu")

    answer = client.get(INDEX)

    assert [cell.text.strip() for cell in answer.page.select("main tbody td")] == ["Messut", "2", "1", "2.12.2026"]
    assert "Rakentajamessut 2026" in answer.main


def test_with_everybody_told_the_page_says_so(client, clerk):
    make_person()

    assert "Kaikille on kerrottu" in client.get(INDEX).main


def test_the_list_tells_by_when_how_and_what_has_already_been_done(client, clerk):
    published()
    fair = make_fair()
    late = make_lead(fair)
    make_note(late, happened_on=date(2026, 11, 20))
    make_lead(fair, date(2026, 12, 1), last_name="Koivu", street="", postcode="", city="")
    make_lead(fair, date(2026, 12, 2), last_name="Saari", street="", postcode="", city="", email="")
    duties()

    rows = [" ".join(row.text.split()) for row in client.get(f"{INDEX}{fair.id}").page.select("main tbody tr")]

    assert "20.11.2026 Myöhässä Postitse Oltu yhteydessä 20.11.2026" in rows[0]
    assert "Sähköpostilla" in rows[1]
    assert "Ei osoitetta" in rows[2]


def test_letters_are_made_to_those_ticked(client, clerk):
    published()
    fair = make_fair()
    make_lead(fair)
    make_lead(fair, last_name="Koivu")
    first, second = duties()

    page = client.submit(f"{INDEX}{fair.id}", {"chosen": str(second.id)})
    assert "Tehdään informointikirjeitä" in page.main
    done = client.submit(page.request.path)

    assert "Kirjeitä tehtiin 1." in done.main
    assert (state_of(first.id), state_of(second.id)) == ("waiting", "letter")


def test_without_a_notice_the_page_says_what_to_do_first(client, clerk):
    fair = make_fair()
    make_lead(fair)
    [duty] = duties()

    answer = client.submit(f"{INDEX}{fair.id}", {"chosen": str(duty.id)})

    assert answer.status_code == 422
    assert "Täydennä ensin asetuksiin" in answer.main


def test_nothing_is_done_when_nobody_was_ticked(client, clerk):
    fair = make_fair()
    make_lead(fair)
    duties()

    assert "Valitse ensin ainakin yksi henkilö." in client.submit(f"{INDEX}{fair.id}").text


def test_a_whole_fair_is_marked_told_at_the_stand(client, clerk):
    fair = make_fair()
    make_lead(fair)
    make_lead(fair, last_name="Koivu")
    duties()
    page = client.submit(f"{INDEX}{fair.id}", {"action": "mark", "everybody": "1"}, strict=False)
    assert "kaikkia tämän lähteen henkilöitä, joille ei ole vielä kerrottu: 2" in page.main

    told = client.submit(f"{INDEX}{fair.id}/merkitse", {"outcome": "collection", "told_on": "2.11.2026"})

    assert "Henkilöitä: 2." in told.text
    assert {(duty.state, duty.outcome, duty.told_on) for duty in duties()} == {
        ("told", "collection", date(2026, 11, 2))
    }


def test_only_those_ticked_are_marked_and_what_was_typed_stays_after_an_error(client, clerk):
    fair = make_fair()
    make_lead(fair)
    make_lead(fair, last_name="Koivu")
    first, second = duties()
    address = client.submit(f"{INDEX}{fair.id}", {"action": "mark", "chosen": str(second.id)}).request.full_path

    refused = client.submit(address, {"outcome": "effort", "reasons": "vaiva"})
    assert refused.status_code == 422
    assert "Kirjoita perustelut" in refused.main
    assert refused.page.select_one("textarea[name=reasons]").text.strip() == "vaiva"
    client.submit(address, {"outcome": "effort", "reasons": "Osoite on vanhentunut eikä uutta löydy."})

    assert (state_of(first.id), state_of(second.id)) == ("waiting", "exempt")


def test_a_mark_made_by_mistake_is_taken_back_from_the_card(client, clerk):
    fair = make_fair()
    person = make_lead(fair)
    [duty] = duties()
    client.submit(f"{INDEX}{fair.id}/merkitse", {"outcome": "knows"})
    link = client.get(f"/asiakkaat/{person.id}").page.select_one("#informointi a[href$=peru]")["href"]

    assert client.submit(link, {"reason": "vahinko"}).status_code == 422
    card = client.submit(link, {"reason": "Merkitty väärille messuille."})

    assert "Kertomatta, viimeistään 2.12.2026" in card.main
    assert state_of(duty.id) == "waiting"


def test_the_card_of_somebody_who_told_their_data_themselves_has_no_such_panel(client, clerk):
    person = make_person()

    assert client.get(f"/asiakkaat/{person.id}").page.select_one("#informointi") is None


@pytest.mark.parametrize("address", ["4711", "4711/merkitse", "merkinnat/4711/peru", "kirjeet/4711"])
def test_what_is_not_there_has_no_page(client, clerk, address):
    assert client.get(INDEX + address).status_code == 404


def test_the_person_is_told_how_it_was_told(app):
    person = make_lead(make_fair())
    duties()

    chapter = chapters(customers.find(person.id))["informing"]

    assert chapter.rows == [["Rakentajamessut 2026", "2.11.2026", "Kertomatta", ""]]


def test_the_duties_go_with_the_person(app):
    person = make_lead(make_fair())
    duties()
    holding = next(one for one in all_holdings() if one.key == "informing")
    assert holding.count([person.id]) == 1

    with transaction():
        assert holding.erase([person.id], date(2026, 12, 10)) == 1

    assert db.session.scalars(db.select(Duty)).all() == []
    assert db.session.get(Customer, person.id) is not None


def test_the_duty_stays_while_an_order_keeps_something_of_what_the_source_gave(app):
    """The name came from the fair and stays with the order: that its bearer is to be told must stay as well."""
    person = make_lead(make_fair())
    duties()
    make_order(person)
    holding = next(one for one in all_holdings() if one.key == "informing")

    with transaction():
        assert holding.staying([person.id], date(2026, 12, 10)) == 1
        assert holding.erase([person.id], date(2026, 12, 10)) == 0

    assert [duty.customer_id for duty in db.session.scalars(db.select(Duty))] == [person.id]
