"""Issuing documents once and for good, keeping track of them until they are in the post."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template
from sqlalchemy import func, select

from rekisteri.audit import service as audit
from rekisteri.documents import rules
from rekisteri.documents.models import Document, DocumentContent, DocumentSource
from rekisteri.documents.scans import read_qr, scan_content, scans_of, store_scan
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import after_commit, db, transaction

__all__ = [
    "broken",
    "content",
    "find",
    "for_subject",
    "issue",
    "mark_impossible",
    "mark_posted",
    "read_qr",
    "scan_content",
    "scans_of",
    "store_scan",
    "waiting_for_post",
]

ISSUED = audit.event("document.issued", "asiakirja annettu", fields={"kind": str, "number": str})
PRINTED = audit.event("document.printed", "asiakirja tulostettu PDF-tiedostoksi", fields={"sha256": str})
POSTED = audit.event("document.posted", "asiakirja lähetetty", fields={"way": str})
IMPOSSIBLE = audit.event("document.impossible", "asiakirjaa ei voitu lähettää")


def issue(
    *,
    kind: str,
    number: str,
    title: str,
    template: str,
    context: dict[str, Any],
    addressee: Sequence[str] = (),
    subject: str,
    by: Any,
    on: date,
    mailed: bool = True,
) -> Document:
    """Issue a document: freeze its content now, print it after the commit.

    Whatever happens between the two, the number is taken and the content stands; the PDF is made at the next look.

    :param addressee: lines of the window envelope, the name first; empty for a document addressed to nobody.
    :param subject: what it belongs to, as `room:id`.
    :param mailed: whether it waits to be sent to somebody.
    """
    frame = {"title": title, "doctype": title, "date": on, "number": number, "confidentiality": ""}
    around = {"addressee": list(addressee), "enclosures": [], "distribution": [], "copies": []}
    html = render_template(template, **(around | context | {"document": frame}))
    digest = hashlib.sha256(html.encode()).hexdigest()
    document = Document(
        kind=kind,
        number=number,
        title=title,
        subject=subject,
        addressee=list(addressee),
        issued_on=on,
        issued_by_id=getattr(by, "id", None),
        source_sha256=digest,
        state="waiting" if mailed else "not_mailed",
    )
    db.session.add(document)
    db.session.flush()
    db.session.add(DocumentSource(document_id=document.id, html=html))
    audit.record(ISSUED, subject=subject, by=by, kind=kind, number=number)
    document_id = document.id
    after_commit(lambda: _print_if_possible(document_id))
    return document


def _print_if_possible(document_id: int) -> None:
    try:
        content(db.session.get_one(Document, document_id))
    except pdf.PdfError:
        db.session.rollback()  # the document stands; the next look prints it


def content(document: Document) -> bytes:
    """The PDF's bytes, printed now if they have not been. The first one stored is the one that stays.

    :raises PdfError: it cannot be printed just now.
    """
    stored = db.session.get(DocumentContent, document.id)
    if stored is not None:
        return stored.pdf
    source = db.session.get_one(DocumentSource, document.id)
    document_id, title, html = document.id, document.title, source.html
    db.session.rollback()
    made = pdf.render(html, title=title)
    with transaction():
        row = db.session.get_one(Document, document_id, with_for_update=True)
        kept = db.session.get(DocumentContent, document_id)
        if kept is not None:
            return kept.pdf
        row.sha256, row.size = hashlib.sha256(made).hexdigest(), len(made)
        db.session.add(DocumentContent(document_id=document_id, pdf=made))
        audit.record(PRINTED, subject=f"document:{document_id}", sha256=row.sha256)
    return made


def find(document_id: int) -> Document | None:
    """The document with this id."""
    return db.session.get(Document, document_id)


def for_subject(subject: str) -> list[Document]:
    """Everything issued in one matter, oldest first."""
    return list(db.session.scalars(select(Document).filter_by(subject=subject).order_by(Document.id)))


def waiting_for_post(limit: int) -> tuple[int, list[Document]]:
    """How many documents wait for the post, and the oldest of them."""
    waiting = Document.state == "waiting"
    count = db.session.scalar(select(func.count()).select_from(Document).where(waiting)) or 0
    query = select(Document).where(waiting).order_by(Document.issued_on, Document.id).limit(limit)
    return count, list(db.session.scalars(query))


def mark_posted(*, document: Document, way: str, on: date, by: Any) -> None:
    """Record that the document left: the day, the way, and who saw to it."""
    rules.check_waiting(document.state)
    rules.check_posted(issued=document.issued_on, posted=on, way=way, today=today())
    document.state, document.way, document.posted_on, document.posted_by_id = "posted", way, on, by.id
    audit.record(POSTED, subject=document.subject, by=by, way=way)


def mark_impossible(*, document: Document, reason: str, by: Any) -> None:
    """Record that the document cannot be sent, and why (GDPR art. 19: impossible or disproportionate)."""
    rules.check_waiting(document.state)
    rules.check_impossible(reason)
    document.state, document.reason, document.posted_by_id = "impossible", reason.strip(), by.id
    audit.record(IMPOSSIBLE, subject=document.subject, by=by)


def broken() -> list[str]:
    """Numbers of the documents whose stored bytes no longer match their digest."""
    query = select(Document.number, Document.sha256, DocumentContent.pdf).join(
        DocumentContent, DocumentContent.document_id == Document.id
    )
    rows = db.session.execute(query.execution_options(yield_per=50))
    return [number for number, digest, stored in rows if hashlib.sha256(stored).hexdigest() != digest]
