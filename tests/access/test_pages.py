"""The pages of access and portability, as a clerk and the person responsible use them without a single script."""

import re

import pytest

from rekisteri.access import draft as drafts
from rekisteri.audit.models import AuditEvent
from rekisteri.customers import service as customers
from rekisteri.kernel.db import db, transaction
from tests.access.factories import REASONS, TODAY, make_request, many_orders
from tests.cases.factories import FILLED
from tests.customers.factories import make_person
from tests.support.paper import words_of

CONFIRMED = {"read": "y", "paper_checked": "y"}


@pytest.fixture
def url(asked):
    return f"/tarkastukset/{asked.matters['access'].id}"


@pytest.fixture
def transfer_url(wanted):
    return f"/tarkastukset/{wanted.matters['portability'].id}"


class TestDraft:
    def test_the_page_shows_everything_that_would_be_told(self, client, url):
        page = client.get(url)
        for expected in ("Uusikatu 1", "Äijälän Sähkö Oy", "Ruokapöydän tuoli", "77001", "Saatavat Oy"):
            assert expected in page.main

    def test_free_text_is_shown_whole_and_others_contacts_in_it_are_pointed_out(self, client, url):
        page = client.get(url)
        assert "voi olla toisen henkilön tietoja" in page.main
        assert "050 765 4321" in page.main.split("eivät ole henkilön omia yhteystietoja")[1][:80]

    def test_that_it_was_seen_is_on_record_and_belongs_to_the_person(self, client, url, asked):
        client.get(url)
        looks = db.session.query(AuditEvent).filter_by(event="access.viewed").all()
        assert [look.subject for look in looks] == [f"customer:{asked.customer.id}"]

    def test_a_reader_sees_where_the_matter_stands_but_not_the_draft(self, app, url, sign_in):
        client = app.test_client()
        sign_in("lukija", client=client)
        page = client.get(url)
        assert "Luonnosta ei näytetä" in page.main
        assert "77001" not in page.main
        assert db.session.query(AuditEvent).filter_by(event="access.viewed").count() == 0

    def test_the_draft_is_printed_as_a_draft(self, client, url):
        answer = client.get(f"{url}/luonnos.pdf")
        assert answer.mimetype == "application/pdf"
        assert "LUONNOS" in words_of(answer.data)
        assert "Uusikatu 1" in words_of(answer.data)

    def test_another_address_than_the_registers_is_warned_of(self, client, url):
        assert "toinen osoite kuin rekisterissä" in client.get(url).main

    def test_what_must_be_done_first_is_told(self, client, owner):
        matter = make_request(owner, identified=False).matters["access"]
        page = client.get(f"/tarkastukset/{matter.id}")
        assert "miten henkilöllisyys on varmistettu" in page.main
        assert f"/tarkastukset/{matter.id}/anna" not in page.text

    def test_there_is_no_matter_of_an_unknown_number(self, client, owner):
        assert client.get("/tarkastukset/999").status_code == 404
        assert client.get("/tarkastukset/99999999999999").status_code == 404


class TestLeavingOut:
    def test_a_ticked_row_is_left_out(self, client, url, asked):
        row = drafts.make(asked.again(), on=TODAY).part("contact_notes").lines[0].key
        page = client.submit(f"{url}/luvut/contact_notes", {"left": [row], "ground": "others", "reasons": REASONS})
        assert page.status_code == 200
        assert "joista 1 jätetään pois" in page.main
        assert f'value="{row}" checked' in client.get(f"{url}/luvut/contact_notes").text

    def test_without_reasons_nothing_is_saved_and_what_was_ticked_stays(self, client, url, asked):
        row = drafts.make(asked.again(), on=TODAY).part("contact_notes").lines[0].key
        page = client.submit(f"{url}/luvut/contact_notes", {"left": [row], "ground": "others", "reasons": "Ei."})
        assert page.status_code == 422
        assert "pyynnön esittäjä ymmärtää" in page.main
        assert f'value="{row}" checked' in page.text
        assert asked.again().left_out == []

    def test_a_long_chapter_is_turned_page_by_page_and_a_page_judges_only_its_own_rows(self, client, owner):
        person = make_person()
        many_orders(person, 130)
        matter = make_request(owner, customer=person).matters["access"]
        url = f"/tarkastukset/{matter.id}/luvut/orders"
        first, second = client.get(url), client.get(f"{url}?sivu=2")
        assert first.text.count('name="left"') == 100
        assert second.text.count('name="left"') == 30
        row = re.search('name="left" id="[^"]+" value="([0-9a-f]{16})"', second.text)[1]
        told = {"left": [row], "ground": "secret", "reasons": REASONS}
        assert client.submit(f"{url}?sivu=2", told).status_code == 200
        client.submit(url, {"left": []})
        assert "joista 1 jätetään pois" in client.get(f"/tarkastukset/{matter.id}").main

    def test_there_is_no_chapter_of_which_nothing_is_held(self, client, owner):
        matter = make_request(owner).matters["access"]
        assert client.get(f"/tarkastukset/{matter.id}/luvut/orders").status_code == 404


class TestCompleting:
    def test_what_is_written_is_kept_until_the_letter_is_given(self, client, url, asked):
        told = {"hidden_words": "Pekka Virtanen", "paper_findings": "Messukortti 2026"}
        assert client.submit(f"{url}/taydenna", told).status_code == 200
        assert "Veljensä [peitetty]" in client.get(url).main
        assert "Messukortti 2026" in client.get(f"{url}/taydenna").main

    def test_a_word_too_short_is_refused_and_stays_on_the_page(self, client, url):
        page = client.submit(f"{url}/taydenna", {"hidden_words": "Pekka\nx", "paper_findings": "Kortti"})
        assert page.status_code == 422
        assert "ainakin kaksi merkkiä" in page.main
        assert "Kortti" in page.main

    def test_only_what_the_notice_does_not_tell_is_asked(self, client, url):
        assert "Kuinka kauan tietoja säilytetään" not in client.get(f"{url}/taydenna").main

    def test_without_a_notice_all_of_it_is_asked(self, client, owner):
        from tests.settings.factories import fill_settings

        fill_settings()
        matter = make_request(owner, notice=False).matters["access"]
        page = client.get(f"/tarkastukset/{matter.id}/taydenna")
        assert "Kuinka kauan tietoja säilytetään" in page.main
        assert "Tietosuojaselosteesta puuttuu" in client.get(f"/tarkastukset/{matter.id}").main

    def test_two_desks_do_not_write_past_each_other(self, client, url):
        page = client.get(f"{url}/taydenna")
        client.submit(f"{url}/taydenna", {"paper_findings": "Ensimmäinen"})
        late = client.submit(f"{url}/taydenna", {"paper_findings": "Toinen", "version": "1"})
        assert page.status_code == 200
        assert late.status_code == 409
        assert "Toinen" in late.main


class TestReleasing:
    def test_the_data_are_given_once_both_have_been_confirmed(self, client, url, asked):
        page = client.submit(f"{url}/anna", CONFIRMED)
        assert "Pyyntöön on vastattu 23.11.2026" in page.main
        assert asked.again().document.number == "2026/0001-1"

    @pytest.mark.parametrize("missing", CONFIRMED)
    def test_what_was_not_confirmed_is_asked_for(self, client, url, asked, missing):
        page = client.submit(f"{url}/anna", {key: value for key, value in CONFIRMED.items() if key != missing})
        assert page.status_code == 422
        assert "vahvista se" in page.main
        assert asked.again().outcome is None

    def test_what_changed_meanwhile_is_shown_and_confirmed_anew(self, client, url, asked, owner):
        read = re.search('name="draft"[^>]*value="([0-9a-f]{64})"', client.get(f"{url}/anna").text)[1]
        with transaction():
            customers.change(
                customer=customers.find(asked.customer.id), values={"city": "Espoo"}, source=customers.self_source(),
                obtained_on=TODAY, by=owner, reason="muuttunut",
            )  # fmt: skip
        page = client.submit(f"{url}/anna", CONFIRMED | {"draft": read})
        assert page.status_code == 409
        assert "Lue luonnos uudelleen" in page.main
        assert 'name="read" type="checkbox" value="y">' in page.text or "checked" not in page.text
        assert asked.again().outcome is None
        assert read not in page.text

    def test_a_clerk_may_prepare_but_not_give(self, app, url, sign_in):
        client = app.test_client()
        sign_in("kasittelija", client=client)
        assert client.get(f"{url}/anna").status_code == 403
        assert f"{url}/anna" not in client.get(url).text

    def test_an_answered_matter_shows_its_papers_and_no_draft(self, client, url):
        client.submit(f"{url}/anna", CONFIRMED)
        page = client.get(url)
        assert "2026/0001-1" in page.main
        assert "77001" not in page.main

    def test_the_whole_may_be_refused(self, client, url, asked):
        page = client.submit(f"{url}/epaa", {"ground": "law", "reasons": REASONS})
        assert "Pyyntö on evätty 23.11.2026." in page.main
        assert "Kieltäytymistodistus" in page.main

    def test_a_refusal_without_a_ground_keeps_what_was_typed(self, client, url):
        page = client.submit(f"{url}/epaa", {"reasons": REASONS})
        assert page.status_code == 422
        assert REASONS in page.main


class TestPortability:
    def test_the_copy_is_made_loaded_and_handed_over(self, client, transfer_url, wanted):
        page = client.submit(f"{transfer_url}/siirtotiedosto", {"way": "pickup"})
        assert "Annetaan käteen muistivälineellä" in page.main
        answer = client.get(f"{transfer_url}/siirtotiedosto.zip")
        assert answer.data.startswith(b"PK")
        assert "attachment" in answer.headers["Content-Disposition"]
        page = client.submit(transfer_url, {"handed_on": "23.11.2026"}, action=f"{transfer_url}/luovutettu")
        assert "Meidän kappaleemme on hävitetty" in page.main
        assert wanted.again("portability").copy.content is None

    def test_a_day_still_to_come_is_refused_on_the_same_page(self, client, transfer_url):
        client.submit(f"{transfer_url}/siirtotiedosto", {"way": "pickup"})
        page = client.submit(transfer_url, {"handed_on": "24.11.2026"}, action=f"{transfer_url}/luovutettu")
        assert page.status_code == 422
        assert "tulevaisuudessa" in page.main

    def test_a_chapter_left_out_without_a_ground_is_asked_for_one(self, client, transfer_url):
        page = client.submit(f"{transfer_url}/siirtotiedosto", {"way": "pickup", "chapters": ["data"]})
        assert page.status_code == 422
        assert "millä perusteella lukuja jätetään pois" in page.main

    def test_no_copy_is_loaded_before_it_is_made(self, client, transfer_url):
        assert client.get(f"{transfer_url}/siirtotiedosto.zip").status_code == 404

    def test_a_matter_of_seeing_has_no_copy(self, client, url):
        assert client.get(f"{url}/siirtotiedosto").status_code == 404

    def test_what_a_copy_holds_is_described_and_the_schema_loaded(self, client, owner):
        page = client.get("/tarkastukset/siirtotiedosto")
        assert "orders.csv" in page.main
        assert "yksikköhinta euroina" in page.main
        assert client.get("/tarkastukset/siirtotiedosto/skeema.json").json["$schema"].startswith("https://json-schema")


class TestCasePage:
    def test_a_clerk_registers_a_request_to_see_the_data_from_the_same_form(self, client, owner):
        page = client.get("/pyynnot/uusi")
        assert "Tietojen tarkastaminen" in page.main
        assert "Tietojen siirtäminen järjestelmästä toiseen" in page.main
        sent = client.submit("/pyynnot/uusi", FILLED | {"kinds": ["access", "portability"]})
        assert "Anna tiedot" in sent.main
        assert "Tee siirtotiedosto" in sent.main

    def test_the_task_list_shows_what_has_been_done(self, client, url, asked):
        client.submit(f"{url}/anna", CONFIRMED)
        assert "Annettu" in client.get(f"/pyynnot/{asked.case.id}").main


def test_a_waiting_request_stands_in_the_work_queue_until_it_is_answered(client, url):
    assert url in client.get("/").text
    client.submit(f"{url}/anna", CONFIRMED)
    assert url not in client.get("/").text
