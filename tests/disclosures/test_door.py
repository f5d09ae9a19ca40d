"""The door: what it lets out, of whom, to whom, and what it writes of it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers.models import Customer
from rekisteri.disclosures import door, recipients
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Outgoing, OutgoingPerson
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_owner, make_processor, make_recipient, make_recipient_abroad
from tests.prohibitions.factories import forbid
from tests.restrictions.factories import make_desk, restrict

ADDRESS = ("last_name", "first_name", "street", "postcode", "city")


@pytest.fixture
def clerk(app, freeze):
    freeze("2026-11-23")
    return make_clerk()


@pytest.fixture
def three(clerk):
    return [make_person(first_name=name, email=f"{name}@esimerkki.fi").id for name in ("Maija", "Eero", "Aino")]


def let_out(clerk, people, **told):
    usual = {"kind": "labels", "use": "direct_mail", "fields": ADDRESS, "purpose": "Joulukirje asiakkaille"}
    with transaction():
        return door.let_out(people=people, by=clerk, **usual | told)


def to(recipient, **told):
    return {"kind": "export", "recipient": recipient, "ground": "technical", "way": "file"} | told


def going(passage):
    return list(db.session.scalars(passage.people().order_by(Customer.id)))


def rows(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.promise("luovutus.vain-yritys")
@pytest.mark.parametrize("as_query", [False, True])
def test_what_goes_out_is_on_record_before_anybody_gets_it(clerk, three, as_query):
    passage = let_out(clerk, select(Customer.id) if as_query else three)

    made = db.session.scalars(select(Outgoing)).one()
    assert (made.kind, made.receiver, made.purpose, made.count) == ("labels", "own", "Joulukirje asiakkaille", 3)
    assert (made.fields, made.left_on, made.by_id) == (list(ADDRESS), date(2026, 11, 23), clerk.id)
    assert going(passage) == three
    assert list(db.session.scalars(select(OutgoingPerson.customer_id).order_by(OutgoingPerson.customer_id))) == three
    logged = db.session.scalars(select(AuditEvent).filter_by(event="disclosure.let_out")).one()
    assert (logged.subject, logged.facts["count"]) == (made.subject, 3)


def test_what_an_outsider_got_is_known_value_by_value(clerk, three):
    printer = make_processor(name="Paino Oy")

    let_out(clerk, three, **to(printer))

    assert (rows(Disclosure), rows(DisclosedDatum)) == (3, 3 * len(ADDRESS))
    one = db.session.scalars(select(Disclosure).filter_by(customer_id=three[0])).one()
    assert {row.datum.field for row in one.data} == set(ADDRESS)
    assert (one.recipient_id, one.ground, one.way) == (printer.id, "technical", "file")


@pytest.mark.parametrize("kind", ["direct_mail", "listing"])
def test_who_has_forbidden_it_stays_and_is_counted(clerk, three, kind):
    forbid(db.session.get(Customer, three[1]), kind)

    passage = let_out(clerk, three)

    assert going(passage) == [three[0], three[2]]
    assert sum(passage.left_out.values()) == 1


def test_a_prohibition_recorded_between_the_release_and_the_print_binds_the_print(clerk, three):
    passage = let_out(clerk, three)
    forbid(db.session.get(Customer, three[0]), "direct_mail")

    assert going(passage) == three[1:]


def test_a_prohibition_recorded_after_the_preview_binds_the_release(clerk, three):
    chosen = select(Customer.id).where(Customer.id.in_(three))
    could, left_out = door.would_leave(chosen, kind="labels", use="direct_mail")
    assert (len(list(db.session.scalars(could))), left_out) == (3, {})

    forbid(db.session.get(Customer, three[0]), "direct_mail")

    assert let_out(clerk, chosen).count == 2


def test_a_restricted_person_leaves_only_when_the_law_owes_it(clerk, three):
    desk = make_desk(make_owner())
    restrict(desk)

    with pytest.raises(RuleViolation, match="rajoitettu"):
        let_out(clerk, [desk.customer.id])
    answer = let_out(clerk, [desk.customer.id], kind="access", use="customer_relation", to_the_person=True)

    assert answer.count == 1
    assert set(db.session.scalars(select(Outgoing.kind))) == {"recorded", "access"}


def test_nothing_is_written_when_nobody_may_go(clerk, three):
    with pytest.raises(RuleViolation, match="ei ole yhtään asiakasta"):
        let_out(clerk, select(Customer.id).where(Customer.id == 0))
    assert rows(Outgoing) == 0


@pytest.mark.promise("siirto.eu")
def test_a_recipient_moved_to_a_third_country_after_the_selection_gets_nothing(clerk, three):
    printer = make_processor(name="Paino Oy")
    chosen = select(Customer.id)
    with transaction():
        recipients.change_recipient(recipient=printer, by=clerk, country="IN")

    with pytest.raises(RuleViolation, match=r"EU:n ja ETA:n ulkopuolella \(Intia\)"):
        let_out(clerk, chosen, **to(printer))
    assert (rows(Outgoing), rows(Disclosure)) == (0, 0)


@pytest.mark.promise("siirto.eu")
def test_a_decision_lapses_when_what_was_decided_changes(clerk, three):
    abroad = make_recipient_abroad()
    let_out(clerk, three, **to(abroad, ground="added_value"))
    with transaction():
        recipients.change_recipient(recipient=abroad, by=clerk, transfer_safeguard="Uudet lausekkeet 1.11.2026")

    with pytest.raises(RuleViolation, match="päätös siirrosta"):
        let_out(clerk, three, **to(abroad, ground="added_value"))


@pytest.mark.promise("luovutus.vain-yritys")
def test_a_processor_whose_agreement_has_ended_gets_nothing(clerk, three, freeze):
    printer = make_processor(name="Paino Oy", agreement_until=date(2026, 12, 31))
    let_out(clerk, three, **to(printer))
    freeze("2027-01-01")

    with pytest.raises(RuleViolation, match=r"päättynyt 31\.12\.2026"):
        let_out(clerk, three, **to(printer))


def test_a_recipient_gets_no_more_fields_than_agreed(clerk, three):
    printer = make_processor(name="Paino Oy", fields=list(ADDRESS))

    with pytest.raises(RuleViolation, match="eivät kuulu: sähköpostiosoite"):
        let_out(clerk, three, **to(printer, fields=(*ADDRESS, "email_2")))
    assert let_out(clerk, three, **to(printer)).count == 3


def test_a_technical_transfer_goes_to_a_processor_only(clerk, three):
    with pytest.raises(RuleViolation, match="vain henkilötietojen käsittelijälle"):
        let_out(clerk, three, **to(make_recipient()))


def test_no_file_is_written_without_a_passage_on_record(clerk, three):
    passage = let_out(clerk, three, kind="export", use="customer_relation")
    with door.csv_file(passage, ["Nimi"], [["Virtanen"]]) as file:
        assert b"Virtanen" in file.read()

    with pytest.raises(RuntimeError):
        door.csv_file(door.Passage(4711, 1, {}, frozenset()), ["Nimi"], [["Virtanen"]])
