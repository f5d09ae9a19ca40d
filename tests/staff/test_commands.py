"""The users from the command line."""

import pytest

from rekisteri.audit import service as audit
from rekisteri.kernel.db import db
from rekisteri.staff.models import Commitment, FirstLink, User
from tests.staff.factories import PASSWORD, make_user

NEW_PASSWORD = "pilvi laukka tuohi rengas"


def user_named(username):
    db.session.rollback()
    return db.session.query(User).filter_by(username=username).one_or_none()


def add(command, *options, name="maija", password=NEW_PASSWORD):
    words = ["user", "add", name, "--full-name", "Maija Harju", "--password-stdin", *options]
    return command(*words, typed=f"{password}\n")


def test_init_prints_a_one_time_link_on_an_empty_register(command, client):
    result = command("init", "--address", "http://127.0.0.1:8123/")
    assert result.exit_code == 0
    [link] = [line for line in result.output.splitlines() if line.startswith("http")]
    assert link.startswith("http://127.0.0.1:8123/kayttoonotto/")
    assert client.get(link.removeprefix("http://127.0.0.1:8123")).status_code == 200


def test_init_may_be_run_as_often_as_one_likes(command, client):
    links = [command("init").output.splitlines()[-1].partition("8000")[2] for _ in range(3)]
    assert [client.get(link).status_code for link in links] == [404, 404, 200]


def test_init_prints_no_link_when_somebody_can_sign_in(command):
    make_user("paakayttaja")
    result = command("init")
    assert result.exit_code == 0
    assert result.output.strip() == "Rekisteri on valmis."
    assert db.session.query(FirstLink).count() == 0


def test_init_can_be_quiet_for_a_script_that_fills_the_register_itself(command):
    result = command("init", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert db.session.query(FirstLink).count() == 0


def test_a_user_is_added_and_signs_in(command, client):
    result = add(command, "--role", "kasittelija", "--role", "paakayttaja", "--commitment", "5.3.2026")
    assert (result.exit_code, result.output) == (0, "Käyttäjä maija on lisätty.\n")
    client.sign_in("maija", NEW_PASSWORD)
    user = user_named("maija")
    assert user.roles == ["kasittelija", "paakayttaja"]
    assert user.why_not("customers.view") is None
    assert client.get("/kayttajat/oma").status_code == 200, "a password given by command need not be changed first"


def test_a_user_of_a_company_working_for_us_is_added_with_title_and_employer(command):
    add(command, "--role", "lukija", "--title", "Tulostaja", "--employer", "Paino Oy")
    user = user_named("maija")
    assert (user.title, user.employer_name) == ("Tulostaja", "Paino Oy")


@pytest.mark.promise("atk.sitoumus")
def test_without_a_commitment_date_the_new_user_sees_no_personal_data(command):
    add(command, "--role", "kasittelija")
    assert user_named("maija").why_not("customers.view") is not None
    assert db.session.query(Commitment).count() == 0


def test_the_day_of_the_commitment_may_also_be_given_in_the_iso_form(command):
    assert add(command, "--role", "lukija", "--commitment", "2026-03-05").exit_code == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--role", "johtaja"], "Roolia johtaja ei ole."),
        (["--role", "lukija", "--commitment", "31.2.2026"], "Päivää 31.2.2026 ei ole kalenterissa."),
        (["--role", "lukija", "--commitment", "eilen"], "Kirjoita päivä muodossa 5.3.2026."),
        (["--role", "lukija", "--commitment", "1.1.2999"], "ei voi olla tulevaisuudessa"),
    ],
)
def test_what_is_wrong_is_one_finnish_sentence_and_nobody_is_added(command, options, sentence):
    result = add(command, *options)
    assert result.exit_code == 1
    assert sentence in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert user_named("maija") is None


def test_the_rules_of_passwords_hold_on_the_command_line_too(command):
    result = add(command, "--role", "lukija", password="lyhyt")
    assert result.exit_code == 1
    assert "vähintään 15 merkkiä" in result.output


def test_spaces_in_a_piped_password_belong_to_it_and_the_line_break_does_not(command, client):
    add(command, "--role", "lukija", password=" pilvi laukka tuohi ")
    client.sign_in("maija", " pilvi laukka tuohi ")


def test_without_the_pipe_the_password_is_asked_for_twice(command, client):
    words = ["user", "add", "maija", "--full-name", "Maija Harju", "--role", "lukija"]
    result = command(*words, typed=f"{NEW_PASSWORD}\n{NEW_PASSWORD}\n")
    assert result.exit_code == 0
    assert NEW_PASSWORD not in result.output
    client.sign_in("maija", NEW_PASSWORD)


def test_a_taken_user_name_is_refused_however_it_is_capitalised(command):
    add(command, "--role", "lukija")
    result = add(command, "--role", "lukija", name="MAIJA")
    assert result.exit_code == 1
    assert "Käyttäjätunnus on jo käytössä." in result.output


def test_a_user_is_put_out_of_use(command, client):
    make_user("paakayttaja")
    make_user("kasittelija", username="maija")
    client.sign_in("maija", PASSWORD)
    result = command("user", "disable", "Maija")
    assert (result.exit_code, result.output) == (0, "Käyttäjä Maija on poistettu käytöstä.\n")
    assert client.get("/kayttajat/oma").status_code == 303
    assert not user_named("maija").active


def test_the_only_admin_is_not_put_out_of_use(command):
    make_user("paakayttaja", username="maija")
    result = command("user", "disable", "maija")
    assert result.exit_code == 1
    assert "Ainoaa pääkäyttäjää ei voi poistaa käytöstä" in result.output
    assert user_named("maija").active


def test_a_user_that_does_not_exist_is_named(command):
    result = command("user", "disable", "olematon")
    assert result.exit_code == 1
    assert "Käyttäjää olematon ei ole." in result.output


def test_an_admin_who_has_forgotten_the_password_gets_a_new_one_at_the_server(command, client):
    make_user("paakayttaja", username="maija")
    result = command("user", "password", "maija", "--password-stdin", typed=f"{NEW_PASSWORD}\n")
    assert result.exit_code == 0
    client.sign_in("maija", NEW_PASSWORD)


def test_what_is_done_by_command_stands_in_the_log_as_nobodys(command):
    add(command, "--role", "lukija", "--commitment", "5.3.2026")
    assert audit.verify() is None
    assert audit.head().seq == 2
