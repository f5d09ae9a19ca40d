"""Guessing passwords is slow, and nobody can lock another person out for good."""

from datetime import timedelta

import pytest
import time_machine

from rekisteri.kernel.db import db, transaction
from rekisteri.staff import throttle
from rekisteri.staff.models import SignInThrottle, User
from tests.staff.factories import PASSWORD, make_user

WRONG = "väärä salasana tässä"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False) as stopped:
        yield stopped


def guess(client, username, password=WRONG, address="127.0.0.1"):
    """One try from an address; the form's token comes from the page."""
    token = client.get("/kirjaudu").page.select_one("main input[name=csrf_token]")["value"]
    data = {"username": username, "password": password, "csrf_token": token}
    return client.post("/kirjaudu", data=data, environ_overrides={"REMOTE_ADDR": address})


def test_five_tries_are_free_and_the_sixth_waits(client, clock):
    make_user("kasittelija", username="maija")
    assert [guess(client, "maija").status_code for _ in range(6)] == [422] * 5 + [429]


def test_the_answer_tells_person_and_program_how_long_to_wait(client, clock):
    make_user("kasittelija", username="maija")
    for _ in range(5):
        guess(client, "maija")
    answer = guess(client, "maija")
    assert "Yritä uudelleen 2 sekunnin kuluttua." in answer.main
    assert 2 <= int(answer.headers["Retry-After"]) <= 3


def test_even_the_right_password_waits_its_turn_and_then_lets_in(client, clock):
    make_user("kasittelija", username="maija")
    for _ in range(5):
        guess(client, "maija")
    assert guess(client, "maija", PASSWORD).status_code == 429
    clock.shift(2)
    assert guess(client, "maija", PASSWORD).status_code == 303


def test_a_try_that_is_told_to_wait_makes_the_wait_no_longer(client, clock):
    make_user("kasittelija", username="maija")
    for _ in range(5):
        guess(client, "maija")
    for _ in range(10):
        assert guess(client, "maija").status_code == 429
    clock.shift(2)
    assert guess(client, "maija", PASSWORD).status_code == 303


def test_signing_in_rightly_makes_the_earlier_slips_forgotten(client, clock, app):
    make_user("kasittelija", username="maija")
    for _ in range(4):
        guess(client, "maija")
    assert guess(client, "maija", PASSWORD).status_code == 303
    fresh = app.test_client()
    assert [guess(fresh, "maija").status_code for _ in range(5)] == [422] * 5


def test_guesses_spread_over_many_addresses_are_counted_together(client, clock):
    make_user("kasittelija", username="maija")
    answers = [guess(client, "maija", address=f"10.0.0.{number}").status_code for number in range(1, 9)]
    assert answers == [422] * 5 + [429] * 3


def test_another_user_is_not_slowed_down(client, clock):
    make_user("kasittelija", username="maija")
    make_user("kasittelija", username="eero")
    for _ in range(8):
        guess(client, "maija", address="10.0.0.1")
    assert guess(client, "eero", PASSWORD, address="10.0.0.2").status_code == 303


def test_a_name_that_nobody_has_is_slowed_down_the_same(client, clock):
    assert [guess(client, "olematon").status_code for _ in range(6)] == [422] * 5 + [429]


def test_capitals_do_not_give_more_tries(client, clock):
    make_user("kasittelija", username="maija")
    answers = [guess(client, name).status_code for name in ("maija", "Maija", "MAIJA", "mAija", "maIja", "maijA")]
    assert answers[-1] == 429


def test_one_address_may_try_thirty_names_a_minute(client, clock):
    answers = [guess(client, f"nimi{number}", address="10.0.0.9").status_code for number in range(31)]
    assert answers == [422] * 30 + [429]
    clock.shift(timedelta(minutes=1))
    assert guess(client, "nimi99", address="10.0.0.9").status_code == 422


def test_however_long_somebody_guesses_the_owner_waits_a_quarter_of_an_hour_at_most(client, clock):
    make_user("kasittelija", username="maija")
    for _ in range(40):
        guess(client, "maija")
        clock.shift(timedelta(minutes=15))
    assert guess(client, "maija", PASSWORD).status_code == 303


def test_the_count_outlives_a_restart_for_it_stands_in_the_database(app, client, clock):
    make_user("kasittelija", username="maija")
    for _ in range(5):
        guess(client, "maija")
    db.session.expire_all()
    assert db.session.get(SignInThrottle, throttle.account_key("maija")).tries == 5


def test_an_admin_lifts_the_wait(client, sign_in, app, clock):
    user = make_user("kasittelija", username="maija")
    guesser = app.test_client()
    for _ in range(9):
        guess(guesser, "maija")
        clock.shift(16)
    for _ in range(5):
        guess(guesser, "maija")
    sign_in("paakayttaja")
    page = f"/kayttajat/{user.id}"
    assert "joutuu nyt odottamaan" in client.get(page).main
    answer = client.submit(page, {}, action=f"{page}/odotus")
    assert "Käyttäjä voi yrittää kirjautumista heti." in answer.main
    assert "joutuu nyt odottamaan" not in answer.main
    assert guess(app.test_client(), "maija", PASSWORD).status_code == 303


def test_counts_that_nobody_waits_for_are_dropped(client, clock):
    make_user("kasittelija", username="maija")
    for name in ("yksi", "kaksi", "kolme"):
        guess(client, name)
    clock.shift(timedelta(hours=2))
    guess(client, "maija", PASSWORD)
    keys = [row.key for row in db.session.query(SignInThrottle)]
    assert throttle.account_key("yksi") not in keys


def test_guessing_the_current_password_on_ones_own_page_is_slowed_down_too(client, sign_in, clock):
    sign_in("kasittelija")
    data = {"current": WRONG, "password": "pilvi laukka tuohi rengas", "again": "pilvi laukka tuohi rengas"}
    answers = [client.submit("/kayttajat/oma/salasana", data).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_rival_tries_at_once_are_each_counted(app, database):
    from contextvars import Context
    from threading import Thread

    make_user("kasittelija", username="maija")
    waits = []

    def one():
        with app.app_context():
            with transaction():
                wait = throttle.count_try(username="maija", address="10.0.0.1")
            waits.append(bool(wait))

    threads = [Thread(target=Context().run, args=(one,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [False] * 5 + [True] * 7
    assert db.session.query(User).count() == 1
