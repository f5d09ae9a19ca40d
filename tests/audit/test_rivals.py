"""Many who write the log at once leave no gap, no fork and no broken link."""

from flask import Flask

from rekisteri.audit import service as audit
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from tests.audit.factories import TRIED, Somebody
from tests.kernel.rivals import at_once

PEOPLE, TURNS = 8, 50


def test_eight_people_with_fifty_saves_each_and_a_tenth_of_them_undone(app: Flask) -> None:
    def work(person: int) -> int:
        done = 0
        for turn in range(TURNS):
            try:
                with transaction():
                    audit.record(TRIED, subject=f"trial:{person}", by=Somebody(person), count=turn)
                    if turn % 10 == person % 10:
                        raise RuleViolation("Peruttu.")
                done += 1
            except RuleViolation:
                continue
        return done

    assert at_once(app, work, people=PEOPLE) == [TURNS * 9 // 10] * PEOPLE
    assert audit.verify() is None
    assert audit.head().seq == PEOPLE * TURNS * 9 // 10


def test_the_first_rows_of_all_make_one_beginning(app: Flask) -> None:
    def begin(person: int) -> None:
        with transaction():
            audit.record(TRIED, subject="trial:1", by=Somebody(person), count=0)

    assert at_once(app, begin, people=6) == [None] * 6
    assert audit.head().seq == 6
    assert audit.verify() is None


def test_a_log_that_is_written_meanwhile_raises_no_alarm(app: Flask) -> None:
    def one(person: int) -> list[str | None]:
        if person:
            return [audit.verify() for _ in range(10)]
        for turn in range(40):
            with transaction():
                audit.record(TRIED, subject="trial:1", count=turn)
        return []

    results = at_once(app, one, people=3)
    assert results == [[], [None] * 10, [None] * 10]
