"""A session ends when it should, wherever its cookie has been copied."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import update

from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import db, transaction
from rekisteri.staff import passwords, service, sessions
from rekisteri.staff.models import Commitment, User, UserRole, UserSession
from rekisteri.staff.visitor import visitor_of
from tests.staff.factories import PASSWORD, make_user

NEW_PASSWORD = "pilvi laukka tuohi rengas"


def cookie_of(client):
    return client.get_cookie("rekisteri").value


def is_let_in(app, cookie):
    """Whether a browser that carries a copy of this cookie sees a page that asks for signing in."""
    thief = app.test_client()
    thief.set_cookie("rekisteri", cookie)
    return thief.get("/kayttajat/oma").status_code == 200


def end_by_signing_out(client, user):
    client.submit("/kayttajat/oma", {}, action="/kirjaudu-ulos")


def end_by_changing_the_password(client, user):
    data = {"current": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.submit("/kayttajat/oma/salasana", data, follow=False).status_code == 303


def end_by_changing_roles(client, user):
    with transaction():
        service.change_user(
            user=user,
            version=user.version,
            username=user.username,
            full_name=user.full_name,
            title="",
            employer="",
            roles=["lukija"],
            by=user,
        )


def end_by_disabling(client, user):
    with transaction():
        service.disable(user=user, by=None)


def end_by_not_using_it(client, user):
    set_back(last_seen_at=now() - timedelta(minutes=30))


def end_by_using_it_all_day(client, user):
    set_back(started_at=now() - timedelta(hours=12))


def set_back(**moments):
    with transaction():
        for row in db.session.query(UserSession):
            for name, moment in moments.items():
                setattr(row, name, moment)


@pytest.mark.promise("atk.tunnus")
@pytest.mark.parametrize(
    "end",
    [
        end_by_signing_out,
        end_by_changing_the_password,
        end_by_changing_roles,
        end_by_disabling,
        end_by_not_using_it,
        end_by_using_it_all_day,
    ],
)
def test_a_copied_cookie_is_worthless_after_the_session_has_ended(app, client, sign_in, end):
    user = sign_in("kasittelija")
    copied = cookie_of(client)
    assert is_let_in(app, copied)
    end(client, user)
    assert not is_let_in(app, copied)


def test_a_one_time_password_ends_the_sessions_that_are_open(app, client, sign_in):
    user = sign_in("kasittelija")
    copied = cookie_of(client)
    with transaction():
        service.give_one_time_password(user=user, password_hash=passwords.hashed(NEW_PASSWORD), by=None)
    assert not is_let_in(app, copied)


def test_a_forged_or_empty_token_opens_nothing(app, client, sign_in):
    sign_in("kasittelija")
    for token in ("", "1", "x" * 43, None):
        stranger = app.test_client()
        with stranger.session_transaction() as cookie:
            cookie["_user_id"] = token
        assert stranger.get("/kayttajat/oma").status_code == 303


def test_after_a_new_password_one_goes_on_in_this_browser_with_a_new_session(client, sign_in):
    sign_in("kasittelija")
    before = cookie_of(client)
    end_by_changing_the_password(client, None)
    assert client.get("/kayttajat/oma").status_code == 200
    assert cookie_of(client) != before


def test_signing_out_has_the_browser_forget_the_pages(client, sign_in):
    sign_in("kasittelija")
    answer = client.submit("/kayttajat/oma", {}, action="/kirjaudu-ulos", follow=False)
    assert answer.status_code == 303
    assert answer.location == "/kirjaudu"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Olet kirjautunut ulos." in client.get("/kirjaudu").main


def test_signing_out_by_a_mere_link_is_not_possible(client, sign_in):
    sign_in("kasittelija")
    assert client.get("/kirjaudu-ulos").status_code == 405
    assert client.post("/kirjaudu-ulos").status_code == 400
    assert client.get("/kayttajat/oma").status_code == 200


def test_signing_out_on_a_page_left_open_after_the_session_just_leads_to_the_sign_in(client, sign_in):
    sign_in("kasittelija")
    page = client.get("/kayttajat/oma")
    token = page.page.select_one("form[action='/kirjaudu-ulos'] input[name=csrf_token]")["value"]
    set_back(ended_at=now())
    answer = client.post("/kirjaudu-ulos", data={"csrf_token": token})
    assert answer.status_code == 303
    assert answer.location == "/kirjaudu"


def test_every_page_is_closed_again_after_signing_out(client, sign_in):
    sign_in("vastuuhenkilo", "paakayttaja")
    client.submit("/kayttajat/oma", {}, action="/kirjaudu-ulos")
    for page in ("/kayttajat/", "/kayttajat/oma", "/kayttajat/oikeudet", "/kayttajat/oma/salasana"):
        answer = client.get(page)
        assert answer.status_code == 303
        assert answer.location == f"/kirjaudu?next={page}"


def last_seen():
    db.session.expire_all()
    return db.session.query(UserSession.last_seen_at).filter(UserSession.ended_at.is_(None)).scalar()


def test_use_keeps_a_session_alive_noting_it_once_a_minute(client, sign_in):
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False) as clock:
        sign_in("kasittelija")
        began = last_seen()
        clock.shift(59)
        client.get("/kayttajat/oma")
        assert last_seen() == began
        clock.shift(timedelta(minutes=25))
        client.get("/kayttajat/oma")
        assert last_seen() == now()
        clock.shift(timedelta(minutes=29))
        assert client.get("/kayttajat/oma").status_code == 200


def test_a_page_that_asks_for_news_by_itself_keeps_no_session_alive(client, sign_in):
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False) as clock:
        sign_in("kasittelija")
        for _ in range(6):
            clock.shift(timedelta(minutes=5))
            client.get("/kayttajat/oma", headers={"X-Background": "1"})
        assert client.get("/kayttajat/oma").status_code == 303


def test_a_refused_page_keeps_no_session_alive(client, sign_in):
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False) as clock:
        sign_in("lukija")
        for _ in range(6):
            clock.shift(timedelta(minutes=5))
            client.get("/kayttajat/")
        assert client.get("/kayttajat/oma").status_code == 303


def test_one_sees_and_ends_ones_other_sessions(app, client, sign_in):
    user = sign_in("kasittelija")
    forgotten = app.test_client()
    forgotten.sign_in(user.username, PASSWORD)
    page = client.get("/kayttajat/oma")
    assert len(page.page.select("#istunnot tbody tr")) == 2
    assert page.main.count("(tämä istunto)") == 1
    answer = client.submit("/kayttajat/oma", {}, action="/kayttajat/oma/istunnot")
    assert "Muut istuntosi on päätetty." in answer.main
    assert forgotten.get("/kayttajat/oma").status_code == 303
    assert client.get("/kayttajat/oma").status_code == 200


def test_an_admin_ends_the_sessions_of_somebody_else(app, client, sign_in):
    other = make_user("kasittelija")
    theirs = app.test_client()
    theirs.sign_in(other.username, PASSWORD)
    sign_in("paakayttaja")
    page = f"/kayttajat/{other.id}"
    answer = client.submit(page, {}, action=f"{page}/istunnot")
    assert "Istunnot on päätetty." in answer.main
    assert theirs.get("/kayttajat/oma").status_code == 303


def test_sessions_of_a_month_ago_are_forgotten_at_the_next_sign_in(client, sign_in):
    user = sign_in("kasittelija")
    set_back(started_at=now() - timedelta(days=31))
    client.sign_in(user.username, PASSWORD)
    assert db.session.query(UserSession).count() == 1


def test_one_query_finds_who_asks_and_what_they_may_do(sign_in, client, listen):
    sign_in("kasittelija", "paakayttaja")
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    db.session.remove()
    seen = []
    listen("before_cursor_execute", lambda *call: seen.append(call[2]))
    who = visitor_of(sessions.digest(token))
    assert who.why_not("customers.view") is who.why_not("staff.manage") is None
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1


def test_what_is_taken_from_a_person_is_gone_at_their_next_click(client, sign_in):
    user = sign_in("kasittelija")
    assert client.get("/asiakkaat/").status_code == 200
    with transaction():
        db.session.execute(update(Commitment).where(Commitment.user_id == user.id).values(revoked_on=today()))
    assert client.get("/asiakkaat/").status_code == 403
    with transaction():
        db.session.execute(update(Commitment).where(Commitment.user_id == user.id).values(revoked_on=None))
    assert client.get("/asiakkaat/").status_code == 200
    with transaction():
        db.session.execute(update(UserRole).where(UserRole.user_id == user.id).values(role="paakayttaja"))
    assert client.get("/asiakkaat/").status_code == 403
    with transaction():
        db.session.execute(update(User).where(User.id == user.id).values(active=False))
    assert client.get("/kayttajat/oma").location.startswith("/kirjaudu")


def test_a_user_object_that_did_not_sign_in_has_no_token_to_give_away():
    with pytest.raises(RuntimeError):
        User(username="maija").get_id()


def make_read_only(listen):
    """From here on the database refuses to be written to, as when the disk has been mounted so."""
    sentence = "PRAGMA query_only=ON" if db.engine.dialect.name == "sqlite" else "SET TRANSACTION READ ONLY"
    listen("begin", lambda connection: connection.exec_driver_sql(sentence))


def test_pages_are_read_also_while_the_database_cannot_be_written_to(client, sign_in, listen):
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False) as clock:
        sign_in("kasittelija")
        make_read_only(listen)
        clock.shift(timedelta(minutes=5))
        assert client.get("/kayttajat/oma").status_code == 200
        assert client.get("/kayttajat/").status_code == 403
