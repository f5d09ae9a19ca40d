"""The invented company: lifelike, the same from the same seed, in an empty register only."""

import random

import pytest
from sqlalchemy import func, select

from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer, Datum
from rekisteri.customers.rules import check_values
from rekisteri.demo import people
from rekisteri.demo.stories import STORIES
from rekisteri.documents.models import Document
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.notice import service as notice
from tests.staff.factories import make_user

PASSWORD = "keksitty salasana kokeeseen"


@pytest.fixture
def filled(app, command):
    result = command("demo", "--customers", "40", "--password", PASSWORD)
    assert result.exit_code == 0, result.output
    return result


def test_the_command_tells_who_can_sign_in_and_with_what(filled):
    for word in ("paakayttaja", "vastuuhenkilo", "kasittelija", "lukija", "sitoumaton", PASSWORD):
        assert word in filled.output


def test_there_is_a_case_in_every_state(filled):
    states = set(db.session.scalars(select(Case.state)))
    assert states == {"registered", "in_review", "decided", "closed", "withdrawn"}
    assert db.session.scalar(select(func.count()).select_from(Case)) == len(STORIES)


def test_the_notice_is_in_force_and_letters_have_been_issued(filled):
    assert notice.in_force(today()) is not None
    kinds = set(db.session.scalars(select(Document.kind)))
    assert {"refusal_certificate", "rectification_decision", "correction_notice", "extension", "notice"} <= kinds


def test_every_datum_has_a_source(filled):
    assert db.session.scalar(select(func.count()).select_from(Datum).filter_by(source_id=None)) == 0
    person = db.session.scalars(select(Customer).filter_by(kind="person")).first()
    assert customers.current(person)["last_name"].source.name


@pytest.mark.parametrize("user", ["vastuuhenkilo", "kasittelija", "lukija"])
def test_its_users_sign_in_and_see_their_front_page(client, filled, user):
    client.sign_in(user, PASSWORD)
    assert client.get("/").status_code == 200


def test_the_one_without_a_commitment_sees_no_customers(client, filled):
    client.sign_in("sitoumaton", PASSWORD)
    assert client.get("/asiakkaat/").status_code == 403


def test_a_register_with_anything_in_it_is_left_alone(app, command):
    make_user("lukija")
    result = command("demo", "--customers", "5")
    assert result.exit_code != 0
    assert "ei ole tyhjä" in result.output
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 0


@pytest.mark.parametrize("count", ["0", "-3"])
def test_nonsense_counts_are_refused_with_a_sentence(app, command, count):
    result = command("demo", "--customers", count)
    assert result.exit_code != 0
    assert "ainakin yksi" in result.output


def test_a_password_is_invented_when_none_is_given(app, command):
    output = command("demo", "--customers", "3", "--cases", "0").output
    assert len(output.split("Salasana:")[1].strip()) >= 15


def test_the_same_seed_invents_the_same_people():
    first, second = ([*people.customers(random.Random(7), 60)] for _ in range(2))
    assert first == second
    assert first != [*people.customers(random.Random(8), 60)]


def test_everything_invented_is_what_the_register_keeps():
    for invented in people.customers(random.Random(3), 500):
        check_values(invented.kind, invented.values)


def test_nobody_s_real_number_is_used():
    for invented in people.customers(random.Random(3), 300):
        assert invented.values.get("business_id", "9").startswith("9")
        assert invented.values.get("email", "a@b.example").endswith(".example")
