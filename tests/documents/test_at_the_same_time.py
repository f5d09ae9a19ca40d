"""Two people at two desks: what one has done, the other neither does again nor undoes."""

import threading
from collections.abc import Callable

from flask import Flask

from rekisteri.documents import service
from rekisteri.documents.models import Document
from rekisteri.kernel.db import check_version, db, transaction
from rekisteri.kernel.errors import Conflict, RuleViolation
from tests.documents.factories import TODAY, make_document, make_scan, picture

DESKS = 5
WAYS = ["post", "pickup", "email", "secure_email", "post"]


def at_once(app: Flask, work: Callable[[int], str]) -> list[str]:
    """Do the work at every desk at the same moment; how each ended, in any order."""
    ends: list[str] = []
    start = threading.Barrier(DESKS)

    def desk(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                ends.append(work(number))
            except Conflict:
                ends.append("conflict")
            except RuleViolation:
                ends.append("refused")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=desk, args=(number,)) for number in range(DESKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.rollback()
    return ends


def test_five_that_mark_the_same_letter_posted_leave_one_mark(app: Flask) -> None:
    key = make_document().id

    def mark(number: int) -> str:
        with transaction():
            document = db.session.get_one(Document, key)
            service.mark_posted(document=document, on=TODAY, way=WAYS[number], by=None)
        return "saved"

    ends = at_once(app, mark)
    assert sorted(ends) == ["refused"] * 4 + ["saved"]
    assert len(db.session.get_one(Document, key).marks) == 1


def test_five_that_correct_from_the_same_page_are_one_winner_and_four_who_are_told(app: Flask) -> None:
    document = make_document()
    with transaction():
        service.mark_posted(document=document, on=TODAY, way="post", by=None)
    key, version = document.id, document.version
    db.session.rollback()

    def correct(number: int) -> str:
        with transaction():
            found = db.session.get_one(Document, key)
            check_version(found, version)
            service.correct_posting(document=found, on=TODAY, way=WAYS[number], reason="Korjaus.", by=None)
        return "saved"

    ends = at_once(app, correct)
    assert sorted(ends) == ["conflict"] * 4 + ["saved"]
    assert len(db.session.get_one(Document, key).marks) == 2


def test_five_papers_that_come_in_at_once_are_all_kept(app: Flask) -> None:
    def keep(number: int) -> str:
        return make_scan(picture(size=(10 + number, 10)), name=f"sivu {number}.png").name

    assert sorted(at_once(app, keep)) == [f"sivu {number}.png" for number in range(DESKS)]
    assert len(service.scans_of("case:7")) == DESKS
