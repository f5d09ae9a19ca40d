"""What partners are told of customers they know: kept until they have taken it in, and then told."""

import pytest
from flask import current_app
from sqlalchemy import select

from rekisteri.customers import merging
from rekisteri.customers import service as customers
from rekisteri.disclosures.models import Outgoing
from rekisteri.documents.models import Document
from rekisteri.interfaces import connections, waiting
from rekisteri.interfaces.models import Change, Key
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.prohibitions import service as prohibitions
from rekisteri.rectification import decisions, letters
from rekisteri.restrictions.models import RestrictionNotice
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_owner, make_recipient
from tests.erasure import factories as erasures
from tests.interfaces.factories import Program, kind, make_connection, make_key
from tests.prohibitions.factories import forbid
from tests.rectification import factories as rectifications
from tests.restrictions import factories as restrictions


def take_in(program):
    found = program.changes()
    return program.post("/changes/acknowledgement", {"through": found[-1]["id"]})


def known(program, **values):
    """A customer whom the partner has read."""
    make_clerk()
    person = make_person(first_name="Maija", last_name="Virtanen", city="Lahti", **values).id
    assert program.get(f"/customers/{person}").status_code == 200
    return person


def of(desk, *fields):
    """A program of the recipient that the desk's customer's data went to, which has read them."""
    connection = make_connection(desk.recipient, ground="collection", use="customer_relation", fields=list(fields))
    program = Program(current_app._get_current_object(), make_key(connection), connection.id)
    assert program.get(f"/customers/{desk.customer.id}").status_code == 200
    return program


def change(customer_id, **values):
    clerk = make_clerk()
    with transaction():
        customers.change(
            customer=customers.find(customer_id),
            values=values,
            source=customers.self_source(),
            obtained_on=today(),
            by=clerk,
            reason="muuttunut",
        )


@pytest.mark.promise("oikaisu.ilmoitus-saajalle")
def test_a_correction_reaches_the_partner_without_a_letter_and_counts_as_told_when_taken_in(app, freeze):
    freeze("2026-11-24")
    desk = rectifications.make_desk(make_owner())
    program = of(desk, "phone", "street", "city")
    (item,) = rectifications.itemise(desk, rectifications.PHONE)
    with transaction():
        decisions.grant(item=item, by=desk.owner, on=today())
    told = [one for one in program.changes() if one["what"] == "corrected"]
    assert [(one["customer"], one["values"]) for one in told] == [(desk.customer.id, {"phone": "+358507654321"})]

    with transaction():
        letters.issue(matter=desk.matter, by=desk.owner, on=today())
    notices = db.session.scalars(select(Document.addressee).filter_by(kind="correction_notice")).all()
    assert len(notices) == 1 and "Messupartneri" in notices[0], "only the source gets a letter"
    assert take_in(program).json["acknowledged"] > 0
    to_partner = [one for one in decisions.notifications(desk.matter) if one.recipient_id]
    assert [(one.told_on, one.document_id) for one in to_partner] == [(today(), None)]
    assert program.changes() == []


def test_a_partner_that_stops_listening_gets_the_letter_after_all(app, freeze):
    freeze("2026-11-24")
    desk = rectifications.make_desk(make_owner())
    program = of(desk, "phone")
    (item,) = rectifications.itemise(desk, rectifications.PHONE)
    with transaction():
        decisions.grant(item=item, by=desk.owner, on=today())
    with transaction():
        connections.close_connection(connection=program.connection, by=desk.owner)
    with transaction():
        letters.issue(matter=desk.matter, by=desk.owner, on=today())
    notices = db.session.scalars(select(Document.addressee).filter_by(kind="correction_notice")).all()
    assert sorted(one.split("\n")[0] for one in notices) == ["Messupartneri Oy", "Perintätoimisto Esimerkki Oy"]


@pytest.mark.promise("gdpr.rajoittaminen")
def test_a_restriction_and_its_end_reach_the_partner(app, freeze):
    freeze(str(restrictions.TODAY))
    desk = restrictions.make_desk(make_owner())
    program = of(desk, "phone", "street")
    restriction = restrictions.restrict(desk)
    told = program.changes()
    assert [(one["what"], one["fields"]) for one in told] == [("restricted", ["phone", "street"])]
    assert "direct_mail" in told[0]["forbidden"]
    take_in(program)
    assert db.session.scalars(select(RestrictionNotice.told_on)).one() == today()
    assert db.session.scalar(select(Document.id).filter_by(kind="restriction_notice")) is None
    restrictions.lift(desk, restriction)
    restrictions.post(desk, restriction)
    freeze(str(restrictions.WEEK_LATER))
    restrictions.end(desk, restriction)
    assert [one["what"] for one in program.changes()] == ["released"]


@pytest.mark.promise("luettelo.kielto")
def test_a_prohibition_and_its_withdrawal_reach_the_partner(program):
    person = known(program)
    (made,) = forbid(customers.find(person), "direct_mail")
    (told,) = program.changes()
    assert (told["what"], told["customer"], told["forbidden"]) == ("permissions", person, ["direct_mail"])
    take_in(program)
    owner = make_owner()
    with transaction():
        prohibitions.withdraw(
            prohibition=db.session.merge(made), told_on=today(), channel="phone", by=owner, on=today()
        )
    assert [one["forbidden"] for one in program.changes()] == [[]]


def test_a_prohibition_is_told_to_who_has_forbidden_the_telling_of_anything_else(program):
    person = known(program)
    forbid(customers.find(person), "disclosure", "profiling")
    assert program.get(f"/customers/{person}").status_code == 403
    assert program.changes()[0]["forbidden"] == ["profiling", "disclosure"]


def test_another_value_is_told_by_the_name_of_its_field_alone(program):
    person = known(program)
    change(person, city="Lohja", phone="040 123 4567")
    (told,) = program.changes()
    assert (told["what"], told["fields"]) == ("changed", ["city"]), "the phone number never went to the partner"
    assert "Lohja" not in str(told)
    assert "values" not in told


@pytest.mark.promise("oikeus.unohdus")
def test_of_an_erased_customer_only_the_number_is_told(app, freeze):
    freeze("2026-11-24")
    desk = erasures.make_desk()
    program = of(desk, "last_name", "email")
    change(desk.customer_id, email="uusi@esimerkki.fi")
    erasures.erase(desk)
    answer = program.get("/changes")
    (told,) = answer.json["changes"]
    assert (told["what"], told["customer"], told["fields"]) == ("erased", desk.customer_id, [])
    assert set(told) == {"id", "at", "what", "customer", "fields"}
    assert "Örsfelt" not in answer.text and "esimerkki.fi" not in answer.text
    addressees = list(db.session.scalars(select(Document.addressee).filter_by(kind="erasure_notice")))
    assert not any("Saatavat" in one for one in addressees), "the partner has been told by the interface"
    take_in(program)
    assert list(db.session.scalars(select(Change.customer_id))) == [None], "not even the number is kept"


def test_merging_is_told_by_both_numbers(program):
    dropped, kept = known(program), make_person(first_name="Maija", last_name="Virtanen", city="Lahti").id
    owner = make_owner()
    with transaction():
        merge = merging.merge(kept=customers.find(kept), dropped=customers.find(dropped), choices={}, by=owner)
    (told,) = [one for one in program.changes() if one["what"] == "merged"]
    assert (told["customer"], told["into"]) == (dropped, kept)
    assert program.get(f"/customers/{dropped}").json["id"] == kept
    assert merge is not None


def test_a_partner_hears_only_of_those_it_knows_and_nothing_of_what_is_anothers(program):
    person = known(program)
    stranger = make_person(first_name="Eero")
    forbid(stranger, "direct_mail")
    other = make_connection(make_recipient(), name="Toinen", ground="added_value")
    theirs = Program(program.client.application, make_key(other), other.id)
    assert program.changes() == []
    forbid(customers.find(person), "direct_mail")
    (told,) = program.changes()
    assert (told["customer"], theirs.changes()) == (person, [])
    assert theirs.post("/changes/acknowledgement", {"through": told["id"]}).status_code == 404
    assert [one["id"] for one in program.changes()] == [told["id"]], "another cannot take it in"


def test_only_what_was_given_can_be_acknowledged(program):
    person = known(program)
    forbid(customers.find(person), "direct_mail")
    number = db.session.scalars(select(Change.id)).one()
    refused = program.post("/changes/acknowledgement", {"through": number})
    assert (refused.status_code, kind(refused)) == (404, "not-found"), "it has not been fetched yet"
    program.changes()
    assert program.post("/changes/acknowledgement", {"through": number}).json == {"acknowledged": 1}
    assert program.post("/changes/acknowledgement", {"through": number}).json == {"acknowledged": 0}


def test_changes_come_some_at_a_time_and_again_until_taken_in(program):
    person = known(program)
    for use in ("direct_mail", "listing", "distance_selling"):
        forbid(customers.find(person), use)
    first = program.get("/changes?limit=2").json
    assert (len(first["changes"]), first["more"]) == (2, True)
    rest = program.get(f"/changes?after={first['changes'][-1]['id']}").json
    assert (len(rest["changes"]), rest["more"]) == (1, False)
    assert len(program.changes()) == 3, "what was not acknowledged is told again"


def test_what_is_told_of_people_stands_in_the_ledger_as_owed(program):
    person = known(program)
    forbid(customers.find(person), "direct_mail")
    program.changes()
    last = db.session.scalars(select(Outgoing).order_by(Outgoing.id.desc())).first()
    assert (last.kind, last.ground, last.fields) == ("notification", "law", ["changes"])


def test_a_partner_that_does_not_take_in_is_seen_after_a_week(program, freeze):
    person = known(program)
    forbid(customers.find(person), "direct_mail")
    assert [(one.count, one.late) for one in waiting.unacknowledged()] == [(1, False)]
    freeze("2026-12-01")
    assert [one.late for one in waiting.unacknowledged()] == [True]


def test_a_partner_without_a_key_that_opens_does_not_hear(program):
    person, owner = known(program), make_owner()
    with transaction():
        connections.revoke_key(key=db.session.scalars(select(Key)).one(), by=owner)
    forbid(customers.find(person), "direct_mail")
    assert db.session.scalar(select(Change.id)) is None
