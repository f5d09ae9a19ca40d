"""Who gets in by the interface: the key, its network, its time, its scope; and how a refusal is told."""

from datetime import date

import pytest
from sqlalchemy import func, select

from rekisteri.disclosures import recipients
from rekisteri.interfaces import connections
from rekisteri.interfaces.models import Call, Key
from rekisteri.kernel.db import db, transaction
from tests.disclosures.factories import make_owner, make_recipient, make_recipient_abroad
from tests.interfaces.factories import ROOT, Program, kind, make_connection, make_key


def logged():
    return [(row.operation, row.status, row.problem) for row in db.session.scalars(select(Call).order_by(Call.id))]


def test_a_key_is_kept_only_as_a_hash_and_works_from_its_own_network(program):
    held = db.session.scalars(select(Key)).one()
    assert program.key.startswith("ark_") and len(program.key) > 40
    assert program.key not in repr(vars(held)) and held.hash != program.key
    assert program.get("/changes").status_code == 200
    assert db.session.scalars(select(Key)).one().used_at is not None


def test_without_a_key_nobody_gets_in(program):
    for header in ({"Authorization": ""}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer "}):
        answer = program.get("/changes", headers=header)
        assert (answer.status_code, kind(answer)) == (401, "no-key")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    unknown = program.get("/changes", headers={"Authorization": "Bearer ark_keksitty"})
    assert (unknown.status_code, kind(unknown)) == (401, "bad-key")
    assert "invalid_token" in unknown.headers["WWW-Authenticate"]
    assert logged() == [], "what no key of ours asks is not written down"


def test_a_stolen_key_opens_nothing_from_another_network(program):
    answer = program.get("/changes", address="203.0.113.9")
    assert (answer.status_code, kind(answer)) == (403, "wrong-network")
    assert logged() == [("", 403, "wrong-network")]


def test_a_key_stops_on_its_day_and_when_it_is_closed(program, freeze):
    freeze("2027-11-02")
    assert kind(program.get("/changes")) == "bad-key"
    freeze("2026-11-25")
    assert program.get("/changes").status_code == 200
    with transaction():
        connections.revoke_key(key=db.session.scalars(select(Key)).one(), by=make_owner())
    assert kind(program.get("/changes")) == "bad-key"


def test_a_rotated_key_opens_until_its_overlap_is_over(program, freeze):
    freeze("2026-11-24 12:00:00+02:00")
    new = Program(program.client.application, make_key(program.connection, overlap=24), program.connection_id)
    assert program.get("/changes").status_code == new.get("/changes").status_code == 200
    freeze("2026-11-25 12:00:01+02:00")
    assert kind(program.get("/changes")) == "bad-key"
    assert new.get("/changes").status_code == 200
    make_key(new.connection, overlap=0)
    assert kind(new.get("/changes")) == "bad-key", "without an overlap the old one stops at once"


def test_a_key_in_the_address_is_refused_and_remembered_as_seen(program):
    answer = program.get(f"/changes?access_token={program.key}")
    assert (answer.status_code, kind(answer)) == (400, "key-in-address")
    assert db.session.scalars(select(Key)).one().exposed_at is not None
    assert program.key not in answer.text


def test_one_partner_cannot_touch_what_is_anothers(program):
    other = make_connection(make_recipient(name="Toinen Oy"), ground="added_value", name="Toinen")
    theirs = Program(program.client.application, make_key(other), other.id)
    assert theirs.changes() == program.changes() == []
    assert theirs.get(f"/customers/{1}", headers={"Authorization": f"Bearer {program.key}x"}).status_code == 401


def test_a_connection_does_only_what_it_was_opened_for(app, freeze):
    freeze("2026-11-24")
    connection = make_connection(scopes=["orders.create"], fields=[])
    program = Program(app, make_key(connection), connection.id)
    answer = program.get("/customers/1")
    assert (answer.status_code, kind(answer)) == (403, "outside-scope")


@pytest.mark.promise("siirto.eu")
def test_outside_the_eea_nothing_goes_once_the_decision_has_lapsed(app, freeze):
    freeze("2026-11-24")
    abroad = make_recipient_abroad()
    connection = make_connection(abroad, ground="added_value")
    program = Program(app, make_key(connection), connection.id)
    assert program.get("/changes").status_code == 200
    with transaction():
        recipients.change_recipient(recipient=abroad, by=make_owner(), transfer_need="Palvelinten siirto muualle")
    answer = program.get("/changes")
    assert (answer.status_code, kind(answer)) == (403, "recipient-closed")


def test_who_asks_too_often_waits(app, freeze):
    freeze("2026-11-24")
    connection = make_connection(rate=2)
    program = Program(app, make_key(connection), connection.id)
    assert [program.get("/changes").status_code for _ in range(4)] == [200, 200, 429, 429]
    answer = program.get("/changes")
    assert (kind(answer), 0 < int(answer.headers["Retry-After"]) <= 60) == ("too-many", True)
    assert db.session.scalar(select(func.count()).select_from(Call)) == 3, "a flood does not fill the log"
    freeze("2026-11-25")
    assert program.get("/changes").status_code == 200


@pytest.mark.parametrize(("asked", "title"), [("fi", "Ei löydy"), ("en-GB", "Not found"), ("sv", "Ei löydy")])
def test_a_problem_is_told_in_the_language_asked_for(program, asked, title):
    answer = program.get("/customers/4711", headers={"Accept-Language": asked})
    assert (answer.json["title"], answer.json["status"]) == (title, 404)
    assert answer.headers["Content-Language"] in {"fi", "en"}


def test_what_is_no_address_and_no_method_is_told_the_same_way(program):
    assert kind(program.get("/ei-ole")) == "not-found"
    wrong = program.call("DELETE", "/orders")
    assert (wrong.status_code, kind(wrong), wrong.headers["Allow"]) == (405, "wrong-method", "POST")
    assert kind(program.get("/changes", headers={"Accept": "text/html"})) == "only-json"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"data": '{"email": NaN}', "content_type": "application/json"}, 400),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, 400),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 413),
        ({"data": "[" * 60_000, "content_type": "application/json"}, 400),
        ({"data": "email=a", "content_type": "application/x-www-form-urlencoded"}, 415),
        ({"data": "[]", "content_type": "application/json"}, 422),
        ({"data": "{}", "content_type": "application/json"}, 422),
        ({"data": '{"email": "a@b.fi", "name": "x"}', "content_type": "application/json"}, 422),
        ({"data": '{"email": "\\ud800@b.fi"}', "content_type": "application/json"}, 422),
    ],
)
def test_a_broken_request_is_told_what_is_wrong(program, sent, status):
    answer = program.call("POST", "/customers/search", **sent)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text


def test_no_cookie_is_set_nor_does_one_open_anything(program, client, sign_in):
    assert "Set-Cookie" not in program.get("/changes").headers
    sign_in("vastuuhenkilo")
    answer = client.get(f"{ROOT}/changes")
    assert (answer.status_code, kind(answer)) == (401, "no-key")
    assert program.get("/changes").headers["Cache-Control"] == "no-store"


def test_a_connection_that_is_closed_opens_with_no_key(program):
    with transaction():
        connections.close_connection(connection=program.connection, by=make_owner())
    assert kind(program.get("/changes")) == "bad-key"
    with pytest.raises(connections.RuleViolation):
        make_key(program.connection, expires_on=date(2027, 1, 1))
