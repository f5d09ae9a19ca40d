"""One person let out alone: by a shorter way than many, which lets the same people out and writes the same rows."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select

from rekisteri.customers.models import Customer
from rekisteri.disclosures import door
from rekisteri.disclosures.models import DisclosedDatum, Disclosure, Outgoing, OutgoingPerson
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.prohibitions import service as prohibitions
from rekisteri.prohibitions.rules import KINDS
from rekisteri.restrictions import exceptions
from rekisteri.restrictions import service as restrictions
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_owner, make_processor
from tests.prohibitions.factories import forbid

STEPS = st.lists(st.sampled_from([*KINDS, "restrict", "except", "archived", "merged", "incoming"]), max_size=2)
EXITS = st.sampled_from(["export", "labels", "letters", "print", "interface", "access"])
USES = st.sampled_from(["customer_relation", "direct_mail", "profiling", "disclosure"])


@pytest.fixture
def office(app, freeze):
    freeze("2026-11-24")
    return make_clerk(), make_owner(), make_processor(name="Kauppapalvelin Oy"), make_person(first_name="Toinen").id


def happen(number, steps, owner, other):
    """Whatever has come over the person before anything goes."""
    for step in steps:
        if step in KINDS:
            forbid(db.session.get_one(Customer, number), step)
            continue
        with transaction():
            person = db.session.get_one(Customer, number)
            if step in {"restrict", "except"}:
                made = restrictions.restrict(customer=person, ground="claim", fields=None, by=owner, on=today())
                if step == "except":
                    told = {"use": "disclosure", "ground": "claim", "why": "Saatavan periminen oikeudessa"}
                    exceptions.allow(restriction=made, **told, until=today(), by=owner, on=today())
            else:
                person.state, person.merged_into_id = step, other if step == "merged" else None


def what_goes(people, **told):
    """Everything the ledger tells of one letting out; None when nothing went."""
    try:
        with transaction():
            passage = door.let_out(people=people, purpose="Kokeilu", fields=["first_name", "email", "city"], **told)
    except RuleViolation:
        return None
    went = db.session.get_one(Outgoing, passage.outgoing_id)
    row = {
        column.name: getattr(went, column.name) for column in Outgoing.__table__.c if column.name not in {"id", "at"}
    }
    people = db.session.execute(
        select(OutgoingPerson.customer_id, OutgoingPerson.left_on).filter_by(outgoing=went)
    ).all()
    left = ("customer_id", "recipient_id", "disclosed_on", "purpose", "ground", "way", "by_id")
    columns = [getattr(Disclosure, name) for name in left]
    disclosed = db.session.execute(select(*columns).where(Disclosure.outgoing_id == went.id)).all()
    data = select(DisclosedDatum.datum_id).join(Disclosure).where(Disclosure.outgoing_id == went.id)
    values = set(db.session.scalars(data))
    return row, people, disclosed, values, passage.count, passage.left_out, list(db.session.scalars(passage.people()))


@settings(max_examples=25, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
@given(steps=STEPS, kind=EXITS, use=USES, outside=st.booleans())
def test_one_alone_goes_as_one_of_many_would(office, steps, kind, use, outside):
    clerk, owner, processor, other = office
    number = make_person(first_name="Maija", email="maija@esimerkki.fi").id
    happen(number, steps, owner, other)
    told = {"kind": kind, "use": use, "by": clerk}
    told |= {"recipient": processor, "ground": "technical", "way": "file"} if outside else {}

    alone = what_goes([number], **told)

    assert alone == what_goes(select(Customer.id).where(Customer.id == number), **told)
    if alone is None:
        assert db.session.scalar(select(func.count()).where(OutgoingPerson.customer_id == number)) == 0


def test_a_prohibition_of_this_very_transaction_already_binds(office):
    clerk, _owner, _processor, number = office
    with transaction():
        prohibitions.record(
            customer=db.session.get_one(Customer, number),
            kinds=["direct_mail"],
            told_on=today(),
            channel="phone",
            by=clerk,
            on=today(),
        )
        with pytest.raises(RuleViolation, match="suoramainonta"):
            door.let_out(
                kind="labels", use="direct_mail", people=[number], fields=["city"], purpose="Joulukirje", by=clerk
            )


def test_an_exception_of_yesterday_is_no_exception_today(office, freeze):
    clerk, owner, processor, other = office
    happen(other, ["except"], owner, other)
    told = {"kind": "print", "use": "disclosure", "by": clerk, "recipient": processor, "ground": "technical"}
    assert what_goes([other], **told)

    freeze("2026-11-25")

    assert what_goes([other], **told) is None


def test_one_alone_costs_few_questions(office):
    clerk, _owner, processor, number = office
    told = {"kind": "print", "use": "customer_relation", "by": clerk, "recipient": processor, "ground": "technical"}
    asked = []
    event.listen(db.engine, "before_cursor_execute", seen := lambda *told: asked.append(told[2]))
    try:
        with transaction():
            door.let_out(people=[number], purpose="Kokeilu", fields=["city"], **told)
    finally:
        event.remove(db.engine, "before_cursor_execute", seen)
    assert sum(text.startswith("SELECT customer") for text in asked) == 1, "every bar is asked at once"
    assert sum(text.startswith("INSERT INTO") for text in asked) == 5, "four of the ledger, one of the processing log"
