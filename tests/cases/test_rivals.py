"""Several clerks at once: numbers without gaps or doubles, and one winner where there can be only one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from rekisteri.cases import service
from rekisteri.cases.models import Case
from rekisteri.documents.models import Document
from rekisteri.kernel.db import check_version, db, transaction
from rekisteri.kernel.errors import Conflict, Repeated, RuleViolation
from rekisteri.staff.models import User
from tests.cases.factories import MAIJA, RECEIVED, TODAY, make_case

REASON = "Tietoja on selvitettävä usealta lähteeltä."


def at_once(app: Flask, times: int, act: Callable[[int], Any]) -> list[Any]:
    """Let so many clerks do it at the same time; the answers, or the refusals by their names."""

    def one(number: int) -> Any:
        with app.app_context():
            try:
                return act(number)
            except (Conflict, Repeated, RuleViolation) as refusal:
                return type(refusal).__name__
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(times) as desk:
        return list(desk.map(one, range(times)))


def _register(clerk_id: int, once: str | None = None) -> str:
    with transaction(once=once) as tx:
        case = service.register(
            received_on=RECEIVED,
            channel="phone",
            requester=MAIJA,
            kinds=["rectification"],
            by=db.session.get(User, clerk_id),
            on=TODAY,
        )
        tx.location = case.number
    return tx.location


def test_eight_clerks_get_eight_numbers_without_a_gap(app: Flask, clerk: Any) -> None:
    clerk_id = clerk.id
    numbers = at_once(app, 8, lambda _: _register(clerk_id))
    assert sorted(numbers) == [f"2026/{serial:04}" for serial in range(1, 9)]


def test_one_form_sent_six_times_at_once_makes_one_request(app: Flask, clerk: Any) -> None:
    clerk_id = clerk.id
    answers = at_once(app, 6, lambda _: _register(clerk_id, once="yksi-ja-sama-lomake"))
    assert sorted(answers) == ["2026/0001", *["Repeated"] * 5]
    db.session.rollback()
    assert db.session.query(Case).count() == 1


def test_two_clerks_extend_the_same_time_once(app: Flask, clerk: Any) -> None:
    case_id, clerk_id = make_case(by=clerk).id, clerk.id

    def extend(_: int) -> str:
        case, by = db.session.get(Case, case_id), db.session.get(User, clerk_id)
        seen = case.version
        with transaction():
            check_version(case, seen)
            service.extend(case=case, ground="number", reason=REASON, by=by, on=TODAY)
        return "extended"

    answers = at_once(app, 4, extend)
    assert answers.count("extended") == 1
    assert set(answers) <= {"extended", "Conflict", "RuleViolation"}
    db.session.rollback()
    assert db.session.query(Document).count() == 1


def test_letters_written_at_once_get_numbers_of_their_own(app: Flask, clerk: Any) -> None:
    case_id, clerk_id = make_case(by=clerk).id, clerk.id

    def write(_: int) -> str:
        case, by = db.session.get(Case, case_id), db.session.get(User, clerk_id)
        with transaction():
            return service.acknowledge(case=case, by=by, on=TODAY).number

    numbers = at_once(app, 4, write)
    assert sorted(numbers) == [f"2026/0001-{serial}" for serial in range(1, 5)]
