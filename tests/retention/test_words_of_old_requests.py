"""Of a request kept for long enough only the facts stay: the words go in every room that has written some down."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from rekisteri.access.models import AccessMatter
from rekisteri.cases.holding import reduce_to_facts
from rekisteri.cases.models import Case
from rekisteri.kernel.db import db, transaction
from rekisteri.objections.models import Objection
from rekisteri.restrictions.models import RestrictionMatter
from tests.cases.factories import MAIJA, make_case
from tests.customers.factories import make_clerk

TODAY = date(2026, 11, 23)
WORDS = "Naapurini Aino Esimerkki kertoi asiasta"


@pytest.fixture
def case(app: Any, freeze: Any) -> Case:
    """A request that concerns four rights, with words written down of each."""
    freeze("2026-11-23")
    case = make_case(by=make_clerk(), kinds=["access", "portability", "objection", "restriction"])
    with transaction():
        for statement in (
            update(AccessMatter).values(hidden_words=WORDS, paper_findings=WORDS, supplement={"purposes": WORDS}),
            update(Objection).values(what=WORDS, grounds=WORDS, measures=WORDS),
            update(RestrictionMatter).values(
                decision="refused", refusal_ground="accurate", reasons=WORDS, decided_on=TODAY
            ),
        ):
            db.session.execute(statement)
    return case


def written() -> str:
    """Everything the rooms have written down, in one text."""
    db.session.rollback()
    db.session.expire_all()
    access = [(one.hidden_words, one.paper_findings, one.supplement) for one in db.session.query(AccessMatter)]
    objections = [(one.what, one.grounds, one.measures, one.reasons) for one in db.session.query(Objection)]
    restrictions = [one.reasons for one in db.session.query(RestrictionMatter)]
    return repr((access, objections, restrictions))


def test_the_words_of_every_right_go_with_the_request(case: Case) -> None:
    assert written().count(WORDS) >= 7
    with transaction():
        reduce_to_facts([case.id], TODAY)
    assert WORDS not in written()


def test_the_words_of_another_request_stay(case: Case) -> None:
    other = make_case(by=make_clerk(), kinds=["complaint"], requester=MAIJA)
    before = written().count(WORDS)
    with transaction():
        reduce_to_facts([other.id], TODAY)
    assert written().count(WORDS) == before
