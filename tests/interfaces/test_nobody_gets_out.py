"""Whatever a customer has forbidden or asked for, no use of the interface that it bars lets the customer out."""

import json

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from rekisteri.customers import service as customers
from rekisteri.customers import uses
from rekisteri.disclosures.models import Disclosure
from rekisteri.erasure.letting_go import let_go
from rekisteri.interfaces import connections, rules
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.prohibitions.rules import KINDS
from rekisteri.restrictions import service as restrictions
from tests.customers.factories import make_clerk, make_person
from tests.disclosures.factories import make_owner
from tests.prohibitions.factories import forbid

STEPS = st.lists(st.sampled_from([*KINDS, "restrict", "erase", "read"]), min_size=1, max_size=4)


def take(step, customer_id, owner):
    customer = customers.find(customer_id)
    if step in KINDS and customer is not None:
        forbid(customer, step)
    elif step == "restrict" and customer is not None:
        with transaction():
            restrictions.restrict(
                customer=customers.find(customer_id), ground="claim", fields=None, by=owner, on=today()
            )
    elif step == "erase" and customer is not None:
        with transaction():
            let_go(customer_id=customer_id, kind="erasure", forbidden=False, on=today())


def rows():
    return db.session.scalar(select(func.count()).select_from(Disclosure).where(Disclosure.ground != "law"))


def barred(customer_id, use):
    """What the register itself says of the use, asked in words of its own."""
    return [reason for one in (use, "interface", "disclosure") for reason in uses.why_not(customer_id, one)]


@settings(max_examples=10, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(steps=STEPS, use=st.sampled_from(list(rules.USES)))
def test_who_may_not_be_used_so_does_not_get_out(program, steps, use):
    owner = make_owner()
    make_clerk()
    with transaction():
        connections.change_connection(connection=program.connection, use=use, rate=6000, by=owner)
    person = make_person(first_name="Tunnistettava", email="salainen@esimerkki.fi").id
    for step in steps:
        take(step, person, owner)
        gone, stopped, before = customers.find(person) is None, barred(person, use), rows()
        answers = [
            program.get(f"/customers/{person}"),
            program.post("/customers/search", {"email": "salainen@esimerkki.fi"}),
        ]
        fed = program.get("/changes")
        assert "salainen@" not in fed.text and "Tunnistettava" not in fed.text
        if gone or stopped:
            assert [one.status_code for one in answers] == [404 if gone else 403, 404]
            assert all("Tunnistettava" not in one.text for one in answers)
            assert rows() == before, "what did not go stands in no ledger"
        else:
            assert json.loads(answers[0].text)["fields"]["first_name"] == "Tunnistettava"
            assert rows() > before
    if customers.find(person) is not None:
        with transaction():
            let_go(customer_id=person, kind="erasure", forbidden=False, on=today())
