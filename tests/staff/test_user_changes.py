"""Changing who a person is or what they may do, also when two do it at once."""

from contextvars import Context
from threading import Barrier, Thread

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff import service
from rekisteri.staff.models import User
from tests.staff.factories import PASSWORD, make_user


@pytest.fixture
def admin(sign_in):
    return sign_in("paakayttaja", full_name="Eero Lahti", username="eero")


def reread(user):
    db.session.expire_all()
    return db.session.get(User, user.id)


def log(event):
    return [(row.subject, row.actor_id, row.facts) for row in db.session.query(AuditEvent).filter_by(event=event)]


def test_a_person_is_changed(client, admin):
    user = make_user("kasittelija", full_name="Aino Koivu", username="aino")
    changed = {"full_name": "Aino Koivu-Lehto", "employer": "Palvelu Oy", "title": "Harjoittelija"}
    answer = client.submit(f"/kayttajat/{user.id}/muokkaa", changed)
    assert "Tiedot on tallennettu." in answer.main
    user = reread(user)
    assert (user.full_name, user.employer, user.title) == ("Aino Koivu-Lehto", "Palvelu Oy", "Harjoittelija")
    assert log("staff.changed") == [(user.subject, admin.id, {"fields": ["full_name", "title", "employer"]})]


def test_new_roles_hold_at_once_and_stand_in_the_log(client, admin, app):
    user = make_user("lukija", username="aino")
    theirs = app.test_client()
    theirs.sign_in("aino", PASSWORD)
    client.submit(f"/kayttajat/{user.id}/muokkaa", {"roles": ["lukija", "vastuuhenkilo"]})
    assert theirs.get("/kayttajat/oma").status_code == 303
    assert reread(user).why_not("rectification.decide") is None
    facts = {"before": ["lukija"], "after": ["lukija", "vastuuhenkilo"]}
    assert log("staff.roles_changed") == [(user.subject, admin.id, facts)]


def test_a_change_that_leaves_the_roles_alone_signs_nobody_out(client, admin, app):
    user = make_user("lukija", username="aino")
    theirs = app.test_client()
    theirs.sign_in("aino", PASSWORD)
    client.submit(f"/kayttajat/{user.id}/muokkaa", {"title": "Harjoittelija"})
    assert theirs.get("/kayttajat/oma").status_code == 200
    assert log("staff.roles_changed") == []


def test_the_second_of_two_rivals_sees_mine_and_theirs_and_may_then_save(client, admin):
    user = make_user("lukija", full_name="Aino Koivu")
    page = f"/kayttajat/{user.id}/muokkaa"
    form = client.get(page).page
    sent = {
        field["name"]: field.get("value", "")
        for field in form.select("main input[name]")
        if field.get("type") != "checkbox"
    }
    sent |= {"roles": ["lukija"], "title": "Minun tehtäväni"}
    client.submit(page, {"title": "Toisen tehtävä", "roles": ["kasittelija"]})
    answer = client.post(page, data=sent)
    assert answer.status_code == 409
    table = answer.page.select_one("main table").get_text(" ")
    assert "Minun tehtäväni" in table
    assert "Toisen tehtävä" in table
    assert "Käsittelijä" in table
    assert reread(user).title == "Toisen tehtävä"
    again = {
        field["name"]: field.get("value", "")
        for field in answer.page.select("main input[name]")
        if field.get("type") != "checkbox"
    }
    assert client.post(page, data=again | {"roles": ["lukija"]}).status_code == 303
    assert reread(user).title == "Minun tehtäväni"


def test_a_rival_who_changed_only_the_roles_is_noticed_too(client, admin):
    user = make_user("lukija")
    page = f"/kayttajat/{user.id}/muokkaa"
    form = client.get(page).page.select("main input[type=hidden]")
    sent = {field["name"]: field["value"] for field in form} | {"full_name": user.full_name, "username": user.username}
    client.submit(page, {"roles": ["kasittelija"]})
    assert client.post(page, data=sent | {"roles": ["lukija"]}).status_code == 409


def test_two_admins_who_remove_each_other_at_the_same_moment_do_not_both_succeed(app):
    rivals = [make_user("paakayttaja").id, make_user("paakayttaja").id]
    start, outcomes = Barrier(2), []

    def remove(user_id):
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    service.disable(user=db.session.get(User, user_id), by=None)
                outcomes.append("removed")
            except RuleViolation:
                outcomes.append("refused")

    threads = [Thread(target=Context().run, args=(remove, user_id)) for user_id in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "removed"]
    db.session.rollback()
    assert db.session.query(User).filter_by(active=True).count() == 1
