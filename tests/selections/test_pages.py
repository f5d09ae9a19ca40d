"""Building, keeping, looking at and printing selections on their pages."""

import pytest

from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.selections import counting, outlets, service
from rekisteri.selections.models import Selection
from tests.customers.factories import fill, make_person, make_source
from tests.prohibitions.factories import forbid
from tests.selections.factories import save
from tests.settings.factories import fill_settings
from tests.support.paper import words_of

NEW = "/valinnat/uusi"


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija", full_name="Kerttu Käsittelijä")


def counts(answer):
    return " ".join(answer.page.select_one("#luvut").get_text().replace("\u00a0", " ").split())


class TestBuilding:
    def test_shows_how_many_there_are_before_anything_is_typed(self, client, clerk):
        make_person()
        assert counts(client.get(NEW)).startswith("Kuinka monta 1 henkilö tai yhteisö on käytettävissä.")

    def test_counts_as_one_types_and_tells_who_stays_out(self, client, clerk):
        make_person()
        forbid(make_person(), "direct_mail")
        make_person(city="Espoo")
        found = client.submit(NEW, {"cities": "Helsinki", "do": ""}, htmx=True)
        assert "html" not in found.text[:200]
        assert "Ehdot täyttää 2, ja heistä jää pois 1." in counts(found)
        assert "kielto: suoramainonta 1" in counts(found)

    def test_counts_without_a_script_by_a_button_and_keeps_what_was_typed(self, client, clerk):
        page = client.submit(NEW, {"postcodes": "00100–00990", "do": "count"})
        assert page.status_code == 200
        assert page.page.select_one("[name=postcodes]")["value"] == "00100–00990"
        assert db.session.scalar(db.select(Selection)) is None

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"postcodes": "Helsinki"}, "ei ole postinumero"),
            ({"orders_least": "kaksi"}, "Kirjoita kokonaisluku numeroin"),
            ({"orders_least": "-1"}, "Kirjoita kokonaisluku numeroin"),
            ({"orders_most": "99999999"}, "Anna luku väliltä"),
            ({"use": "kiusaaminen"}, "Valitse jokin annetuista vaihtoehdoista."),
            ({"obtained_from": "32.1.2026"}, "ei ole kalenterissa"),
            ({"sources": "999"}, "Valitse jokin annetuista vaihtoehdoista."),
            ({"cities": "Espoo," * 50 + "Vantaa," * 50}, "Teksti on liian pitkä"),
            ({"name": "131052-308T"}, "enkilötunnu"),
        ],
    )
    def test_refuses_what_cannot_be_looked_for_and_loses_nothing(self, client, clerk, typed, sentence):
        make_source()
        given = {"roles": "ostopäällikkö", "name": "Oma"} | typed | {"do": "save"}
        answer = client.submit(NEW, given)
        assert answer.status_code == 422
        assert sentence in answer.main
        assert answer.page.select_one("[name=roles]")["value"] == "ostopäällikkö"
        assert db.session.scalar(db.select(Selection)) is None
        assert "Korjaa ehdot" in counts(client.submit(NEW, given, htmx=True))

    def test_nothing_typed_is_ever_in_an_address(self, client, clerk):
        page = client.get(NEW).page
        assert page.select_one("#valinta")["method"] == "post"
        assert not page.select("[hx-get], form[method=get]")

    def test_estimates_at_once_in_a_large_register_and_counts_exactly_right_after(self, client, clerk, monkeypatch):
        monkeypatch.setattr(counting, "SAMPLE", 100)
        fill(400, city="Helsinki", street="Mäkitie 1", postcode="00100")
        first = client.submit(NEW, {"do": ""}, htmx=True)
        assert "noin 400" in counts(first)
        again = first.page.select_one("button[hx-post]")
        assert again["hx-trigger"].startswith("load")
        assert counts(client.submit(NEW, {"do": "exact"}, htmx=True)).startswith("Kuinka monta 400 ")


class TestKeeping:
    def test_saved_ones_are_listed_shown_and_changed(self, client, clerk):
        saved = client.submit(NEW, {"cities": "Espoo", "name": "Espoon asiakkaat", "do": "save"})
        assert "Valinta on tallennettu." in saved.text
        assert "Espoo" in saved.main
        assert "Espoon asiakkaat" in client.get("/valinnat/").main
        changed = client.submit("/valinnat/1/muokkaa", {"cities": "Vantaa", "do": "save"})
        assert "Vantaa" in changed.main
        assert db.session.get_one(Selection, 1).choice.cities == ("Vantaa",)

    def test_two_may_not_have_the_same_name(self, client, clerk):
        save("Joulukirje")
        answer = client.submit(NEW, {"name": " Joulukirje ", "do": "save"})
        assert answer.status_code == 422
        assert "Samanniminen valinta on jo tallennettu." in answer.main
        assert "Anna valinnalle nimi." in client.submit(NEW, {"do": "save"}).main

    def test_what_a_colleague_saved_meanwhile_is_not_overwritten(self, client, clerk):
        selection = save()
        stale = {"version": "1", "cities": "Vantaa", "do": "save"}
        with transaction():
            service.change(
                selection=db.session.get_one(Selection, selection.id), name="Muu", choice=selection.choice, by=clerk
            )
        assert client.submit("/valinnat/1/muokkaa", stale).status_code == 409

    def test_a_copy_is_made_to_be_changed_and_the_first_one_stays(self, client, clerk):
        save(cities=("Espoo",))
        page = client.submit("/valinnat/1", {}, action="/valinnat/1/kopioi")
        assert page.page.select_one("[name=name]")["value"] == "Joulukirje (kopio)"
        assert page.page.select_one("[name=cities]")["value"] == "Espoo"

    def test_one_that_is_deleted_leaves_its_uses(self, client, clerk):
        make_person()
        selection = save()
        with transaction():
            service.use(selection, purpose="Osoitetarrat", by=clerk)
        client.submit("/valinnat/1/poista", {})
        page = client.get("/valinnat/")
        assert "Osoitetarrat" in page.main
        assert "Joulukirje" in client.get("/valinnat/kaytto/1").main
        assert client.get("/valinnat/1").status_code == 404


class TestUsing:
    def test_is_kept_as_it_was_whatever_happens_afterwards(self, client, clerk):
        forbid(make_person(last_name="Kieltävä"), "direct_mail")
        make_person()
        selection = save(cities=("Helsinki",))
        with transaction():
            service.use(selection, purpose="Osoitetarrat", by=clerk)
        with transaction():
            service.change(
                selection=db.session.get_one(Selection, 1), name="Muu", choice=service.find(1).choice, by=clerk
            )
        make_person()
        page = client.get("/valinnat/kaytto/1")
        for told in ("Joulukirje", "Osoitetarrat", "Kerttu Käsittelijä", "Helsinki", "kielto: suoramainonta"):
            assert told in page.main
        assert "Käytettiin\n1\n" in page.page.select_one("dl").get_text("\n", strip=True) + "\n"

    def test_counts_anew_what_was_forbidden_after_the_preview(self, app, clerk):
        customer = make_person()
        selection = save()
        assert service.counted(selection).count == 1
        forbid(customer, "direct_mail")
        with pytest.raises(RuleViolation, match="ei ole ketään"), transaction():
            service.use(db.session.get_one(Selection, selection.id), purpose="Osoitetarrat", by=clerk)

    def test_leads_on_to_what_other_rooms_make_of_it(self, client, clerk, monkeypatch):
        monkeypatch.setattr(outlets, "_outlets", {})
        outlets.add_outlet("Tulosta osoitetarrat", "selections.edit", lambda selection: f"/valinnat/{selection.id}")
        outlets.add_outlet("Julkaise seloste", "notice.publish", lambda selection: "/")
        save()
        save("Puhelut", way="phone")
        assert "Tulosta osoitetarrat" in client.get("/valinnat/1").main
        assert "Julkaise seloste" not in client.get("/valinnat/1").main
        assert "Tulosta osoitetarrat" not in client.get("/valinnat/2").main


class TestWhoIsLeftOut:
    def test_is_shown_by_name_with_the_reasons(self, client, clerk):
        forbid(make_person(last_name="Kieltävä", street=""), "direct_mail")
        save()
        page = client.get("/valinnat/1/pois")
        assert "Kieltävä, Maija" in page.main
        assert "kielto: suoramainonta, ei postiosoitetta" in page.main

    def test_is_printed_as_numbers_without_names(self, client, clerk):
        fill_settings()
        forbid(make_person(last_name="Kieltävä"), "direct_mail")
        selection = save()
        text = words_of(client.get("/valinnat/1/valinta.pdf").data)
        assert "kielto: suoramainonta" in text
        assert "Kieltävä" not in text
        make_person()
        with transaction():
            service.use(db.session.get_one(Selection, selection.id), purpose="Osoitetarrat", by=clerk)
        assert "Osoitetarrat" in words_of(client.get("/valinnat/kaytto/1/kaytto.pdf").data)


def test_a_reader_looks_but_does_not_build(client, sign_in):
    save()
    sign_in("lukija")
    assert "Joulukirje" in client.get("/valinnat/").main
    assert "Muokkaa" not in client.get("/valinnat/1").main
    assert client.get(NEW).status_code == 403


def test_the_log_tells_who_saved_and_used_what_and_no_criterion(client, sign_in):
    selection = save(organisations=("Salainen Oy",))
    sign_in("vastuuhenkilo")
    page = client.get("/loki/")
    assert "valinta tallennettu" in page.main
    assert selection.name not in page.main
    assert "Salainen" not in page.main
