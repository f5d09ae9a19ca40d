"""The company's own letter to many: one body, everybody's own lines, and what the law asks to be told."""

import pymupdf
import pytest

from rekisteri.kernel.db import db
from rekisteri.lists import letters
from rekisteri.lists.households import Addressee
from rekisteri.lists.models import Printout
from tests.customers.factories import make_person
from tests.lists.factories import asked, made, newest, printed
from tests.prohibitions.factories import forbid
from tests.selections.factories import save
from tests.support.paper import page_count, words_of

URL = "/luettelot/uusi/kirjeet"
TEXT = "Hyvä {nimi}\nToimistomme muuttaa 1.12.2026.\nTervetuloa käymään, {etunimi}!"
TOLD = {"title": "Toimistomme muuttaa", "text": TEXT, "signer": "Helmi Rauta"}


def sizes(page: pymupdf.Page) -> list[tuple[int, str]]:
    """Each piece of text with the size of its type."""
    lines = [line for block in page.get_text("dict")["blocks"] for line in block["lines"]]
    return [(round(span["size"]), span["text"]) for line in lines for span in line["spans"]]


def test_everybody_gets_the_same_letter_with_their_own_name(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    make_person(last_name="Aho", first_name="Aku", street="Rantatie 1", postcode="90100", city="Oulu")
    pdf = client.get(f"{made(client, save(), 'kirjeet', **TOLD)}.pdf").data
    assert page_count(pdf) == 2
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        first, second = (" ".join(page.get_text().split()) for page in document)
    assert "Hyvä Maija Virtanen" in first
    assert "Tervetuloa käymään, Maija!" in first
    assert "Hyvä Aku Aho" in second
    assert "Virtanen" not in second
    for text in (first, second):
        assert "Toimistomme muuttaa 1.12.2026." in text
        assert "Ystävällisin terveisin" in text
        assert "Helmi Rauta" in text


def test_the_address_and_nothing_else_stands_in_the_window_of_the_envelope(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    pdf = client.get(f"{made(client, save(), 'kirjeet', **TOLD)}.pdf").data
    box = letters.WINDOW
    edges = pymupdf.Rect(box.x, box.top, box.x + box.width, box.top + box.height) * (72 / 25.4)
    around = pymupdf.Rect(15, 40, 115, 79) * (72 / 25.4)
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        seen = [word for word in document[0].get_text("words") if pymupdf.Rect(word[:4]).intersects(around)]
    assert [word[4] for word in seen] == ["Maija", "Virtanen", "Mäkitie", "4", "A", "3", "00100", "HELSINKI"]
    assert all(edges.x0 - 1 <= word[0] and word[2] <= edges.x1 and edges.y0 - 1 <= word[1] for word in seen)


@pytest.mark.promise("kielto.suoramainonta")
def test_marketing_tells_how_to_forbid_it_and_where_the_address_is_from(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    text = printed(client, save(), "kirjeet", **TOLD)
    assert "Teillä on oikeus milloin tahansa kieltää tietojenne käyttö suoramarkkinointiin." in text
    assert "Osoitelähde: Kuusikon asiakasrekisteri, Kuusikon Kello Oy" in text
    assert "oikeus milloin tahansa" not in printed(client, save("Julkaisu", use="listing"), "kirjeet", **TOLD)


def test_who_forbids_before_the_printer_starts_gets_no_letter(client, sign_in, company) -> None:
    sign_in("kasittelija")
    maija = make_person()
    make_person(last_name="Aho", first_name="Aku")
    address = made(client, save(), "kirjeet", **TOLD)
    forbid(maija, "direct_mail")
    text = words_of(client.get(f"{address}.pdf").data)
    assert "Aku Aho" in text
    assert "Virtanen" not in text


def test_a_text_that_is_no_letter_stays_on_the_page_with_the_reason(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    answer = client.submit(URL, asked(save(), title="Kutsu", text="Hyvä {sukunimi}", signer=""))
    assert answer.status_code == 422
    assert "Paikkaa {sukunimi} ei tunneta" in answer.main
    assert answer.page.select_one("textarea").text.strip() == "Hyvä {sukunimi}"
    assert newest() is None


def test_a_test_print_of_a_letter_has_nobody_in_it(client, sign_in, company) -> None:
    sign_in("kasittelija")
    make_person()
    answer = client.submit(URL, asked(save(), action="test", **TOLD))
    assert "Hyvä Maija Mallikas" in words_of(answer.data)
    assert "Virtanen" not in words_of(answer.data)
    assert db.session.scalar(db.select(db.func.count(Printout.id))) == 0


def test_a_paragraph_keeps_room_for_the_longest_name_of_all(app, company) -> None:
    long = "Aleksandra Katariina Margareeta"
    people = [
        Addressee(1, True, "Ek, Bo", ("Tie 1", "00100 HELSINKI")),
        Addressee(2, True, f"von Schwarzenberg-Lindholm, {long}", ("Tie 2", "00100 HELSINKI")),
    ]
    text = "Olemme iloisia, että olette edelleen asiakkaamme ja luette tämän kirjeen aivan loppuun asti, {nimi}."
    letter = letters.Letter("Kirje", (text, "Seuraava kappale."), company.verified_on, company.controller())
    with letters.draw(letter, people).file as file, pymupdf.open(stream=file.read(), filetype="pdf") as document:
        for page, name in zip(document, ("Bo Ek.", "Schwarzenberg-Lindholm."), strict=True):
            (end,), (after,) = page.search_for(name), page.search_for("Seuraava kappale.")
            assert end.y1 <= after.y0 + 1
            assert {size for size, text in sizes(page) if "Olemme" in text or "Seuraava" in text} == {11}
