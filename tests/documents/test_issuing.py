"""A document is frozen when it is decided, printed once, and is the same bytes for ever after."""

import hashlib
import io
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from rekisteri.audit.models import AuditEvent
from rekisteri.documents import composition, printing, service
from rekisteri.documents.models import Document, DocumentPrint, DocumentSource
from rekisteri.kernel.db import db, next_number, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.pdf import PdfError
from tests.documents.factories import ADDRESS, issue, make_document
from tests.kernel.pdf.pages import text


def prints() -> int:
    return db.session.scalar(select(func.count()).select_from(DocumentPrint)) or 0


def unprinted(**given: Any) -> Document:
    """A document whose process died between the decision and the print."""
    document = make_document(**given)
    with transaction():
        db.session.execute(delete(DocumentPrint))
    return document


def test_an_issued_document_is_printed_once_the_decision_is_saved(app: Flask) -> None:
    document = make_document()
    assert prints() == 1
    words = text(service.content(document))
    assert "Kieltäytymistodistus" in words
    assert document.number in words
    assert all(row in words for row in ADDRESS)


def test_it_is_archival_and_accessible(app: Flask, verapdf: Callable[..., None]) -> None:
    verapdf(service.content(make_document(paragraphs=["Kappale."] * 60)))


def test_a_reprint_is_the_same_bytes_whatever_has_changed_since(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document()
    first = service.content(document)
    monkeypatch.setattr(printing, "render", lambda *_, **__: pytest.fail("a document is never printed twice"))
    assert service.content(document) == first


def test_what_was_decided_is_what_is_printed_even_if_the_template_changes_before_the_print(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = unprinted(paragraphs=["Alkuperäinen päätös."])
    monkeypatch.setattr(composition, "page", lambda *_, **__: pytest.fail("the page was frozen when it was issued"))
    assert "Alkuperäinen päätös." in text(service.content(document))


def test_the_foot_of_every_sheet_tells_the_number_and_the_hash_of_the_frozen_page(app: Flask) -> None:
    document = make_document(paragraphs=["Kappale, joka täyttää arkkia."] * 60)
    source = db.session.get_one(DocumentSource, document.id).content
    assert document.sha256 == hashlib.sha256(source).hexdigest()
    pages = text(service.content(document)).count(f"{document.number} · SHA-256 {document.sha256}")
    assert pages == 3


def test_anybody_can_check_the_printed_hash_from_the_file_alone(app: Flask) -> None:
    document = make_document()
    with pikepdf.open(io.BytesIO(service.content(document))) as pdf:
        inside = pdf.attachments["lahde.html"].get_file().read_bytes()
    assert hashlib.sha256(inside).hexdigest() == document.sha256


def test_a_document_left_unprinted_by_a_dead_process_is_printed_at_the_next_look(app: Flask) -> None:
    document = unprinted()
    assert prints() == 0
    first = service.content(document)
    assert first.startswith(b"%PDF")
    assert prints() == 1
    assert service.content(document) == first


KILLED_AT_THE_PRINT = """
import os, signal, sys
from pathlib import Path
from rekisteri import create_app
from rekisteri.documents import printing
from rekisteri.kernel.db import next_number, transaction
from tests.documents.factories import add_paper, issue
from tests.support.schema import settings_for
app = create_app(settings_for(sys.argv[1], Path(sys.argv[2])))
add_paper(app)
printing.print_soon = lambda _id: os.kill(os.getpid(), signal.SIGKILL)
with app.app_context(), transaction():
    issue(number=f"KT 2026/{next_number('certificate', 2026):04}")
"""


def test_kill_between_decision_and_print_loses_neither_the_document_nor_its_number(app: Flask) -> None:
    url, data = app.config["SQLALCHEMY_DATABASE_URI"], str(app.config["DATA"])
    db.session.rollback()
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_AT_THE_PRINT, url, data], cwd=Path(__file__).parents[2], check=False
    )
    assert ended.returncode == -9
    (document,) = service.for_subject("case:7")
    assert (document.number, prints()) == ("KT 2026/0001", 0)
    assert service.content(document).startswith(b"%PDF")
    with transaction():
        assert next_number("certificate", 2026) == 2


def test_a_print_that_fails_leaves_the_decision_standing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_paper(*_: Any, **__: Any) -> bytes:
        raise PdfError("Tulostin on rikki.")

    with monkeypatch.context() as broken:
        broken.setattr(printing, "render", out_of_paper)
        document = make_document()
        with pytest.raises(PdfError):
            service.content(document)
    assert service.waiting_for_post()[0] == 1
    assert service.content(document).startswith(b"%PDF")


def test_two_that_look_at_once_are_given_the_same_print(app: Flask) -> None:
    document_id = unprinted().id
    found: list[bytes] = []
    start = threading.Barrier(3)

    def look() -> None:
        with app.app_context():
            document = db.session.get_one(Document, document_id)
            start.wait()
            found.append(service.content(document))
            db.session.remove()

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 3
    assert len(set(found)) == 1
    db.session.rollback()
    assert prints() == 1


def test_a_decision_that_is_not_saved_leaves_no_document(app: Flask) -> None:
    def interrupted() -> None:
        with transaction():
            issue()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert db.session.scalar(select(func.count()).select_from(Document)) == 0
    assert prints() == 0


def test_a_number_is_given_to_one_document_only(app: Flask) -> None:
    make_document(number="KT 2026/0500")
    with pytest.raises(Exception, match=r"(?i)unique"), transaction():
        issue(number="KT 2026/0500")


def test_an_address_that_the_window_cannot_show_stops_the_issue(app: Flask) -> None:
    with pytest.raises(RuleViolation, match="ikkunaan"), transaction():
        issue(addressee=[f"Rivi {number}" for number in range(7)])


def test_what_is_not_mailed_needs_no_address_and_waits_for_nothing(app: Flask) -> None:
    document = make_document(addressee=(), mailed=False)
    assert document.state == "not_mailed"
    assert service.waiting_for_post() == (0, [])
    assert service.content(document).startswith(b"%PDF")


def test_the_log_tells_what_was_issued_but_nothing_personal(app: Flask) -> None:
    document = make_document()
    logged = db.session.scalars(select(AuditEvent).filter_by(event="document.issued")).one()
    assert logged.subject == f"document:{document.id}"
    assert logged.facts == {"kind": document.kind, "number": document.number, "sha256": document.sha256}


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{{7*7}}",
        "<img src=x onerror=alert(1)>",
        "</style><style>p{display:none}",
        "\\0000 \" ' }",
    ],
)
def test_text_that_tries_to_be_code_is_printed_as_text(app: Flask, hostile: str) -> None:
    printed = text(service.content(make_document(paragraphs=[hostile])))
    assert hostile.replace(" ", "") in printed.replace(" ", "").replace("\n", "")


def test_everything_issued_in_a_matter_is_found_in_order(app: Flask) -> None:
    first, second = make_document(subject="case:8"), make_document(subject="case:8")
    make_document(subject="case:80")
    assert service.for_subject("case:8") == [first, second]


def test_bytes_that_were_changed_behind_our_back_are_found(app: Flask) -> None:
    intact, touched = make_document(), make_document()
    assert service.broken() == []
    with transaction():
        db.session.get_one(DocumentPrint, touched.id).content = service.content.__name__.encode()
    assert service.broken() == [touched.number]
    assert intact.number not in service.broken()
