"""What a partner reads of the cases handed to it: its own, still open, on the ground of its connection, each in the ledger."""

import pytest
from sqlalchemy import func, select

from rekisteri.disclosures.models import Outgoing
from rekisteri.interfaces import rules
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from tests.billing.factories import advance, make_collection, make_invoice, pay
from tests.customers.factories import make_person
from tests.disclosures.factories import make_recipient
from tests.interfaces.factories import Program, kind, make_connection, make_key
from tests.prohibitions.factories import forbid


@pytest.fixture
def agency(app, freeze):
    freeze("2026-11-24")
    return make_recipient()


def program_of(app, partner, **details):
    given = {"scopes": ["handovers.read"], "fields": ["last_name", "city", "email"], "ground": "collection"} | details
    connection = make_connection(partner, **given)
    return Program(app, make_key(connection), connection.id)


def collected(agency, name, **details):
    return advance(make_collection(make_invoice(make_person(last_name=name), **details)), "agency", agency=agency)


def outgoing():
    return db.session.scalar(select(func.count()).select_from(Outgoing).filter_by(kind="hand_over", way="interface"))


def names(answer):
    assert answer.status_code == 200, answer.text
    return [one["fields"]["last_name"] for one in answer.json["handovers"]]


def test_a_partner_reads_its_own_open_cases_and_each_answer_is_in_the_ledger(app, agency):
    program = program_of(app, agency)
    collected(agency, "Virtanen", number="L-1")
    pay(collected(agency, "Laine", number="L-2").invoices[0])
    collected(make_recipient(name="Toinen perijä Oy"), "Salo", number="L-3")
    (told,) = program.get("/handovers").json["handovers"]
    assert told["kind"] == "collection" and "email" not in told["fields"]
    assert [(one["number"], one["unpaid"]) for one in told["invoices"]] == [("L-1", "120.00")]
    assert names(program.get("/handovers")) == ["Virtanen"]
    assert outgoing() == 2


def test_cases_are_read_a_page_at_a_time(app, agency):
    program = program_of(app, agency)
    for name in ("Aalto", "Berg"):
        collected(agency, name)
    first = program.get("/handovers?limit=1")
    assert (names(first), first.json["more"]) == (["Aalto"], True)
    last = first.json["handovers"][0]["id"]
    assert names(program.get(f"/handovers?after={last}")) == ["Berg"]


def test_who_has_forbidden_disclosures_is_not_among_them(app, agency):
    program = program_of(app, agency)
    case = collected(agency, "Salainen")
    collected(agency, "Virtanen")
    forbid(case.customer, "disclosure")
    answer = program.get("/handovers")
    assert names(answer) == ["Virtanen"] and "Salainen" not in answer.text


def test_another_ground_or_scope_opens_nothing(app, agency):
    collected(agency, "Virtanen")
    assert names(program_of(app, agency, ground="billing").get("/handovers")) == []
    reader = program_of(app, agency, scopes=["customers.read"])
    assert kind(reader.get("/handovers")) == "outside-scope"
    assert kind(program_of(app, agency, fields=["phone"]).get("/handovers")) == "outside-scope"
    assert outgoing() == 0


def test_a_connection_for_cases_is_opened_on_their_ground():
    details = {
        "name": "Perijä",
        "scopes": ["handovers.read"],
        "fields": ["city"],
        "use": "customer_relation",
        "rate": 60,
    }
    rules.check_connection(ground="collection", **details)
    with pytest.raises(RuleViolation, match="peruste"):
        rules.check_connection(ground="technical", **details)
