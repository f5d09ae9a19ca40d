"""Reading one customer's data by the interface: only what is permitted, and each time on record."""

import pytest
from sqlalchemy import select

from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Outgoing
from rekisteri.interfaces.models import Call
from rekisteri.kernel.db import db
from tests.customers.factories import make_clerk, make_person
from tests.interfaces.factories import kind
from tests.prohibitions.factories import forbid


@pytest.fixture
def maija(program):
    make_clerk()
    return make_person(first_name="Maija", last_name="Virtanen", city="Lahti", email="maija@esimerkki.fi").id


@pytest.mark.promise("kaytto.kohdennettu-sisalto")
def test_a_web_service_gets_the_fields_it_needs_and_nothing_else(program, maija):
    answer = program.get(f"/customers/{maija}")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json == {
        "id": maija,
        "kind": "person",
        "fields": {
            "last_name": "Virtanen",
            "first_name": "Maija",
            "email": "maija@esimerkki.fi",
            "city": "Lahti",
        },
    }
    assert program.get(f"/customers/{maija}?fields=city").json["fields"] == {"city": "Lahti"}


@pytest.mark.promise("kaytto.kumppanit")
def test_each_answer_stands_in_the_ledger_with_what_went_and_why(program, maija):
    program.get(f"/customers/{maija}?fields=city,email")
    went = db.session.scalars(select(Outgoing)).one()
    assert (went.kind, went.use, went.ground, went.way) == ("interface", "profiling", "technical", "interface")
    assert (went.fields, went.count, went.purpose) == (["city", "email"], 1, "Kirjautuneen asiakkaan etusivu")
    assert went.recipient.name == "Kauppapalvelin Oy"
    disclosed = db.session.scalars(select(Disclosure)).one()
    fields = {row.datum.field for row in db.session.scalars(select(DisclosedDatum).filter_by(disclosure=disclosed))}
    assert (disclosed.customer_id, fields) == (maija, {"city", "email"})
    assert db.session.scalars(select(Call)).one().outgoing_id == went.id


def test_fields_outside_the_connection_are_refused(program, maija):
    answer = program.get(f"/customers/{maija}?fields=city,phone")
    assert (answer.status_code, kind(answer)) == (403, "outside-scope")
    assert db.session.scalar(select(Outgoing.id)) is None
    unknown = program.get(f"/customers/{maija}?fields=shoe_size")
    assert (unknown.status_code, unknown.json["errors"][0]["pointer"]) == (422, "/fields/0")


@pytest.mark.parametrize("forbidden", ["profiling", "disclosure"])
def test_who_has_forbidden_it_is_not_told_of(program, maija, forbidden):
    from rekisteri.customers import service as customers

    forbid(customers.find(maija), forbidden)
    answer = program.get(f"/customers/{maija}")
    assert (answer.status_code, kind(answer)) == (403, "use-forbidden")
    assert "Virtanen" not in answer.text
    assert db.session.scalar(select(Outgoing.id)) is None
    assert program.post("/customers/search", {"email": "maija@esimerkki.fi"}).status_code == 404


def test_nobody_is_found_under_a_number_that_is_nobodys(program):
    answer = program.get("/customers/4711")
    assert (answer.status_code, kind(answer)) == (404, "not-found")


def test_a_customer_is_found_by_an_address_that_only_one_has(program, maija):
    assert program.post("/customers/search", {"email": " Maija@Esimerkki.fi"}).json == {"id": maija}
    make_person(first_name="Toinen", email="maija@esimerkki.fi")
    assert program.post("/customers/search", {"email": "maija@esimerkki.fi"}).status_code == 404
    assert program.post("/customers/search", {"email": "ei osoite"}).status_code == 422
