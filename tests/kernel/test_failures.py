"""Whatever goes wrong is told in Finnish, with the right status, and without anyone's personal data in the log."""

import logging

import pytest

from rekisteri.kernel.failures import SENTENCES
from tests.kernel.notepad import CANARY
from tests.support.client import ReadingClient

FAULTS = {
    "400": (400, "Pyyntöä ei ymmärretty"),
    "403": (403, "Ei käyttöoikeutta"),
    "404": (404, "Sivua ei löydy"),
    "409": (409, "Joku muu ehti ensin"),
    "410": (410, "Pyyntöä ei ymmärretty"),
    "413": (413, "Lähetys on liian suuri"),
    "415": (415, "Pyyntöä ei ymmärretty"),
    "422": (422, "Toiminto ei ole sallittu"),
    "429": (429, "Pyyntöä ei ymmärretty"),
    "500": (500, "Ohjelmassa on virhe"),
    "501": (501, "Ohjelmassa on virhe"),
    "503": (503, "Tallennus ei onnistu juuri nyt"),
    "merkki": (400, "Pyyntöä ei ymmärretty"),
    "saanto": (422, "Päätös on jo annettu."),
    "ristiriita": (409, "Joku muu on tallentanut saman kohdan"),
    "ohjelma": (500, "Mitään ei tallennettu."),
    "lause": (500, "Ohjelmassa on virhe"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_each_fault_has_its_page_in_finnish(client: ReadingClient, what: str) -> None:
    status, sentence = FAULTS[what]
    page = client.get(f"/muistio/vika/{what}")
    assert page.status_code == status
    assert sentence in page.main
    assert f"Virhekoodi {status}" in page.main
    assert page.page.find("html")["lang"] == "fi"


@pytest.mark.parametrize("what", FAULTS)
def test_each_fault_gives_htmx_a_fragment_with_its_sentence(client: ReadingClient, what: str) -> None:
    status, sentence = FAULTS[what]
    answer = client.htmx(f"/muistio/vika/{what}")
    assert answer.status_code == status
    assert "<html" not in answer.text
    assert sentence in answer.words
    assert answer.page.select_one("[data-sentence]")["data-sentence"] in answer.words


@pytest.mark.parametrize("path", ["/ei/ole", "/muistio/999", "/muistio/vika/404"])
def test_not_there_and_not_yours_look_the_same(client: ReadingClient, path: str) -> None:
    assert client.get(path).main == client.get("/jotain/muuta").main


def test_a_page_that_takes_no_posts_says_so(client: ReadingClient) -> None:
    token = client.get("/muistio/uusi").page.select_one("[name=csrf_token]")["value"]
    page = client.post("/muistio/", data={"csrf_token": token})
    assert page.status_code == 405
    assert "Tätä osoitetta ei voi käyttää näin." in page.main
    assert set(page.allow) == {"GET", "HEAD", "OPTIONS"}


def test_a_redirect_or_an_answer_of_a_views_own_passes(client: ReadingClient) -> None:
    assert client.get("/muistio/vika/muualle").status_code == 302
    answer = client.get("/muistio/vika/vastaus")
    assert (answer.status_code, answer.text) == (418, "oma vastaus")
    assert client.get("/muistio").location == "http://localhost/muistio/"


@pytest.mark.parametrize("what", ["ohjelma", "lause"])
def test_a_fault_of_ours_shows_nothing_of_the_machine(client: ReadingClient, what: str) -> None:
    page = client.get(f"/muistio/vika/{what}")
    for trace in ("Traceback", "ValueError", "sqlalchemy", "there_is_no_such_table", "SELECT", ".py", CANARY):
        assert trace not in page.text


def test_a_fault_of_ours_is_logged_with_its_place_but_nobodys_data(
    client: ReadingClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get(f"/muistio/vika/ohjelma?q={CANARY}")
    assert "ValueError in notepad.fault" in caplog.text
    assert "notepad.py" in caplog.text
    assert CANARY not in caplog.text


def test_a_refused_statement_is_logged_with_its_place_but_not_its_words(
    client: ReadingClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/muistio/vika/lause")
    assert "in notepad.fault" in caplog.text
    assert "no such table" not in caplog.text
    assert "does not exist" not in caplog.text


def test_after_a_fault_the_next_page_works(client: ReadingClient) -> None:
    client.get("/muistio/vika/lause")
    client.get("/muistio/vika/ohjelma")
    assert client.submit("/muistio/uusi", {"title": "Toimii taas"}).status_code == 200


def test_sentences_are_whole_and_finnish() -> None:
    for title, text in SENTENCES.values():
        assert title[0].isupper() and not title.endswith(".")
        assert text[0].isupper() and text.endswith(".")
