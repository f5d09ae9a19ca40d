"""A document is followed until it has left or is shown to be undeliverable, and every note of that remains."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.documents import service
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.documents.factories import TODAY, make_document


@pytest.fixture(autouse=True)
def today(freeze: Any) -> None:
    freeze("2026-11-23")


def post(document: Document, **given: Any) -> None:
    with transaction():
        service.mark_posted(**({"document": document, "on": TODAY, "way": "post", "by": None} | given))


def test_an_issued_letter_waits_until_it_is_marked_posted(app: Flask) -> None:
    first, second = make_document(), make_document()
    assert service.waiting_for_post() == (2, [first, second])
    post(first)
    assert service.waiting_for_post() == (1, [second])
    assert (first.state, first.posted_on, first.way_name) == ("posted", TODAY, "Postitse")


def test_the_count_tells_all_that_wait_though_few_are_shown(app: Flask) -> None:
    for _ in range(3):
        make_document()
    count, rows = service.waiting_for_post(limit=2)
    assert (count, len(rows)) == (3, 2)


def test_a_letter_is_marked_posted_once(app: Flask) -> None:
    document = make_document()
    post(document)
    with pytest.raises(RuleViolation, match="jo merkitty"):
        post(document)


def test_what_cannot_be_delivered_waits_no_more_when_it_is_told_why(app: Flask) -> None:
    document = make_document()
    with pytest.raises(RuleViolation), transaction():
        service.mark_impossible(document=document, reason="", by=None)
    with transaction():
        service.mark_impossible(document=document, reason="Osoitetta ei tunneta.", by=None)
    assert document.state == "impossible"
    assert service.waiting_for_post() == (0, [])
    assert document.marks[0].reason == "Osoitetta ei tunneta."


def test_a_correction_needs_a_reason_and_leaves_the_first_note_to_be_seen(app: Flask) -> None:
    document = make_document(on=date(2026, 11, 20))
    post(document)
    with pytest.raises(RuleViolation, match="miksi merkintää korjataan"), transaction():
        service.correct_posting(document=document, on=date(2026, 11, 21), way="post", reason=" ", by=None)
    with transaction():
        service.correct_posting(
            document=document, on=date(2026, 11, 21), way="pickup", reason="Kirjasin väärän päivän.", by=None
        )
    assert (document.posted_on, document.way) == (date(2026, 11, 21), "pickup")
    assert [(mark.posted_on, mark.way) for mark in document.marks] == [(TODAY, "post"), (date(2026, 11, 21), "pickup")]


def test_the_log_knows_when_and_how_but_neither_to_whom_nor_why(app: Flask) -> None:
    document = make_document()
    post(document, way="secure_email")
    logged = db.session.scalars(select(AuditEvent).filter_by(event="document.posted")).one()
    assert logged.facts == {"on": "2026-11-23", "way": "secure_email"}


def test_posting_changes_nothing_in_what_was_issued(app: Flask) -> None:
    document = make_document()
    before = service.content(document), document.sha256
    post(document)
    assert (service.content(document), document.sha256) == before
