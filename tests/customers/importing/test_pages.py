"""The pages of an import, as a clerk without JavaScript walks them, and as htmx asks for their pieces."""

import io

import pytest

from rekisteri.customers import search
from rekisteri.customers.importing import steps
from rekisteri.kernel.db import transaction
from tests.customers.factories import make_person, make_source
from tests.customers.importing.factories import AINO, BERTTA, HEADER, checked, enter, received, table
from tests.kernel.sheets.tables import workbook

START = "/asiakkaat/tuonti"


@pytest.fixture
def clerk(sign_in):
    return sign_in("kasittelija")


def send(client, content: bytes, name: str = "asiakkaat.csv", **changed):
    form = {"source": "self", "obtained_on": "5.3.2026", "file": (io.BytesIO(content), name)} | changed
    return client.submit(START, form, action=START, follow=True)


def test_a_file_goes_in_from_beginning_to_end(client, clerk):
    make_person()
    page = send(
        client, table(AINO, BERTTA, "Virtanen;Maija;maija.virtanen@esimerkki.fi;050 555 1234;;;", "Ei;Kelpaa;x;;;;")
    )
    assert "asiakkaat.csv, 4 riviä" in page.words
    assert page.page.select_one("select[name=column_3] option[selected]")["value"] == "phone"

    page = client.submit(page.request.path, {}, follow=True)
    assert "Tarkistetaan rivejä" in page.words
    page = client.submit(page.request.path, {}, action=f"{START}/1/jatka", follow=True)
    for told in (
        "Tarkista rivit",
        "Uusia (1)",
        "Muuttuvia (1)",
        "Epäselviä (1)",
        "Hylättyjä (1)",
        "Sama puhelinnumero",
    ):
        assert told in page.words

    page = client.submit(f"{START}/1", {"decision": "new"}, action=f"{START}/1/ratkaise", follow=True)
    assert "odottaa ratkaisua" not in page.words
    page = client.submit(f"{START}/1", {}, action=f"{START}/1/hyvaksy", follow=True)
    page = client.submit(f"{START}/1", {}, action=f"{START}/1/jatka", follow=True)
    assert "Tuonti on valmis" in page.words
    assert "Uusia asiakkaita 2" in page.words
    assert [row.display_name for row in search.page().rows] == ["Aho, Aino", "Virtanen, Maija", "Öhman, Bertta"]


def test_the_rows_that_were_left_out_are_corrected_and_sent_again(client, clerk):
    batch = enter(checked(AINO, "Äijälä;Essi;ei-osoite;12;;;"))
    answer = client.get(f"{START}/{batch.id}/virheet.csv")
    text = answer.data.decode("utf-8-sig")
    assert text.splitlines()[0] == f"{HEADER};Virhe"
    assert "Sähköposti: Kirjoita sähköpostiosoite muodossa nimi@yritys.fi." in text
    assert "Aho" not in text

    corrected = text.replace("ei-osoite;12", "essi@esimerkki.fi;040 555 9999").encode("utf-8-sig")
    again = send(client, corrected)
    assert "Virhe" in again.words
    client.submit(again.request.path, {}, follow=True)
    page = client.submit(f"{START}/2", {}, action=f"{START}/2/jatka", follow=True)
    assert "Uusia (1)" in page.words
    assert "Hylättyjä (0)" in page.words


def test_an_excel_file_goes_in_as_well(client, clerk):
    made = workbook(("Asiakkaat", [["Sukunimi", "Postinro"], ["Aho", 100]]))
    page = send(client, made.read(), "asiakkaat.xlsx")
    assert "asiakkaat.xlsx, 1 rivi" in page.words


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "tyhja.csv", "Tiedosto on tyhjä."),
        (b"%PDF-1.7", "lasku.csv", "PDF-tiedosto"),
        (b"PK\x03\x04 rikki", "asiakkaat.xlsx", "vioittunut"),
        (b'Nimi;Katu\n"Aho;Tie\n', "asiakkaat.csv", "lainausmerkki"),
    ],
)
def test_a_bad_file_is_told_on_the_form_and_leaves_nothing(client, clerk, content, name, told):
    answer = send(client, content, name)
    assert answer.status_code == 422
    assert told in answer.words
    assert steps.latest() == []


def test_a_file_its_source_and_its_day_are_asked_for(client, clerk):
    answer = client.submit(START, {"obtained_on": "1.1.2099"}, action=START)
    for told in ("Valitse tiedosto.", "Valitse, mistä tiedot saatiin.", "tulevaisuudessa"):
        assert told in answer.words


def test_the_same_file_twice_is_noticed(client, clerk):
    send(client, table(AINO))
    assert "Täsmälleen sama tiedosto lähetettiin" in send(client, table(AINO)).words


def test_a_wrong_choice_of_columns_is_told(client, clerk):
    batch = received(AINO)
    here = f"{START}/{batch.id}/sarakkeet"
    answer = client.submit(here, {"column_1": "last_name"}, action=here)
    assert answer.status_code == 422
    assert "kahdelle sarakkeelle" in answer.words
    answer = client.submit(here, {"column_0": "full_name", "column_1": ""}, action=here)
    assert "Valitse, kummin päin nimi on." in answer.words


def test_each_page_of_the_way_leads_to_where_the_import_is(client, clerk):
    batch = received(AINO)
    assert client.get(f"{START}/{batch.id}").location.endswith("/sarakkeet")
    ready = checked(AINO)
    assert client.get(f"{START}/{ready.id}/sarakkeet").location == f"{START}/{ready.id}"
    assert client.get(f"{START}/999").status_code == 404
    assert "Aiemmat tuonnit" in client.get(START).words
    assert client.get(f"{START}/{batch.id}/virheet.csv").status_code == 422


def test_htmx_gets_the_progress_and_then_the_way_onwards(client, clerk):
    batch = checked(AINO)
    with transaction():
        steps.accept(batch=batch)
    here, onwards = f"{START}/{batch.id}", f"{START}/{batch.id}/jatka"
    piece = client.submit(here, {}, action=onwards, htmx=True)
    assert piece.page.find(id="eteneminen") is not None
    assert piece.page.find("html") is None
    assert client.submit(here, {}, action=onwards, htmx=True).headers["HX-Redirect"] == here


def test_doubtful_rows_are_decided_on_the_page_one_by_one(client, clerk):
    make_person()
    batch = checked("Virtanen;Matti;;041 505 8567;;;", "Virtanen;Mirja;;041 505 8567;;;")
    here, decide = f"{START}/{batch.id}?nayta=doubtful", f"{START}/{batch.id}/ratkaise"
    page = client.get(here)
    assert "2 epäselvää riviä odottaa ratkaisua" in page.words
    assert page.page.select_one("td a")["href"] == "/asiakkaat/1"
    answer = client.submit(here, {"decision": "same"}, action=f"{decide}/2", follow=True)
    assert "1 epäselvä rivi odottaa ratkaisua" in answer.words
    assert "Ratkaise ensin epäselvät rivit" in client.submit(here, {}, action=f"{START}/{batch.id}/hyvaksy").words
    assert client.submit(here, {"decision": "outo"}, action=decide).status_code == 422


def test_many_rows_are_read_page_by_page(client, clerk, monkeypatch):
    from rekisteri.customers.importing import preview

    monkeypatch.setattr(preview, "PAGE_SIZE", 2)
    batch = checked(*(f"Nimi{letter};Etu;;;;;" for letter in "abcde"))
    first = client.get(f"{START}/{batch.id}?nayta=new")
    assert "Nimia" in first.words and "Nimic" not in first.words
    onwards = first.page.select_one(".pager a")["href"]
    assert "Nimic" in client.get(onwards).words
    assert client.get(f"{START}/{batch.id}?nayta=outo&jalkeen=outo").status_code == 200


def test_an_import_is_given_up_on_the_page(client, clerk):
    batch = checked(AINO)
    page = client.submit(f"{START}/{batch.id}", {}, action=f"{START}/{batch.id}/peruuta", follow=True)
    assert "Perutaan tuontia" in page.words
    page = client.submit(f"{START}/{batch.id}", {}, action=f"{START}/{batch.id}/jatka", follow=True)
    assert "Tuonti on peruttu" in page.words
    assert search.page().rows == []


def test_looking_at_the_rows_is_put_on_record(client, clerk):
    from rekisteri.audit.models import AuditEvent
    from rekisteri.kernel.db import db

    batch = checked(AINO)
    client.get(f"{START}/{batch.id}?nayta=new")
    event = db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert (event.event, event.subject) == ("import.previewed", f"import:{batch.id}")
    assert event.facts["count"] == 1


def test_a_source_that_is_added_can_be_chosen(client, clerk):
    source = make_source()
    assert "asiakkaat.csv, 1 rivi" in send(client, table(AINO), source=str(source.id)).words


def test_a_reader_brings_nothing_in(client, sign_in):
    sign_in("lukija")
    assert client.get(START).status_code == 403
