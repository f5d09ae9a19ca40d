"""The one print of each issued document: made after the decision is committed, outside any lock, and kept as bytes.

If the process dies in between, the next look makes it. It is never made twice: the row's key is the document's own, and
whoever comes second is given what the first one stored.
"""

import hashlib
import logging

from flask import current_app
from sqlalchemy.exc import IntegrityError

from rekisteri.documents.composition import with_foot
from rekisteri.documents.models import Document, DocumentPrint, DocumentSource
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.pdf import EmbeddedFile, PdfError, render

log = logging.getLogger(__name__)
SOURCE_NAME = "lahde.html"


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


def foot(number: str, sha256: str) -> str:
    """What stands in the foot of each sheet: the number, and the hash of what the document was made from."""
    return f"{number} · SHA-256 {sha256}"


def _print(document: Document) -> bytes:
    key, number, title, at = document.id, document.number, document.title, document.issued_at
    source = db.session.get_one(DocumentSource, key).content
    sha256 = document.sha256
    db.session.rollback()  # no snapshot is held while the renderer works
    pdf = render(
        with_foot(source.decode(), foot(number, sha256)),
        title=title,
        attachments=[EmbeddedFile(SOURCE_NAME, source, "Sivu, josta asiakirja on tulostettu", at)],
    )
    with transaction():
        return _store(key, pdf)


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
