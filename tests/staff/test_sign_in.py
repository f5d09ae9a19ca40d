"""Signing in and out in the browser."""

from ipaddress import ip_network

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db, transaction
from rekisteri.staff import passwords, service
from rekisteri.staff.models import SignInThrottle, User, UserSession
from tests.staff.factories import PASSWORD, make_user


def events_named(name):
    return db.session.query(AuditEvent).filter_by(event=name).all()


@pytest.mark.promise("atk.tunnus")
def test_a_person_signs_in_with_a_user_name_and_password_of_their_own(client):
    make_user("kasittelija", username="maija", full_name="Maija Harju")
    answer = client.submit("/kirjaudu", {"username": "maija", "password": PASSWORD}, follow=False)
    assert answer.status_code == 303
    assert answer.location == "/"
    assert "Maija Harju" in client.get("/kayttajat/oma").words


def test_the_user_name_is_the_same_in_capitals_and_with_spaces_around(client):
    make_user("kasittelija", username="maija")
    client.sign_in(" MAIJA ", PASSWORD)


def test_the_form_has_the_three_fields_that_scripts_rely_on(client):
    form = client.get("/kirjaudu").page.select_one("main form")
    assert form["action"] == "/kirjaudu"
    assert {"username", "password", "csrf_token"} <= {field["name"] for field in form.select("input[name]")}


@pytest.mark.parametrize(
    ("username", "password"), [("maija", "väärä salasana tässä"), ("matti", PASSWORD), ("maija", PASSWORD + " ")]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client, username, password):
    make_user("kasittelija", username="maija")
    answer = client.submit("/kirjaudu", {"username": username, "password": password})
    assert answer.status_code == 422
    assert "Käyttäjätunnus tai salasana on väärä." in answer.main
    assert "Virhe:" in answer.page.title.text
    assert answer.page.select_one("input[name=username]")["value"] == username
    assert not answer.page.select_one("input[type=password]").get("value")


def test_an_empty_form_says_what_is_missing(client):
    answer = client.submit("/kirjaudu", {})
    assert answer.status_code == 422
    assert "Kirjoita käyttäjätunnus." in answer.main
    assert "Kirjoita salasana." in answer.main


def test_without_a_form_token_nobody_signs_in(client):
    make_user("kasittelija", username="maija")
    answer = client.post("/kirjaudu", data={"username": "maija", "password": PASSWORD})
    assert answer.status_code == 400
    assert db.session.query(UserSession).count() == 0


def test_a_password_longer_than_any_real_one_is_simply_wrong(client):
    make_user("kasittelija", username="maija")
    answer = client.submit("/kirjaudu", {"username": "maija", "password": "x" * 100_000})
    assert answer.status_code == 422


def test_a_user_who_has_no_password_yet_cannot_sign_in_with_an_empty_one(app, client):
    with transaction():
        service.create_user(username="uusi", full_name="Uusi Ihminen", roles=["lukija"])
    for password in ("", "x"):
        assert client.submit("/kirjaudu", {"username": "uusi", "password": password}).status_code == 422


def test_a_user_out_of_use_learns_it_only_with_the_right_password(client):
    user = make_user("kasittelija", username="maija")
    with transaction():
        service.disable(user=user, by=None)
    wrong = client.submit("/kirjaudu", {"username": "maija", "password": "väärä salasana tässä"})
    assert "ei ole käytössä" not in wrong.main
    right = client.submit("/kirjaudu", {"username": "maija", "password": PASSWORD})
    assert right.status_code == 422
    assert "Käyttäjätunnuksesi ei ole käytössä." in right.main


def test_after_signing_in_one_comes_to_the_page_one_wanted(client):
    make_user("kasittelija", username="maija")
    asked = client.get("/kayttajat/oma")
    assert asked.status_code == 303
    assert asked.location == "/kirjaudu?next=/kayttajat/oma"
    answer = client.submit(
        asked.location, {"username": "maija", "password": PASSWORD}, action="/kirjaudu", follow=False
    )
    assert answer.location == "/kayttajat/oma"


@pytest.mark.parametrize(
    "trap",
    ["https://evil.fi/", "//evil.fi", "///evil.fi", "/\\evil.fi", "/\t/evil.fi", "\\\\evil.fi", "javascript:alert(1)"],
)
def test_signing_in_never_leads_out_of_the_register(client, trap):
    make_user("kasittelija", username="maija")
    data = {"username": "maija", "password": PASSWORD, "next": trap}
    answer = client.submit("/kirjaudu", data, follow=False)
    assert answer.status_code == 303
    assert answer.location == "/"


def test_a_signed_in_person_need_not_sign_in_again(client, sign_in):
    sign_in("kasittelija")
    answer = client.get("/kirjaudu?next=/kayttajat/oma")
    assert answer.status_code == 303
    assert answer.location == "/kayttajat/oma"


@pytest.mark.promise("evasteet")
def test_the_register_sets_exactly_one_cookie_that_scripts_cannot_read(client):
    make_user("kasittelija", username="maija")
    answers = [client.get("/kirjaudu")]
    answers.append(client.submit("/kirjaudu", {"username": "maija", "password": PASSWORD}, follow=False))
    answers += [client.get("/kayttajat/oma"), client.get("/kayttajat/oikeudet"), client.get("/ei-ole")]
    answers.append(client.submit("/kayttajat/oma", {}, action="/kirjaudu-ulos", follow=False))
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert {cookie.partition("=")[0] for cookie in cookies} == {"rekisteri"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
    assert all("Expires" not in cookie or "1970" in cookie for cookie in cookies), "it lives no longer than the browser"


def test_behind_https_the_cookie_is_bound_to_the_host(make_app, monkeypatch):
    monkeypatch.setenv("REKISTERI_TRUSTED_HOSTS", "rekisteri.esimerkki.fi")
    app = make_app()
    with app.app_context():
        answer = app.test_client().get("/kirjaudu", base_url="https://rekisteri.esimerkki.fi")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-rekisteri=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_the_session_gets_a_new_token_at_every_sign_in(app):
    make_user("kasittelija", username="maija")
    tokens = set()
    for _ in range(3):
        client = app.test_client()
        client.sign_in("maija", PASSWORD)
        with client.session_transaction() as cookie:
            tokens.add(cookie["_user_id"])
    assert len(tokens) == 3


def test_what_an_earlier_visitor_had_in_the_cookie_is_gone_after_signing_in(client):
    make_user("kasittelija", username="maija")
    client.get("/kirjaudu")
    with client.session_transaction() as cookie:
        cookie["planted"] = "yes"
        before = cookie["csrf_token"]
    client.sign_in("maija", PASSWORD)
    client.get("/kayttajat/oma")
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["csrf_token"] != before


def test_the_database_holds_neither_the_token_nor_the_password(client, sign_in):
    user = sign_in("kasittelija")
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    row = db.session.query(UserSession).one()
    assert len(token) >= 43
    assert row.token_hash != token
    assert PASSWORD not in db.session.get(User, user.id).password_hash


def test_a_hash_made_the_old_way_is_renewed_when_its_owner_signs_in(client, app):
    user = make_user("kasittelija", username="maija")
    app.config["PASSWORD_METHOD"] = "scrypt:1024:8:1"
    client.sign_in("maija", PASSWORD)
    db.session.expire_all()
    assert user.password_hash.startswith("scrypt:1024:8:1$")
    assert passwords.is_right(user.password_hash, PASSWORD)


def test_signing_in_anew_in_the_same_browser_ends_the_session_it_carried(client, app):
    make_user("kasittelija", username="maija")
    make_user("kasittelija", username="eero")
    client.sign_in("maija", PASSWORD)
    token = client.get("/kayttajat/oma").page.select_one("input[name=csrf_token]")["value"]
    client.post("/kirjaudu", data={"username": "eero", "password": PASSWORD, "csrf_token": token})
    ends = {row.user.username: row.ended_reason for row in db.session.query(UserSession)}
    assert ends == {"maija": "replaced", "eero": ""}


def test_signing_in_failing_and_signing_out_stand_in_the_log_without_any_name(client):
    user = make_user("kasittelija", username="maija")
    client.submit("/kirjaudu", {"username": "maija", "password": "väärä salasana tässä"})
    client.submit("/kirjaudu", {"username": "olematon", "password": "väärä salasana tässä"})
    client.sign_in("maija", PASSWORD)
    client.submit("/kayttajat/oma", {}, action="/kirjaudu-ulos")
    assert [event.subject for event in events_named("staff.sign_in_failed")] == [user.subject, "user:unknown"]
    assert [event.actor_id for event in events_named("staff.signed_in")] == [user.id]
    assert [event.actor_id for event in events_named("staff.signed_out")] == [user.id]


@pytest.mark.promise("atk.palomuuri")
def test_nobody_signs_in_from_outside_the_companys_network(make_app):
    app = make_app(ALLOWED_NETWORKS=[ip_network("10.0.0.0/8"), ip_network("fd00::/8")])
    client = app.test_client()
    inside, outside = {"REMOTE_ADDR": "10.1.2.3"}, {"REMOTE_ADDR": "192.0.2.7"}
    with app.app_context():
        assert client.get("/kirjaudu", environ_overrides=inside).status_code == 200
        refused = client.get("/kirjaudu", environ_overrides=outside)
        assert refused.status_code == 403
        assert "vain yrityksen omasta verkosta" in refused.words
        assert client.post("/kirjaudu", data={}, environ_overrides=outside).status_code == 403
        assert client.get("/kayttoonotto/x", environ_overrides=outside).status_code == 403


def test_tries_are_kept_as_hashes_for_people_type_their_password_into_the_wrong_field(client):
    client.submit("/kirjaudu", {"username": "oma-salasanani-on-tämä", "password": "x"})
    keys = [row.key for row in db.session.query(SignInThrottle)]
    assert not any("salasanani" in key for key in keys)
