"""Taking an empty register into use in the browser."""

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.staff import first_start
from rekisteri.staff.models import Commitment, FirstLink, User
from tests.staff.factories import make_user

PASSWORD = "pilvi laukka tuohi rengas"
FIRST = {
    "full_name": "Helmi Rauta",
    "title": "Toimitusjohtaja",
    "username": "helmi",
    "password": PASSWORD,
    "again": PASSWORD,
    "signed_on": "23.11.2026",
    "place": "Tampere",
    "agreed": "y",
}


@pytest.fixture
def link(app, freeze):
    freeze("2026-11-23")
    with transaction():
        token = first_start.make_link()
    return f"/kayttoonotto/{token}"


def users():
    return db.session.query(User).all()


def test_the_first_user_takes_the_register_into_use_and_signs_in(client, link):
    answer = client.submit(link, FIRST)
    assert "Rekisteri on otettu käyttöön." in answer.main
    assert "Kirjaudu sisään" in answer.main
    client.sign_in("helmi", PASSWORD)
    assert client.get("/kayttajat/").status_code == 200


@pytest.mark.promise("atk.sitoumus")
def test_a_company_of_one_may_begin_at_once_for_the_signature_is_recorded(client, link):
    client.submit(link, FIRST)
    [user] = users()
    assert user.roles == ["vastuuhenkilo", "paakayttaja"]
    assert user.why_not("customers.edit") is None
    commitment = db.session.query(Commitment).one()
    assert (commitment.signed_on, commitment.place, commitment.recorded_by_id) == (today(), "Tampere", user.id)


def test_the_page_shows_what_is_signed_and_prints_it(client, link):
    page = client.get(link)
    assert "En kerro tietoja sivullisille" in page.main
    assert page.page.select_one(f"a[href='{link}/sitoumus.pdf']") is not None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"full_name": ""}, "Kirjoita etu- ja sukunimi."),
        ({"username": "helmi rauta"}, "Käyttäjätunnuksessa on 2–60 merkkiä"),
        ({"password": "lyhyt", "again": "lyhyt"}, "vähintään 15 merkkiä"),
        ({"again": "jotakin muuta kokonaan"}, "Salasanat eivät ole samat."),
        ({"password": "helmi rauta on paras", "again": "helmi rauta on paras"}, "ei saa olla käyttäjän"),
        ({"signed_on": "24.11.2026"}, "ei voi olla tulevaisuudessa"),
        ({"signed_on": "31.2.2026"}, "ei ole kalenterissa"),
        ({"agreed": None}, "Vahvista, että olet allekirjoittanut"),
        ({"roles": None}, "ainakin yksi rooli"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_still_works(client, link, wrong, sentence):
    answer = client.submit(link, FIRST | wrong)
    assert answer.status_code == 422
    assert sentence in answer.main
    assert not users()
    assert client.submit(link, FIRST, follow=False).status_code == 303


def test_a_double_click_makes_one_user_and_leads_both_times_to_the_sign_in(client, link):
    form = client.get(link).page.select("main form input[name]")
    sent = {field["name"]: field.get("value", "") for field in form if field.get("type") == "hidden"}
    sent |= FIRST | {"roles": ["vastuuhenkilo", "paakayttaja"]}
    answers = [client.post(link, data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer.location for answer in answers} == {"/kirjaudu"}
    assert len(users()) == 1


def test_a_used_link_says_so_and_makes_nobody(client, link):
    client.submit(link, FIRST)
    answer = client.get(link)
    assert answer.status_code == 404
    assert "Käyttöönottolinkki toimii vain kerran." in answer.main
    assert client.get(f"{link}/sitoumus.pdf").status_code == 404


def test_two_people_with_the_same_link_open_do_not_both_get_in(app, client, link):
    rival = app.test_client()
    form = {field["name"]: field["value"] for field in rival.get(link).page.select("main form input[type=hidden]")}
    client.submit(link, FIRST)
    late = FIRST | {"username": "tunkeilija", "full_name": "Toinen Ihminen", "roles": "paakayttaja"}
    answer = rival.post(link, data=form | late)
    assert answer.status_code == 422
    assert "Linkki on jo käytetty." in answer.main
    assert [user.username for user in users()] == ["helmi"]


@pytest.mark.parametrize("token", ["x", "0" * 43, "../kayttajat", "%00"])
def test_a_guessed_link_opens_nothing(client, link, token):
    answer = client.get(f"/kayttoonotto/{token}")
    assert answer.status_code == 404


def test_a_guessed_link_makes_nobody_even_when_the_form_is_sent(client, link):
    form = {field["name"]: field["value"] for field in client.get(link).page.select("main form input[type=hidden]")}
    answer = client.post("/kayttoonotto/arvattu", data=form | FIRST | {"roles": "paakayttaja"})
    assert answer.status_code == 422
    assert not users()


def test_a_new_link_makes_the_earlier_one_worthless(client, link):
    with transaction():
        newer = first_start.make_link()
    assert client.get(link).status_code == 404
    assert client.get(f"/kayttoonotto/{newer}").status_code == 200


def test_there_is_no_link_once_there_is_a_user(client, link):
    make_user("lukija")
    with transaction():
        assert first_start.make_link() is None
    assert client.get(link).status_code == 404


def test_the_database_holds_no_link_that_could_be_used(app, link):
    token = link.rpartition("/")[2]
    assert all(row.token_hash != token for row in db.session.query(FirstLink))


def test_the_first_steps_stand_in_the_log(client, link):
    client.submit(link, FIRST)
    [user] = users()
    names = [row.event for row in db.session.query(AuditEvent).order_by(AuditEvent.seq)]
    assert names == ["staff.first_link_made", "staff.created", "staff.commitment_recorded", "staff.first_link_used"]
    assert db.session.query(AuditEvent).filter_by(event="staff.commitment_recorded").one().actor_id == user.id
