"""What the database itself refuses, whoever writes to it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from rekisteri.cases.models import Case, CaseMatter
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import again, make_case


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"channel": "pigeon"},
        {"signature": "maybe"},
        {"requester_role": "neighbour"},
        {"represented": "neighbour"},
        {"identity_method": "copy_of_passport"},
        {"person_state": "found"},
        {"person_state": "somewhere"},
        {"extended_on": date(2026, 11, 23)},
        {"extension_ground": "holiday"},
        {"withdrawn_channel": "pigeon"},
        {"number": None},
        {"customer_id": 4711, "person_state": "found"},
    ],
)
def test_a_row_that_makes_no_sense_is_refused(clerk: Any, wrong: dict[str, Any]) -> None:
    case = make_case(by=clerk)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Case).where(Case.id == case.id).values(**wrong))


def test_a_matter_ends_in_none_but_the_known_ways(clerk: Any) -> None:
    case = make_case(by=clerk)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(CaseMatter).where(CaseMatter.case_id == case.id).values(outcome="forgotten"))


def test_two_requests_never_share_a_number(clerk: Any) -> None:
    first, second = make_case(by=clerk), make_case(by=clerk)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Case).where(Case.id == second.id).values(number=first.number))


def test_the_deadline_is_computed_by_the_database_and_cannot_drift(clerk: Any) -> None:
    case = make_case(by=clerk)
    values = {
        "extended_on": date(2026, 11, 23),
        "extended_due_on": date(2027, 2, 16),
        "extension_reason": "Syy on tämä.",
    }
    with transaction():
        db.session.execute(update(Case).where(Case.id == case.id).values(**values))
    assert again(case).deadline == date(2027, 2, 16)
