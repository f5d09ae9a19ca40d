"""The one print of each issued document: made after the decision is committed, outside any lock, and kept as bytes.

If the process dies in between, the next look makes it. It is never made twice: the row's key is the document's own, and
whoever comes second is given what the first one stored.
"""

import hashlib
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.exc import IntegrityError

from rekisteri.documents.composition import with_foot
from rekisteri.documents.models import Document, DocumentPrint, DocumentSource
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.pdf import EmbeddedFile, PdfError, render

log = logging.getLogger(__name__)
SOURCE_NAME = "lahde.html"
PRINTERS = 2


def pdf_of(document: Document) -> bytes:
    """The document's PDF, the same bytes every time. Raises `PdfError` when it cannot be printed now."""
    stored = db.session.get(DocumentPrint, document.id)
    return stored.content if stored else _print(document)


def print_soon(document_id: int) -> None:
    """Print what has just been issued. A failure is no harm: the document is decided, and the next look prints it."""
    document = db.session.get(Document, document_id)
    if document is None or not current_app.config["PRINT_AT_ONCE"]:
        return
    try:
        pdf_of(document)
    except PdfError as error:
        log.warning("document %s could not be printed yet: %s", document_id, error.sentence)


def print_many(documents: Iterable[Document]) -> None:
    """Print those that have no print yet, two at a time as the renderer does. Raises `PdfError` when one cannot be printed."""
    jobs = [_job(document) for document in documents]
    db.session.rollback()  # no snapshot is held while the renderer works
    with ThreadPoolExecutor(PRINTERS) as printers:
        prints = list(printers.map(lambda job: job.printed(), jobs))
    with transaction():
        for job, pdf in zip(jobs, prints, strict=True):
            _store(job.key, pdf)


def foot(number: str, sha256: str) -> str:
    """What stands in the foot of each sheet: the number, and the hash of what the document was made from."""
    return f"{number} · SHA-256 {sha256}"


@dataclass(frozen=True)
class _Job:
    """All that printing one document needs, so that it can be done without the database."""

    key: int
    title: str
    source: bytes
    foot: str
    at: datetime

    def printed(self) -> bytes:
        attached = EmbeddedFile(SOURCE_NAME, self.source, "Sivu, josta asiakirja on tulostettu", self.at)
        return render(with_foot(self.source.decode(), self.foot), title=self.title, attachments=[attached])


def _job(document: Document) -> _Job:
    source = db.session.get_one(DocumentSource, document.id).content
    said = foot(document.number, document.sha256)
    return _Job(document.id, document.title, source, said, document.issued_at)


def _print(document: Document) -> bytes:
    job = _job(document)
    db.session.rollback()  # no snapshot is held while the renderer works
    pdf = job.printed()
    with transaction():
        return _store(job.key, pdf)


def _store(document_id: int, pdf: bytes) -> bytes:
    stored = db.session.get(DocumentPrint, document_id)
    if stored is None:
        stored = DocumentPrint(document_id=document_id, content=pdf, sha256=hashlib.sha256(pdf).hexdigest())
        try:
            with db.session.begin_nested():
                db.session.add(stored)
        except IntegrityError:  # PostgreSQL: a rival stored its print while we waited
            stored = db.session.get_one(DocumentPrint, document_id)
    return stored.content
