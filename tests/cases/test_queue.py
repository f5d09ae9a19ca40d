"""The list of requests and the work queue: what is late, what is due, what waits, at a constant cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from rekisteri.cases import queue, service
from rekisteri.cases.models import Case, CaseMatter
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from tests.cases.factories import TODAY, decide, make_case
from tests.support.client import ReadingClient

LATE, SOON, FAR = date(2026, 10, 1), date(2026, 10, 26), date(2026, 11, 20)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def numbers(rows: list[Case]) -> list[str]:
    """The diary numbers of these cases."""
    return [case.number for case in rows]


@pytest.mark.promise("oikaisu.viivytyksetta")
def test_the_queue_tells_what_is_late_and_what_is_due_this_week(clerk: Any) -> None:
    late, soon, far = (make_case(by=clerk, received_on=day) for day in (LATE, SOON, FAR))
    assert queue.late(TODAY) == (1, [late])
    assert queue.due_within(7, TODAY) == (1, [soon])
    assert queue.due_within(60, TODAY) == (2, [soon, far])


def test_the_last_day_is_due_and_not_yet_late(clerk: Any) -> None:
    case = make_case(by=clerk, received_on=date(2026, 10, 23))
    assert queue.late(case.deadline) == (0, [])
    assert queue.due_within(0, case.deadline) == (1, [case])
    assert queue.late(case.deadline + timedelta(1)) == (1, [case])


def test_the_oldest_deadline_comes_first_and_the_count_tells_the_rest(clerk: Any) -> None:
    cases = [make_case(by=clerk, received_on=LATE - timedelta(days)) for days in (0, 20, 10)]
    count, rows = queue.late(TODAY, 2)
    assert count == 3
    assert rows == [cases[1], cases[2]]


def test_an_extension_moves_a_case_out_of_the_weeks_queue(clerk: Any) -> None:
    case = make_case(by=clerk, received_on=SOON)
    with transaction():
        service.extend(
            case=case, ground="number", reason="Pyyntöjä on tullut samalta henkilöltä kolme.", by=clerk, on=TODAY
        )
    assert queue.due_within(7, TODAY) == (0, [])


def test_a_decision_counts_as_an_answer_once_its_letters_have_left(clerk: Any) -> None:
    case = make_case(by=clerk, received_on=LATE)
    with transaction():
        letter = service.acknowledge(case=case, by=clerk, on=TODAY)
        decide(case, clerk)
    assert queue.late(TODAY)[0] == 1, "a letter still lies on the desk"
    assert queue.awaiting_answer([case]) == {case.id}
    with transaction():
        documents.mark_posted(document=letter, on=TODAY, way="post", by=clerk)
    assert queue.late(TODAY) == (0, [])
    assert queue.awaiting_answer([case]) == set()


def test_what_has_ended_is_never_late(clerk: Any) -> None:
    case = make_case(by=clerk, received_on=LATE)
    with transaction():
        service.withdraw(case=case, channel="phone", withdrawn_on=TODAY, by=clerk, on=TODAY)
    assert queue.late(TODAY) == (0, [])


def test_the_first_request_is_noticed(clerk: Any) -> None:
    assert not queue.any_cases()
    make_case(by=clerk)
    assert queue.any_cases()


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("", ["2026/0001", "2026/0002", "2026/0003"]),
        ("avoimet", ["2026/0001", "2026/0002", "2026/0003"]),
        ("myohassa", ["2026/0001"]),
        ("viikko", ["2026/0002"]),
        ("kirjatut", ["2026/0001", "2026/0002", "2026/0003"]),
        ("peruutetut", ["2026/0004"]),
        ("suljetut", []),
        ("mitä vain", ["2026/0001", "2026/0002", "2026/0003"]),
    ],
)
def test_the_list_shows_what_is_asked_for(client: ReadingClient, clerk: Any, chosen: str, expected: list[str]) -> None:
    for day in (LATE, SOON, FAR):
        make_case(by=clerk, received_on=day)
    withdrawn = make_case(by=clerk)
    with transaction():
        service.withdraw(case=withdrawn, channel="email", withdrawn_on=TODAY, by=clerk, on=TODAY)
    page = client.get("/pyynnot/", query_string={"tila": chosen} if chosen else {})
    assert [cell.get_text(strip=True) for cell in page.page.select("tbody th")] == expected


def test_the_list_marks_what_is_late_and_what_is_nearly(client: ReadingClient, clerk: Any) -> None:
    for day in (LATE, SOON, FAR):
        make_case(by=clerk, received_on=day)
    rows = [row.get_text(" ", strip=True) for row in client.get("/pyynnot/").page.select("tbody tr")]
    assert "21 päivää myöhässä" in rows[0]
    assert "3 päivää jäljellä" in rows[1]
    assert "jäljellä" not in rows[2]


def test_an_empty_list_says_so(client: ReadingClient, clerk: Any) -> None:
    assert "Ei pyyntöjä" in client.get("/pyynnot/").main


def test_the_list_answers_a_choice_with_its_rows_alone(client: ReadingClient, clerk: Any) -> None:
    make_case(by=clerk)
    answer = client.htmx("/pyynnot/?tila=avoimet", target="pyynnot-luettelo")
    assert answer.text.lstrip().startswith('<div id="pyynnot-luettelo"')


def _fill(count: int, by: Any) -> None:
    """Many requests at once; every hundredth is open and late, the others are closed."""
    rows = [
        {
            "number": f"2025/{serial:04}",
            "received_on": date(2025, 1, 2),
            "registered_on": date(2025, 1, 2),
            "registered_by_id": by.id,
            "channel": "letter",
            "requester_name": "Testi Henkilö",
            "requester_role": "self",
            "signature": "signed",
            "person_state": "not_found",
            "due_on": date(2025, 2, 3),
            "state": "registered" if serial % 100 == 0 else "closed",
            "closed_on": None if serial % 100 == 0 else date(2025, 2, 1),
            "version": 1,
        }
        for serial in range(1, count + 1)
    ]
    with transaction():
        db.session.execute(insert(Case), rows)
        ids = db.session.scalars(select(Case.id).where(Case.number.startswith("2025/"))).all()
        db.session.execute(
            insert(CaseMatter), [{"case_id": key, "kind": "rectification", "position": 0} for key in ids]
        )


def test_long_lists_come_a_page_at_a_time(client: ReadingClient, clerk: Any) -> None:
    _fill(120, clerk)
    first = client.get("/pyynnot/?tila=suljetut")
    second = client.get("/pyynnot/?tila=suljetut&sivu=2")
    third = client.get("/pyynnot/?tila=suljetut&sivu=3")
    sizes = [len(page.page.select("tbody tr")) for page in (first, second, third)]
    assert sizes == [50, 50, 19]
    assert "Sivu 2" in second.main
    assert client.get("/pyynnot/?tila=suljetut&sivu=99999999999999999999").status_code == 200
    assert client.get("/pyynnot/?tila=suljetut&sivu=-3").status_code == 200


def test_the_list_asks_as_few_questions_of_many_cases_as_of_few(client: ReadingClient, clerk: Any) -> None:
    make_case(by=clerk)
    client.get("/pyynnot/")
    with counted_queries() as few:
        client.get("/pyynnot/")
    _fill(300, clerk)
    with counted_queries() as many:
        client.get("/pyynnot/")
    assert len(many) == len(few)


def test_each_question_of_the_queue_is_answered_by_an_index(clerk: Any) -> None:
    _fill(2000, clerk)
    with counted_queries() as sent:
        queue.late(TODAY, 8)
        queue.due_within(7, TODAY, 8)
    assert len(sent) <= 8
    assert queue.late(TODAY, 8)[0] == 20
