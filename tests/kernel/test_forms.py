"""A form in use: what is wrong is said and what was typed stays; rivals are shown side by side; a double click is harmless."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from rekisteri.kernel.db import Submission, db, transaction
from rekisteri.kernel.errors import Conflict, RuleViolation
from rekisteri.kernel.forms import Form
from tests.kernel.notepad import Note, NoteForm
from tests.support.client import ReadingClient, filled_in

MEGABYTE = 1024 * 1024


@pytest.fixture
def note(app: Flask) -> Note:
    """A note that somebody wrote."""
    with transaction():
        note = Note(title="Kauppalista", text="Maito")
        db.session.add(note)
    return note


def kept(page: Any) -> dict[str, Any]:
    """What the page's form now holds."""
    return filled_in(page.page.find("main").find("form"))


def count(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_good_form_is_saved_and_leads_to_its_result(client: ReadingClient) -> None:
    page = client.submit("/muistio/uusi", {"title": "Kauppalista"})
    assert page.request.path == "/muistio/1"
    assert kept(page)["title"] == "Kauppalista"


def test_a_refused_form_keeps_all_that_was_typed_and_says_virhe_in_the_title(client: ReadingClient) -> None:
    typed = {"title": "", "text": "Eka\nToka", "on": "31.2.2026", "section": "work", "weight": "heavy", "tags": ["red"]}
    page = client.submit("/muistio/uusi", typed | {"urgent": "y"})
    assert page.status_code == 422
    assert page.page.title.get_text().startswith("Virhe: ")
    after = kept(page)
    assert after["text"].replace("\r\n", "\n") == "Eka\nToka"
    assert (after["on"], after["section"], after["weight"], after["tags"]) == ("31.2.2026", "work", "heavy", "red")
    assert "urgent" in after
    assert "Anna otsikko." in page.main
    assert "Päivää 31.2.2026 ei ole kalenterissa." in page.main


def test_what_a_rule_refuses_is_said_on_the_field_it_belongs_to(client: ReadingClient) -> None:
    page = client.submit("/muistio/uusi", {"title": "Kielletty", "text": "Pysyy"})
    assert page.status_code == 422
    assert page.page.select_one("#title-error").get_text().endswith("Tällaista otsikkoa ei sallita.")
    assert kept(page)["text"] == "Pysyy"
    assert count(Note) == 0


def test_what_belongs_to_no_field_is_said_on_top(app: Flask) -> None:
    with app.test_request_context():
        form = NoteForm(formdata=None)
        form.fail(RuleViolation("Asia on jo päätetty."))
        form.fail(RuleViolation("Tuntematon kenttä.", field="nothing"))
        form.fail(RuleViolation("Otsikko on varattu.", field="title"))
        form.fail(RuleViolation("Otsikko on ruma.", field="title"))
    assert form.problems() == [
        (None, "Asia on jo päätetty."),
        (None, "Tuntematon kenttä."),
        ("title", "Otsikko on varattu."),
        ("title", "Otsikko on ruma."),
    ]
    assert form.status == 422


def test_a_rule_may_point_at_one_row_of_a_list(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"lines-0-what": "a", "lines-1-what": "b"}):
        form = NoteForm()
        form.fail(RuleViolation("Tämä on jo listalla.", field="lines-1-what"))
    assert form.errors == {"lines-1-what": ["Tämä on jo listalla."]}


@pytest.mark.parametrize("sign", ["x", "ä"])
def test_a_megabyte_of_text_is_refused_and_kept(client: ReadingClient, sign: str) -> None:
    client.reads_pages = False  # it would take its time over so long a page
    page = client.submit("/muistio/uusi", {"title": "Pitkä", "text": "alku " + sign * MEGABYTE})
    assert page.status_code == 422
    assert "Teksti on liian pitkä: enintään 4 000 merkkiä." in page.main.replace("\u00a0", " ")
    assert kept(page)["text"] == "alku " + sign * MEGABYTE


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_more_than_the_server_takes_is_told_in_finnish(client: ReadingClient, kind: str) -> None:
    page = client.post("/muistio/uusi", data={"text": "x" * 9 * MEGABYTE}, content_type=kind)
    assert page.status_code == 413
    assert "Lähetys on liian suuri" in page.main


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{{ 7*7 }}", '" onfocus="x', "</textarea><b>", "emoji 😀"]
)
def test_hostile_text_is_shown_as_the_text_it_is(client: ReadingClient, hostile: str) -> None:
    with client.foreign_words():
        page = client.submit("/muistio/uusi", {"title": hostile, "text": hostile, "on": hostile})
    assert kept(page)["title"] == kept(page)["text"] == kept(page)["on"] == hostile
    assert not page.page.select("main script, main b, [onfocus]")


def test_the_key_of_a_form_survives_a_refusal_and_is_used_once(client: ReadingClient) -> None:
    first = kept(client.get("/muistio/uusi"))
    refused = client.post("/muistio/uusi", data=first | {"title": "Kielletty"})
    again = kept(refused)
    assert again["once"] == first["once"]
    assert count(Submission) == 0
    done = client.post("/muistio/uusi", data=again | {"title": "Sallittu"})
    twice = client.post("/muistio/uusi", data=again | {"title": "Sallittu"})
    assert done.status_code == twice.status_code == 303
    assert done.location == twice.location
    assert count(Note) == count(Submission) == 1


def test_each_page_has_a_key_of_its_own(client: ReadingClient) -> None:
    keys = {kept(client.get("/muistio/uusi"))["once"] for _ in range(5)}
    assert len(keys) == 5


@pytest.mark.parametrize("key", ["", "x", "a" * 5000, "nul\x00nul-nul", "välilyönti ja ääkköset"])
def test_a_key_that_no_page_gave_does_no_harm(client: ReadingClient, key: str) -> None:
    for _ in range(2):
        assert client.submit("/muistio/uusi", {"title": "Kahvia", "once": key}, follow=False).status_code == 303
    assert count(Note) == 2


def test_a_form_without_its_key_is_still_done(client: ReadingClient) -> None:
    assert client.submit("/muistio/uusi", {"title": "Kahvia", "once": None}).status_code == 200
    assert count(Note) == 1


def save_elsewhere(app: Flask, title: str) -> None:
    """What a colleague saves while the form is open here."""
    with app.app_context():
        with transaction():
            db.session.get(Note, 1).title = title
        db.session.remove()


def test_a_save_over_a_colleagues_is_stopped_and_both_are_shown(app: Flask, client: ReadingClient, note: Note) -> None:
    mine = kept(client.get("/muistio/1")) | {"title": "Minun", "text": "Maito"}
    save_elsewhere(app, "Toisen")
    page = client.post("/muistio/1", data=mine)
    assert page.status_code == 409
    assert "Joku muu on tallentanut saman kohdan" in page.main
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.page.select("main tbody tr")]
    assert rows == [["Otsikko", "Minun", "Toisen"]]
    assert kept(page)["title"] == "Minun"


def test_after_seeing_both_one_may_knowingly_save_ones_own(app: Flask, client: ReadingClient, note: Note) -> None:
    mine = kept(client.get("/muistio/1")) | {"title": "Minun"}
    save_elsewhere(app, "Toisen")
    warned = client.post("/muistio/1", data=mine)
    assert client.post("/muistio/1", data=kept(warned)).status_code == 303
    db.session.rollback()
    assert db.session.get(Note, 1).title == "Minun"
    assert db.session.get(Note, 1).version == 3


@pytest.mark.parametrize("version", ["", "99", "-1", "9" * 40, None])
def test_a_version_that_is_not_the_rows_saves_nothing(client: ReadingClient, note: Note, version: str | None) -> None:
    page = client.submit("/muistio/1", {"title": "Uusi", "version": version})
    assert page.status_code == 409
    db.session.rollback()
    assert db.session.get(Note, 1).title == "Kauppalista"


def test_mine_and_theirs_are_told_in_the_words_of_the_choices(app: Flask) -> None:
    typed = {"title": "Sama", "section": "work", "weight": "light", "tags": ["red", "blue"], "urgent": "y"}
    theirs = {"title": "Sama", "section": "Koti", "weight": "Raskas", "tags": "", "urgent": "ei", "gone": "x"}
    with app.test_request_context(method="POST", data=typed):
        form = NoteForm()
        with form.violations():
            raise Conflict(theirs=theirs, version=4)
    assert form.mine_and_theirs() == [
        ("Osasto", "Työ", "Koti"),
        ("Paino", "Kevyt", "Raskas"),
        ("Merkinnät", "Punainen, Sininen", ""),
        ("Kiireinen", "kyllä", "ei"),
    ]
    assert form.version.data == 4
    assert form.status == 409


def test_a_conflict_on_a_form_without_versions_is_only_told(app: Flask) -> None:
    with app.test_request_context(method="POST", data={}):
        form = Form()
        with form.violations():
            raise Conflict(version=2)
    assert form.status == 409
    assert form.mine_and_theirs() == []
    assert len(form.problems()) == 1
