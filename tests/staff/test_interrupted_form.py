"""Nothing typed is lost when the session ended while a form was open."""

import json

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db, transaction
from rekisteri.staff import service
from rekisteri.staff.models import User, UserSession
from tests.staff.factories import PASSWORD, make_user

OURS = {"Origin": "http://localhost"}
TYPED = {
    "full_name": "Žofia Mäki-Törmä",
    "username": "zofia",
    "title": "Myyntisihteeri",
    "roles": ["lukija", "kasittelija"],
}


@pytest.fixture
def admin(sign_in):
    return sign_in("paakayttaja", full_name="Eero Lahti")


@pytest.fixture
def interrupted(client, admin):
    """A long form was filled in and sent after the session had ended."""
    form = hidden_of(client.get("/kayttajat/uusi"))
    end_sessions()
    return client.post("/kayttajat/uusi", data=form | TYPED, headers=OURS)


def hidden_of(answer):
    return {field["name"]: field["value"] for field in answer.page.select("main form input[type=hidden]")}


def end_sessions():
    with transaction():
        for row in db.session.query(UserSession).filter(UserSession.ended_at.is_(None)):
            row.ended_at, row.ended_reason = now(), "idle"


def signed_in_again(client, interrupted, username):
    fields = hidden_of(interrupted) | {"username": username, "password": PASSWORD}
    return client.post("/kirjaudu", data=fields)


def test_the_sign_in_page_promises_to_give_the_form_back(interrupted):
    assert interrupted.status_code == 401
    assert "Istuntosi on päättynyt." in interrupted.main
    assert "saat kirjoittamasi takaisin" in interrupted.main
    assert interrupted.page.select_one("input[name=username]") is not None


def test_after_signing_in_what_was_typed_is_there_and_can_be_sent(client, admin, interrupted):
    back = signed_in_again(client, interrupted, admin.username)
    assert back.status_code == 200
    assert "Jatka siitä, mihin jäit" in back.main
    assert "Žofia Mäki-Törmä" in back.main
    form = back.page.select_one("main form")
    assert form["action"] == "/kayttajat/uusi"
    fields = {}
    for field in form.select("input[name]"):
        fields.setdefault(field["name"], []).append(field["value"])
    answer = client.post("/kayttajat/uusi", data=fields)
    assert answer.status_code == 200
    made = db.session.query(User).filter_by(username="zofia").one()
    assert (made.full_name, made.title, made.roles) == ("Žofia Mäki-Törmä", "Myyntisihteeri", ["lukija", "kasittelija"])


def test_a_mistyped_password_does_not_lose_the_form(client, admin, interrupted):
    fields = hidden_of(interrupted) | {"username": admin.username, "password": "väärä salasana tässä"}
    again = client.post("/kirjaudu", data=fields)
    assert again.status_code == 422
    assert "saat kirjoittamasi takaisin" in again.main
    back = signed_in_again(client, again, admin.username)
    assert "Žofia Mäki-Törmä" in back.main


def test_nothing_is_done_before_the_person_has_signed_in(client, interrupted):
    assert db.session.query(User).filter_by(username="zofia").count() == 0


def test_another_person_at_the_same_desk_does_not_get_the_form(client, interrupted):
    make_user("paakayttaja", username="tyyne")
    answer = signed_in_again(client, interrupted, "tyyne")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Žofia" not in page.words


def test_a_form_sent_from_another_site_is_not_carried_along(client, admin):
    form = hidden_of(client.get("/kayttajat/uusi"))
    end_sessions()
    for headers in ({}, {"Origin": "https://evil.fi"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.post("/kayttajat/uusi", data=form | TYPED, headers=headers)
        assert answer.status_code == 401
        assert hidden_of(answer)["resume"] == ""


def test_a_browser_that_sends_no_origin_but_says_it_is_our_page_is_believed(client, admin):
    form = hidden_of(client.get("/kayttajat/uusi"))
    end_sessions()
    answer = client.post("/kayttajat/uusi", data=form | TYPED, headers={"Sec-Fetch-Site": "same-origin"})
    assert json.loads(hidden_of(answer)["resume"])["path"] == "/kayttajat/uusi"


def test_passwords_are_never_carried_in_a_page(client, admin):
    form = hidden_of(client.get("/kayttajat/oma/salasana"))
    end_sessions()
    data = form | {"current": PASSWORD, "password": "pilvi laukka tuohi", "again": "pilvi laukka tuohi"}
    answer = client.post("/kayttajat/oma/salasana", data=data, headers=OURS)
    assert answer.status_code == 401
    assert "pilvi laukka tuohi" not in answer.text
    assert PASSWORD not in answer.text


def test_a_hostile_form_comes_back_as_text_and_stays_in_the_register(client, admin):
    form = hidden_of(client.get("/kayttajat/uusi"))
    end_sessions()
    hostile = {"full_name": '"><script>alert(1)</script>', "title": "{{7*7}}"}
    with client.foreign_words():
        interrupted = client.post("/kayttajat/uusi", data=form | hostile, headers=OURS)
        back = signed_in_again(client, interrupted, admin.username)
    assert "<script>alert" not in interrupted.text + back.text
    assert "49" not in back.page.select_one("main").get_text()


@pytest.mark.parametrize("carried", ["", "{}", "[]", "null", "x", '{"path": 1, "fields": [["a"]]}', '{"fields": []}'])
def test_a_broken_carried_form_is_simply_left_out(client, carried):
    make_user("paakayttaja", username="tyyne")
    answer = client.submit("/kirjaudu", {"username": "tyyne", "password": PASSWORD, "resume": carried}, follow=False)
    assert answer.status_code == 303


def test_a_carried_form_that_aims_elsewhere_leads_home(client):
    make_user("paakayttaja", username="tyyne")
    carried = json.dumps({"path": "//evil.fi/", "fields": [["a", "b"]]})
    answer = client.submit("/kirjaudu", {"username": "tyyne", "password": PASSWORD, "resume": carried})
    assert answer.page.select_one("main form")["action"] == "/"


def test_a_piece_of_a_page_says_that_the_session_is_over_and_touches_nothing(client, admin):
    end_sessions()
    for answer in (client.htmx("/kayttajat/"), client.post("/kayttajat/uusi", headers={"HX-Request": "true"} | OURS)):
        assert answer.status_code == 401
        assert "HX-Redirect" not in answer.headers
        sentence = answer.page.select_one("[data-sentence]")["data-sentence"]
        assert sentence.startswith("Istuntosi on päättynyt.")
        assert "toisessa välilehdessä" in sentence


def test_pages_left_open_can_be_sent_after_signing_in_anew_in_another_tab(client, admin):
    left_open = hidden_of(client.get("/kayttajat/uusi"))
    end_sessions()
    client.sign_in(admin.username, PASSWORD)
    answer = client.post("/kayttajat/uusi", data=left_open | TYPED)
    assert answer.status_code == 200
    assert db.session.query(User).filter_by(username="zofia").count() == 1


def test_pages_that_somebody_else_left_open_cannot_be_sent_in_anothers_name(client, admin):
    left_open = hidden_of(client.get("/kayttajat/uusi"))
    end_sessions()
    make_user("paakayttaja", username="tyyne")
    client.sign_in("tyyne", PASSWORD)
    assert client.post("/kayttajat/uusi", data=left_open | TYPED).status_code == 400
    assert db.session.query(User).filter_by(username="zofia").count() == 0


def test_a_page_asked_for_without_a_session_is_given_after_signing_in(client, admin):
    end_sessions()
    asked = client.get(f"/kayttajat/{admin.id}?x=1&y=2")
    assert asked.status_code == 303
    fields = {"username": admin.username, "password": PASSWORD}
    answer = client.submit(asked.location, fields, action="/kirjaudu", follow=False)
    assert answer.location == f"/kayttajat/{admin.id}?x=1&y=2"


def test_what_was_typed_reaches_neither_the_log_nor_an_address(client, interrupted):
    assert "Žofia" not in str(interrupted.headers)
    assert not any("Žofia" in json.dumps(row.facts) for row in db.session.query(AuditEvent))


def test_a_form_can_be_given_back_to_a_user_whose_roles_were_changed_meanwhile(client, admin, interrupted):
    make_user("paakayttaja", username="tyyne")
    with transaction():
        user = service.find_user(admin.username)
        names = {"username": user.username, "full_name": user.full_name, "title": "", "employer": ""}
        service.change_user(user=user, version=user.version, **names, roles=["lukija"], by=user)
    back = signed_in_again(client, interrupted, admin.username)
    assert "Žofia Mäki-Törmä" in back.main
    answer = client.post("/kayttajat/uusi", data=hidden_of(back))
    assert answer.status_code == 403
