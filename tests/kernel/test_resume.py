"""A form whose token is missing or old is given back as it was typed, but only to our own page and never a password."""

import json
from typing import Any

import pytest
from flask import Flask

from rekisteri.kernel import resume
from tests.kernel.notepad import CANARY
from tests.support.client import ReadingClient, filled_in

OURS = {"Origin": "http://localhost"}
TYPED = {"title": "Kauppalista", "text": f"Maito\nja {CANARY}", "tags": ["red", "blue"], "once": "avain-0123456789"}


def given_back(answer: Any) -> dict[str, Any]:
    """What the page's form would send again."""
    return filled_in(answer.page.select_one("main form"))


@pytest.mark.parametrize("token", [None, "", "vanha", "a.b.c"])
def test_a_form_with_an_old_token_is_given_back_and_can_be_sent_again(client: ReadingClient, token: str | None) -> None:
    client.get("/muistio/uusi")
    answer = client.post("/muistio/uusi", data=TYPED | ({} if token is None else {"csrf_token": token}), headers=OURS)
    assert answer.status_code == 400
    assert "Lähetä lomake uudelleen" in answer.main
    again = given_back(answer)
    assert {name: again[name] for name in TYPED} == TYPED
    done = client.post(answer.page.select_one("main form")["action"], data=again, headers=OURS)
    assert done.status_code == 303
    assert client.get("/muistio/").main.endswith("Kauppalista")


def test_a_session_that_is_gone_costs_no_text(client: ReadingClient) -> None:
    sent = filled_in(client.get("/muistio/uusi").page.select_one("main form")) | TYPED
    client.delete_cookie("rekisteri")
    again = given_back(client.post("/muistio/uusi", data=sent, headers=OURS))
    assert again["title"] == "Kauppalista"
    assert client.post("/muistio/uusi", data=again, headers=OURS).status_code == 303


def test_the_page_shows_what_was_typed_without_the_forms_inner_names(client: ReadingClient) -> None:
    page = client.post("/muistio/uusi", data=TYPED, headers=OURS)
    assert CANARY in page.main
    assert "title" not in page.main
    assert "avain-0123456789" not in page.main


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.fi"},
        {"Origin": "http://localhost.evil.fi"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost:8000"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.fi", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "http://localhost/muistio/uusi"},
        {},
    ],
)
def test_a_form_that_another_site_may_have_sent_is_refused_without_its_text(
    client: ReadingClient, headers: dict[str, str]
) -> None:
    answer = client.post("/muistio/uusi", data=TYPED, headers=headers)
    assert answer.status_code == 400
    assert CANARY not in answer.text
    assert "Kauppalista" not in answer.text
    assert "Lomakkeen turvatunniste on vanhentunut." in answer.main


def test_a_browser_that_vouches_for_itself_is_believed(client: ReadingClient) -> None:
    answer = client.post("/muistio/uusi", data=TYPED, headers={"Sec-Fetch-Site": "same-origin"})
    assert CANARY in answer.text


@pytest.mark.parametrize("name", ["password", "new_password", "Password_again", "salasana", "vanha_SALASANA"])
def test_a_password_is_never_carried(client: ReadingClient, name: str) -> None:
    answer = client.post("/muistio/salainen", data={name: "siniset kivet soivat", "reason": CANARY}, headers=OURS)
    assert answer.status_code == 400
    assert "siniset kivet" not in answer.text
    assert CANARY not in answer.text


def test_files_are_asked_for_again(client: ReadingClient) -> None:
    page = client.post("/muistio/uusi", data=TYPED | {"scan": (__file__, "skannaus.pdf")}, headers=OURS)
    assert "Lisää liitteet uudelleen" in page.main
    assert "scan" not in given_back(page)


def test_without_files_nothing_is_said_of_them(client: ReadingClient) -> None:
    assert "liitteet" not in client.post("/muistio/uusi", data=TYPED, headers=OURS).main


def test_the_address_is_kept_with_its_question(client: ReadingClient) -> None:
    page = client.post("/muistio/uusi?malli=7", data=TYPED, headers=OURS)
    assert page.page.select_one("main form")["action"] == "/muistio/uusi?malli=7"


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "{{ 7*7 }}", "' onclick='x"])
def test_hostile_text_comes_back_as_the_text_it_is(client: ReadingClient, hostile: str) -> None:
    with client.foreign_words():
        page = client.post("/muistio/uusi", data={"title": hostile, hostile: "x"}, headers=OURS)
    assert given_back(page)["title"] == hostile
    assert not page.page.select("main script, [onclick]")


def test_htmx_gets_a_sentence_as_the_form_stays_on_its_page(client: ReadingClient) -> None:
    answer = client.post("/muistio/uusi", data=TYPED, headers={**OURS, "HX-Request": "true"})
    assert answer.status_code == 400
    assert answer.page.select_one("[data-sentence]")["data-sentence"].startswith("Lomakkeen turvatunniste")
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    "carried",
    [
        None,
        "",
        "x",
        "[]",
        "7",
        "null",
        '"text"',
        "{}",
        '{"path": "/x"}',
        '{"path": "/x", "fields": 7}',
        '{"path": "/x", "fields": [["a"]]}',
        '{"path": "/x", "fields": ["abc"]}',
        "[" * 100_000,
    ],
    ids=lambda text: str(text)[:30],
)
def test_what_is_no_carried_form_is_none(carried: str | None) -> None:
    assert resume.read(carried) is None


@pytest.mark.parametrize("path", ["https://evil.fi/", "//evil.fi", "/\\evil.fi", "javascript:alert(1)", 7])
def test_a_carried_form_is_sent_only_to_ourselves(path: object) -> None:
    form = resume.read(json.dumps({"path": path, "fields": [["a", "b"]]}))
    assert form is None or form["path"] == "/"


def test_a_form_is_carried_as_it_was_typed(app: Flask) -> None:
    with app.test_request_context("/muistio/7?a=b", method="POST", data=TYPED, headers=OURS):
        form = resume.read(resume.typed_form())
    assert form == {
        "path": "/muistio/7?a=b",
        "fields": [
            ("title", TYPED["title"]),
            ("text", TYPED["text"]),
            ("tags", "red"),
            ("tags", "blue"),
            ("once", TYPED["once"]),
        ],
        "files": False,
    }
