"""The users' pages: only named people use the register."""

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff import service
from rekisteri.staff.models import User
from tests.staff.factories import PASSWORD, make_user

NEW = {"full_name": "Tyyne Harju", "username": "tyyne", "title": "Asiakaspalvelija", "roles": ["kasittelija"]}
OWN_PASSWORD = "pilvi laukka tuohi rengas"


@pytest.fixture
def admin(sign_in):
    return sign_in("paakayttaja", full_name="Eero Lahti", username="eero")


def reread(user):
    db.session.expire_all()
    return db.session.get(User, user.id)


def log(event):
    return [(row.subject, row.actor_id, row.facts) for row in db.session.query(AuditEvent).filter_by(event=event)]


def one_time_password_on(answer):
    return answer.page.select_one("#kertakayttosalasana").text


@pytest.mark.promise("atk.nimetyt")
def test_the_list_names_everybody_with_employer_roles_and_commitment(client, admin):
    make_user("lukija", full_name="Onni Saari", username="onni", employer="Paino Oy", committed=False)
    page = client.get("/kayttajat/")
    rows = [" ".join(row.get_text(" ").split()) for row in page.page.select("main tbody tr")]
    assert rows == ["Eero Lahti eero Oma yritys Pääkäyttäjä Voimassa", "Onni Saari onni Paino Oy Lukija Puuttuu"]


def test_those_out_of_use_come_last_in_the_list(client, admin):
    with transaction():
        gone = service.create_user(username="aapo", full_name="Aapo Aalto", roles=["lukija"])
        service.disable(user=gone, by=None)
    make_user("lukija", full_name="Örn Öman")
    names = [link.text for link in client.get("/kayttajat/").page.select("main tbody th a")]
    assert names == ["Eero Lahti", "Örn Öman", "Aapo Aalto"]


@pytest.mark.promise("atk.nimetyt")
def test_a_named_person_is_added_and_chooses_a_password_at_the_first_sign_in(client, admin, app):
    answer = client.submit("/kayttajat/uusi", NEW)
    assert answer.status_code == 200
    person = app.test_client()
    person.sign_in("tyyne", one_time_password_on(answer))
    assert person.get("/kayttajat/oma").location == "/kayttajat/oma/salasana"
    page = person.get("/kayttajat/oma/salasana")
    assert "Kirjauduit kertakäyttösalasanalla." in page.main
    data = {"current": one_time_password_on(answer), "password": OWN_PASSWORD, "again": OWN_PASSWORD}
    assert "Salasana on vaihdettu." in person.submit("/kayttajat/oma/salasana", data).main
    app.test_client().sign_in("tyyne", OWN_PASSWORD)


def test_before_choosing_a_password_nothing_else_can_be_done(client, admin, app):
    person = app.test_client()
    person.sign_in("tyyne", one_time_password_on(client.submit("/kayttajat/uusi", NEW | {"roles": ["paakayttaja"]})))
    for page in ("/", "/kayttajat/", "/kayttajat/uusi", "/kayttajat/oikeudet"):
        answer = person.get(page)
        assert (answer.status_code, answer.location) == (303, "/kayttajat/oma/salasana")
    token = person.get("/kayttajat/oma/salasana").page.select_one("main input[name=csrf_token]")["value"]
    assert person.post("/kayttajat/uusi", data=NEW | {"csrf_token": token}).status_code == 403
    assert person.submit("/kayttajat/oma/salasana", {}, action="/kirjaudu-ulos", follow=False).status_code == 303


def test_the_one_time_password_is_shown_once_and_kept_nowhere(client, admin):
    answer = client.submit("/kayttajat/uusi", NEW)
    password = one_time_password_on(answer)
    user = db.session.query(User).filter_by(username="tyyne").one()
    assert password not in client.get(f"/kayttajat/{user.id}").text
    assert password not in user.password_hash
    assert password not in str(answer.headers)


def test_a_one_time_password_left_unused_for_a_week_no_longer_lets_in(client, admin, freeze, app):
    password = one_time_password_on(client.submit("/kayttajat/uusi", NEW))
    freeze("2036-01-01")
    answer = app.test_client().submit("/kirjaudu", {"username": "tyyne", "password": password})
    assert answer.status_code == 422
    assert "Kertakäyttösalasana on vanhentunut." in answer.main


def test_a_double_click_adds_one_person(client, admin):
    form = {
        field["name"]: field["value"] for field in client.get("/kayttajat/uusi").page.select("main input[type=hidden]")
    }
    first, second = (client.post("/kayttajat/uusi", data=form | NEW) for _ in range(2))
    assert first.status_code == 200
    assert second.status_code == 303
    person = db.session.query(User).filter_by(username="tyyne").one()
    assert second.location == f"/kayttajat/{person.id}"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"full_name": ""}, "Kirjoita etu- ja sukunimi."),
        ({"username": "eero"}, "Käyttäjätunnus on jo käytössä."),
        ({"username": "EERO"}, "Käyttäjätunnus on jo käytössä."),
        ({"username": "a b"}, "Käyttäjätunnuksessa on 2–60 merkkiä"),
        ({"roles": None}, "Valitse ainakin yksi rooli."),
        ({"full_name": "Tyyne 131052-308T"}, "Henkilötunnusta ei saa tallentaa"),
        ({"title": "x" * 101}, "Teksti on liian pitkä"),
    ],
)
def test_what_is_wrong_with_a_new_person_is_said_and_what_was_typed_stays(client, admin, wrong, sentence):
    answer = client.submit("/kayttajat/uusi", NEW | wrong)
    assert answer.status_code == 422
    assert sentence in answer.main
    if "title" not in wrong:
        assert answer.page.select_one("input[name=title]")["value"] == "Asiakaspalvelija"
    assert db.session.query(User).count() == 1


def test_an_invented_role_is_refused(client, admin):
    answer = client.submit("/kayttajat/uusi", NEW | {"roles": ["johtaja"]})
    assert answer.status_code == 422
    assert db.session.query(User).count() == 1


def test_names_of_any_european_language_are_shown_as_they_are(client, admin):
    answer = client.submit("/kayttajat/uusi", NEW | {"full_name": "Šakki Žukov-Ñíguez"})
    assert "Šakki Žukov-Ñíguez" in answer.main


def test_hostile_names_are_text_and_nothing_else(client, admin):
    with client.foreign_words():
        client.submit("/kayttajat/uusi", NEW | {"full_name": "<script>alert(1)</script>{{7*7}}"})
        page = client.get("/kayttajat/")
    assert "<script>alert" not in page.text
    assert "{{7*7}}" in page.page.select_one("main tbody").text


def test_a_person_is_put_out_of_use_and_brought_back(client, admin):
    user = make_user("kasittelija", username="aino")
    page = f"/kayttajat/{user.id}"
    answer = client.submit(page, {}, action=f"{page}/kaytosta")
    assert "Tunnus on poistettu käytöstä" in answer.main
    assert client.submit("/kayttajat/uusi", NEW | {"username": "aino"}).status_code == 422, "the name stays theirs"
    answer = client.submit(page, {}, action=f"{page}/kayttoon")
    assert "Tunnus on taas käytössä." in answer.main
    assert log("staff.disabled") == log("staff.enabled") == [(user.subject, admin.id, {})]


def test_putting_out_of_use_twice_is_one_deed(client, admin):
    user = make_user("kasittelija")
    for _ in range(2):
        with transaction():
            service.disable(user=user, by=admin)
    assert len(log("staff.disabled")) == 1


def test_the_only_admin_can_neither_be_put_out_of_use_nor_lose_the_role(client, admin):
    page = f"/kayttajat/{admin.id}"
    answer = client.submit(page, {}, action=f"{page}/kaytosta")
    assert answer.status_code == 422
    assert "Ainoaa pääkäyttäjää" in answer.main
    answer = client.submit(f"{page}/muokkaa", {"roles": ["lukija"]})
    assert answer.status_code == 422
    assert "Ainoaa pääkäyttäjää" in answer.main
    assert reread(admin).active
    assert reread(admin).roles == ["paakayttaja"]


def test_an_admin_out_of_use_does_not_count_as_the_one_who_remains(client, admin):
    other = make_user("paakayttaja")
    with transaction():
        service.disable(user=other, by=admin)
    with pytest.raises(RuleViolation), transaction():
        service.disable(user=reread(admin), by=admin)


def test_with_two_admins_one_may_leave(client, admin):
    other = make_user("paakayttaja")
    with transaction():
        service.disable(user=reread(admin), by=other)
    assert not reread(admin).active


def test_an_admin_who_gives_up_the_role_signs_in_anew(client, admin):
    make_user("paakayttaja")
    client.submit(f"/kayttajat/{admin.id}/muokkaa", {"roles": ["lukija"]}, follow=False)
    assert client.get("/kayttajat/").status_code == 303
    client.sign_in("eero", PASSWORD)
    assert client.get("/kayttajat/").status_code == 403


def test_a_forgotten_password_is_replaced_by_a_one_time_one(client, admin, app):
    user = make_user("kasittelija", username="aino")
    page = f"/kayttajat/{user.id}"
    answer = client.submit(page, {}, action=f"{page}/salasana")
    app.test_client().sign_in("aino", one_time_password_on(answer))
    refused = app.test_client().submit("/kirjaudu", {"username": "aino", "password": PASSWORD})
    assert refused.status_code == 422
    assert log("staff.password_given") == [(user.subject, admin.id, {})]


def test_an_admin_changes_the_own_password_only_knowing_the_old_one(client, admin):
    page = client.get(f"/kayttajat/{admin.id}")
    assert page.page.select_one("form[action$='/salasana']") is None
    token = page.page.select_one("input[name=csrf_token]")["value"]
    answer = client.post(f"/kayttajat/{admin.id}/salasana", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "Omat tiedot" in answer.main


@pytest.mark.parametrize("role", ["lukija", "kasittelija", "vastuuhenkilo"])
@pytest.mark.parametrize(
    "address", ["/kayttajat/", "/kayttajat/uusi", "/kayttajat/1", "/kayttajat/1/muokkaa", "/kayttajat/1/sitoumus"]
)
def test_only_an_admin_sees_the_users(client, sign_in, role, address):
    sign_in(role)
    answer = client.get(address)
    assert answer.status_code == 403
    assert "Roolisi ei oikeuta tähän: käyttäjien ja sitoumusten hoitaminen." in answer.main


def test_a_refusal_stands_in_the_log(client, sign_in):
    user = sign_in("lukija")
    client.get("/kayttajat/")
    assert log("staff.denied") == [(user.subject, user.id, {"page": "staff.index"})]


@pytest.mark.parametrize("deed", ["kaytosta", "kayttoon", "salasana", "istunnot", "odotus"])
def test_nothing_is_done_to_a_person_without_the_forms_token(client, admin, deed):
    user = make_user("kasittelija")
    assert client.post(f"/kayttajat/{user.id}/{deed}").status_code == 400
    assert reread(user).active


@pytest.mark.parametrize(
    "address",
    ["/kayttajat/999", "/kayttajat/999/muokkaa", "/kayttajat/999/sitoumus", "/kayttajat/sitoumukset/999/peru"],
)
def test_a_person_who_is_not_there_is_not_found(client, admin, address):
    assert client.get(address).status_code == 404


def test_a_user_name_taken_meanwhile_is_a_sentence_and_not_a_fault(app, admin):
    with pytest.raises(RuleViolation, match="jo käytössä"), transaction():
        service.create_user(username="eero", full_name="Toinen Eero", roles=["lukija"])
