"""Issuing documents, and following them until they have left."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm.attributes import flag_modified

from rekisteri.audit import service as audit
from rekisteri.documents import composition, leaving, printing, rules, wording
from rekisteri.documents.controller import controller
from rekisteri.documents.models import Document, DocumentMark, DocumentPrint, DocumentSource, Scan, ScanContent
from rekisteri.documents.scans import examine, examine_one, preview, scan_content, scans_of, store_scan
from rekisteri.kernel.clock import now, today
from rekisteri.kernel.db import after_commit, db

__all__ = [
    "broken",
    "content",
    "correct_posting",
    "examine",
    "examine_one",
    "find",
    "for_subject",
    "issue",
    "mark_impossible",
    "mark_posted",
    "preview",
    "recent",
    "scan_content",
    "scans_of",
    "store_scan",
    "waiting_for_post",
]

ISSUED = audit.event("document.issued", "asiakirja annettu", fields={"kind": str, "number": str, "sha256": str})
POSTED = audit.event("document.posted", "asiakirja lähetetty", fields={"on": str, "way": str})
IMPOSSIBLE = audit.event("document.impossible", "asiakirjaa ei voitu toimittaa")
CORRECTED = audit.event("document.corrected", "lähettämismerkintä korjattu", fields={"on": str, "way": str})


def issue(
    *,
    kind: str,
    number: str,
    title: str,
    template: str,
    context: Mapping[str, Any],
    addressee: Iterable[str],
    subject: str,
    by: Any,
    on: date,
    mailed: bool = True,
    doctype: str = "",
) -> Document:
    """Issue a document: freeze what it says now, and print it once this transaction has been committed.

    :param context: plain values for the template (`composition.page`).
    :param addressee: name and address; what is to be mailed must fit an envelope's window.
    :param subject: what it belongs to, as `room:id` (for example `case:7`).
    :param mailed: whether it waits for the post from now on.
    :raises RuleViolation: the addressee is missing or does not fit.
    """
    lines = tuple(line.strip() for line in addressee if line and line.strip())
    rows = rules.envelope_rows(lines) if mailed else lines
    own = wording.in_letter(
        kind, number=number, on=on, addressee=lines, controller=context.get("controller") or controller()
    )
    told = {**context, "addressee": rows, "wording": own}
    html = composition.page(template, title=title, on=on, number=number, doctype=doctype, context=told)
    source = html.encode()
    document = Document(
        kind=kind,
        number=number,
        title=title,
        subject=subject,
        addressee="\n".join(lines),
        issued_on=on,
        issued_at=now(),
        issued_by_id=getattr(by, "id", None),
        issued_by_name=getattr(by, "full_name", ""),
        sha256=hashlib.sha256(source).hexdigest(),
        state="waiting" if mailed else "not_mailed",
    )
    db.session.add(document)
    db.session.flush()
    db.session.add(DocumentSource(document_id=document.id, content=source))
    audit.record(ISSUED, subject=document.log_subject, by=by, kind=kind, number=number, sha256=document.sha256)
    key = document.id
    after_commit(lambda: printing.print_soon(key))
    return document


def content(document: Document) -> bytes:
    """The document's PDF as it was issued, the same bytes every time. Raises `PdfError` when it cannot be printed now.

    :raises RuleViolation: it has been destroyed.
    """
    rules.check_kept(document.destroyed_on)
    return printing.pdf_of(document)


def mark_posted(*, document: Document, on: date, way: str, by: Any) -> None:
    """Record that the document has left."""
    rules.check_first_mark(document.state)
    rules.check_posting(on=on, way=way, issued_on=document.issued_on, today=today())
    _mark(document, state="posted", on=on, way=way, by=by)
    leaving.tell(document, by)
    audit.record(POSTED, subject=document.log_subject, by=by, on=on.isoformat(), way=way)


def mark_impossible(*, document: Document, reason: str, by: Any) -> None:
    """Record that the document cannot be delivered, and why; nobody then waits for it."""
    rules.check_first_mark(document.state)
    rules.check_reason(reason, sentence="Kerro, miksi asiakirjaa ei voida toimittaa.")
    _mark(document, state="impossible", reason=reason, by=by)
    audit.record(IMPOSSIBLE, subject=document.log_subject, by=by)


def correct_posting(*, document: Document, on: date, way: str, reason: str, by: Any) -> None:
    """Correct a wrong date or way. What stood before stays in the document's history, beside the reason.

    The document remains one that has left: a case that was closed because of it does not open unseen.
    """
    rules.check_correction(document.state)
    rules.check_reason(reason, sentence="Kerro, miksi merkintää korjataan.")
    rules.check_posting(on=on, way=way, issued_on=document.issued_on, today=today())
    _mark(document, state="posted", on=on, way=way, reason=reason, by=by)
    audit.record(CORRECTED, subject=document.log_subject, by=by, on=on.isoformat(), way=way)


def _mark(
    document: Document, *, state: str, by: Any, on: date | None = None, way: str | None = None, reason: str = ""
) -> None:
    document.state, document.posted_on, document.way = state, on, way
    flag_modified(document, "state")  # a correction to the same day and way is a new version all the same
    document.marks.append(
        DocumentMark(
            by_id=getattr(by, "id", None),
            by_name=getattr(by, "full_name", ""),
            state=state,
            posted_on=on,
            way=way,
            reason=reason.strip(),
        )
    )
    db.session.flush()


def waiting_for_post(limit: int = 50) -> tuple[int, list[Document]]:
    """What waits for the post: how many, and the oldest of them."""
    waits = Document.state == "waiting"
    count = db.session.scalar(select(func.count()).select_from(Document).where(waits)) or 0
    query = select(Document).where(waits).order_by(Document.id).limit(limit)
    return count, list(db.session.scalars(query)) if count else []


def recent(state: str | None = None, *, before: int | None = None, limit: int = 50) -> tuple[list[Document], bool]:
    """Documents newest first, of one state or of all, and whether there are more after them."""
    query = select(Document).order_by(Document.id.desc()).limit(limit + 1)
    if state:
        query = query.where(Document.state == state)
    if before:
        query = query.where(Document.id < before)
    rows = list(db.session.scalars(query))
    return rows[:limit], len(rows) > limit


def find(id: int) -> Document | None:
    """The document, if there is one."""
    return db.session.get(Document, id)


def for_subject(subject: str) -> list[Document]:
    """Everything issued in one matter (`case:7`), oldest first."""
    return list(db.session.scalars(select(Document).filter_by(subject=subject).order_by(Document.id)))


def broken() -> list[str]:
    """The documents (by number) and scans (by id) whose bytes no longer match their hash (for `flask check`)."""
    kept = (
        select(Document.number, Document.sha256, DocumentSource.content).join_from(Document, DocumentSource),
        select(Document.number, DocumentPrint.sha256, DocumentPrint.content).join_from(Document, DocumentPrint),
        select("liite " + cast(Scan.id, String), Scan.sha256, ScanContent.content).join_from(Scan, ScanContent),
    )
    found = []
    for query in kept:
        for name, sha256, stored in db.session.execute(query.execution_options(yield_per=20)):
            if hashlib.sha256(stored).hexdigest() != sha256:
                found.append(name)
    return sorted(set(found))
