"""The pages of restrictions, as the clerk and the person responsible see them."""

from datetime import timedelta

import pytest

from rekisteri.kernel.db import db, transaction
from rekisteri.restrictions import service
from rekisteri.restrictions.models import Restriction, RestrictionMatter
from tests.restrictions.factories import (
    REASON,
    REASONS,
    TODAY,
    WEEK_LATER,
    allow,
    decide,
    end,
    lift,
    make_customer,
    make_desk,
    make_request,
    post,
    restrict,
)
from tests.settings.factories import fill_settings
from tests.staff.factories import make_user
from tests.support.client import chosen_form, filled_in


@pytest.fixture
def desk(sign_in, freeze):
    freeze("2026-11-23")
    return make_desk(sign_in("vastuuhenkilo"))


def a_form(client, url):
    """A form that has been opened somewhere else."""
    return filled_in(chosen_form(client.get(url).page, url, None))


def again(row):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(type(row), row.id)


class TestTheList:
    def test_is_empty_with_a_word_of_how_restrictions_come_about(self, client, desk):
        assert "Yhtään rajoitusta ei ole voimassa" in client.get("/rajoitukset/").main

    def test_shows_whose_data_are_restricted_and_why(self, client, desk):
        restrict(desk, "accuracy", fields=["phone"])
        page = client.get("/rajoitukset/").main
        assert "Šakki, Maija" in page
        assert "Tietojen paikkansapitävyys on kiistetty (puhelinnumero)" in page
        assert "Ei vielä ilmoitettu" in page

    def test_shows_the_ended_ones_apart(self, client, desk):
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        end(desk, made)
        assert made.number not in client.get("/rajoitukset/").main
        assert made.number in client.get("/rajoitukset/?tila=paattyneet").main

    def test_goes_on_from_page_to_page(self, client, desk):
        with transaction():
            for _ in range(51):
                customer = make_customer(desk.owner)
                service.restrict(customer=customer, ground="held", by=desk.owner, on=TODAY)
        first = client.get("/rajoitukset/")
        assert "RA 2026/0051" in first.main
        assert "RA 2026/0001" not in first.main
        assert "RA 2026/0001" in client.get("/rajoitukset/?after=2").main


@pytest.mark.promise("gdpr.rajoittaminen")
class TestWhereCustomersAreSeen:
    def test_the_list_marks_the_restricted(self, client, desk):
        with transaction():
            make_customer(desk.owner, last_name="Öhman")
        restrict(desk)
        page = client.get("/asiakkaat/").main
        assert page.count("Käsittely rajoitettu") == 1

    def test_the_search_marks_the_restricted(self, client, desk):
        restrict(desk)
        assert "Käsittely rajoitettu" in client.submit("/asiakkaat/", {"q": "šakki"}).main

    def test_the_card_marks_and_tells_of_the_restriction(self, client, desk):
        made = restrict(desk)
        page = client.get(f"/asiakkaat/{desk.customer.id}").main
        assert "Käsittely rajoitettu" in page
        assert made.number in page
        assert "Kaikki tiedot" in page

    def test_a_card_without_restrictions_says_nothing_of_them(self, client, desk):
        page = client.get(f"/asiakkaat/{desk.customer.id}").main
        assert "Käsittelyn rajoitukset" not in page
        assert "Rajoita käsittelyä" in page

    def test_a_change_is_refused_on_the_form_and_nothing_typed_is_lost(self, client, desk):
        restrict(desk)
        answer = client.submit(
            f"/asiakkaat/{desk.customer.id}/muokkaa",
            {"city": "Espoo", "reason": "changed", "source": "own", "obtained_on": "20.11.2026"},
        )
        assert answer.status_code == 422
        assert "Asiakkaan tietojen käsittely on rajoitettu" in answer.main
        assert 'value="Espoo"' in answer.text

    def test_the_export_tells_how_many_are_left_out(self, client, desk):
        restrict(desk)
        assert "käsittely rajoitettu (1)" in client.get("/asiakkaat/vienti").main


class TestRestrictingWithoutARequest:
    def test_binds_at_once(self, client, desk):
        page = client.submit(
            f"/rajoitukset/asiakas/{desk.customer.id}", {"ground": "claim", "scope": "all"}, follow=True
        )
        assert "Voimassa" in page.main
        assert "Rekisteröity tarvitsee tietoja oikeusvaadetta varten" in page.main
        assert len(service.in_force(desk.customer.id)) == 1

    def test_of_some_data_asks_which(self, client, desk):
        url = f"/rajoitukset/asiakas/{desk.customer.id}"
        answer = client.submit(url, {"ground": "claim", "scope": "some"})
        assert answer.status_code == 422
        assert "Valitse, mitä tietoja rajoitus koskee." in answer.main
        client.submit(url, {"ground": "claim", "scope": "some", "fields": ["phone"]})
        assert service.in_force(desk.customer.id)[0].fields == ["phone"]

    def test_says_what_is_missing(self, client, desk):
        answer = client.submit(f"/rajoitukset/asiakas/{desk.customer.id}", {})
        assert answer.status_code == 422
        assert "Valitse, millä perusteella käsittely rajoitetaan." in answer.main

    def test_twice_clicked_is_one(self, client, desk):
        for _ in range(2):
            client.submit(f"/rajoitukset/asiakas/{desk.customer.id}", {"ground": "claim", "scope": "all"})
        assert db.session.query(Restriction).count() == 1


class TestOneRestriction:
    def test_tells_who_has_been_told(self, client, desk):
        page = client.get(f"/rajoitukset/{restrict(desk).id}").main
        assert "Perintätoimisto Esimerkki Oy" in page
        assert "RA 2026/0001-1" in page
        assert "Laadi puuttuvat ilmoitukset" not in page

    def test_offers_the_letters_that_are_missing(self, client, desk):
        fill_settings(company_name="")
        made = restrict(desk)
        assert "ennen kuin asetuksiin on täydennetty" in client.get(f"/rajoitukset/{made.id}").main
        fill_settings()
        assert "Laadi puuttuvat ilmoitukset" in client.get(f"/rajoitukset/{made.id}").main
        client.submit(f"/rajoitukset/{made.id}", {}, action=f"/rajoitukset/{made.id}/ilmoitukset")
        assert again(made).told[0].document is not None

    def test_the_end_is_told_by_letter_first(self, client, desk):
        made = restrict(desk)
        page = client.submit(f"/rajoitukset/{made.id}/paattaminen", {"reason": REASON, "ends_on": "30.11.2026"})
        assert "Kirjettä rajoituksen päättymisestä ei ole vielä merkitty lähetetyksi." in page.main
        assert "Päätä rajoitus" not in page.main

    def test_a_day_too_early_keeps_what_was_typed(self, client, desk):
        made = restrict(desk)
        answer = client.submit(f"/rajoitukset/{made.id}/paattaminen", {"reason": REASON, "ends_on": "23.11.2026"})
        assert answer.status_code == 422
        assert "aikaisintaan huomenna" in answer.main
        assert REASON in answer.words

    def test_two_who_tell_at_once_do_not_both_tell(self, client, desk):
        made = restrict(desk)
        url = f"/rajoitukset/{made.id}/paattaminen"
        window = client.get(url)
        lift(desk, made)
        answer = client.submit(url, {"reason": REASON, "ends_on": "30.11.2026"}, page=window)
        assert answer.status_code == 409

    def test_is_ended_once_the_day_has_come(self, client, sign_in, freeze):
        freeze("2026-11-23")
        desk = make_desk(make_user("vastuuhenkilo"))
        made = restrict(desk)
        lift(desk, made)
        post(desk, made)
        freeze(WEEK_LATER.isoformat())
        sign_in("vastuuhenkilo")
        url = f"/rajoitukset/{made.id}"
        page = client.submit(url, {}, action=f"{url}/paata")
        assert "Päättynyt 30.11.2026" in page.main
        assert service.in_force(desk.customer.id) == []

    def test_is_not_ended_by_a_form_sent_too_early(self, client, desk):
        made = restrict(desk)
        answer = client.post(f"/rajoitukset/{made.id}/paata", data=a_form(client, f"/rajoitukset/{made.id}/poikkeus"))
        assert answer.status_code == 422
        assert again(made).in_force

    def test_that_is_not_there_is_not_found(self, client, desk):
        assert client.get("/rajoitukset/999").status_code == 404
        assert client.get("/rajoitukset/pyynto/999").status_code == 404


class TestExceptions:
    def test_are_put_on_record_and_stopped(self, client, desk):
        made = restrict(desk)
        told = {"use": "dealing", "ground": "consent", "why": "suostumus puhelimessa tänään", "until": "24.11.2026"}
        page = client.submit(f"/rajoitukset/{made.id}/poikkeus", told)
        assert "Rekisteröidyn suostumus" in page.main
        assert "suostumus puhelimessa tänään" in page.main
        url = f"/rajoitukset/{made.id}"
        page = client.submit(url, {}, action=f"{url}/poikkeus/{made.exceptions[0].id}/lopeta")
        assert "lopetettu" in page.main

    def test_without_a_reason_are_refused(self, client, desk):
        made = restrict(desk)
        answer = client.submit(f"/rajoitukset/{made.id}/poikkeus", {"use": "dealing", "ground": "consent", "why": "ok"})
        assert answer.status_code == 422
        assert "mistä peruste käy ilmi" in answer.main

    def test_of_another_restriction_are_not_found_here(self, client, desk):
        made, other = restrict(desk), restrict(desk, "unlawful")
        allow(desk, other, "dealing", until=TODAY + timedelta(days=1))
        page = f"/rajoitukset/{made.id}/poikkeus"
        found = client.post(f"{page}/{other.exceptions[0].id}/lopeta", data=a_form(client, page))
        assert found.status_code == 404


class TestARequest:
    def test_is_decided_on_its_page(self, client, desk):
        _case, matter = make_request(desk)
        page = client.get(f"/rajoitukset/pyynto/{matter.id}").main
        assert "Pyydän, että tietojani ei käytetä." in page
        told = {"decision": "granted", "ground": "claim", "scope": "all"}
        page = client.submit(f"/rajoitukset/pyynto/{matter.id}/ratkaisu", told)
        assert "Käsittely rajoitetaan, ratkaistu 23.11.2026" in page.main
        assert again(matter).restriction is not None

    def test_a_refusal_without_reasons_keeps_what_was_chosen(self, client, desk):
        _case, matter = make_request(desk)
        told = {"decision": "refused", "refusal_ground": "no_ground", "scope": "all"}
        answer = client.submit(f"/rajoitukset/pyynto/{matter.id}/ratkaisu", told)
        assert answer.status_code == 422
        assert "Pelkkä peruste ei riitä" in answer.main
        assert again(matter).decision is None

    def test_a_decided_one_is_not_decided_again(self, client, desk):
        _case, matter = make_request(desk)
        url = f"/rajoitukset/pyynto/{matter.id}/ratkaisu"
        window = client.get(url)
        decide(desk, matter, "refused")
        answer = client.submit(url, {"decision": "granted", "ground": "claim", "scope": "all"}, page=window)
        assert answer.status_code == 409
        assert REASONS in client.get(f"/rajoitukset/pyynto/{matter.id}").main

    def test_of_a_stranger_is_only_refused(self, client, desk):
        _case, matter = make_request(desk, found=False)
        page = client.get(f"/rajoitukset/pyynto/{matter.id}/ratkaisu").main
        assert "Asiakasta ei ole valittu." in page
        told = {"decision": "granted", "ground": "claim", "scope": "all"}
        answer = client.submit(f"/rajoitukset/pyynto/{matter.id}/ratkaisu", told)
        assert "Muuten pyynnön voi vain evätä." in answer.main

    def test_waits_on_the_front_page(self, client, desk):
        make_request(desk)
        assert "Ratkaistavat rajoittamispyynnöt (1)" in client.get("/").main


class TestWhoMayWhat:
    @pytest.fixture
    def desk(self, app, freeze):
        freeze("2026-11-23")
        return make_desk(make_user("vastuuhenkilo"))

    def test_a_reader_sees_but_changes_nothing(self, client, desk, sign_in):
        made = restrict(desk)
        sign_in("lukija")
        page = client.get(f"/rajoitukset/{made.id}").main
        assert "Kirjaa poikkeus" not in page
        assert "Ilmoita päättymisestä" not in page
        assert client.get(f"/rajoitukset/{made.id}/poikkeus").status_code == 403

    def test_a_clerk_records_exceptions_and_lifts_nothing(self, client, desk, sign_in):
        made = restrict(desk)
        sign_in("kasittelija")
        page = client.get(f"/rajoitukset/{made.id}").main
        assert "Kirjaa poikkeus" in page
        assert "Ilmoita päättymisestä" not in page
        assert client.get(f"/rajoitukset/{made.id}/paattaminen").status_code == 403
        assert client.get(f"/rajoitukset/asiakas/{desk.customer.id}").status_code == 403

    def test_a_clerk_sees_the_request_but_does_not_decide(self, client, desk, sign_in):
        _case, matter = make_request(desk)
        sign_in("kasittelija")
        assert "Ratkaise pyyntö" not in client.get(f"/rajoitukset/pyynto/{matter.id}").main
        assert client.get(f"/rajoitukset/pyynto/{matter.id}/ratkaisu").status_code == 403
        assert db.session.query(RestrictionMatter).filter_by(decision=None).count() == 1

    def test_a_look_is_put_on_record(self, client, desk, sign_in):
        made = restrict(desk)
        sign_in("vastuuhenkilo")
        client.get(f"/rajoitukset/{made.id}")
        assert "käsittelyn rajoitukset" in client.get("/loki/").main
