"""What the other tests stand on stands itself."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import ImageFile
from sqlalchemy import func, select

from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db
from rekisteri.staff.models import User
from tests.staff.factories import make_user
from tests.support.client import PageFault, ReadingClient, chosen_form, filled_in
from tests.support.databases import wanted_kinds
from tests.support.verapdf import violations

FORM = """
<form action="/haku" method="get"><input name="q"></form>
<main>
<form action="/asia/1" method="post">
<input type="hidden" name="csrf_token" value="t">
<input name="nimi" value="Virtanen"><input name="pois" value="x" disabled>
<textarea name="teksti">
rivi 1
rivi 2</textarea>
<select name="laji"><option value="a">A</option><option value="b" selected>B</option></select>
<select name="ensimmainen"><option value="1">1</option><option value="2">2</option></select>
<input type="checkbox" name="valittu" value="1" checked><input type="checkbox" name="valittu" value="2" checked>
<input type="checkbox" name="ei" value="1"><input type="radio" name="tapa" value="posti"><input type="file" name="liite">
<button name="toiminto" value="tallenna">Tallenna</button>
</form>
<form action="/asia/1/poista" method="post"><input name="syy" value=""></form>
</main>
"""


def test_a_form_is_filled_in_as_a_browser_would() -> None:
    form = chosen_form(BeautifulSoup(FORM, "html.parser"), "/asia/1", None)
    assert filled_in(form) == {
        "csrf_token": "t",
        "nimi": "Virtanen",
        "teksti": "rivi 1\nrivi 2",
        "laji": "b",
        "ensimmainen": "1",
        "valittu": ["1", "2"],
    }


@pytest.mark.parametrize(
    ("url", "action", "found"),
    [("/asia/1", None, "/asia/1"), ("/muu", None, "/asia/1"), ("/asia/1", "/poista", "/asia/1/poista")],
)
def test_the_right_form_of_a_page_is_chosen(url: str, action: str | None, found: str) -> None:
    assert chosen_form(BeautifulSoup(FORM, "html.parser"), url, action)["action"] == found


def test_a_form_that_is_not_there_is_named() -> None:
    with pytest.raises(AssertionError, match="has no form for /muuta; its forms post to /asia/1"):
        chosen_form(BeautifulSoup(FORM, "html.parser"), "/asia/1", "/muuta")


def test_a_field_that_the_form_lacks_cannot_be_filled_in(client: ReadingClient) -> None:
    with pytest.raises(AssertionError, match="has no field 'salasanna'; it has"):
        client.submit("/kirjaudu", {"salasanna": "x"})


def test_a_faulty_page_fails_the_test_that_fetches_it(client: ReadingClient, app: Flask) -> None:
    app.view_functions["staff.sign_in"] = lambda: '<p id="a">x</p><p id="a">y</p>'
    app.view_functions["staff.sign_in"].permission = "public"  # type: ignore[attr-defined]
    client.reads_pages = True
    with pytest.raises(PageFault, match='id="a" stands 2 times'):
        client.get("/kirjaudu")


@pytest.mark.parametrize("number", [1, 2])
def test_each_test_has_a_database_of_its_own(app: Flask, number: int) -> None:
    assert db.session.scalar(select(func.count(User.id))) == 0
    make_user("lukija", username=f"kayttaja-{number}")


def test_a_test_sees_what_a_request_has_changed(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    user = sign_in("lukija")
    assert user.username
    client.get("/kayttajat/oma")
    assert db.session.get(User, user.id) is not None


def test_unsaved_changes_of_a_test_are_not_lost_silently(client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    user = sign_in("lukija")
    user.full_name = "Toinen Nimi"
    with pytest.raises(AssertionError, match="unsaved changes"):
        client.get("/terveys")


def test_two_people_can_be_signed_in_at_once(app: Flask, client: ReadingClient, sign_in: Callable[..., Any]) -> None:
    other = app.test_client()
    first, second = sign_in("lukija"), sign_in("paakayttaja", client=other)
    assert first.full_name in client.get("/kayttajat/oma").words
    assert second.full_name in other.get("/kayttajat/oma").words


def test_the_clock_can_be_stopped(freeze: Callable[..., None]) -> None:
    freeze("2026-02-28T23:30")
    assert (now().isoformat(), today().isoformat()) == ("2026-02-28T21:30:00+00:00", "2026-02-28")
    freeze("2026-06-19")
    assert (now().isoformat(), today().isoformat()) == ("2026-06-19T09:00:00+00:00", "2026-06-19")


def test_an_unknown_kind_of_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REKISTERI_TEST_DATABASE", "sqlite, postgresql")
    assert wanted_kinds() == ["sqlite", "postgresql"]
    monkeypatch.setenv("REKISTERI_TEST_DATABASE", "oracle")
    with pytest.raises(ValueError, match="oracle"):
        wanted_kinds()


def test_the_command_line_answers_with_its_words_and_status(command: Callable[..., Any]) -> None:
    answer = command("user", "disable", "ei-ole")
    assert answer.exit_code == 1
    assert "Käyttäjää ei-ole ei ole." in answer.output


def test_the_validator_of_documents_tells_a_good_one_from_a_bad_one(
    verapdf: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)  # WeasyPrint's import sets it for the whole process
    from weasyprint import HTML

    page = HTML(string='<html lang="fi"><title>Koe</title><p>Šakki Žukov</p>')
    accessible = page.write_pdf(pdf_variant="pdf/ua-1")
    verapdf(accessible, "ua1")
    assert violations(accessible, "3a")
    with pytest.raises(AssertionError, match="not ua1"):
        verapdf(page.write_pdf(), "ua1")
